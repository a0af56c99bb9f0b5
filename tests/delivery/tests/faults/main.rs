//! What is committed is delivered, whatever happens: once a case, the real programs run, something
//! goes wrong, and the oracle compares what the target has with what was committed.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

#[cfg(any(feature = "nats", feature = "kafka"))]
mod brokers;
mod contract;
#[cfg(feature = "postgres")]
mod delays;
mod disks;
mod kills;
mod leases;
mod operation;
#[cfg(feature = "postgres")]
mod postgres;
mod receivers;
mod resources;
mod servers;
mod transactions;

use delivery_faults::process::Process;
use delivery_faults::scene::{Programs, Scene};
use delivery_faults::settings::seed;
use delivery_faults::target::Way;
use std::time::Duration;

/// For what takes no time.
const SOON: Duration = Duration::from_secs(30);
/// For what takes some, on a machine that does something else.
const LATE: Duration = Duration::from_secs(120);

const PROGRAMS: Programs = Programs {
    relay: env!("CARGO_BIN_EXE_relay"),
    producer: env!("CARGO_BIN_EXE_producer"),
    scratch: env!("CARGO_TARGET_TMPDIR"),
};

/// A scene on SQLite.
fn scene(name: &str, way: &Way) -> Scene {
    Scene::new(name, PROGRAMS, None, way, seed())
}

/// The scene on SQLite, and on PostgreSQL if there is a server, one after the other.
fn scenes(name: &str, way: &Way) -> impl Iterator<Item = Scene> {
    let on_postgres = servers::database(name).map(|store| (format!("{name}, PostgreSQL"), store));
    let on_sqlite = (name.to_owned(), None);
    [on_sqlite]
        .into_iter()
        .chain(on_postgres.map(|(name, store)| (name, Some(store))))
        .map(move |(name, store)| Scene::new(&name, PROGRAMS, store, way, seed()))
}

/// Waits until the producer and the relay have done everything, and stops the relay.
fn complete(scene: &Scene, producer: &mut Process, relay: &mut Process) {
    producer.succeeds(LATE);
    scene.wait_delivered(LATE);
    stop(relay);
}

/// Stops a relay as an operator does. Before it has started, a signal just ends it.
fn stop(relay: &mut Process) {
    relay.wait_for("relay_started", SOON);
    let (status, took) = relay.terminate(Duration::from_secs(11));
    assert!(status.success() && took < Duration::from_secs(10), "{status} {took:?}");
}
