//! Accepts a break, with a rule, a reason, a person and a last day.

use super::check::{Comparison, compare};
use super::declared::Declared;
use super::finding::LockFindingKind;
use super::frozen::Frozen;
use super::state::State;
use super::verdict::UNDECIDED;
use crate::error::SchemaError;
use event_core::Catalog;
use event_core::lock::in_type;
use event_grammar::lock::{Acceptance, Lock, VersionKey};
use std::fmt;

/// Why an acceptance was not added or not removed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AcceptError {
    /// The version is not locked.
    NotLocked,
    /// The version is not declared, so there is nothing to compare.
    NotDeclared,
    /// There is no such break. Holds the rule and the path of every open break; undecided changes
    /// are among them.
    NoBreak(Vec<(&'static str, String)>),
    /// The event has no schema.
    NoSchema(SchemaError),
    /// The break is already accepted.
    Known,
    /// There is no such acceptance.
    NoAcceptance,
    /// The last day is not a date.
    NoDay(String),
    /// The reason or the name is empty; holds which.
    Empty(&'static str),
}

impl fmt::Display for AcceptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLocked => f.write_str("it is not locked: a draft may change"),
            Self::NotDeclared => {
                f.write_str("it is not declared: an event that is gone is retired, not accepted")
            }
            Self::NoBreak(_) => f.write_str("there is no break of this rule at this path"),
            Self::NoSchema(error) => error.fmt(f),
            Self::Known => f.write_str("it is accepted already"),
            Self::NoAcceptance => f.write_str("there is no acceptance of this rule at this path"),
            Self::NoDay(day) => write!(f, "`{}` is not a date", day.escape_debug()),
            Self::Empty(what) => write!(f, "the {what} is empty"),
        }
    }
}

impl std::error::Error for AcceptError {}

/// Checks that an acceptance is complete.
fn whole(acceptance: &Acceptance) -> Result<(), AcceptError> {
    if !is_day(&acceptance.until) {
        return Err(AcceptError::NoDay(acceptance.until.clone()));
    }
    for (what, text) in [("reason", &acceptance.reason), ("name", &acceptance.who)] {
        if text.trim().is_empty() {
            return Err(AcceptError::Empty(what));
        }
    }
    Ok(())
}

/// Adds an acceptance to the lock.
///
/// # Errors
///
/// If there is no such break, if it is already accepted, or if a text of the acceptance is missing.
pub fn accept(
    catalog: &Catalog,
    state: &mut State,
    key: &VersionKey,
    acceptance: Acceptance,
) -> Result<(), AcceptError> {
    whole(&acceptance)?;
    let version = state.lock.versions.get(key).ok_or(AcceptError::NotLocked)?;
    let declared = Declared::of(catalog);
    let event = declared.get(key).ok_or(AcceptError::NotDeclared)?;
    let frozen = Frozen::among(&declared, event).map_err(AcceptError::NoSchema)?;
    let compared = compare(key, version, &frozen, state);
    if compared.uses(&acceptance) {
        return Err(AcceptError::Known);
    }
    let breaks = open_breaks(compared);
    if !breaks.iter().any(|(rule, path)| *rule == acceptance.rule && *path == acceptance.path) {
        return Err(AcceptError::NoBreak(breaks));
    }
    if let Some(version) = state.lock.versions.get_mut(key) {
        version.accepted.push(acceptance);
    }
    Ok(())
}

/// Adds an acceptance of a break in the declaration of a named type to every locked version that it
/// breaks, and returns these versions. The path of `acceptance` begins in that declaration; the
/// type's path is put before it.
///
/// # Errors
///
/// If the change breaks no version, if every broken version already has the acceptance, or if a
/// text of the acceptance is missing.
pub fn accept_of_type(
    catalog: &Catalog,
    state: &mut State,
    ty: &str,
    acceptance: &Acceptance,
) -> Result<Vec<VersionKey>, AcceptError> {
    whole(acceptance)?;
    let path = path_in(ty, &acceptance.path);
    let declared = Declared::of(catalog);
    let (mut broken, mut others, mut is_known) = (Vec::new(), Vec::new(), false);
    for (key, version) in state.locked() {
        let Some(event) = declared.get(key) else { continue };
        let frozen = Frozen::among(&declared, event).map_err(AcceptError::NoSchema)?;
        let compared = compare(key, version, &frozen, state);
        is_known |= compared
            .accepted
            .iter()
            .any(|(rule, known)| *rule == acceptance.rule && *known == path);
        for (rule, open) in open_breaks(compared) {
            if rule == acceptance.rule && open == path {
                broken.push(key.clone());
            } else if in_type(&open).is_some_and(|(known, _)| known == ty)
                && !others.contains(&(rule, open.clone()))
            {
                others.push((rule, open));
            }
        }
    }
    if broken.is_empty() {
        return Err(if is_known { AcceptError::Known } else { AcceptError::NoBreak(others) });
    }
    for key in &broken {
        if let Some(version) = state.lock.versions.get_mut(key) {
            version.accepted.push(Acceptance { path: path.clone(), ..acceptance.clone() });
        }
    }
    Ok(broken)
}

/// Removes an acceptance of a break in the declaration of a named type from every version that has
/// it, and returns these versions.
///
/// # Errors
///
/// If no version has it.
pub fn withdraw_of_type(
    lock: &mut Lock,
    ty: &str,
    rule: &str,
    rest: &str,
) -> Result<Vec<VersionKey>, AcceptError> {
    let path = path_in(ty, rest);
    let keys: Vec<VersionKey> = lock.versions.keys().cloned().collect();
    let found =
        keys.into_iter().filter(|key| withdraw(lock, key, rule, &path).is_ok()).collect::<Vec<_>>();
    if found.is_empty() { Err(AcceptError::NoAcceptance) } else { Ok(found) }
}

/// `&shop::Address.zip`
fn path_in(ty: &str, rest: &str) -> String {
    let point = if rest.is_empty() || rest.starts_with('[') { "" } else { "." };
    format!("&{ty}{point}{rest}")
}

/// The rule and the path of every break and of every undecided change.
fn open_breaks(compared: Comparison) -> Vec<(&'static str, String)> {
    let breaks = compared.open.into_iter().filter_map(|kind| match kind {
        LockFindingKind::Break { broken, .. } => Some((broken.rule.id(), broken.path)),
        LockFindingKind::SchemaBreak { field, finding, .. } => {
            Some((finding.rule.id, field.unwrap_or_default()))
        }
        LockFindingKind::Undecided { field, .. } => Some((UNDECIDED, field.unwrap_or_default())),
        _ => None,
    });
    breaks.collect()
}

/// Removes an acceptance from the lock.
///
/// # Errors
///
/// If there is no such acceptance.
pub fn withdraw(
    lock: &mut Lock,
    key: &VersionKey,
    rule: &str,
    path: &str,
) -> Result<Acceptance, AcceptError> {
    let version = lock.versions.get_mut(key).ok_or(AcceptError::NotLocked)?;
    let at =
        version.accepted.iter().position(|accepted| accepted.rule == rule && accepted.path == path);
    at.map(|at| version.accepted.remove(at)).ok_or(AcceptError::NoAcceptance)
}

/// Whether a text is a date of the calendar: `YYYY-MM-DD`.
pub fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() }
        });
    // The parser of timestamps knows the length of months.
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
