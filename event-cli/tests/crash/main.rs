//! Commands that are killed, that run at the same time, or that have no room: what they write is
//! there as a whole or not at all, nothing that was recorded is lost, and the next run leaves
//! nothing behind.
//!
//! Each command is a process of its own: this test again, started as the command that its
//! environment names.
#![cfg(unix)]
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test"
)]

#[path = "../lock/catalogs.rs"]
mod catalogs;
mod disk;
#[path = "../fixture/mod.rs"]
mod fixture;
mod kill;
mod process;
mod shop;
mod writers;

/// Not a test: the command that the tests start.
#[test]
fn child() {
    process::be_a_command();
}
