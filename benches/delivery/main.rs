//! What an event in the transaction costs, and its way to a file, beside the same written by hand.
//!
//! `cargo bench -p event-benches --bench delivery [-- --quick | drain]`. Only the ratios of one run say
//! something: the contenders take turns, and each is judged by the best tenth of its turns.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is read, not called")]

mod by_hand;
mod drain;
mod event;
mod fill;
mod flush;

use std::process::ExitCode;

const TURNS: usize = 1_000;
const QUICK: usize = 100;
/// A turn of the drain is long.
const DRAINS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    // The drain alone, for a profiler.
    if arguments == ["drain"] {
        return ended(drain::measure(DRAINS));
    }
    let turns = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => TURNS,
        ["--quick"] => QUICK,
        _ => {
            eprintln!("the argument is `--quick` or `drain`");
            return ExitCode::FAILURE;
        }
    };
    ended(flush::measure(turns).and_then(|()| drain::measure(DRAINS)))
}

fn ended(measured: Result<(), event_outbox_rusqlite::Error>) -> ExitCode {
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
