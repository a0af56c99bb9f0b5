//! One event on its way in, and what takes it.

use super::Emitter;
use super::door::{self, Way};
use super::gate::Gate;
use super::inner::Inner;
use crate::model::meta::EventMeta;
use crate::value::encode::Fields;
use event_grammar::Level;
use std::fmt;

/// Something that takes events: an emitter, a buffer, or what hands on to one of them.
///
/// [`Emit::emit_to`](crate::Emit::emit_to) gives it a [`Call`]. A sink of your own passes the
/// call on to an emitter or to a buffer, or drops it; it cannot encode it.
pub trait EmitTarget {
    /// Takes one event.
    fn accept(&mut self, call: Call<'_>);
}

/// One event that is emitted: what it is declared as, its level, and its fields, not encoded yet.
///
/// Only the newest version of a declared event can be made one, and only an emitter or a buffer can
/// read it, so no event gets past the levels, limits and counters of an emitter.
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

    /// What the event is declared as.
    pub const fn meta(&self) -> &'static EventMeta {
        self.meta
    }

    /// The level of this one.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Takes it through the door.
    pub(super) fn enter(&self, emitter: &Inner, way: &Way<'_>) {
        // The gate, not the table of all events by name: who leaves out the gate leaves the event's
        // mark out of the binary.
        door::enter(emitter, self.gate.state(self.meta), self.level, self.fields, way);
    }
}

impl EmitTarget for Emitter {
    fn accept(&mut self, call: Call<'_>) {
        call.enter(&self.inner, &Way::DIRECT);
    }
}

impl fmt::Debug for Call<'_> {
    /// What would be written, masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::value::debug(self.meta.type_name, self.fields, f)
    }
}

/// What emits an event of a block, whichever it is. Apart from
/// [`BlockEvent`](crate::__private::BlockEvent): a program that reads events of a catalog and emits
/// none has none of their marks.
pub trait EmitAny {
    /// The call that emits it.
    fn call(&self) -> Call<'_>;
}
