//! What do the commands of the relay show and change, and what do they refuse?
//!
//! The real binary on real database files, filled through the outbox; and, with the feature
//! `postgres`, on a server.
#![cfg(unix)]
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

mod audit;
mod configuration;
mod dead;
mod dry_run;
mod hostile;
mod lag;
mod migrate;
mod page;
mod purge;
mod purge_model;
mod replay;
mod rewind;
mod secrets;
#[cfg(feature = "postgres")]
mod server;
mod shop;
mod signals;
mod status;
