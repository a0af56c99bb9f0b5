//! Accepting a break: with a rule, a reason, a person and a last day.

use super::check::compare;
use super::declared::Declared;
use super::frozen::Frozen;
use super::problem::ProblemKind;
use super::state::State;
use crate::error::SchemaError;
use event_core::Catalog;
use event_grammar::lock::{Acceptance, Lock, VersionKey};
use std::fmt;

/// Why a break was not accepted, or an acceptance not removed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AcceptError {
    /// The version is not published.
    NotPublished,
    /// The version is not declared, so nothing can be compared.
    NotDeclared,
    /// There is no such break; these there are, by rule and path.
    NoBreak(Vec<(&'static str, String)>),
    /// The event has no schema.
    NoSchema(SchemaError),
    /// Somebody accepted it before.
    Known,
    /// There is no such acceptance.
    NoAcceptance,
    /// The last day is no day.
    NoDay(String),
    /// The reason, or the name, is empty.
    Empty(&'static str),
}

impl fmt::Display for AcceptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPublished => f.write_str("it is not published: a draft may change"),
            Self::NotDeclared => f.write_str("it is not declared: an event that is gone is retired, not accepted"),
            Self::NoBreak(_) => f.write_str("nothing breaks by this rule at this place"),
            Self::NoSchema(error) => error.fmt(f),
            Self::Known => f.write_str("it is accepted already"),
            Self::NoAcceptance => f.write_str("nothing is accepted by this rule at this place"),
            Self::NoDay(day) => write!(f, "`{}` is no day", day.escape_debug()),
            Self::Empty(what) => write!(f, "the {what} is empty"),
        }
    }
}

impl std::error::Error for AcceptError {}

/// Adds an acceptance to the lock.
///
/// # Errors
///
/// When there is no such break, when it is accepted already, or when something is missing.
pub fn accept(
    catalog: &Catalog,
    state: &mut State,
    key: &VersionKey,
    acceptance: Acceptance,
) -> Result<(), AcceptError> {
    if !is_day(&acceptance.until) {
        return Err(AcceptError::NoDay(acceptance.until));
    }
    for (what, text) in [("reason", &acceptance.reason), ("name", &acceptance.who)] {
        if text.trim().is_empty() {
            return Err(AcceptError::Empty(what));
        }
    }
    let version = state.lock.versions.get(key).ok_or(AcceptError::NotPublished)?;
    let declared = Declared::of(catalog);
    let event = declared.get(key).ok_or(AcceptError::NotDeclared)?;
    let frozen = Frozen::among(&declared, event).map_err(AcceptError::NoSchema)?;
    let compared = compare(key, version, &frozen, state);
    if compared.uses(&acceptance) {
        return Err(AcceptError::Known);
    }
    let breaks = compared.open.into_iter().filter_map(|kind| match kind {
        ProblemKind::Break { broken, .. } => Some((broken.rule.id(), broken.path)),
        ProblemKind::SchemaBreak { field, finding, .. } => Some((finding.rule.id, field.unwrap_or_default())),
        _ => None,
    });
    let breaks: Vec<_> = breaks.collect();
    if !breaks.iter().any(|(rule, path)| *rule == acceptance.rule && *path == acceptance.path) {
        return Err(AcceptError::NoBreak(breaks));
    }
    if let Some(version) = state.lock.versions.get_mut(key) {
        version.accepted.push(acceptance);
    }
    Ok(())
}

/// Takes an acceptance out of the lock.
///
/// # Errors
///
/// When there is none.
pub fn withdraw(lock: &mut Lock, key: &VersionKey, rule: &str, path: &str) -> Result<Acceptance, AcceptError> {
    let version = lock.versions.get_mut(key).ok_or(AcceptError::NotPublished)?;
    let at = version.accepted.iter().position(|accepted| accepted.rule == rule && accepted.path == path);
    at.map(|at| version.accepted.remove(at)).ok_or(AcceptError::NoAcceptance)
}

/// Whether a text is a day of the calendar: `YYYY-MM-DD`.
pub fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    // The parser of timestamps knows how long months are.
    is_shaped && event_core::Timestamp::parse(&format!("{text}T00:00:00Z")).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_are_of_the_calendar() {
        for day in ["2026-11-21", "2028-02-29", "2026-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for other in [
            "2027-02-29",
            "2026-13-01",
            "2026-11-31",
            "2026-1-1",
            "tomorrow",
            "2026-11-21T",
            "",
            "2026/11/21",
            "２026-11-2",
        ] {
            assert!(!is_day(other), "{other}");
        }
    }
}
