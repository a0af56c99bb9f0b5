//! Every kind of finding: the codes, and the rules of the compatibility engine. `explain`, SARIF and
//! docs/command.md read this list.

use super::codes::CODES;
use super::kind::Kind;
use super::severity::Severity;
use schema_compat::{CONFLUENT_RULES, RULES};

/// Every kind: the codes in order, then the rules of the engine.
pub(crate) fn kinds() -> impl Iterator<Item = Kind> {
    let rules = RULES.iter().chain(CONFLUENT_RULES).map(Kind::from);
    CODES.iter().cloned().chain(rules)
}

/// The kind with this code or rule name, in capital or small letters.
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
