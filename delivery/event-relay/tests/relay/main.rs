//! Does the relay deliver every committed event, in order for each entity, whatever the target
//! does?
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

mod backlog;
mod cursor;
mod delivery;
mod ending;
mod lease_model;
mod parking;
mod rest;
mod shop;
mod standby;
mod target;
