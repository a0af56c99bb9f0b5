//! A kind of finding: a code, or a rule of the compatibility engine.

use super::severity::Severity;
use schema_compat::{Example, Rule};
use std::borrow::Cow;

/// A kind of finding.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    /// The identifier: a code, `EV0203`, or the name of a rule of the engine, `property-removed`.
    pub(crate) id: &'static str,
    /// The name of the rule that finds it, if a rule does: `field-removed`.
    pub(crate) rule: Option<&'static str>,
    /// The severity, if it is always the same.
    pub(crate) severity: Option<Severity>,
    /// One line that describes it.
    pub(crate) title: &'static str,
    /// What it means, why it is a finding, and how to fix it.
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
