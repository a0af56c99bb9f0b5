//! One event on its way into an emitter, and the types that take it.

use super::Emitter;
use super::door::{self, Way};
use super::gate::Gate;
use super::inner::Inner;
use crate::model::meta::EventMeta;
use crate::value::encode::Fields;
use event_grammar::Level;
use std::fmt;

/// Something that takes events: an emitter, a buffer, or a wrapper around one of them.
///
/// [`Emit::emit_to`](crate::Emit::emit_to) passes it a [`Call`]. Your own target passes the call on
/// to an emitter or a buffer, or drops it. It cannot encode the call.
pub trait EmitTarget {
    /// Takes one event.
    fn accept(&mut self, call: Call<'_>);
}

/// An event that is being emitted: its declaration, its level, and its fields, not encoded yet.
///
/// Only the newest version of a declared event can become a call, and only an emitter or a buffer
/// can read it. So every event passes the levels, limits and counters of an emitter.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    gate: &'static Gate,
    meta: &'static EventMeta,
    level: Level,
    fields: &'a dyn Fields,
}

impl<'a> Call<'a> {
    pub(super) fn new(
        gate: &'static Gate,
        meta: &'static EventMeta,
        level: Level,
        fields: &'a dyn Fields,
    ) -> Self {
        Self { gate, meta, level, fields }
    }

    /// The declaration of the event.
    pub const fn meta(&self) -> &'static EventMeta {
        self.meta
    }

    /// The level of this event.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Takes the call through the door.
    pub(super) fn enter(&self, emitter: &Inner, way: &Way<'_>) {
        // Uses the gate, not the table of all events by name: code that does not refer to the gate
        // leaves the event's mark out of the binary.
        door::enter(emitter, self.gate.state(self.meta), self.level, self.fields, way);
    }
}

impl EmitTarget for Emitter {
    fn accept(&mut self, call: Call<'_>) {
        call.enter(&self.inner, &Way::DIRECT);
    }
}

impl fmt::Debug for Call<'_> {
    /// Shows what would be written, masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::value::debug(self.meta.type_name, self.fields, f)
    }
}

/// Emits any event of a block. It is separate from [`BlockEvent`](crate::__private::BlockEvent), so
/// that a program that reads events of a catalog and emits none has none of their marks.
pub trait EmitAny {
    /// The call that emits the event.
    fn call(&self) -> Call<'_>;
}
