//! What a catalog joins, as types: blocks and free events, and the enums over their events.

use super::Event;
use crate::model::catalog::BlockMeta;
use crate::model::meta::EventMeta;
use crate::value::encode::Fields;
use crate::value::read::{Object, ReadError};
use event_grammar::Level;
use std::fmt;

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
        crate::value::debug(self.meta.type_name, self.fields, f)
    }
}
