//! What `catalog!` joins: blocks and free events.

use super::meta::{EventMeta, GroupMeta, Source};
use super::setters::setters;
use event_grammar::Status;

/// Every event of a catalog, and what its tools need to know about it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Catalog {
    /// The type that `catalog!` declares: the enum over the newest events.
    pub type_name: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The package that declares it.
    pub package: &'static str,
    /// That package's version.
    pub package_version: &'static str,
    /// The blocks and free events, as declared.
    pub blocks: &'static [&'static BlockMeta],
}

/// A block, or one free event.
#[derive(Debug)]
#[non_exhaustive]
pub struct BlockMeta {
    /// The domain, for a block.
    pub domain: Option<&'static DomainMeta>,
    /// Every version of every event, as declared.
    pub events: &'static [&'static EventMeta],
    /// Every field name of the newest events once, and every group: what blocks are compared by.
    /// Within a block the macro has compared.
    pub dictionary: &'static [DictionaryEntry],
}

/// A field, or the fields of a group, with the event that has it first.
#[derive(Debug)]
pub enum DictionaryEntry {
    /// A field of the event's own.
    #[non_exhaustive]
    Field {
        /// The event.
        event: &'static EventMeta,
        /// The field's name.
        name: &'static str,
    },
    /// A group, flattened or from context.
    #[non_exhaustive]
    Group {
        /// The event.
        event: &'static EventMeta,
        /// The group.
        group: &'static GroupMeta,
    },
}

/// A domain and its words.
#[derive(Debug)]
#[non_exhaustive]
pub struct DomainMeta {
    /// The name, in `snake_case`.
    pub name: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The actions and their documentation.
    pub actions: &'static [(&'static str, &'static str)],
    /// The statuses beside the standard ones, and their documentation.
    pub statuses: &'static [(Status, &'static str)],
    /// Whether a name of this domain may leave the action out.
    pub optional_action: bool,
    /// Whether a name of this domain may leave the status out.
    pub optional_status: bool,
    /// Where it is declared.
    pub source: Source,
}

impl Catalog {
    #[doc(hidden)]
    pub const fn new(
        type_name: &'static str,
        docs: &'static str,
        blocks: &'static [&'static BlockMeta],
    ) -> Self {
        Self { type_name, docs, package: "", package_version: "", blocks }
    }

    /// The same, declared by this package.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_package(mut self, name: &'static str, version: &'static str) -> Self {
        self.package = name;
        self.package_version = version;
        self
    }

    /// Every version of every event, in declaration order.
    pub fn events(&self) -> impl Iterator<Item = &'static EventMeta> + use<> {
        self.blocks.iter().flat_map(|block| block.events.iter().copied())
    }

    /// The newest version of the event that `name` names, in either spelling or by an alias. An
    /// alias may be declared at any version of the event.
    pub fn find(&self, name: &str) -> Option<&'static EventMeta> {
        let named = self.events().find(|event| event.answers_to(name))?;
        self.events().find(|event| event.latest && event.name == named.name)
    }

    /// One version of the event that `name` names.
    pub fn find_version(&self, name: &str, version: u32) -> Option<&'static EventMeta> {
        let latest = self.find(name)?;
        self.events().find(|event| event.name == latest.name && event.version == version)
    }
}

impl BlockMeta {
    #[doc(hidden)]
    pub const fn new(events: &'static [&'static EventMeta]) -> Self {
        Self { domain: None, events, dictionary: &[] }
    }

    setters! {
        domain: Some(&'static DomainMeta),
        dictionary: &'static [DictionaryEntry],
    }
}

impl DictionaryEntry {
    #[doc(hidden)]
    pub const fn field(event: &'static EventMeta, name: &'static str) -> Self {
        Self::Field { event, name }
    }

    #[doc(hidden)]
    pub const fn group(event: &'static EventMeta, group: &'static GroupMeta) -> Self {
        Self::Group { event, group }
    }
}

impl DomainMeta {
    #[doc(hidden)]
    pub const fn new(name: &'static str, docs: &'static str, source: Source) -> Self {
        Self {
            name,
            docs,
            actions: &[],
            statuses: &[],
            optional_action: false,
            optional_status: false,
            source,
        }
    }

    setters! {
        actions: &'static [(&'static str, &'static str)],
        statuses: &'static [(Status, &'static str)],
        optional_action: bool,
        optional_status: bool,
    }
}
