//! What the store answers: each query against a loop over the same history, in SQLite and in
//! PostgreSQL.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

#[allow(unreachable_pub, reason = "events of a test")]
mod events;
mod history;
mod hostile;
mod joined;
mod memory;
mod plans;
mod store;
mod twin;
mod twins;
#[allow(unreachable_pub, reason = "events of a test")]
mod versions;
