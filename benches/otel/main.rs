//! What an event costs as an OpenTelemetry log record, beside the appender of `tracing`, in one run.
//!
//! `cargo bench -p event-benches --bench otel [-- --quick]`. Instructions are callgrind's, of all
//! threads, where valgrind is there: they are what to compare. Nanoseconds are of the emitting
//! thread, the least of many batches, taken in turns. Each group is a process of its own, because a
//! process has one global subscriber.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, reason = "a bench is read, not called")]

#[allow(dead_code, reason = "`emit` uses all of it")]
#[path = "../emit/callgrind.rs"]
mod callgrind;
#[allow(dead_code, reason = "`emit` uses all of it")]
#[path = "../emit/event.rs"]
mod event;
#[allow(dead_code, reason = "`emit` uses all of it")]
#[path = "../emit/group.rs"]
mod group;
mod receiver;
mod records;

use group::Group;
use std::io;
use std::process::{Command, ExitCode};

const GROUPS: [&Group; 2] = [&records::RECORDS, &records::TRACE];

const ROUNDS: u32 = 300;
const QUICK: u32 = 30;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["--only", group, name, count] => run_only(group, name, count),
        ["--group", name, rounds] => {
            find(name).and_then(|group| group.measure(rounds.parse().unwrap_or(QUICK)))
        }
        ["--quick"] => all(QUICK),
        [] => all(ROUNDS),
        _ => Err(io::Error::other("the only argument is `--quick`")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn all(rounds: u32) -> io::Result<()> {
    if !callgrind::is_there() {
        eprintln!("valgrind IS NOT THERE: NO INSTRUCTIONS ARE COUNTED");
    }
    for group in GROUPS {
        let status = Command::new(std::env::current_exe()?)
            .args(["--group", group.name, &rounds.to_string()])
            .status()?;
        if !status.success() {
            return Err(io::Error::other(format!("`{}` was not measured", group.name)));
        }
    }
    Ok(())
}

/// Under callgrind: one contender, a given number of events.
fn run_only(group: &str, name: &str, count: &str) -> io::Result<()> {
    let contenders = (find(group)?.contenders)();
    let contender = contenders.into_iter().find(|contender| contender.name == name);
    let mut contender = contender.ok_or_else(|| unknown(name))?;
    contender.run(count.parse().map_err(io::Error::other)?);
    Ok(())
}

fn find(name: &str) -> io::Result<&'static Group> {
    GROUPS.into_iter().find(|group| group.name == name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> io::Error {
    io::Error::other(format!("there is no `{name}`"))
}
