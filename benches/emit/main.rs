//! What one event costs: this project beside its peers, in one run.
//!
//! `cargo bench -p event-benches --bench emit [-- --quick] [-- --profile]`. Each contender reads
//! the clock for each event and writes it in RFC 3339 with microseconds; those that are set against
//! each other write the same bytes, which is proven before anything is measured. Nanoseconds are
//! the least of many batches, taken in turns; they say little on a busy machine. Instructions are
//! callgrind's, where valgrind is there.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, reason = "a bench is read, not called")]

mod callgrind;
mod clock;
mod context;
mod draws;
mod envelope;
mod escape;
mod event;
mod file;
mod flat;
mod group;
mod hand;
mod ids;
mod isolation;
mod members;
mod off;
mod peers;
mod profile;
mod texts;
mod threads;

use group::Group;
use std::io;
use std::process::{Command, ExitCode};

/// Counted by instructions.
const GROUPS: [&Group; 7] = [
    &flat::GROUP,
    &members::GROUP,
    &texts::GROUP,
    &envelope::GROUP,
    &context::GROUP,
    &off::GROUP,
    &isolation::GROUP,
];
/// Timed only: what they are about is not in the instructions.
const TIMED: [Timed; 4] = [
    (threads::OWN, threads::measure_own),
    (threads::SHARED, threads::measure_shared),
    (file::NAME, file::measure),
    (draws::NAME, draws::measure),
];

/// The name of what is measured, and what measures so many rounds of it.
type Timed = (&'static str, fn(u32) -> io::Result<()>);

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["--only", group, name, count] => run_only(group, name, count),
        ["--group", name, rounds] => measure(name, rounds.parse().unwrap_or(QUICK)),
        ["--profile"] => profile::print(),
        ["--quick"] => all(QUICK),
        [] => all(ROUNDS),
        _ => Err(io::Error::other("the arguments are `--quick` or `--profile`")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

const ROUNDS: u32 = 300;
const QUICK: u32 = 30;

fn all(rounds: u32) -> io::Result<()> {
    for (what, lines) in [
        ("flat lines", flat::lines()),
        ("lines with context", context::lines()),
        ("envelopes", envelope::lines()),
    ] {
        if lines.iter().any(|line| line.is_empty() || *line != lines[0]) {
            return Err(io::Error::other(format!(
                "the contenders write different {what}:\n{}",
                lines.concat()
            )));
        }
    }
    if !callgrind::is_there() {
        eprintln!(
            "valgrind IS NOT THERE: NO INSTRUCTIONS ARE COUNTED, and nanoseconds alone decide \
             nothing"
        );
    }
    println!(
        "Notes: metrique writes EMF, because its formatter of plain JSON asks for a later \
         compiler than the workspace does.\n"
    );
    let names = GROUPS.iter().map(|group| group.name).chain(TIMED.iter().map(|(name, _)| *name));
    for name in names {
        let status = Command::new(std::env::current_exe()?)
            .args(["--group", name, &rounds.to_string()])
            .status()?;
        if !status.success() {
            return Err(io::Error::other(format!("`{name}` was not measured")));
        }
    }
    Ok(())
}

fn measure(name: &str, rounds: u32) -> io::Result<()> {
    if let Some(group) = GROUPS.iter().find(|group| group.name == name) {
        return group.measure(rounds);
    }
    let (_, measure) =
        TIMED.iter().find(|(timed, _)| *timed == name).ok_or_else(|| unknown(name))?;
    measure(rounds)
}

/// Under callgrind: one contender, a given number of events.
fn run_only(group: &str, name: &str, count: &str) -> io::Result<()> {
    let group = GROUPS.iter().find(|known| known.name == group).ok_or_else(|| unknown(group))?;
    let contender = (group.contenders)().into_iter().find(|contender| contender.name == name);
    contender.ok_or_else(|| unknown(name))?.run(count.parse().map_err(io::Error::other)?);
    Ok(())
}

fn unknown(name: &str) -> io::Error {
    io::Error::other(format!("there is no `{name}`"))
}
