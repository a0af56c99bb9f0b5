//! Delivery with PostgreSQL, NATS and Kafka, beside the same written by hand with their drivers.
//!
//! `cargo bench -p event-benches --features servers --bench delivery_servers [-- PART ..]`. The parts
//! are `flush`, `read`, `lost`, `nats` and `kafka`; without one, all of them. Only the ratios of one
//! run say something: the contenders take turns, and each is judged by the median of its turns.
//!
//! The servers are those of `test-servers`, on this machine. A part whose server is not installed
//! says so and is left out.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is read, not called")]

mod by_hand;
mod database;
#[path = "../delivery/event.rs"]
mod event;
#[path = "../delivery/fill.rs"]
mod fill;
mod flush;
mod kafka;
mod lost;
mod memory;
mod naive;
mod nats;
mod read;
mod report;
mod stream;

use std::process::ExitCode;

/// A part of the bench: its name, and what measures and prints it.
const PARTS: [(&str, fn()); 5] = [
    ("flush", flush::measure),
    ("read", read::measure),
    ("lost", lost::measure),
    ("nats", nats::measure),
    ("kafka", kafka::measure),
];

fn main() -> ExitCode {
    let asked: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let Some(unknown) = asked.iter().find(|name| !PARTS.iter().any(|(part, _)| part == name)) {
        let parts = PARTS.map(|(part, _)| part).join("`, `");
        eprintln!("`{unknown}` is not a part; the parts are `{parts}`");
        return ExitCode::FAILURE;
    }
    for (part, measure) in PARTS {
        if asked.is_empty() || asked.iter().any(|name| name == part) {
            measure();
        }
    }
    ExitCode::SUCCESS
}
