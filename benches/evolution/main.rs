//! What it costs to keep contracts.
//!
//! `cargo bench -p event-benches --bench evolution [-- [--events 1000] [--run] [--check]]`; with
//! `--run`, the first two tables only, with `--check`, the third.
//!
//! The first table is the command over catalogs of N and of ten times as many events with eight
//! fields: seconds from the call to its end, files written and read included, one run each, in
//! order.
//!
//! The second is the compatibility engine over large schemas.
//!
//! The third is `cargo check` of a generated crate of N events with eight fields, as
//! `--bench compile` measures it: without a lock, with one that fits, and with one in which every
//! event had a field more, so that none is what it was; beside what serde's derives cost on the
//! same structs.
//!
//! `scale` is a table of its own: what a change costs by what changed, in a catalog of the size and
//! shape of a real webhook interface.
//!
//! So are `alternatives` (an enum whose variants hold one type, when that type changes) and `sizes`
//! (thousands of something in a schema): what the compatibility engine takes, and the memory that
//! it holds. Words after them choose rows: `alternatives closed anyOf 10`, `sizes "enum, read"`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, reason = "a bench is read, not called")]

mod alternatives;
mod cases;
mod catalogs;
#[path = "../../schema-compat/tests/compat/sizes/child.rs"]
mod child;
mod command;
mod engine;
mod lock_check;
mod locker;
mod scale;
#[path = "../../schema-compat/tests/compat/sizes/shapes.rs"]
mod shapes;
mod sizes;

use cases::Section;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// The tables of which each row is a process of its own.
const SECTIONS: [Section; 2] = [alternatives::ALTERNATIVES, sizes::SIZES];

/// Which tables are made.
struct Parts {
    /// Those of what runs.
    run: bool,
    /// The one of `cargo check`.
    check: bool,
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let Some(done) = by_cases(&arguments) {
        return ended(done);
    }
    let mut is_said = |word: &str| {
        let everything = arguments.len();
        arguments.retain(|argument| argument != word);
        arguments.len() < everything
    };
    if is_said("scale") {
        return ended(scaled(&arguments));
    }
    let parts = match (is_said("--run"), is_said("--check")) {
        (true, false) => Parts { run: true, check: false },
        (false, true) => Parts { run: false, check: true },
        _ => Parts { run: true, check: true },
    };
    let count = match arguments.as_slice() {
        [] => Some(1_000),
        [events, count] if events == "--events" => count.parse().ok(),
        _ => None,
    };
    let Some(count) = count.filter(|count| (1..=10_000).contains(count)) else {
        eprintln!(
            "usage: evolution [--events N] [--run] [--check] | scale [values] [fields] [depth] \
             [events] | alternatives [WORD ..] | sizes [WORD ..], N in 1..=10000"
        );
        return ExitCode::from(2);
    };
    ended(run(count, &parts))
}

fn ended(done: io::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn by_cases(arguments: &[String]) -> Option<io::Result<()>> {
    let named = |word: &String| SECTIONS.iter().find(|section| section.word == word);
    match arguments {
        [case, word, index] if case == "case" => {
            Some(cases::run_one(named(word)?, index.parse().ok()?))
        }
        [word, wanted @ ..] => {
            Some(cases::table(named(word)?, wanted).map(|table| println!("{table}")))
        }
        [] => None,
    }
}

fn scaled(parts: &[String]) -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    println!("{}", scale::table(&root, parts)?);
    Ok(())
}

fn run(count: usize, parts: &Parts) -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    if parts.run {
        println!("{}", command::table(&[count, 10 * count])?);
        println!("{}", engine::table(&root)?);
    }
    if parts.check {
        println!(
            "{count} events of 8 fields, held against their lock\n\n{}",
            lock_check::table(count, &root)?
        );
    }
    Ok(())
}
