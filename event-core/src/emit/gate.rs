//! The check that comes before everything else: one relaxed load of a static that the event owns.

use super::emitter;
use crate::encode::Fields;
use crate::meta::EventMeta;
use event_grammar::Level;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};

/// Not asked yet: below every level, so that the first event takes the slow path and registers its gate.
const UNKNOWN: u8 = 0;
/// Above every level.
pub(super) const CLOSED: u8 = u8::MAX;

/// The least level at which one event is emitted. One static per event, next to its `emit_*` function.
#[derive(Debug)]
pub struct Gate {
    least: AtomicU8,
}

/// The gates of every event that has been emitted, to be set again when emitters come and go.
static GATES: Mutex<Vec<&'static Gate>> = Mutex::new(Vec::new());

impl Gate {
    /// A gate that has not been asked yet.
    #[allow(clippy::new_without_default, reason = "a gate is a static")]
    pub const fn new() -> Self {
        Self { least: AtomicU8::new(UNKNOWN) }
    }

    /// Whether an event of `level` may pass; `true` when that is not known yet.
    #[inline]
    pub fn may_pass(&self, level: Level) -> bool {
        self.least.load(Ordering::Relaxed) <= level as u8
    }

    /// Learns the current level the first time.
    #[cold]
    fn register(&'static self) {
        let mut gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
        if self.least.load(Ordering::Relaxed) == UNKNOWN {
            gates.push(self);
            self.least.store(emitter::least_level(), Ordering::Relaxed);
        }
    }
}

/// Sets every known gate. The caller has changed what [`emitter::least_level`] answers.
pub(super) fn set_all() {
    let gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
    let least = emitter::least_level();
    for gate in gates.iter() {
        gate.least.store(least, Ordering::Relaxed);
    }
}

/// What every `emit_*` function calls for an event that may pass its gate.
#[inline(never)]
pub fn emit(gate: &'static Gate, meta: &'static EventMeta, level: Level, fields: &dyn Fields) {
    if gate.least.load(Ordering::Relaxed) == UNKNOWN {
        gate.register();
    }
    emitter::emit_to_current(meta, level, fields);
}
