//! What `catalog!` joins: blocks and free events.

use super::meta::{EventMeta, GroupMeta};
use event_grammar::Status;

/// Every event of a catalog, and what its tools need to know about it.
#[derive(Debug)]
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
    Field {
        /// The event.
        event: &'static EventMeta,
        /// The field's name.
        name: &'static str,
    },
    /// A group, flattened or from context.
    Group {
        /// The event.
        event: &'static EventMeta,
        /// The group.
        group: &'static GroupMeta,
    },
}

/// A domain and its words.
#[derive(Debug)]
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
    pub source: super::meta::Source,
}

impl Catalog {
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
