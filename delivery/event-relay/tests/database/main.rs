//! What the relay and its commands do with an outbox in PostgreSQL: connections, faults, roles, TLS,
//! secrets. `tests/operation` has what they show and change.
#![cfg(unix)]
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

mod connections;
mod location;
mod months;
mod other_table;
mod outbox;
mod roles;
mod tls;
mod walk;
