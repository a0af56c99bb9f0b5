//! What reading one record costs: the first and the last event of a catalog, a name that is not in
//! it, and a line beside serde.
//!
//! `cargo bench -p event-benches --bench decode`. It builds a catalog of 100 events and one of
//! 1,000 in release mode, and counts the instructions of each with callgrind, so that a busy
//! machine makes no difference.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, reason = "a bench is read, not called")]

mod program;

use event_benches::generated::build::Workspace;
use event_benches::generated::events;
use event_benches::generated::fields::blocks;
use event_benches::{Table, Target};
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};

const FEW: u32 = 500;
const MANY: u32 = 2_500;
/// Each event leaves out one of seven fields, and names come back after ten: after so many, all is
/// as before but the domain.
const PERIOD: usize = 70;

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let workspace =
        Workspace::create(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("decode"), &root)?;
    let dependencies = [
        "event-core = { path = \"{root}/event-core\" }",
        "serde = { version = \"1\", features = [\"derive\"] }",
        "serde_json = \"1\"",
    ];
    for (name, count) in [("with-hundred", 100), ("with-thousand", 1_000)] {
        let krate = workspace.krate(name, &dependencies, &events::source(count))?;
        workspace.write(&krate, "src/main.rs", &program::source(name))?;
        let binary = workspace.binary(&krate)?;
        println!("{count} events\n\n{}", of_catalog(&binary, count)?);
        if count == 1_000 {
            println!("a line of 6 fields\n\n{}", of_line(&binary)?);
        }
    }
    Ok(())
}

/// The cost of each place in a catalog.
fn of_catalog(binary: &Path, count: usize) -> io::Result<Table> {
    let events: Vec<_> = blocks(count).flat_map(|block| block.events).collect();
    let last = count - 1;
    // The first event and the last one that is like it; the last event and the first one that is
    // like it.
    let (like_first, like_last) = (last - last % PERIOD, last % PERIOD);
    let mut table = Table::new(&["record", "place", "instructions", "ratio", "target"]);
    for (one, other) in [(0, like_first), (like_last, last)] {
        let first = instructions(binary, "catalog", &events[one].name)?;
        let second = instructions(binary, "catalog", &events[other].name)?;
        table.row([format!("`{}`", events[one].name), one.to_string(), format!("{first:.0}")]);
        let ratio = second / first;
        let cells =
            [format!("{second:.0}"), format!("{ratio:.3}"), Target::AtMost(1.05).verdict(ratio)];
        table
            .row([format!("`{}`", events[other].name), other.to_string()].into_iter().chain(cells));
    }
    let unknown = instructions(binary, "unknown", "babababx_intake_started")?;
    table.row(["an unknown name".to_owned(), String::new(), format!("{unknown:.0}")]);
    Ok(table)
}

/// The same line by this project and by serde.
fn of_line(binary: &Path) -> io::Result<Table> {
    let mut table = Table::new(&["reader", "instructions"]);
    for (reader, how) in [
        ("`Catalog::decode`", "line"),
        ("`Event::decode`", "event"),
        ("serde_json, owned", "serde"),
        ("serde_json, tagged enum", "tagged"),
    ] {
        table.row([reader.to_owned(), format!("{:.0}", instructions(binary, how, "")?)]);
    }
    Ok(table)
}

/// What two counts of records differ by, for one record.
fn instructions(binary: &Path, how: &str, name: &str) -> io::Result<f64> {
    Ok((collected(binary, how, name, MANY)? - collected(binary, how, name, FEW)?)
        / f64::from(MANY - FEW))
}

fn collected(binary: &Path, how: &str, name: &str, count: u32) -> io::Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(binary)
        .args([how, name, &count.to_string()])
        .output()?;
    let report = String::from_utf8_lossy(&output.stderr);
    let counted =
        report.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    counted.ok_or_else(|| io::Error::other(format!("callgrind did not count `{how}`:\n{report}")))
}
