//! The changes between two states of a catalog and the version bumps that they require: no bump is
//! chosen by hand.

mod beside;
mod fields;
mod what;

pub use what::What;

use super::model::{Model, Snapshot};
use super::verdict::{Bump, Impact};
use event_core::lock::ask_alike;
use event_grammar::lock::{Mode, Stage, VersionKey};
use std::collections::{BTreeMap, BTreeSet};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionChange {
    /// The version.
    pub key: VersionKey,
    /// The kind of change.
    pub what: What,
    /// The field, under its new name.
    pub field: Option<String>,
    /// The old value.
    pub old: Option<String>,
    /// The new value.
    pub new: Option<String>,
    /// The readers that the change breaks.
    pub verdict: Impact,
}

impl VersionChange {
    /// Whether the change removes or retires the version, so that it is no longer read. That is
    /// major in every mode, because no mode allows it.
    pub(super) const fn ends_a_version(&self) -> bool {
        matches!(self.what, What::EventRemoved | What::VersionRemoved | What::StageChanged)
            && self.verdict.new_readers
    }
}

/// The differences between two states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Every change, by version.
    pub changes: Vec<VersionChange>,
    /// The bump of every version in the old state. A version that only the new state has has no
    /// bump: no reader relied on it.
    pub bumps: BTreeMap<VersionKey, Bump>,
}

impl Diff {
    /// The largest bump.
    pub fn bump(&self) -> Bump {
        self.bumps.values().copied().max().unwrap_or_default()
    }
}

/// Compares two states.
pub fn diff(old: &Model, new: &Model) -> Diff {
    let mut diff = Diff::default();
    let events = |model: &Model| -> BTreeSet<String> {
        model.versions.keys().map(|key| key.event.clone()).collect()
    };
    let (old_events, new_events) = (events(old), events(new));
    let keys: BTreeSet<&VersionKey> = old.versions.keys().chain(new.versions.keys()).collect();
    for key in keys {
        let whole = |what, verdict| VersionChange {
            key: key.clone(),
            what,
            field: None,
            old: None,
            new: None,
            verdict,
        };
        match (old.versions.get(key), new.versions.get(key)) {
            (Some(was), Some(is)) => {
                let changes = of_version(key, was, is);
                diff.bumps.insert(key.clone(), bump(&changes, was.mode));
                diff.changes.extend(changes);
            }
            (None, _) if old_events.contains(&key.event) => {
                diff.changes.push(whole(What::VersionAdded, Impact::COMPATIBLE));
            }
            (None, _) => diff.changes.push(whole(What::EventAdded, Impact::COMPATIBLE)),
            (Some(was), None) => {
                let is_gone = !new_events.contains(&key.event);
                let what = if is_gone { What::EventRemoved } else { What::VersionRemoved };
                let change = whole(what, removal(was.stage));
                diff.bumps.insert(key.clone(), bump(std::slice::from_ref(&change), was.mode));
                diff.changes.push(change);
            }
        }
    }
    diff
}

/// The bump that changes require for a version whose readers `mode` protects.
pub(super) fn bump(changes: &[VersionChange], mode: Mode) -> Bump {
    if changes.iter().any(|change| change.ends_a_version() || change.verdict.breaks(mode)) {
        Bump::Major
    } else if changes.iter().any(|change| change.verdict.may_break(mode)) {
        Bump::Undecided
    } else if changes.iter().any(|change| change.what.is_of_form()) {
        Bump::Revision
    } else {
        Bump::None
    }
}

/// The impact of removing a version.
pub(super) const fn removal(stage: Option<Stage>) -> Impact {
    match stage {
        // A draft.
        None => Impact::COMPATIBLE,
        // The version was no longer read. But its number, its name and the names of its fields were
        // reserved, and now they are free.
        Some(Stage::Retired) => Impact::PROMISE,
        Some(_) => Impact::NEW_READERS,
    }
}

/// The changes of one version, or from one version to the next.
pub(super) fn of_version(key: &VersionKey, old: &Snapshot, new: &Snapshot) -> Vec<VersionChange> {
    let mut comparing = Comparing { key, changes: Vec::new() };
    comparing.head(old, new);
    comparing.fields(old, new);
    comparing.beside(old, new);
    comparing.changes
}

struct Comparing<'k> {
    key: &'k VersionKey,
    changes: Vec<VersionChange>,
}

impl Comparing<'_> {
    fn add(
        &mut self,
        what: What,
        field: Option<&str>,
        old: Option<&str>,
        new: Option<&str>,
        verdict: Impact,
    ) {
        let [field, old, new] = [field, old, new].map(|text| text.map(str::to_owned));
        self.changes.push(VersionChange { key: self.key.clone(), what, field, old, new, verdict });
    }

    /// Adds the changes of the names and levels.
    fn head(&mut self, old: &Snapshot, new: &Snapshot) {
        if old.event_type != new.event_type {
            self.add(
                What::NameChanged,
                None,
                Some(&old.event_type),
                Some(&new.event_type),
                Impact::BOTH,
            );
        }
        for alias in new.aliases.difference(&old.aliases) {
            self.add(What::AliasAdded, None, None, Some(alias), Impact::COMPATIBLE);
        }
        for alias in old.aliases.difference(&new.aliases) {
            self.add(What::AliasRemoved, None, Some(alias), None, Impact::NEW_READERS);
        }
        if old.level != new.level {
            let is_alike = ask_alike(&old.level, &new.level);
            let verdict = if is_alike { Impact::COMPATIBLE } else { Impact::PROMISE };
            self.add(What::LevelChanged, None, Some(&old.level), Some(&new.level), verdict);
        }
        // A reader accepts any step: the table restricts only new records.
        let table = |snapshot: &'_ Snapshot| {
            Some(snapshot.transitions.clone()).filter(|table| !table.is_empty())
        };
        if old.transitions != new.transitions {
            let (was, is) = (table(old), table(new));
            self.add(
                What::TransitionsChanged,
                None,
                was.as_deref(),
                is.as_deref(),
                Impact::COMPATIBLE,
            );
        }
    }
}
