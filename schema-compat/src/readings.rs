//! Schemas that name no dialect, and what other dialects make of them.
//!
//! Without `$schema` the keywords of every draft are read. A reader in one draft reads fewer of
//! them, and up to draft 07 nothing beside a `$ref` counts. So "compatible" is held against the
//! drafts that read something otherwise.

use crate::direction::{check_as, check_within};
use crate::report::{Finding, Reader, Report, Verdict};
use crate::rules;
use crate::solve::Solver;
use crate::source::Draft;
use serde_json::Value;

/// What other drafts read otherwise.
#[derive(Default)]
struct Uses {
    /// Something beside a `$ref`.
    beside_reference: bool,
    /// Keywords that not every draft reads.
    keywords: Vec<&'static str>,
}

/// The keywords that not every draft reads.
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

/// For a note, another reading is looked at with a part of the work.
const PART: usize = 4;

/// Every way in which the reader refuses what the writer writes, by every reading of schemas that
/// name no dialect.
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
                "as draft 04 to 07 read it, where nothing beside a `$ref` counts: name the \
                 dialect with `$schema`",
            );
        }
    }
    // Drafts that leave the same keywords out read the same.
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

/// The same, with the reading that it is said of.
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
    /// What is in a schema. What stands in values and unknown keywords is looked at too: that costs
    /// a comparison, and no answer.
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

/// Whether a keyword beside a `$ref` is more than a note or a definition.
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
