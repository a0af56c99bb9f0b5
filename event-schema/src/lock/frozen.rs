//! What is recorded of a version: taken from its declaration.

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

/// How many golden samples are made. The first is the one to show; others vary what may be left
/// out.
const SAMPLES: u64 = 8;

/// A version as it is declared, in the words of a lock.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// The event.
    pub event: &'static EventMeta,
    /// Names that other versions of the event read: what has moved to one of them is still read.
    others: Vec<&'static str>,
    /// What the lock has of it.
    pub revision: Revision,
    /// The named types that it reaches, by digest.
    pub types: BTreeMap<u64, NamedType>,
    /// Its fields.
    pub fields: FieldForms,
    /// The schema of what is written, as it is stored.
    pub write: String,
    /// The schema of what is read, as it is stored.
    pub read: String,
}

impl Frozen {
    /// Takes a version from its declaration.
    ///
    /// The schemas are of the flat line: they have the name, the level and the context, which a
    /// reader of lines needs too. Its own aliases are in it and not those of other versions, so
    /// that a new version changes nothing about an old one.
    ///
    /// # Errors
    ///
    /// When the event has no schema.
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

    /// The same, as one of the versions of a catalog.
    pub(super) fn among(
        declared: &Declared,
        event: &'static EventMeta,
    ) -> Result<Self, SchemaError> {
        let others =
            declared.versions(event.name.snake).filter(|other| other.version != event.version);
        let others = others.flat_map(|other| other.aliases.iter().copied()).collect();
        Ok(Self { others, ..Self::of(event)? })
    }

    /// What was locked, but for the names that other versions read now.
    pub(super) fn asked_of(&self, version: &Version) -> Version {
        let mut asked = version.clone();
        asked.aliases.retain(|alias| !self.others.contains(&alias.as_str()));
        asked
    }

    /// Golden samples: lines that the version could be written as, one a line, each once.
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

    /// The event's other names, sorted.
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
        // What was just written as JSON is JSON.
        let parsed = |text: &str| serde_json::from_str(text).unwrap_or_default();
        RevisionSchemas { write: parsed(&self.write), read: parsed(&self.read) }
    }
}
