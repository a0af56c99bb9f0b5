//! The result for all lines: counts, and the first findings of each kind.

use super::args::FailOn;
use super::known::Known;
use crate::count::count;
use crate::finding::{Finding, Report, Severity};
use crate::table::Table;
use event_schema::Json;
use std::collections::BTreeMap;

/// How a line is counted; each line has exactly one count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// An event that matches its declaration.
    Valid,
    /// A line that is not an event, or an event that does not match its declaration.
    Invalid,
    /// An event that the catalog does not have.
    Unknown,
    /// An empty line.
    Blank,
}

/// Counts and findings.
pub(super) struct Tally<'k> {
    known: &'k Known,
    fail_on: &'k [FailOn],
    limit: usize,
    lines: u64,
    totals: [u64; 4],
    deprecated: u64,
    /// For each event: the number of valid and of invalid lines.
    events: Vec<[u64; 2]>,
    findings: Vec<Finding>,
    /// For each kind: the number of findings, and their severity.
    found: BTreeMap<&'static str, (usize, Severity)>,
}

impl<'k> Tally<'k> {
    pub(super) fn new(known: &'k Known, fail_on: &'k [FailOn], limit: usize) -> Self {
        let events = vec![[0; 2]; known.declared().len()];
        let (findings, found) = (Vec::new(), BTreeMap::new());
        Self {
            known,
            fail_on,
            limit,
            lines: 0,
            totals: [0; 4],
            deprecated: 0,
            events,
            findings,
            found,
        }
    }

    /// Counts a line, and its event by index in the catalog.
    pub(super) fn count(&mut self, count: Count, event: Option<usize>) {
        self.lines += 1;
        self.totals[count as usize] += 1;
        if let Some(at) = event {
            self.events[at][usize::from(count == Count::Invalid)] += 1;
            self.deprecated +=
                u64::from(self.known.declared()[at].meta.governance.deprecated.is_some());
        }
    }

    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// The severity, as `--fail-on` says.
    pub(super) fn severity(&self, what: FailOn) -> Severity {
        if self.fail_on.contains(&what) { Severity::Error } else { Severity::Warning }
    }

    /// Counts a finding of a kind. `make` is called only while fewer than the limit are shown.
    pub(super) fn find(
        &mut self,
        code: &'static str,
        severity: Severity,
        make: impl FnOnce() -> Finding,
    ) {
        let (count, _) = self.found.entry(code).or_insert((0, severity));
        *count += 1;
        if *count <= self.limit {
            self.findings.push(make().severity(severity));
        }
    }

    fn total(&self, count: Count) -> u64 {
        self.totals[count as usize]
    }

    /// The report of all lines.
    pub(super) fn report(self) -> Report {
        let text = self.text();
        let number = |number: u64| Json::from(number);
        let events = self.seen().map(|(at, [valid, invalid])| {
            let meta = self.known.declared()[at].meta;
            Json::object([
                ("name", meta.name.snake.into()),
                ("version", meta.version.into()),
                ("valid", number(valid)),
                ("invalid", number(invalid)),
                ("deprecated", meta.governance.deprecated.is_some().into()),
            ])
        });
        let hidden: Vec<_> = self.hidden().collect();
        let not_shown = hidden.iter().map(|(code, count, _)| (*code, Json::from(*count as u64)));
        let report = Report::new(self.findings.clone())
            .text(text)
            .summary("lines", number(self.lines))
            .summary("valid", number(self.total(Count::Valid)))
            .summary("invalid", number(self.total(Count::Invalid)))
            .summary("unknown", number(self.total(Count::Unknown)))
            .summary("blank", number(self.total(Count::Blank)))
            .summary("deprecated", number(self.deprecated))
            .summary("events", Json::List(events.collect()))
            .summary("not_shown", Json::object(not_shown));
        hidden
            .into_iter()
            .fold(report, |report, (_, count, severity)| report.not_shown(severity, count))
    }

    /// The events that occurred, with their counts.
    fn seen(&self) -> impl Iterator<Item = (usize, [u64; 2])> {
        self.events.iter().copied().enumerate().filter(|(_, counts)| *counts != [0, 0])
    }

    /// The kinds with more findings than are shown.
    fn hidden(&self) -> impl Iterator<Item = (&'static str, usize, Severity)> {
        let hidden = self
            .found
            .iter()
            .map(|(code, (count, severity))| (*code, count.saturating_sub(self.limit), *severity));
        hidden.filter(|(_, count, _)| *count > 0)
    }

    fn text(&self) -> String {
        let mut table = Table::new();
        for (at, [valid, invalid]) in self.seen() {
            let meta = self.known.declared()[at].meta;
            let deprecated = if meta.governance.deprecated.is_some() { "deprecated" } else { "" };
            let wrong = if invalid == 0 { String::new() } else { format!("{invalid} invalid") };
            table.row([
                meta.name.snake.to_owned(),
                format!("v{}", meta.version),
                format!("{valid} valid"),
                wrong,
                deprecated.to_owned(),
            ]);
        }
        let mut lines = table.lines();
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!(
            "{}: {} valid, {} invalid, {} unknown, {} blank; {} of deprecated events",
            count(usize::try_from(self.lines).unwrap_or(usize::MAX), "line"),
            self.total(Count::Valid),
            self.total(Count::Invalid),
            self.total(Count::Unknown),
            self.total(Count::Blank),
            self.deprecated
        ));
        let hidden: Vec<_> =
            self.hidden().map(|(code, count, _)| format!("{count} more of {code}")).collect();
        if !hidden.is_empty() {
            lines.push(format!("not shown: {} (`--limit` shows more)", hidden.join(", ")));
        }
        lines.join("\n") + "\n"
    }
}
