//! A state of a catalog for comparison with another state: from a lock or from declarations.

use super::check::stage_of;
use super::contracts::RevisionSchemas;
use super::declared::{Declared, key_of};
use super::fields::FieldForms;
use super::frozen::Frozen;
use super::state::State;
use crate::error::SchemaError;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_grammar::lock::{
    Acceptance, Lock, Mode, NamedType, Revision, Stage, Version, VersionKey,
};
use std::collections::{BTreeMap, BTreeSet};

/// A state of a catalog.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Its versions.
    pub versions: BTreeMap<VersionKey, Snapshot>,
}

/// A version in one state of a catalog.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The name, as on the wire.
    pub event_type: String,
    /// The stage of the version; `None` for a draft.
    pub stage: Option<Stage>,
    /// The compatibility mode.
    pub mode: Mode,
    /// The aliases of the event.
    pub aliases: BTreeSet<String>,
    /// The levels that it can have.
    pub level: String,
    /// The table of legal transitions, as the lock records it.
    pub transitions: String,
    /// Its fields.
    pub fields: FieldForms,
    /// The lock's record of this revision.
    pub revision: Revision,
    /// The named types that the revision reaches, by digest.
    pub types: BTreeMap<u64, NamedType>,
    /// The schemas, if they are known.
    pub contracts: Option<RevisionSchemas>,
    /// Names that may not be used again, with their last form.
    pub retired: BTreeMap<String, String>,
    /// Accepted breaks.
    pub accepted: Vec<Acceptance>,
    /// The declaration, if the state is from declarations.
    pub event: Option<&'static EventMeta>,
}

impl Model {
    /// The locked state: every version in its newest revision.
    pub fn of_state(state: &State) -> Self {
        let versions = state.lock.versions.iter().filter_map(|(key, version)| {
            Some((
                key.clone(),
                Snapshot::of_revision(
                    state,
                    key,
                    version,
                    version.revisions.len().checked_sub(1)?,
                )?,
            ))
        });
        Self { versions: versions.collect() }
    }

    /// The declared state. Facts that are not declared come from the lock: modes, retired names,
    /// acceptances, retired versions.
    ///
    /// # Errors
    ///
    /// One for each version without a schema.
    pub fn of_catalog(catalog: &Catalog, state: &State) -> Result<Self, Vec<SchemaError>> {
        let (mut versions, mut errors) = (BTreeMap::new(), Vec::new());
        for event in Declared::of(catalog).all() {
            let key = key_of(event);
            match Frozen::of(event) {
                Ok(frozen) => {
                    versions.insert(
                        key.clone(),
                        Snapshot::of_declaration(&frozen, state.lock.versions.get(&key)),
                    );
                }
                Err(error) => errors.push(error),
            }
        }
        for (key, snapshot) in Self::of_state(state).versions {
            if snapshot.stage == Some(Stage::Retired) {
                versions.entry(key).or_insert(snapshot);
            }
        }
        if errors.is_empty() { Ok(Self { versions }) } else { Err(errors) }
    }
}

impl Snapshot {
    /// A version in one of its revisions; `None` if it has no such revision.
    pub(super) fn of_revision(
        state: &State,
        key: &VersionKey,
        version: &Version,
        number: usize,
    ) -> Option<Self> {
        let revision: &Revision = version.revisions.get(number)?;
        Some(Self {
            event_type: version.event_type.clone(),
            stage: Some(version.stage),
            mode: version.mode,
            aliases: version.aliases.iter().cloned().collect(),
            level: revision.level.clone(),
            transitions: revision.transitions.clone(),
            fields: FieldForms::of(&state.lock, revision),
            revision: revision.clone(),
            types: state.lock.types_of(revision),
            contracts: state.contracts(key, number),
            retired: version.retired.clone(),
            accepted: version.accepted.clone(),
            event: None,
        })
    }

    fn of_declaration(frozen: &Frozen, known: Option<&Version>) -> Self {
        Self {
            event_type: frozen.event.name.dotted.to_owned(),
            stage: known.map(|version| stage_of(frozen.event, version.stage)),
            mode: known.map(|version| version.mode).unwrap_or_default(),
            aliases: frozen.aliases().into_iter().collect(),
            level: frozen.revision.level.clone(),
            transitions: frozen.revision.transitions.clone(),
            fields: frozen.fields.clone(),
            revision: frozen.revision.clone(),
            types: frozen.types.clone(),
            contracts: Some(frozen.contracts()),
            retired: known.map(|version| version.retired.clone()).unwrap_or_default(),
            accepted: known.map(|version| version.accepted.clone()).unwrap_or_default(),
            event: Some(frozen.event),
        }
    }

    /// The snapshot as a version of a lock with one revision, for the compiler's rules.
    pub(super) fn as_version(&self) -> Version {
        Version {
            event_type: self.event_type.clone(),
            stage: self.stage.unwrap_or(Stage::Locked),
            mode: Mode::Full,
            aliases: self.aliases.iter().cloned().collect(),
            revisions: vec![self.revision.clone()],
            accepted: Vec::new(),
            retired: BTreeMap::new(),
            samples: String::new(),
        }
    }
}

/// A lock without its files, so without schemas.
impl From<Lock> for State {
    fn from(lock: Lock) -> Self {
        Self { lock, files: BTreeMap::new() }
    }
}
