//! The check that comes before everything else: one relaxed load of a static that the event owns.

use super::flushed::Flushed;
use super::installed;
use super::state::{self, EventState};
use crate::model::meta::EventMeta;
use crate::value::encode::Fields;
use event_grammar::Level;
use std::hint::black_box;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// The least level at which one event is emitted. One static per event, to which every way of
/// emitting the event refers, and nothing else: so the event's mark is in a binary exactly where an
/// emission of it is.
#[derive(Debug)]
pub struct Gate {
    least: AtomicU8,
    state: OnceLock<&'static EventState>,
    /// What `event_grammar::mark` finds in the binary.
    mark: &'static str,
}

impl Gate {
    /// A gate that has not been asked yet, with the mark of its event.
    pub const fn new(mark: &'static str) -> Self {
        Self { least: AtomicU8::new(installed::UNKNOWN), state: OnceLock::new(), mark }
    }

    /// Whether an event of `level` may pass; `true` when that is not known yet.
    #[inline]
    pub fn may_pass(&self, level: Level) -> bool {
        self.least.load(Ordering::Relaxed) <= level as u8
    }

    /// What the process knows of the event.
    #[inline]
    pub(super) fn state(&'static self, meta: &'static EventMeta) -> &'static EventState {
        self.state.get().copied().unwrap_or_else(|| self.register(meta))
    }

    /// Learns the current level the first time.
    #[cold]
    fn register(&'static self, meta: &'static EventMeta) -> &'static EventState {
        // Nobody reads the mark at run time; the optimiser must not notice.
        black_box(self.mark);
        let state = self.state.get_or_init(|| state::of(meta));
        installed::keep_set(&self.least, meta);
        state
    }
}

/// What `Emit::emit` calls for an event that may have passed its gate: one copy for all events.
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

/// What a unit of work calls that is flushed, for an event that may pass its gate.
#[inline(never)]
pub(crate) fn flush(
    gate: &'static Gate,
    meta: &'static EventMeta,
    level: Level,
    unit: &Flushed<'_>,
) {
    installed::flush(gate.state(meta), level, unit);
}
