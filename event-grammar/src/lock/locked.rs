//! The contents of a lock: the revisions of each version, and the named types that they reach.

use super::{Mode, Stage};
use crate::fingerprint::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The format that the tool writes, and the only format that it reads.
pub const FORMAT: u32 = 2;

/// The name of the file.
pub const FILE: &str = "events.lock";

/// The contents of a lock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The package whose command writes the lock: `cargo run -p <package> -- lock`.
    pub package: String,
    /// Every named type that a revision reaches, by digest.
    pub types: BTreeMap<u64, NamedType>,
    /// Lines of the reserved sections, by key. They are kept unread.
    pub reserved: BTreeMap<String, String>,
    /// The versions.
    pub versions: BTreeMap<VersionKey, Version>,
}

/// One form of a named type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedType {
    /// The path of the type with its arguments: `shop::model::Page<&shop::model::Item>`.
    pub path: String,
    /// The form.
    pub form: String,
}

impl NamedType {
    /// The digest of the path and the form.
    pub fn digest(&self) -> u64 {
        crate::fingerprint::mix(crate::hash(&self.path), crate::hash(&self.form))
    }
}

/// One version of one event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionKey {
    /// The event's name, as in log lines.
    pub event: String,
    /// The version, from 1.
    pub version: u32,
}

/// One locked version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The event's name, as on the wire.
    pub event_type: String,
    /// The stage of the version.
    pub stage: Stage,
    /// The compatibility mode of the version.
    pub mode: Mode,
    /// Legacy names that readers accept, sorted.
    pub aliases: Vec<String>,
    /// The state when the version was locked, and every compatible change since. Never empty.
    pub revisions: Vec<Revision>,
    /// Accepted breaks.
    pub accepted: Vec<Acceptance>,
    /// Field names that may not be used again, with their last form.
    pub retired: BTreeMap<String, String>,
    /// The digest of the golden samples.
    pub samples: String,
}

/// One state of a locked version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The fingerprint of its fields.
    pub fingerprint: u64,
    /// The levels that the event can have, least severe first, joined by `|`.
    pub level: String,
    /// The table of legal transitions: `cart -> placed, placed -> cancelled | paid`. Empty if there
    /// is none, and in locks that are older than such tables.
    pub transitions: String,
    /// The form of every field, by name, except the fields of named groups.
    pub fields: BTreeMap<String, String>,
    /// The groups of the event, by path.
    pub groups: BTreeMap<String, Place>,
    /// The digest of every named type and group that the revision reaches.
    pub types: BTreeSet<u64>,
    /// The digest of the writer's schema.
    pub write: String,
    /// The digest of the reader's schema.
    pub read: String,
}

/// An accepted break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The rule.
    pub rule: String,
    /// The path to the change: `addr.street`.
    pub path: String,
    /// Why.
    pub reason: String,
    /// Who accepted it.
    pub who: String,
    /// The last day on which the acceptance is valid, `YYYY-MM-DD`.
    pub until: String,
}

impl VersionKey {
    /// A version of an event.
    pub fn new(event: impl Into<String>, version: u32) -> Self {
        Self { event: event.into(), version }
    }
}

impl fmt::Display for VersionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.event, self.version)
    }
}

impl Lock {
    /// An empty lock.
    pub fn new(package: impl Into<String>) -> Self {
        Self { package: package.into(), ..Self::default() }
    }

    /// The locked versions of `event`, by version.
    pub fn of<'l>(&'l self, event: &'l str) -> impl Iterator<Item = (u32, &'l Version)> + 'l {
        self.versions
            .range(VersionKey::new(event, 0)..)
            .take_while(move |(key, _)| key.event == event)
            .map(|(key, version)| (key.version, version))
    }

    /// The named types that a revision reaches, by digest.
    pub fn types_of(&self, revision: &Revision) -> BTreeMap<u64, NamedType> {
        let found = revision
            .types
            .iter()
            .filter_map(|digest| Some((*digest, self.types.get(digest)?.clone())));
        found.collect()
    }

    /// Removes the types that no revision reaches any more.
    pub fn forget_types(&mut self) {
        let reached: BTreeSet<u64> = self
            .versions
            .values()
            .flat_map(|version| &version.revisions)
            .flat_map(|revision| &revision.types)
            .copied()
            .collect();
        self.types.retain(|digest, _| reached.contains(digest));
    }

    /// The locked version of an event; `None` if it is not in the lock.
    pub fn get(&self, event: &str, version: u32) -> Option<&Version> {
        self.versions.get(&VersionKey::new(event, version))
    }
}
