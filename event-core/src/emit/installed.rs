//! The emitter that an event goes to: the emitter of its scope, or else the emitter of the process.
//! The lowest level of each gate follows from these emitters.

use super::door::{self, Way};
use super::flushed::Flushed;
use super::state::EventState;
use super::{Emitter, Levels, levels};
use crate::context::{self, Bind, Binding, ContextGuard};
use crate::model::meta::EventMeta;
use crate::value::encode::Fields;
use event_grammar::Level;
use std::fmt;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

static INSTALLED: OnceLock<Emitter> = OnceLock::new();
/// The emitters that are bound in a scope, and their number.
static SCOPED: Mutex<Vec<Emitter>> = Mutex::new(Vec::new());
static SCOPES: AtomicUsize = AtomicUsize::new(0);

/// The lowest level of a gate that is not registered yet. It is below every level, so that the
/// first event takes the slow path and registers its gate.
pub(super) const UNKNOWN: u8 = 0;
/// The gates of every emitted event, by their lowest levels. They are set again when emitters come,
/// go or change.
static GATES: Mutex<Vec<(&'static AtomicU8, &'static EventMeta)>> = Mutex::new(Vec::new());

/// Another emitter is already installed. It stays installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyInstalled;

/// An emitter that is bound in a scope. Gates take it into account while it exists.
#[derive(Debug)]
struct ScopedEmitter {
    emitter: Emitter,
}

/// The emitter of the scope.
fn bound() -> Option<Arc<ScopedEmitter>> {
    context::bound_emitter()?.downcast().ok()
}

/// Sets a gate's lowest level, now and whenever emitters come, go or change.
pub(super) fn keep_set(least: &'static AtomicU8, meta: &'static EventMeta) {
    let mut gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
    // Two threads may register the same gate.
    if least.load(Ordering::Relaxed) == UNKNOWN {
        gates.push((least, meta));
        least.store(wanted(meta), Ordering::Relaxed);
    }
}

/// Sets every known gate. The caller has changed what [`wanted`] answers.
fn set_gates() {
    let gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
    for (least, meta) in gates.iter() {
        least.store(wanted(meta), Ordering::Relaxed);
    }
}

/// The lowest level at which any emitter needs an event.
fn wanted(meta: &EventMeta) -> u8 {
    let scoped = SCOPED.lock().unwrap_or_else(PoisonError::into_inner);
    let all = scoped.iter().chain(INSTALLED.get());
    all.map(|emitter| emitter.inner.least(meta)).min().unwrap_or(levels::OFF)
}

/// Emits an event that has passed its gate.
#[inline]
pub(super) fn enter_passed(event: &EventState, level: Level, fields: &dyn Fields) {
    if SCOPES.load(Ordering::Relaxed) > 0 {
        return enter(event, level, fields);
    }
    if let Some(emitter) = INSTALLED.get() {
        door::enter(&emitter.inner, event, level, fields, &Way::GATED);
    }
}

/// Emits an event whose gate was not registered before.
#[inline(never)]
pub(super) fn enter(event: &EventState, level: Level, fields: &dyn Fields) {
    match bound() {
        Some(scoped) => door::enter(&scoped.emitter.inner, event, level, fields, &Way::DIRECT),
        None => {
            if let Some(emitter) = INSTALLED.get() {
                door::enter(&emitter.inner, event, level, fields, &Way::DIRECT);
            }
        }
    }
}

/// Emits the fields that a unit of work has collected.
pub(super) fn flush(event: &EventState, level: Level, unit: &Flushed<'_>) {
    if let Some(emitter) = Emitter::current() {
        door::enter(&emitter.inner, event, level, unit, &Way { unit: Some(unit), ..Way::DIRECT });
    }
}

/// Makes an emitter the emitter of the process.
pub(super) fn install(emitter: Emitter) -> Result<(), AlreadyInstalled> {
    INSTALLED.set(emitter).map_err(|_| AlreadyInstalled)?;
    set_gates();
    Ok(())
}

impl Emitter {
    /// Makes this the emitter that `emit_*` functions use on this thread, until the guard is
    /// dropped.
    pub fn enter(&self) -> ContextGuard {
        self.binding().enter()
    }

    /// Changes the levels, from the next event on.
    pub fn set_levels(&self, levels: impl Into<Levels>) {
        *self.inner.levels.write().unwrap_or_else(PoisonError::into_inner) = levels.into();
        set_gates();
    }

    /// The emitter that an event emitted here would go to.
    pub fn current() -> Option<Self> {
        bound().map(|scoped| scoped.emitter.clone()).or_else(|| INSTALLED.get().cloned())
    }
}

impl Bind for Emitter {
    fn binding(&self) -> Binding {
        Binding::of_emitter(Arc::new(ScopedEmitter::new(self.clone())))
    }
}

impl ScopedEmitter {
    fn new(emitter: Emitter) -> Self {
        change(|scoped| scoped.push(emitter.clone()));
        Self { emitter }
    }
}

impl Drop for ScopedEmitter {
    fn drop(&mut self) {
        // Dropped outside the lock: it may be the last reference, and its sinks may emit.
        let _gone = change(|scoped| {
            let at = scoped.iter().position(|other| Arc::ptr_eq(&other.inner, &self.emitter.inner));
            at.map(|at| scoped.swap_remove(at))
        });
    }
}

fn change<T>(change: impl FnOnce(&mut Vec<Emitter>) -> T) -> T {
    let mut scoped = SCOPED.lock().unwrap_or_else(PoisonError::into_inner);
    let changed = change(&mut scoped);
    SCOPES.store(scoped.len(), Ordering::Relaxed);
    drop(scoped);
    set_gates();
    changed
}

impl fmt::Display for AlreadyInstalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "another emitter is already installed; install one emitter, in `main`; libraries only \
             emit",
        )
    }
}

impl std::error::Error for AlreadyInstalled {}
