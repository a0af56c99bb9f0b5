//! A change and its events: both in the database, or neither, and the emitter's sinks get what is
//! committed. Each test runs on PostgreSQL and on SQLite, where they do not differ.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

mod cancel;
mod commit;
mod dependencies;
#[path = "../../../event-outbox-rusqlite/tests/fixture/events.rs"]
#[allow(dead_code, unreachable_pub, reason = "the events of all adapters' tests")]
mod events;
mod inbox;
mod migrations;
#[path = "../../../event-outbox-tokio-postgres/tests/postgres/observed.rs"]
mod observed;
mod postgres;
mod rollback;
mod savepoints;
mod shop;
mod sqlite;
