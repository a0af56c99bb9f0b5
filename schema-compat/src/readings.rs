//! Schemas without a dialect, and how the drafts read them.
//!
//! Without `$schema`, the keywords of every draft apply. A reader with one draft knows fewer
//! keywords, and until draft 07 it ignores everything beside a `$ref`. So a "compatible" verdict is
//! checked again with the drafts that read the schemas differently.

use crate::direction::{check_as, check_within};
use crate::report::{Finding, Reader, Report, Verdict};
use crate::rules;
use crate::solve::Solver;
use crate::source::Draft;
use serde_json::Value;

/// What the drafts read differently.
#[derive(Default)]
struct Uses {
    /// There are keywords beside a `$ref`.
    beside_reference: bool,
    /// Keywords that some drafts do not have.
    keywords: Vec<&'static str>,
}

/// The keywords that some drafts do not have.
const NOT_IN_ALL: &[&str] = &[
    "const",
    "contains",
    "propertyNames",
    "if",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedItems",
    "unevaluatedProperties",
    "prefixItems",
    "$dynamicRef",
    "minContains",
    "maxContains",
    "$recursiveRef",
    "dependencies",
];

/// The check of another draft, which gives only a note, may use this fraction of the work.
const PART: usize = 4;

/// Finds the ways in which the reader refuses what the writer writes, under every reading of
/// schemas without a dialect.
pub(crate) fn check(writer: &Value, reader: &Value, who: Reader) -> Report {
    let mut report = check_within(writer, reader, who, Solver::budget());
    if report.verdict != Verdict::Compatible || writer == reader {
        return report;
    }
    let mut uses = Uses::default();
    for schema in [writer, reader] {
        if schema.get("$schema").is_none() {
            uses.collect(schema);
        }
    }
    if uses.beside_reference {
        let other = check_as(writer, reader, who, Solver::budget(), Draft::Seven);
        if other.verdict != Verdict::Compatible {
            return said_of(
                other,
                "as draft 04 to 07 read it, ignoring everything beside a `$ref`: name the \
                 dialect with `$schema`",
            );
        }
    }
    // Drafts without the same keywords read the schema in the same way.
    let mut readings: Vec<(Vec<&str>, Vec<Draft>)> = Vec::new();
    for draft in Draft::ALL {
        let unread: Vec<&str> =
            uses.keywords.iter().copied().filter(|keyword| !draft.has_keyword(keyword)).collect();
        match readings.iter_mut().find(|(known, _)| *known == unread) {
            Some((_, drafts)) => drafts.push(draft),
            None => readings.push((unread, vec![draft])),
        }
    }
    for (unread, drafts) in readings.iter().filter(|(unread, _)| !unread.is_empty()) {
        let other = check_as(writer, reader, who, Solver::budget() / PART, drafts[0]);
        if let Some(found) = other.findings.into_iter().find(|finding| finding.reader.is_some()) {
            report.findings.push(note(found, drafts, unread));
        }
    }
    report
}

/// The report, with the reading added to its texts.
fn said_of(mut report: Report, reading: &str) -> Report {
    for finding in &mut report.findings {
        finding.message = format!("{}, {reading}", finding.message);
    }
    for reason in &mut report.undecided {
        *reason = format!("{reason}, {reading}");
    }
    report
}

fn note(found: Finding, drafts: &[Draft], unread: &[&str]) -> Finding {
    let drafts: Vec<&str> = drafts.iter().map(|draft| draft.as_str()).collect();
    let unread: Vec<String> = unread.iter().map(|keyword| format!("`{keyword}`")).collect();
    let (drafts, unread) = (drafts.join(" or "), unread.join(", "));
    let message = format!(
        "the schema names no dialect; read as {drafts}, without {unread}, {}",
        found.message
    );
    Finding { rule: rules::named("dialect-not-named"), reader: None, message, ..found }
}

impl Uses {
    /// Collects the keywords of a schema. It also searches values and unknown keywords: that costs
    /// an extra comparison, but changes no verdict.
    fn collect(&mut self, schema: &Value) {
        let mut waiting = vec![schema];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(items) => waiting.extend(items),
                Value::Object(members) => {
                    self.beside_reference |= members.contains_key("$ref")
                        && members.keys().any(|key| says_something(key));
                    for keyword in NOT_IN_ALL {
                        if members.contains_key(*keyword) && !self.keywords.contains(keyword) {
                            self.keywords.push(keyword);
                        }
                    }
                    waiting.extend(members.values());
                }
                _ => {}
            }
        }
    }
}

/// Whether a keyword beside a `$ref` is more than an annotation or a definition.
fn says_something(keyword: &str) -> bool {
    let says_nothing = [
        "$ref",
        "$schema",
        "$anchor",
        "$comment",
        "$defs",
        "definitions",
        "title",
        "description",
        "default",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
    ];
    !says_nothing.contains(&keyword) && !keyword.starts_with("x-")
}
