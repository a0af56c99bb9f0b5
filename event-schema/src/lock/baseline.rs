//! Compares declarations and lock with a baseline.
//!
//! The author of a breaking change can rewrite the lock in the same commit. A baseline is a lock
//! that this author did not write: the lock of the branch that the change is merged into.

use super::check::{check, compare};
use super::declared::Declared;
use super::fields::is_same_contract;
use super::finding::{LockFinding, LockFindingKind, by_cause};
use super::frozen::Frozen;
use super::state::State;
use super::verdict::UNDECIDED;
use event_core::Catalog;
use event_grammar::lock::{Acceptance, Lock, Stage, Version, VersionKey};

/// Compares the declarations and the lock with a baseline. Findings of `check` about the lock
/// itself are not repeated.
pub fn check_against(
    catalog: &Catalog,
    state: &State,
    baseline: &State,
    today: &str,
) -> Vec<LockFinding> {
    let declared = Declared::of(catalog);
    let known = check(catalog, state, today);
    let mut findings = Vec::new();
    for (key, before) in &baseline.lock.versions {
        let event = declared.get(key);
        let mut add = |kind| findings.push(LockFinding::new(key.clone(), event, kind));
        let Some(now) = state.lock.versions.get(key) else {
            add(taken("is gone from the lock"));
            continue;
        };
        of_version((before, &baseline.lock), (now, &state.lock), &mut add);
        if before.stage == Stage::Retired || now.stage == Stage::Retired {
            continue;
        }
        let Some(event) = event else { continue };
        let Ok(frozen) = Frozen::among(&declared, event) else { continue };
        // The current acceptances count, because `of_version` reports them. The current revisions
        // do not count.
        let judged = Version { accepted: now.accepted.clone(), ..before.clone() };
        let is_new =
            |finding: &LockFinding| !known.iter().any(|known| sign(known) == sign(finding));
        findings
            .extend(compare(key, &judged, &frozen, baseline).findings(key, event).filter(is_new));
    }
    by_cause(findings)
}

fn taken(what: impl Into<String>) -> LockFindingKind {
    LockFindingKind::TakenBack { what: what.into() }
}

fn allowed(what: impl Into<String>) -> LockFindingKind {
    LockFindingKind::NewlyAllowed { what: what.into() }
}

/// Reports the differences between the lock and the baseline.
fn of_version(
    (before, before_lock): (&Version, &Lock),
    (now, now_lock): (&Version, &Lock),
    add: &mut impl FnMut(LockFindingKind),
) {
    match (before.stage, now.stage) {
        (Stage::Retired, Stage::Retired) => {}
        (Stage::Retired, _) => add(taken("was retired, and is locked again")),
        (_, Stage::Retired) => add(allowed("is retired now")),
        _ => {}
    }
    for (number, was) in before.revisions.iter().enumerate() {
        let is = now.revisions.get(number);
        let is_kept = is.is_some_and(|is| is_same_contract((was, before_lock), (is, now_lock)));
        if !is_kept {
            add(taken(format!("has another revision {number} than it was locked with")));
        }
    }
    if before.event_type != now.event_type {
        add(taken(format!(
            "was locked as `{}`, and the lock says `{}`",
            before.event_type, now.event_type
        )));
    }
    if now.mode.is_looser_than(before.mode) {
        add(taken(format!(
            "was locked under the mode {}, and the lock says {}",
            before.mode.as_str(),
            now.mode.as_str()
        )));
    }
    if before.samples != now.samples {
        add(taken("has other golden samples"));
    }
    for alias in before.aliases.iter().filter(|alias| !now.aliases.contains(alias)) {
        add(taken(format!("was also read as `{alias}`, and the lock no longer has that alias")));
    }
    for name in before.retired.keys().filter(|name| !now.retired.contains_key(*name)) {
        add(taken(format!(
            "had a retired field `{name}`, and the lock no longer reserves that name"
        )));
    }
    let known = |accepted: &Acceptance| {
        before.accepted.iter().any(|was| was.rule == accepted.rule && was.path == accepted.path)
    };
    for accepted in now.accepted.iter().filter(|accepted| !known(accepted)) {
        let place = if accepted.path.is_empty() {
            String::new()
        } else {
            format!(" at `{}`", accepted.path)
        };
        let (rule, who, until, reason) =
            (&accepted.rule, &accepted.who, &accepted.until, &accepted.reason);
        let what = if rule == UNDECIDED { "an undecided change" } else { "a break" };
        add(allowed(format!(
            "has {what} that is accepted: {rule}{place}, by {who} until {until}: {reason}"
        )));
    }
}

/// The identity of a finding of a comparison: the version, the rule, the path.
fn sign(finding: &LockFinding) -> Option<(&VersionKey, &'static str, &str)> {
    let (rule, place) = match &finding.kind {
        LockFindingKind::Break { broken, .. } => (broken.rule.id(), broken.path.as_str()),
        LockFindingKind::SchemaBreak { finding, field, .. } => {
            (finding.rule.id, field.as_deref().unwrap_or_default())
        }
        LockFindingKind::Undecided { field, .. } => {
            (UNDECIDED, field.as_deref().unwrap_or_default())
        }
        _ => return None,
    };
    Some((&finding.key, rule, place))
}
