//! Emitting an event: by its own methods, by its `emit_*` function, or by an emitter.

use super::Emitter;
use super::call::{Call, EmitTarget};
use super::door::Way;
use super::gate::{self, Gate};
use crate::event::Event;
use crate::value::time::Timestamp;
use std::time::Duration;

/// The newest version of an event, which is the only version that can be emitted. The macros
/// implement it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that is emitted",
    label = "not the newest version of a declared event",
    note = "declare it in an `events!` block, or add `#[derive(DomainEvent)]` to it; names are \
            declared, never computed",
    note = "an older version is read, not emitted: write the newest, whose name has no version in \
            it"
)]
pub trait Emit: Event {
    /// Decides whether the event is emitted at its level, and has the event's mark.
    #[doc(hidden)]
    fn gate() -> &'static Gate;

    /// Sets the fields marked `#[elapsed]`, except those of groups. An operation calls this when it
    /// ends.
    fn set_elapsed(&mut self, elapsed: Duration) {
        let _ = elapsed;
    }

    /// Emits the event, as its `emit_*` function does.
    #[inline]
    fn emit(self) {
        let (gate, level) = (Self::gate(), self.level());
        if gate.may_pass(level) {
            // Moved after the check, so that a disabled event need not even be built in memory.
            let event = self;
            gate::passed(gate, Self::META, level, &event);
        }
    }

    /// Emits the event to `target`: an emitter or a [`RecordBuffer`](crate::emit::RecordBuffer).
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

    /// Emits an event that happened, or will happen, at another time. `recorded_at` and `event_id`
    /// still have the time at which the record is made.
    pub fn emit_at<E: Emit>(&self, event: &E, occurred_at: Timestamp) {
        Call::of(event).enter(&self.inner, &Way { occurred_at: Some(occurred_at), ..Way::DIRECT });
    }
}
