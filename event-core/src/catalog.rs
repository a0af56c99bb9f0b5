//! What `catalog!` joins: blocks and free events.

use crate::emit::Call;
use crate::encode::Fields;
use crate::event::Event;
use crate::meta::{EventMeta, GroupMeta};
use crate::read::{Object, ReadError};
use event_grammar::{Level, Status};
use std::fmt;

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
    pub source: crate::meta::Source,
}

/// A type that a catalog can join: the enum of a domain, or a free event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither the domain of a block nor a free event",
    label = "declared as neither",
    note = "name the `#[domain]` enum of an `events!` block, or a type with \
            `#[derive(DomainEvent)]`",
    note = "an event of a block, or the enum over its events (`PaymentEvent`), joins a catalog by \
            the block's domain (`Payment`)"
)]
pub trait Block {
    /// What it brings.
    const BLOCK: &'static BlockMeta;
    /// Its newest events, as a type.
    type Event: BlockEvent;

    /// Whether nothing was reported of it: of a declaration with a mistake an event may be missing
    /// that is declared.
    #[doc(hidden)]
    const IS_WHOLE: bool = true;

    /// Reads the event at a place in [`BlockMeta::events`] as its newest version; `None` where
    /// there is none.
    fn read(place: usize, object: &mut Object<'_>) -> Option<Result<Self::Event, ReadError>>;
}

/// The newest events of a block, as a type: what a catalog's variant holds.
pub type EventOf<P> = <P as Block>::Event;

/// An event of a block, whichever it is: what a catalog's enum needs of the enums over its blocks'
/// events.
pub trait BlockEvent {
    /// The event, without its type.
    fn any(&self) -> AnyEvent<'_>;

    /// What emits the event. Not in the trait's table of functions: a program that reads events of
    /// a catalog and emits none has none of their marks.
    fn call(&self) -> Call<'_>
    where
        Self: Sized;
}

/// An event without its type: enough to say what it is, and to write it.
#[derive(Clone, Copy)]
pub struct AnyEvent<'a> {
    /// What it is declared as.
    pub meta: &'static EventMeta,
    /// Its level.
    pub level: Level,
    /// Its members.
    pub fields: &'a dyn Fields,
}

impl<'a> AnyEvent<'a> {
    /// `event`, without its type.
    pub fn of<E: Event>(event: &'a E) -> Self {
        Self { meta: E::META, level: event.level(), fields: event }
    }
}

impl fmt::Debug for AnyEvent<'_> {
    /// What would be written, masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::__private::debug(self.meta.type_name, self.fields, f)
    }
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
