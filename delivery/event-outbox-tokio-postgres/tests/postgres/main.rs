//! A change and its events: both in PostgreSQL, or neither, and the emitter's sinks get what is
//! committed. The tables are made once, and the inbox has each message once.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

mod adapters;
mod cancel;
mod commit;
mod connection;
mod deduplication;
mod dependencies;
#[path = "../../../event-outbox-rusqlite/tests/fixture/events.rs"]
#[allow(dead_code, unreachable_pub, reason = "the events of all adapters' tests")]
mod events;
mod inbox;
mod migrations;
mod months;
mod observed;
mod roles;
mod rollback;
mod savepoints;
mod send;
mod shop;
