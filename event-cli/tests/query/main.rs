//! `query`: what it prints of a store in each format, and what it refuses.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

mod answers;
#[allow(dead_code, unreachable_pub, reason = "events of a test")]
mod events;
#[path = "../fixture/mod.rs"]
mod fixture;
mod refusals;
mod store;
