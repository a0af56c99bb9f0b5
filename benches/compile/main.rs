//! What a catalog costs to build: N events of eight fields, with this project and with derives.
//!
//! `cargo bench -p event-benches --bench compile [-- [--events 1000] [--check]]`; with `--check`,
//! `cargo check` only. Two crates are generated below the target directory: one declares its events
//! with `events!` and joins them with `catalog!`; the other has the same structs with
//! `derive(Serialize, Deserialize, JsonSchema)`, and by hand what the macros generate beside them:
//! an emitting function for each event, an enum over all of them that is read by name, and the list
//! of their schemas. Both call each emitting function once.
//!
//! Measured is the processor time, user and system, of cargo and what it starts, when the crate's
//! source has changed and its dependencies have been built; less what cargo takes when nothing has
//! changed. Without incremental compilation, the least of three.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]
#![allow(missing_docs, reason = "a bench is read, not called")]

use event_benches::generated::build::{Mode, Workspace};
use event_benches::generated::{derives, events};
use event_benches::{Table, Target};
use std::io;
use std::path::Path;
use std::process::ExitCode;

const TARGET: Target = Target::AtMost(0.25);

fn main() -> ExitCode {
    let mut arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let everything = arguments.len();
    arguments.retain(|argument| argument != "--check");
    let check_only = arguments.len() < everything;
    let count = match arguments.as_slice() {
        [] => Some(100),
        [events, count] if events == "--events" => count.parse().ok(),
        _ => None,
    };
    let Some(count) = count.filter(|count| (1..=10_000).contains(count)) else {
        eprintln!("usage: compile [--events N] [--check], N in 1..=10000");
        return ExitCode::from(2);
    };
    match run(count, check_only) {
        Ok(table) => {
            println!("{count} events of 8 fields\n\n{table}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(count: usize, check_only: bool) -> io::Result<Table> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let workspace = Workspace::create(
        &Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("compile-{count}")),
        &root,
    )?;
    let events = events::source(count);
    let derives = derives::source(count);
    let ours = workspace.krate(
        "with-events",
        &[r#"event-core = { path = "{root}/event-core" }"#],
        &events,
    )?;
    let theirs = workspace.krate(
        "with-derives",
        &[
            r#"serde = { version = "1", features = ["derive"] }"#,
            r#"serde_json = "1""#,
            r#"schemars = { version = "1", features = ["derive"] }"#,
        ],
        &derives,
    )?;
    let mut table = Table::new(&["what", "events!", "derives", "ratio", "target"]);
    table.row([
        "source, lines".to_owned(),
        events.lines().count().to_string(),
        derives.lines().count().to_string(),
        String::new(),
        String::new(),
    ]);
    let modes = [
        ("cargo check", Mode::Check),
        ("debug build", Mode::Debug),
        ("release build", Mode::Release),
    ];
    for (what, mode) in modes.into_iter().take(if check_only { 1 } else { 3 }) {
        let (ours, theirs) = (workspace.seconds(&ours, mode)?, workspace.seconds(&theirs, mode)?);
        row(&mut table, &format!("{what}, s of CPU"), ours, theirs);
    }
    if check_only {
        return Ok(table);
    }
    for (what, mode) in [("debug rlib", Mode::Debug), ("release rlib", Mode::Release)] {
        let (ours, theirs) =
            (workspace.megabytes(&ours, mode)?, workspace.megabytes(&theirs, mode)?);
        row(&mut table, &format!("{what}, MB"), ours, theirs);
    }
    Ok(table)
}

fn row(table: &mut Table, what: &str, ours: f64, theirs: f64) {
    let ratio = ours / theirs;
    // A thousand events take a while: what is known is told.
    eprintln!("{what}: {ours:.2}, {theirs:.2}");
    let cells = [
        format!("{ours:.2}"),
        format!("{theirs:.2}"),
        format!("{ratio:.2}"),
        TARGET.verdict(ratio),
    ];
    table.row([what.to_owned()].into_iter().chain(cells));
}
