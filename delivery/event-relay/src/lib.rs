//! Publishes the events of an outbox: at least once, in order for each entity, and only what
//! `events.lock` allows.
//!
//! The command `event-relay` runs the targets of a configuration ([`config`]). A service can run a
//! [`Relay`] itself, and wake it by each commit:
//!
//! ```
//! use event_relay::targets::Workers;
//! use event_relay::targets::file::{FileTarget, FileTargetOptions};
//! use event_relay::{Relay, TargetOptions};
//! use std::time::Duration;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let directory = std::env::temp_dir().join(format!("relay-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&directory)?;
//! # std::env::set_current_dir(&directory)?;
//! # event_outbox_rusqlite::migrate(&mut rusqlite::Connection::open("shop.db")?)?;
//! let archive = FileTarget::open(FileTargetOptions::new("events.ndjson"))?;
//! let relay = Relay::builder("shop.db")
//!     .target("archive", Workers::start("archive", archive)?, TargetOptions::default())
//!     .start()?;
//! let waker = relay.waker();
//! // .. `outbox.on_commit(move || waker.wake())`, and the service runs ..
//! let ended = relay.drain_within(Duration::from_secs(10));
//! assert!(ended.is_complete);
//! # let _ = waker;
//! # std::fs::remove_dir_all(&directory)?;
//! # Ok(())
//! # }
//! ```
//!
//! - [`targets`]: files, standard output, CloudEvents over HTTP, Kafka (feature `kafka`), NATS
//!   (feature `nats`), and the traits of a target of your own.
//! - [`database`]: the outbox in a file of SQLite, as above, or in PostgreSQL (feature `postgres`):
//!   [`DatabaseLocation::postgres`](database::DatabaseLocation::postgres).
//! - [`contract`]: which events may be sent. [`RelayBuilder::contract`] takes it.
//! - [`events`]: the relay's own log. [`RelayBuilder::emitter`] says where it goes.
//! - [`metrics`]: what it counts, for Prometheus and a health check.
//! - [`source`]: how the outbox is read; [`operation`]: what people do to it.
//!
//! The guide's page on delivery has what is guaranteed, and what is not. Its page on operation has
//! what to do when something fails.

pub mod command;
pub mod config;
pub mod contract;
pub mod database;
mod engine;
pub mod events;
mod features;
mod message;
pub mod metrics;
pub mod operation;
pub mod source;
pub mod targets;

pub use engine::{Ended, Relay, RelayBuilder, Retired, StartError, TargetOptions, Waker};
pub use message::{EntityKey, Message, Seq};
