//! The history in a lock: how each version was locked and how it changed.
//!
//! A lock has no times. It has an order: versions by number, and the revisions of each version.
//! With an earlier state, the history has only what came later.

use super::diff::{VersionChange, What, bump, of_version, removal};
use super::fields::{FieldForms, is_same_contract};
use super::model::Snapshot;
use super::state::State;
use super::verdict::Bump;
use event_grammar::lock::{Acceptance, Lock, Mode, Revision, Stage, Version, VersionKey};
use std::collections::{BTreeMap, BTreeSet};

/// The history of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventHistory {
    /// The name of the event, as in log lines.
    pub event: String,
    /// The name of the event, as on the wire.
    pub event_type: String,
    /// The versions with news, newest first.
    pub versions: Vec<VersionHistory>,
}

/// The history of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionHistory {
    /// The number of the version.
    pub version: u32,
    /// The stage of the version; the last stage if the version is removed.
    pub stage: Stage,
    /// The earlier stage, if the stage changed.
    pub old_stage: Option<Stage>,
    /// Whether the earlier state has the version and the later one does not.
    pub removed: bool,
    /// The bump that all news together require; `None` if the earlier state does not have the
    /// version.
    pub bump: Option<Bump>,
    /// The compatibility mode.
    pub mode: Mode,
    /// The earlier mode, if the mode changed.
    pub old_mode: Option<Mode>,
    /// How the version was locked; `None` if the earlier state has the version.
    pub locked: Option<FirstLocked>,
    /// The later revisions, newest first.
    pub revisions: Vec<RevisionHistory>,
    /// Legacy names that were added, sorted.
    pub aliases: Vec<String>,
    /// Accepted breaks.
    pub accepted: Vec<Acceptance>,
    /// Field names that may not be used again, with their last form.
    pub retired: BTreeMap<String, String>,
}

/// How a version was locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstLocked {
    /// The levels that the event could have.
    pub level: String,
    /// The form of every field.
    pub fields: BTreeMap<String, String>,
    /// The changes from the version before; `None` for the first version.
    pub succession: Option<Succession>,
}

/// The changes from one version to the next: from the last revision of the earlier version to the
/// first revision of the later version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The version before.
    pub before: u32,
    /// Whether events of the earlier version are still read, through the upcast of the later
    /// version. A retired version is not declared, so it is not read.
    pub is_read: bool,
    /// The changes in what is written and read.
    pub changes: Vec<VersionChange>,
    /// The bump that the changes would require within the version before.
    pub bump: Bump,
}

/// A revision of a version after the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionHistory {
    /// The number of the revision, from 1.
    pub number: usize,
    /// The changes. Empty if only the schema of the keys of every line changed.
    pub changes: Vec<VersionChange>,
}

/// The steps of an upcast, by the names of fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migration<'a> {
    /// Removed fields.
    pub dropped: Vec<&'a str>,
    /// New fields.
    pub set: Vec<&'a str>,
    /// Renamed fields: the old name and the new name.
    pub renamed: Vec<(&'a str, &'a str)>,
    /// Fields whose values have another form or another unit.
    pub converted: Vec<&'a str>,
}

impl Succession {
    /// The steps from an event of the version before to an event of this version.
    pub fn migration(&self) -> Migration<'_> {
        let mut migration = Migration::default();
        for change in &self.changes {
            let Some(field) = change.field.as_deref() else { continue };
            match change.what {
                What::FieldRemoved => migration.dropped.push(field),
                What::FieldAdded => migration.set.push(field),
                What::FieldRenamed => {
                    migration.renamed.push((change.old.as_deref().unwrap_or_default(), field));
                }
                What::FieldRetyped => migration.converted.push(field),
                // A field with a new type and a new unit is converted once.
                What::MarkChanged
                    if is_unit(change) && migration.converted.last() != Some(&field) =>
                {
                    migration.converted.push(field);
                }
                _ => {}
            }
        }
        migration
    }
}

fn is_unit(change: &VersionChange) -> bool {
    change.new.as_deref().is_some_and(|mark| mark.starts_with("unit("))
}

/// The news in `new` since `old`, by event name. With an empty `old`, the whole history.
pub fn changelog(old: &State, new: &State) -> Vec<EventHistory> {
    let mut events: Vec<EventHistory> = Vec::new();
    let keys: BTreeSet<&VersionKey> =
        old.lock.versions.keys().chain(new.lock.versions.keys()).collect();
    for key in keys.into_iter().rev() {
        let (before, version) = (old.lock.versions.get(key), new.lock.versions.get(key));
        let Some(version) = version.or(before) else { continue };
        let history = match new.lock.versions.get(key) {
            Some(version) => of_key(key, version, (before, old), new),
            None => Some(removed(key, version)),
        };
        let Some(history) = history else { continue };
        match events.last_mut() {
            Some(known) if known.event == key.event => known.versions.push(history),
            _ => events.push(EventHistory {
                event: key.event.clone(),
                event_type: version.event_type.clone(),
                versions: vec![history],
            }),
        }
    }
    events.reverse();
    events
}

/// The history of a version that the later state does not have.
fn removed(key: &VersionKey, version: &Version) -> VersionHistory {
    let whole = VersionChange {
        key: key.clone(),
        what: What::VersionRemoved,
        field: None,
        old: None,
        new: None,
        verdict: removal(Some(version.stage)),
    };
    VersionHistory {
        version: key.version,
        stage: version.stage,
        old_stage: None,
        removed: true,
        bump: Some(bump(&[whole], version.mode)),
        mode: version.mode,
        old_mode: None,
        locked: None,
        revisions: Vec::new(),
        aliases: Vec::new(),
        accepted: Vec::new(),
        retired: BTreeMap::new(),
    }
}

/// The news of one version; `None` if there are none.
fn of_key(
    key: &VersionKey,
    version: &Version,
    (old, old_state): (Option<&Version>, &State),
    state: &State,
) -> Option<VersionHistory> {
    // Without an earlier state, everything is new and there are no old values.
    let known = old.map_or(0, |old| {
        shared((&old.revisions, &old_state.lock), (&version.revisions, &state.lock))
    });
    let mut history = VersionHistory {
        version: key.version,
        stage: version.stage,
        removed: false,
        bump: None,
        old_stage: old.map(|old| old.stage).filter(|stage| *stage != version.stage),
        mode: version.mode,
        old_mode: old.map(|old| old.mode).filter(|mode| *mode != version.mode),
        locked: if known == 0 { first_locked(key, version, state) } else { None },
        revisions: (known.max(1)..version.revisions.len())
            .rev()
            .filter_map(|number| revised(key, version, number, state))
            .collect(),
        aliases: version
            .aliases
            .iter()
            .filter(|alias| old.is_none_or(|old| !old.aliases.contains(alias)))
            .cloned()
            .collect(),
        accepted: version
            .accepted
            .iter()
            .filter(|accepted| old.is_none_or(|old| !old.accepted.contains(accepted)))
            .cloned()
            .collect(),
        retired: version
            .retired
            .iter()
            .filter(|(name, _)| old.is_none_or(|old| !old.retired.contains_key(*name)))
            .map(|(name, form)| (name.clone(), form.clone()))
            .collect(),
    };
    let is_new = history.locked.is_some()
        || history.old_stage.is_some()
        || history.old_mode.is_some()
        || !history.revisions.is_empty()
        || !history.aliases.is_empty()
        || !history.accepted.is_empty()
        || !history.retired.is_empty();
    if !is_new {
        return None;
    }
    history.bump = old.and_then(|old| {
        let last = |version: &Version| version.revisions.len().checked_sub(1);
        let was = Snapshot::of_revision(old_state, key, old, last(old)?)?;
        let is = Snapshot::of_revision(state, key, version, last(version)?)?;
        Some(bump(&of_version(key, &was, &is), was.mode))
    });
    Some(history)
}

/// How many revisions both states have in common from the start. A rewritten lock has other
/// revisions, which are news. Another fingerprint of the same contract is not news.
fn shared(old: (&[Revision], &Lock), new: (&[Revision], &Lock)) -> usize {
    old.0
        .iter()
        .zip(new.0)
        .take_while(|(was, is)| is_same_contract((was, old.1), (is, new.1)))
        .count()
}

fn first_locked(key: &VersionKey, version: &Version, state: &State) -> Option<FirstLocked> {
    let first = version.revisions.first()?;
    let before = state.lock.of(&key.event).filter(|(number, _)| *number < key.version).last();
    let succession =
        before.and_then(|(number, before)| succession(key, version, (number, before), state));
    Some(FirstLocked {
        level: first.level.clone(),
        fields: FieldForms::of(&state.lock, first).forms,
        succession,
    })
}

fn succession(
    key: &VersionKey,
    version: &Version,
    (number, before): (u32, &Version),
    state: &State,
) -> Option<Succession> {
    let last = before.revisions.len().checked_sub(1)?;
    let was =
        Snapshot::of_revision(state, &VersionKey::new(key.event.as_str(), number), before, last)?;
    let is = Snapshot::of_revision(state, key, version, 0)?;
    let mut changes = of_version(key, &was, &is);
    // Stages and modes belong to one version: they are not part of the comparison.
    changes.retain(|change| change.what.is_of_form());
    let bump = bump(&changes, was.mode);
    Some(Succession { before: number, is_read: before.stage != Stage::Retired, changes, bump })
}

fn revised(
    key: &VersionKey,
    version: &Version,
    number: usize,
    state: &State,
) -> Option<RevisionHistory> {
    let was = Snapshot::of_revision(state, key, version, number.checked_sub(1)?)?;
    let is = Snapshot::of_revision(state, key, version, number)?;
    Some(RevisionHistory { number, changes: of_version(key, &was, &is) })
}
