//! The first check of every emission: one relaxed load of a static that belongs to the event.

use super::flushed::Flushed;
use super::installed;
use super::state::{self, EventState};
use crate::model::meta::EventMeta;
use crate::value::encode::Fields;
use event_grammar::Level;
use std::hint::black_box;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// The lowest level at which one event is emitted. There is one static per event. Every way of
/// emitting the event refers to it, and no other code does. So the event's mark is in a binary
/// exactly if the binary can emit the event.
#[derive(Debug)]
pub struct Gate {
    least: AtomicU8,
    state: OnceLock<&'static EventState>,
    /// `event_grammar::mark` finds this text in the binary.
    mark: &'static str,
}

impl Gate {
    /// A gate with the mark of its event, whose level is not known yet.
    pub const fn new(mark: &'static str) -> Self {
        Self { least: AtomicU8::new(installed::UNKNOWN), state: OnceLock::new(), mark }
    }

    /// Whether an event of `level` may pass. Returns `true` if that is not known yet.
    #[inline]
    pub fn may_pass(&self, level: Level) -> bool {
        self.least.load(Ordering::Relaxed) <= level as u8
    }

    /// The state that the process keeps for the event.
    #[inline]
    pub(super) fn state(&'static self, meta: &'static EventMeta) -> &'static EventState {
        self.state.get().copied().unwrap_or_else(|| self.register(meta))
    }

    /// Looks up the current level, the first time.
    #[cold]
    fn register(&'static self, meta: &'static EventMeta) -> &'static EventState {
        // No code reads the mark at run time. `black_box` keeps the optimiser from removing it.
        black_box(self.mark);
        let state = self.state.get_or_init(|| state::of(meta));
        installed::keep_set(&self.least, meta);
        state
    }
}

/// Called by `Emit::emit` for an event that may have passed its gate: one copy for all events.
#[inline(never)]
pub(super) fn passed(
    gate: &'static Gate,
    meta: &'static EventMeta,
    level: Level,
    fields: &dyn Fields,
) {
    match gate.state.get() {
        Some(state) => installed::enter_passed(state, level, fields),
        None => installed::enter(gate.register(meta), level, fields),
    }
}

/// Called when a unit of work is flushed, for an event that may pass its gate.
#[inline(never)]
pub(crate) fn flush(
    gate: &'static Gate,
    meta: &'static EventMeta,
    level: Level,
    unit: &Flushed<'_>,
) {
    installed::flush(gate.state(meta), level, unit);
}
