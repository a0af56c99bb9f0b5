//! What a change costs under `cargo check`, by what changed: as ratios, each measured beside what
//! it is compared with.

use crate::locker;
use event_benches::generated::build::{Checked, Krate, Workspace};
use event_benches::generated::nested::{Change, deep, flat, one_block, webhooks};
use event_benches::{Table, Target};
use std::io;
use std::path::Path;

const ROUNDS: usize = 5;

/// A source that is checked, and whether a lock is there.
struct Case {
    what: &'static str,
    source: String,
    is_locked: bool,
    is_incremental: bool,
}

impl Case {
    fn new(what: &'static str, source: String) -> Self {
        Self { what, source, is_locked: true, is_incremental: false }
    }

    fn without_lock(mut self) -> Self {
        self.is_locked = false;
        self
    }

    fn incremental(mut self) -> Self {
        self.is_incremental = true;
        self
    }
}

struct Bench {
    workspace: Workspace,
    krate: Krate,
}

impl Bench {
    fn new(name: &str, root: &Path) -> io::Result<Self> {
        let directory =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("evolution-scale-{name}"));
        let workspace = Workspace::create(&directory, root)?;
        let dependencies = [
            r#"event-core = { path = "{root}/event-core" }"#,
            r#"event-grammar = { path = "{root}/event-grammar" }"#,
        ];
        let krate = workspace.krate("with-values", &dependencies, "")?;
        workspace.write(&krate, "src/bin/lock.rs", &locker::source("with_values"))?;
        Ok(Self { workspace, krate })
    }

    /// The lock of a source.
    fn lock(&self, source: &str) -> io::Result<String> {
        self.workspace.remove(&self.krate, "events.lock")?;
        self.workspace.write(&self.krate, "src/lib.rs", source)?;
        self.workspace.output_of(&self.krate, "lock")
    }

    /// The best of several rounds for each case, the cases in turn; and what the last round said.
    fn measure(&self, lock: &str, cases: &[Case]) -> io::Result<Vec<(f64, Checked)>> {
        let mut best: Vec<Option<(f64, Checked)>> = cases.iter().map(|_| None).collect();
        for round in 0..ROUNDS {
            for (case, best) in cases.iter().zip(&mut best) {
                if case.is_locked {
                    self.workspace.write(&self.krate, "events.lock", lock)?;
                } else {
                    self.workspace.remove(&self.krate, "events.lock")?;
                }
                // Cargo looks at times of a second's length in places.
                let source = format!("{}// {round} {}\n", case.source, case.what);
                self.workspace.write(&self.krate, "src/lib.rs", &source)?;
                let (seconds, checked) =
                    self.workspace.checked(&self.krate, case.is_incremental)?;
                eprintln!("{}: {seconds:.2} s", case.what);
                let known = best.as_ref().map_or(f64::INFINITY, |(known, _)| *known);
                *best = Some((known.min(seconds), checked));
            }
        }
        Ok(best.into_iter().flatten().collect())
    }
}

/// A part of the table.
type Part = fn(&Path, &mut Table) -> io::Result<()>;

/// The parts of the table, by name.
const PARTS: &[(&str, Part)] =
    &[("values", values), ("fields", fields), ("depth", depth), ("events", events)];

/// The table, or the parts of it that are named.
pub(crate) fn table(root: &Path, wanted: &[String]) -> io::Result<Table> {
    let mut table =
        Table::new(&["cargo check, CPU", "s", "ratio", "target", "errors", "slow constants"]);
    for (name, part) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            part(root, &mut table)?;
        }
    }
    Ok(table)
}

fn row(
    table: &mut Table,
    what: &str,
    (seconds, checked): &(f64, Checked),
    ratio: Option<(f64, f64)>,
) {
    let (ratio, target) = match ratio {
        Some((beside, target)) => {
            let ratio = seconds / beside;
            (format!("{ratio:.2}"), Target::AtMost(target).verdict(ratio))
        }
        None => (String::new(), String::new()),
    };
    let (errors, slow) = (checked.errors.to_string(), checked.slow_constants.to_string());
    table.row([what.to_owned(), format!("{seconds:.2}"), ratio, target, errors, slow]);
}

fn values(root: &Path, table: &mut Table) -> io::Result<()> {
    let bench = Bench::new("values", root)?;
    let unchanged = webhooks(Change::Nothing);
    let lock = bench.lock(&unchanged)?;
    let cases = [
        Case::new("10 events, 126 values, no lock", unchanged.clone()).without_lock(),
        Case::new("locked, unchanged", unchanged),
        Case::new("one optional field in one event", webhooks(Change::OptionalInAnEvent)),
        Case::new("one optional field in `User`", webhooks(Change::OptionalInUser)),
        Case::new("one required field in `User`", webhooks(Change::RequiredInUser)),
    ];
    let found = bench.measure(&lock, &cases)?;
    let (without, same) = (found[0].0, found[1].0);
    let ratios =
        [None, Some((without, 1.3)), Some((same, 1.1)), Some((same, 1.4)), Some((same, 1.8))];
    for ((case, found), ratio) in cases.iter().zip(&found).zip(ratios) {
        row(table, case.what, found, ratio);
    }
    Ok(())
}

fn fields(root: &Path, table: &mut Table) -> io::Result<()> {
    let bench = Bench::new("fields", root)?;
    let lock = bench.lock(&flat(500, false))?;
    let cases = [
        Case::new("one event of 500 fields, unchanged", flat(500, false)),
        Case::new("one optional field more", flat(500, true)),
    ];
    let found = bench.measure(&lock, &cases)?;
    row(table, cases[0].what, &found[0], None);
    row(table, cases[1].what, &found[1], Some((found[0].0, 1.3)));
    Ok(())
}

fn depth(root: &Path, table: &mut Table) -> io::Result<()> {
    let bench = Bench::new("depth", root)?;
    let cases = [
        Case::new("values nested 10 deep, incremental", deep(10)).without_lock().incremental(),
        Case::new("20 deep", deep(20)).without_lock().incremental(),
        Case::new("40 deep", deep(40)).without_lock().incremental(),
    ];
    doublings(&bench, "", &cases, table)
}

fn events(root: &Path, table: &mut Table) -> io::Result<()> {
    let bench = Bench::new("events", root)?;
    let cases = [
        Case::new("500 events in one block", one_block(500)).without_lock(),
        Case::new("1,000 events", one_block(1_000)).without_lock(),
        Case::new("2,000 events", one_block(2_000)).without_lock(),
    ];
    doublings(&bench, "", &cases, table)
}

fn doublings(bench: &Bench, lock: &str, cases: &[Case], table: &mut Table) -> io::Result<()> {
    let found = bench.measure(lock, cases)?;
    let mut before = None;
    for (case, found) in cases.iter().zip(&found) {
        row(table, case.what, found, before.map(|before| (before, 2.2)));
        before = Some(found.0);
    }
    Ok(())
}
