//! The contents of a changelog.

use event_core::Catalog;
use event_core::meta::{EventMeta, Governance};
use event_grammar::lock::Stage;
use event_schema::lock::{EventHistory, VersionHistory};

/// The history of a package's events.
pub(super) struct History<'a> {
    /// Its declarations say why a version is deprecated and which event replaces it.
    pub(super) catalog: &'static Catalog,
    pub(super) package: &'a str,
    pub(super) events: &'a [EventHistory],
}

impl History<'_> {
    /// The governance of a deprecated version, from its declaration; empty for other versions.
    pub(super) fn governance(&self, event: &EventHistory, version: &VersionHistory) -> Governance {
        let is_it =
            |meta: &&EventMeta| meta.name.snake == event.event && meta.version == version.version;
        let declared = Some(self.catalog).filter(|_| version.stage == Stage::Deprecated);
        let declared = declared.and_then(|catalog| catalog.events().find(is_it));
        declared.map_or(Governance::NONE, |event| event.governance)
    }
}
