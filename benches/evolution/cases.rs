//! Pairs of schemas, each checked in a process of its own: how long it takes and how much memory it
//! holds.

use crate::child::{Ended, peak_memory, run};
use event_benches::Table;
use schema_compat::{Readers, Rules, Verdict, check};
use serde_json::Value;
use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

/// After so long, a case is not waited for.
const LIMIT: Duration = Duration::from_secs(20);

/// A row of a table.
pub(crate) struct Case {
    /// What the first columns say.
    pub(crate) labels: Vec<String>,
    /// The right verdict, where the table says it.
    pub(crate) expected: Option<Verdict>,
    pub(crate) pair: Box<dyn Fn() -> (Value, Value)>,
}

/// Cases under a heading, and the word of the command line that asks for them.
pub(crate) struct Section {
    pub(crate) word: &'static str,
    pub(crate) heading: &'static [&'static str],
    pub(crate) cases: fn() -> Vec<Case>,
}

/// The table of the cases that have every wanted word as a label; each is printed to standard error
/// as soon as it is there.
pub(crate) fn table(section: &Section, wanted: &[String]) -> io::Result<Table> {
    let measured = ["verdict", "wrong", "ms", "peak MB"];
    let heading: Vec<&str> = section.heading.iter().copied().chain(measured).collect();
    let mut table = Table::new(&heading);
    for (index, case) in (section.cases)().iter().enumerate() {
        if !wanted.iter().all(|wanted| case.labels.contains(wanted)) {
            continue;
        }
        let mut command = Command::new(std::env::current_exe()?);
        let ended = run(command.args(["case", section.word, &index.to_string()]), LIMIT)?;
        let found = match ended {
            Ended::Well(printed) => printed.trim().split('\t').map(str::to_owned).collect(),
            Ended::Crashed => vec!["crashed".to_owned()],
            Ended::TimedOut => vec![format!("more than {} s", LIMIT.as_secs())],
        };
        eprintln!("{}: {}", case.labels.join(", "), found.join(" "));
        table.row(case.labels.iter().chain(&found));
    }
    Ok(table)
}

/// Runs one case, in the process that was started for it.
pub(crate) fn run_one(section: &Section, index: usize) -> io::Result<()> {
    let cases = (section.cases)();
    let case = cases.get(index).ok_or_else(|| io::Error::other("no such case"))?;
    let (old, new) = (case.pair)();
    let start = Instant::now();
    let report = check(&old, &new, Readers::New, Rules::Semantic);
    let time = start.elapsed();
    let has_witness = report.findings.iter().any(|finding| finding.witness.is_some());
    let verdict = match report.verdict {
        Verdict::Compatible => "compatible",
        Verdict::Incompatible if has_witness => "incompatible",
        Verdict::Incompatible => "incompatible, no witness",
        Verdict::Undecided => "undecided",
    };
    let wrong =
        if case.expected.is_some_and(|expected| expected != report.verdict) { "WRONG" } else { "" };
    let memory = peak_memory().map(|peak| peak.to_string()).unwrap_or_default();
    println!("{verdict}\t{wrong}\t{:.1}\t{memory}", time.as_secs_f64() * 1e3);
    // What is deep cannot be dropped as values are; the process ends anyway.
    std::mem::forget((old, new));
    Ok(())
}
