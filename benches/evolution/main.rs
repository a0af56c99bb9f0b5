//! What it costs to keep contracts.
//!
//! `cargo bench -p event-benches --bench evolution [-- [--events 1000] [--commands]]`; with `--commands`, the first two tables only.
//!
//! The first table is the command over catalogs of N and of ten times as many events with eight fields: seconds from the call to its end, files written and
//! read included, one run each, in order.
//!
//! The second is the compatibility engine over large schemas.
//!
//! The third is `cargo check` of a generated crate of N events with eight fields, as `--bench compile` measures it: without a lock, with one that fits, and
//! with one whose fingerprints do not, so that every form is compared; beside what serde's derives cost on the same structs.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, reason = "a bench is read, not called")]

mod catalogs;
mod command;
mod engine;
mod gate;

use std::io;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let everything = arguments.len();
    arguments.retain(|argument| argument != "--commands");
    let commands_only = arguments.len() < everything;
    let count = match arguments.as_slice() {
        [] => Some(1_000),
        [events, count] if events == "--events" => count.parse().ok(),
        _ => None,
    };
    let Some(count) = count.filter(|count| (1..=10_000).contains(count)) else {
        eprintln!("usage: evolution [--events N] [--commands], N in 1..=10000");
        return ExitCode::from(2);
    };
    match run(count, commands_only) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(count: usize, commands_only: bool) -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    println!("{}", command::table(&[count, 10 * count])?);
    println!("{}", engine::table(&root)?);
    if commands_only {
        return Ok(());
    }
    println!("{count} events of 8 fields, held against their lock\n\n{}", gate::table(count, &root)?);
    Ok(())
}
