//! What can be found: codes, and the rules of the compatibility engine. `explain`, docs/command.md
//! and SARIF read this list.

use super::codes::CODES;
use super::severity::Severity;
use schema_compat::{CONFLUENT_RULES, Example, RULES, Rule};
use std::borrow::Cow;

/// A kind of finding.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    /// What a finding is found again by: a code, `EV0203`, or the name of a rule of the engine,
    /// `property-removed`.
    pub(crate) id: &'static str,
    /// The name of the rule that finds it, where one does: `field-removed`.
    pub(crate) rule: Option<&'static str>,
    /// Its severity, where that is always the same.
    pub(crate) severity: Option<Severity>,
    /// What it says, in a line.
    pub(crate) title: &'static str,
    /// What it means, why it is a finding, what to write.
    pub(crate) explanation: Cow<'static, str>,
}

impl From<&'static Rule> for Kind {
    fn from(rule: &'static Rule) -> Self {
        let head = format!("{}, {}", rule.severity.as_str(), rule.category.as_str());
        let mut lines = vec![head, String::new(), rule.remedy.to_owned()];
        if let Some(Example { old, new }) = rule.example {
            for (name, schema) in [("old", old), ("new", new)] {
                lines.extend([String::new(), name.to_owned()]);
                lines.extend(schema.lines().map(|line| format!("    {line}")));
            }
        }
        Self {
            id: rule.id,
            rule: Some(rule.id),
            severity: Some(rule.severity.into()),
            title: rule.explanation,
            explanation: Cow::Owned(lines.join("\n")),
        }
    }
}

/// Every kind: the codes in order, then the rules of the engine.
pub(crate) fn kinds() -> impl Iterator<Item = Kind> {
    let rules = RULES.iter().chain(CONFLUENT_RULES).map(Kind::from);
    CODES.iter().cloned().chain(rules)
}

/// The kind with this code, or of the rule with this name, in capital or small letters.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    let is_it = |known: &str| known.eq_ignore_ascii_case(name);
    let code = CODES.iter().find(|code| is_it(code.id) || code.rule.is_some_and(is_it));
    code.cloned().or_else(|| schema_compat::rule(&name.to_ascii_lowercase()).map(Kind::from))
}

/// Whether findings with this code may have this severity.
pub(super) fn may_be(code: &str, severity: Severity) -> bool {
    let known = CODES.iter().find(|known| known.id == code);
    known.is_some_and(|known| known.severity.is_none_or(|fixed| fixed == severity))
}
