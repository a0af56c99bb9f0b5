//! The events of a catalog, by all of their names.

use event_core::Catalog;
use event_core::meta::{EventMeta, FieldMeta, GroupMeta, Occurrence};
use event_grammar::record::{KeyPlace, KeyType, RECORD};
use std::collections::HashMap;

/// One version of an event, with its fields collected once.
pub(super) struct Declared {
    pub(super) meta: &'static EventMeta,
    /// The event's own fields.
    pub(super) fields: Vec<&'static FieldMeta>,
    /// The fields of its context, and whether a written record must have each.
    pub(super) context: Vec<(&'static FieldMeta, bool)>,
    /// The fields that a unit of work may add.
    pub(super) wide: Vec<&'static FieldMeta>,
    /// The keys that its records may have, except those of the header and the payload.
    pub(super) keys: Vec<DeclaredKey>,
}

/// A key of the record, for the records of one event.
pub(super) struct DeclaredKey {
    pub(super) place: &'static KeyPlace,
    pub(super) value: KeyType,
    /// Whether every record of the event has it.
    pub(super) is_required: bool,
}

/// Which kind of name an event was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// In snake case, as in lines, or dotted, as in envelopes.
    Name,
    /// A legacy name.
    Alias,
}

/// Why a record has no declaration.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotKnown {
    /// No event has the name.
    Name,
    /// The event has no such version.
    Version,
}

/// Every version of every event.
pub(super) struct Known {
    declared: Vec<Declared>,
    /// By each name: its spelling, and the indices of the event's versions in `declared`.
    by_name: HashMap<&'static str, (Spelling, Vec<usize>)>,
}

impl Known {
    pub(super) fn new(catalog: &'static Catalog) -> Self {
        let declared: Vec<_> = catalog.events().map(Declared::new).collect();
        let mut by_name: HashMap<&'static str, (Spelling, Vec<usize>)> = HashMap::new();
        for (at, event) in declared.iter().enumerate() {
            let versions = || {
                declared.iter().enumerate().filter(|(_, other)| other.meta.name == event.meta.name)
            };
            let versions = || versions().map(|(at, _)| at).collect::<Vec<_>>();
            for name in [event.meta.name.snake, event.meta.name.dotted] {
                by_name.insert(name, (Spelling::Name, versions()));
            }
            // An alias belongs to the event, whichever of its versions declares it. A current name
            // is never an alias.
            for alias in declared[at].meta.aliases {
                by_name.entry(alias).or_insert_with(|| (Spelling::Alias, versions()));
            }
        }
        Self { declared, by_name }
    }

    /// Every version of every event, in the catalog's order.
    pub(super) fn declared(&self) -> &[Declared] {
        &self.declared
    }

    pub(super) fn has_name(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// The index in [`Self::declared`] of one version of an event, and the spelling of the name.
    pub(super) fn find(&self, name: &str, version: u64) -> Result<(usize, Spelling), NotKnown> {
        let (spelling, versions) = self.by_name.get(name).ok_or(NotKnown::Name)?;
        let is_it = |at: &&usize| u64::from(self.declared[**at].meta.version) == version;
        versions.iter().find(is_it).map(|at| (*at, *spelling)).ok_or(NotKnown::Version)
    }

    /// Every name, for suggestions, in the spelling of `like`.
    pub(super) fn names(&self, like: &str) -> Vec<&'static str> {
        let dotted = like.contains('.');
        let mut names: Vec<_> =
            self.by_name.keys().copied().filter(|name| name.contains('.') == dotted).collect();
        names.sort_unstable();
        names
    }

    /// The versions of an event, the oldest first.
    pub(super) fn versions(&self, name: &str) -> Vec<u32> {
        let places =
            self.by_name.get(name).map(|(_, versions)| versions.as_slice()).unwrap_or_default();
        let mut versions: Vec<_> =
            places.iter().map(|at| self.declared[*at].meta.version).collect();
        versions.sort_unstable();
        versions
    }
}

impl Declared {
    fn new(meta: &'static EventMeta) -> Self {
        let of_group = |(group, is_needed): (&'static GroupMeta, bool)| {
            group
                .fields()
                .into_iter()
                .map(move |field| (field, is_needed && field.always_written()))
        };
        Self {
            meta,
            fields: meta.fields(),
            context: meta.context_groups().flat_map(of_group).collect(),
            wide: meta.wide_fields(),
            keys: keys(meta),
        }
    }
}

fn keys(meta: &EventMeta) -> Vec<DeclaredKey> {
    let is_around = |value: KeyType| {
        !matches!(value, KeyType::EventName | KeyType::EventVersion | KeyType::Payload)
    };
    let rows = RECORD.iter().filter(|row| is_around(row.value));
    let places = rows.flat_map(|row| row.places.iter().map(|place| (place, row.value)));
    places
        .filter_map(|(place, value)| {
            let is_required = match meta.occurrence(place) {
                Occurrence::Never => return None,
                Occurrence::Sometimes => false,
                Occurrence::Always => true,
            };
            Some(DeclaredKey { place, value, is_required })
        })
        .collect()
}
