//! A change and its events: both in the database, or neither, and the emitter's sinks get what is
//! committed.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

mod adapters;
mod commit;
mod deduplication;
mod dependencies;
#[path = "../fixture/mod.rs"]
mod fixture;
mod rollback;
mod savepoints;
mod secrets;
