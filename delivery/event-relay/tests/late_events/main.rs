//! Events of PostgreSQL that become visible in another order than that of `seq`: nothing is lost,
//! and each entity stays in order.
#![cfg(unix)]
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::print_stdout)]

mod checks;
mod open;
mod other_table;
mod outbox;
mod stress;
