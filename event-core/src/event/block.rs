//! The types that a catalog joins: blocks and free events, and the enums over their events.

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
    /// The descriptor of the block.
    const BLOCK: &'static BlockMeta;
    /// The enum over its newest events, or the free event.
    type Event: BlockEvent;

    /// Whether the macro reported no error about the block. After an error, a declared event may be
    /// missing.
    #[doc(hidden)]
    const IS_WHOLE: bool = true;

    /// Reads the event at index `place` of [`BlockMeta::events`] as its newest version. `None` if
    /// there is no such event.
    fn read(place: usize, object: &mut Object<'_>) -> Option<Result<Self::Event, ReadError>>;
}

/// The newest events of a block as one type, which a catalog's variant holds.
pub type EventOf<P> = <P as Block>::Event;

/// Any event of a block. A catalog's enum needs this trait of the enums over its blocks' events.
pub trait BlockEvent {
    /// The event without its static type.
    fn any(&self) -> AnyEvent<'_>;
}

/// An event without its static type: its descriptor, its level and its fields.
#[derive(Clone, Copy)]
pub struct AnyEvent<'a> {
    /// The descriptor of the event.
    pub meta: &'static EventMeta,
    /// The level.
    pub level: Level,
    /// The members.
    pub fields: &'a dyn Fields,
}

impl<'a> AnyEvent<'a> {
    /// Removes the static type of `event`.
    pub fn of<E: Event>(event: &'a E) -> Self {
        Self { meta: E::META, level: event.level(), fields: event }
    }
}

impl fmt::Debug for AnyEvent<'_> {
    /// Shows the fields as they would be written, masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::value::debug(self.meta.type_name, self.fields, f)
    }
}
