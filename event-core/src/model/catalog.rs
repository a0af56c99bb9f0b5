//! The descriptors that `catalog!` joins: blocks and free events.

use super::meta::{EventMeta, GroupMeta, Source};
use super::setters::setters;
use event_grammar::Status;

/// All events of a catalog, and what tools need to know about the catalog.
#[derive(Debug)]
#[non_exhaustive]
pub struct Catalog {
    /// The name of the type that `catalog!` declares: the enum over the newest events.
    pub type_name: &'static str,
    /// The documentation of that type.
    pub docs: &'static str,
    /// The package that declares the catalog.
    pub package: &'static str,
    /// The version of that package.
    pub package_version: &'static str,
    /// The blocks and free events, in declaration order.
    pub blocks: &'static [&'static BlockMeta],
}

/// A block, or one free event.
#[derive(Debug)]
#[non_exhaustive]
pub struct BlockMeta {
    /// The domain. `None` for a free event.
    pub domain: Option<&'static DomainMeta>,
    /// Every version of every event, in declaration order.
    pub events: &'static [&'static EventMeta],
    /// Each field name of the newest events once, and each group. Blocks are compared by these
    /// entries; the macro has already compared the events within a block.
    pub dictionary: &'static [DictionaryEntry],
}

/// A field or a group, with the first event that has it.
#[derive(Debug)]
pub enum DictionaryEntry {
    /// A field that the event itself declares.
    #[non_exhaustive]
    Field {
        /// The event.
        event: &'static EventMeta,
        /// The field's name.
        name: &'static str,
    },
    /// A group that is flattened into the event or comes from context.
    #[non_exhaustive]
    Group {
        /// The event.
        event: &'static EventMeta,
        /// The group.
        group: &'static GroupMeta,
    },
}

/// A domain, its actions and its statuses.
#[derive(Debug)]
#[non_exhaustive]
pub struct DomainMeta {
    /// The name, in `snake_case`.
    pub name: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The actions and their documentation.
    pub actions: &'static [(&'static str, &'static str)],
    /// The statuses that the domain adds to the standard ones, and their documentation.
    pub statuses: &'static [(Status, &'static str)],
    /// Whether a name of this domain may leave the action out.
    pub optional_action: bool,
    /// Whether a name of this domain may leave the status out.
    pub optional_status: bool,
    /// Where the domain is declared.
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

    /// Sets the package that declares the catalog.
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

    /// The newest version of the event called `name`. `name` is in either spelling, or an alias of
    /// any version of the event.
    pub fn find(&self, name: &str) -> Option<&'static EventMeta> {
        let named = self.events().find(|event| event.answers_to(name))?;
        self.events().find(|event| event.latest && event.name == named.name)
    }

    /// One version of the event called `name`.
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
