//! The lock's record of a version, made from its declaration.

use super::contracts::RevisionSchemas;
use super::declared::Declared;
use super::fields::FieldForms;
use super::{digest, plain};
use crate::document::schema;
use crate::error::SchemaError;
use crate::options::{Contract, Dialect, Options, Rendering};
use crate::sample;

use event_core::lock::revision_of;
use event_core::meta::EventMeta;
use event_grammar::lock::{Lock, NamedType, Revision, Version};
use std::collections::BTreeMap;

/// The number of golden samples. The first sample is for documentation; the others vary optional
/// values.
const SAMPLES: u64 = 8;

/// A declared version, in the terms of a lock.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// The event.
    pub event: &'static EventMeta,
    /// Aliases of the event's other versions: an alias that moved to another version is still read.
    others: Vec<&'static str>,
    /// The revision for the lock.
    pub revision: Revision,
    /// The named types that the version reaches, by digest.
    pub types: BTreeMap<u64, NamedType>,
    /// Its fields.
    pub fields: FieldForms,
    /// The writer's schema, as it is stored.
    pub write: String,
    /// The reader's schema, as it is stored.
    pub read: String,
}

impl Frozen {
    /// Makes the record of a version from its declaration.
    ///
    /// The schemas describe the flat line, because a reader of lines also needs the name, the level
    /// and the context. They have the version's own aliases but not those of other versions, so
    /// that a new version does not change an old one.
    ///
    /// # Errors
    ///
    /// If the event has no schema.
    pub fn of(event: &'static EventMeta) -> Result<Self, SchemaError> {
        let of = |contract| {
            let options = Options {
                dialect: Dialect::Draft2020_12,
                contract,
                rendering: Rendering::Line,
                annotations: false,
            };
            schema(event, options).map(|schema| plain::text(&schema))
        };
        let (write, read) = (of(Contract::Write)?, of(Contract::Read)?);
        let (revision, types) = revision_of(event);
        let revision = Revision { write: digest(&write), read: digest(&read), ..revision };
        let alone = Lock { types, ..Lock::default() };
        let fields = FieldForms::of(&alone, &revision);
        Ok(Self { event, others: Vec::new(), revision, types: alone.types, fields, write, read })
    }

    /// As `of`, for a version of a catalog with other versions.
    pub(super) fn among(
        declared: &Declared,
        event: &'static EventMeta,
    ) -> Result<Self, SchemaError> {
        let others =
            declared.versions(event.name.snake).filter(|other| other.version != event.version);
        let others = others.flat_map(|other| other.aliases.iter().copied()).collect();
        Ok(Self { others, ..Self::of(event)? })
    }

    /// The locked version without the aliases that other versions now read.
    pub(super) fn asked_of(&self, version: &Version) -> Version {
        let mut asked = version.clone();
        asked.aliases.retain(|alias| !self.others.contains(&alias.as_str()));
        asked
    }

    /// The golden samples: possible lines of the version, one per line, without duplicates.
    pub fn samples(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for seed in 0..SAMPLES {
            let line = sample::line(self.event, seed) + "\n";
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines.concat()
    }

    /// The aliases of the event, sorted.
    pub(super) fn aliases(&self) -> Vec<String> {
        let mut aliases: Vec<String> =
            self.event.aliases.iter().map(|alias| (*alias).to_owned()).collect();
        aliases.sort_unstable();
        aliases
    }
}

impl Frozen {
    /// The two schemas.
    pub fn contracts(&self) -> RevisionSchemas {
        // The text was just written as JSON, so it parses.
        let parsed = |text: &str| serde_json::from_str(text).unwrap_or_default();
        RevisionSchemas { write: parsed(&self.write), read: parsed(&self.read) }
    }
}
