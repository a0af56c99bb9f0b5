//! Emitting an event: by its own methods, as its `emit_*` function does, or by an emitter.

use super::Emitter;
use super::call::{Call, EmitTarget};
use super::door::Way;
use super::gate::{self, Gate};
use crate::event::Event;
use crate::value::time::Timestamp;
use std::time::Duration;

/// The newest version of an event, and the only one that is emitted. The macros implement it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that is emitted",
    label = "not the newest version of a declared event",
    note = "declare it in an `events!` block, or add `#[derive(DomainEvent)]` to it; names are \
            declared, never computed",
    note = "an older version is read, not emitted: write the newest, whose name has no version in \
            it"
)]
pub trait Emit: Event {
    /// What decides whether it is emitted at its level, and has the event's mark.
    #[doc(hidden)]
    fn gate() -> &'static Gate;

    /// Fills in the fields marked `#[elapsed]`, those of groups excepted. An operation that ends
    /// calls it.
    fn set_elapsed(&mut self, elapsed: Duration) {
        let _ = elapsed;
    }

    /// Emits the event, as its `emit_*` function does.
    #[inline]
    fn emit(self) {
        let (gate, level) = (Self::gate(), self.level());
        if gate.may_pass(level) {
            // Moved behind the check, so that what is not emitted need not even be put together in
            // memory.
            let event = self;
            gate::passed(gate, Self::META, level, &event);
        }
    }

    /// Emits the event to `target`: an emitter, or a [`RecordBuffer`](crate::emit::RecordBuffer).
    fn emit_to<S: EmitTarget + ?Sized>(&self, target: &mut S) {
        target.accept(Call::of(self));
    }
}

impl<'a> Call<'a> {
    /// The call that emits `event`.
    pub fn of<E: Emit>(event: &'a E) -> Self {
        Self::new(E::gate(), E::META, event.level(), event)
    }
}

impl Emitter {
    /// Emits an event to this emitter.
    pub fn emit<E: Emit>(&self, event: &E) {
        Call::of(event).enter(&self.inner, &Way::DIRECT);
    }

    /// Emits an event that happened at another time than now, or will: its record is made now, and
    /// says so (`recorded_at`, `event_id`).
    pub fn emit_at<E: Emit>(&self, event: &E, occurred_at: Timestamp) {
        Call::of(event).enter(&self.inner, &Way { occurred_at: Some(occurred_at), ..Way::DIRECT });
    }
}
