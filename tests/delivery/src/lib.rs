//! Kills, hangs and fills the disks of producers, relays and servers, and compares what a target
//! has with what was committed.
//!
//! A [`Scene`](scene::Scene) has the database of a [`Shop`](shop::Shop), which is its
//! [`Store`](store::Store); a [`Target`](target::Target); and the processes that work on them. The
//! [`oracle`] judges what the target got.
//!
//! Without features, the store is a file of SQLite, and the target is a file or a receiver of HTTP
//! in the test. The features `postgres`, `nats` and `kafka` add scenes with real servers, which
//! `test-servers` starts; without a server, its scenes are left out, and a line says so:
//!
//! ```console
//! $ EVENTS_REQUIRE_SERVERS=1 cargo test -p delivery-faults --features postgres,nats,kafka
//! ```
//!
//! Each test prints its seed; `DELIVERY_SEED` runs with it again. The long run, of some minutes,
//! kills so many processes in each of two tables, at so many events:
//!
//! ```console
//! $ DELIVERY_ROUNDS=200 DELIVERY_EVENTS=1000000 \
//!     cargo test --release -p delivery-faults --features postgres,nats,kafka -- --nocapture
//! ```
//!
//! # Duplicates
//!
//! A relay that is killed may have sent events that its cursor does not count. The next relay sends
//! them again. The oracle asks for a reason for each duplicate, which depends on the target:
//!
//! - A file has none: the relay reads its end.
//! - A stream of NATS has none: the server knows an event again by its `Nats-Msg-Id`.
//! - A request over HTTP names its relay. A relay sends what is behind the cursor at its start, and
//!   sends again what was not answered or not written down.
//! - A topic of Kafka does not know relays. An event may come once for each relay that started, and
//!   each interruption that came, before the cursor was behind it.

#![allow(
    clippy::missing_panics_doc,
    clippy::print_stdout,
    reason = "it is for tests: what cannot go on panics, and rows are printed"
)]

pub mod events;
pub mod oracle;
#[cfg(target_os = "linux")]
pub mod process;
#[cfg(feature = "postgres")]
pub mod proxy;
pub mod random;
#[cfg(target_os = "linux")]
pub mod scene;
pub mod scrape;
pub mod settings;
pub mod shop;
pub mod store;
pub mod target;
