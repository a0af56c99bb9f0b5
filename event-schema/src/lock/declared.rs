//! The declared versions of a catalog, by name and number.

use event_core::Catalog;
use event_core::meta::EventMeta;
use event_grammar::lock::VersionKey;
use std::collections::BTreeMap;

/// Every declared version, sorted. A catalog is a list, and a list is too slow to look up ten
/// thousand locked versions.
pub(super) struct Declared(BTreeMap<(&'static str, u32), &'static EventMeta>);

impl Declared {
    pub(super) fn of(catalog: &Catalog) -> Self {
        Self(catalog.events().map(|event| ((event.name.snake, event.version), event)).collect())
    }

    /// The declaration of a version.
    pub(super) fn get(&self, key: &VersionKey) -> Option<&'static EventMeta> {
        self.versions(&key.event).find(|event| event.version == key.version)
    }

    /// Every declared version of an event.
    pub(super) fn versions<'d>(
        &'d self,
        event: &'d str,
    ) -> impl Iterator<Item = &'static EventMeta> + 'd {
        let from = self.0.range((event, 0)..);
        from.take_while(move |((name, _), _)| *name == event).map(|(_, event)| *event)
    }

    /// Every declared version, by name and number.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static EventMeta> {
        self.0.values().copied()
    }
}

/// The name and the number of a declared version.
pub(super) fn key_of(event: &EventMeta) -> VersionKey {
    VersionKey::new(event.name.snake, event.version)
}
