//! Processes are killed at random times. How often, and at how many events: `DELIVERY_ROUNDS` and
//! `DELIVERY_EVENTS`.

use super::{LATE, PROGRAMS, scenes, servers, stop};
use delivery_faults::process::Process;
use delivery_faults::scene::{Row, Scene};
use delivery_faults::settings::{self, seed};
use delivery_faults::store::Store;
use delivery_faults::target::Way;
use std::thread;
use std::time::Duration;

/// What runs, and what of it is killed.
struct Killing {
    name: String,
    /// `None`: SQLite.
    store: Option<Store>,
    way: Way,
    relays: usize,
    producers: usize,
    kills_relays: bool,
    kills_producers: bool,
    /// More flags of the producers.
    flags: &'static [&'static str],
}

impl Killing {
    fn of_relays(name: &str, way: Way) -> Self {
        Self {
            name: name.to_owned(),
            store: None,
            way,
            relays: 1,
            producers: 1,
            kills_relays: true,
            kills_producers: false,
            flags: &[],
        }
    }

    fn of_both(name: &str, way: Way) -> Self {
        Self { producers: 2, kills_producers: true, ..Self::of_relays(name, way) }
    }
}

/// One producer waits for the disk with each commit (`--full`), the others are fast.
fn on_this_machine() -> Vec<Killing> {
    vec![
        Killing { flags: &["--full"], ..Killing::of_relays("kill relay, file", Way::File) },
        Killing::of_relays("kill relay, structured", Way::Structured),
        Killing::of_relays("kill relay, batch", Way::Batch),
        Killing {
            producers: 1,
            kills_relays: false,
            ..Killing::of_both("kill producer, file", Way::File)
        },
        Killing::of_both("kill both, structured", Way::Structured),
        Killing { relays: 2, ..Killing::of_both("two relays, kill both", Way::Batch) },
        Killing { relays: 3, ..Killing::of_relays("three relays, structured", Way::Structured) },
    ]
}

/// What is killed between the servers that are there.
fn between_servers() -> Vec<Killing> {
    let mut killings = Vec::new();
    let name = "SQLite to NATS, kill both";
    killings.extend(servers::nats(name).map(|way| Killing::of_both(name, way)));
    let on_postgres = |name: &str, way: &dyn Fn(&str) -> Option<Way>, relays| {
        let store = Some(servers::database(name)?);
        Some(Killing { store, relays, ..Killing::of_both(name, way(name)?) })
    };
    let file = |_: &str| Some(Way::File);
    killings.extend(on_postgres("PostgreSQL to file, kill both", &file, 1));
    if let Some(killing) = on_postgres("insert only, kill both", &file, 1) {
        killings.push(Killing {
            flags: &["--insert-only", "--held-each", "3", "--held", "5"],
            ..killing
        });
    }
    for relays in 1..=3 {
        let name = format!("PostgreSQL to NATS, {relays} relays");
        killings.extend(on_postgres(&name, &servers::nats, relays));
        let name = format!("PostgreSQL to Kafka, {relays} relays");
        killings.extend(on_postgres(&name, &servers::kafka, relays));
    }
    killings
}

/// The kills, and the events, of all of them.
const ROUNDS: u64 = 60;
const EVENTS: u64 = 12_000;

#[test]
fn nothing_is_lost_when_processes_are_killed() {
    let rows = run_all(&on_this_machine());
    // Relays that are killed while they send leave duplicates. Without any, nothing was tested.
    assert!(rows.iter().any(|row| row.verdict.duplicates > 0), "no relay was killed while it sent");
}

#[test]
fn nothing_is_lost_between_servers_when_processes_are_killed() {
    run_all(&between_servers());
}

fn run_all(killings: &[Killing]) -> Vec<Row> {
    let share = |all: u64| all.div_ceil(killings.len().max(1) as u64);
    let rounds = share(settings::rounds().unwrap_or(ROUNDS));
    let events = share(settings::events().unwrap_or(EVENTS));
    let rows: Vec<Row> = killings.iter().map(|killing| run(killing, rounds, events)).collect();
    println!("\n{}", Row::HEAD);
    for row in rows.iter().chain([&Row::total(&rows)]) {
        println!("{row}");
    }
    rows
}

fn run(killing: &Killing, rounds: u64, events: u64) -> Row {
    let Killing { name, store, way, .. } = killing;
    let mut scene = Scene::new(name, PROGRAMS, store.clone(), way, seed());
    // The events are spread over the rounds, of 110 ms each.
    let rate = (events * 9 / rounds / killing.producers as u64).to_string();
    let flags = [&["--rate", &rate], killing.flags].concat();
    let produce = |scene: &mut Scene| scene.producer(events, &flags);
    let mut producers: Vec<Process> = (0..killing.producers).map(|_| produce(&mut scene)).collect();
    // Of two relays of one name the newest serves; of three with names of their own, one.
    let start = |scene: &mut Scene, at: usize| match killing.relays {
        3 => scene.relay_named(&format!("relay-{at}"), "1s"),
        _ => scene.relay(),
    };
    let mut relays: Vec<Process> = (0..killing.relays).map(|at| start(&mut scene, at)).collect();
    // Also while producers catch up, but not for ever.
    for round in 0..rounds * 4 {
        if round >= rounds && !producers.iter_mut().any(Process::is_running) {
            break;
        }
        thread::sleep(scene.random.millis(20..200));
        scene.forget_requests();
        let next = |len: usize| usize::try_from(round).unwrap() % len;
        if killing.kills_relays {
            let at = next(killing.relays);
            scene.kill(&mut relays[at]);
            relays[at] = start(&mut scene, at);
        }
        if killing.kills_producers && round < rounds {
            let producer = &mut producers[next(killing.producers)];
            scene.kill(producer);
            *producer = produce(&mut scene);
        }
    }
    // A busy machine commits some hundred events a second.
    let limit = LATE + Duration::from_millis(5 * events);
    for mut producer in producers {
        producer.succeeds(limit);
    }
    scene.wait_delivered(limit);
    relays.iter_mut().for_each(stop);
    scene.finish(false)
}

#[test]
fn a_relay_that_was_frozen_does_no_harm() {
    for mut scene in scenes("freeze relay", &Way::Structured) {
        let mut producer = scene.producer(3_000, &["--rate", "1500"]);
        let mut frozen = scene.relay();
        for _ in 0..3 {
            thread::sleep(scene.random.millis(100..300));
            scene.interrupted();
            frozen.freeze();
            // Another one takes over, as a supervisor's would that thinks the first is gone.
            let mut other = scene.relay();
            thread::sleep(scene.random.millis(200..500));
            frozen.thaw();
            thread::sleep(scene.random.millis(20..200));
            stop(&mut other);
        }
        super::complete(&scene, &mut producer, &mut frozen);
        scene.finish(false);
    }
}
