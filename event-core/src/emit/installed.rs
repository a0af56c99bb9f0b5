//! Which emitter an event goes to: the one of its scope, or else the one of the process; and the
//! least level of each gate, which follows from them.

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
/// The emitters that some scope has, and how many.
static SCOPED: Mutex<Vec<Emitter>> = Mutex::new(Vec::new());
static SCOPES: AtomicUsize = AtomicUsize::new(0);

/// The least level of a gate that has not been asked yet: below every level, so that the first
/// event takes the slow path and registers its gate.
pub(super) const UNKNOWN: u8 = 0;
/// The gates of every event that has been emitted, by their least levels, to be set again when
/// emitters come, go or change.
static GATES: Mutex<Vec<(&'static AtomicU8, &'static EventMeta)>> = Mutex::new(Vec::new());

/// Another emitter is installed already; the first one stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyInstalled;

/// An emitter that is bound somewhere; gates know of it as long as that is so.
#[derive(Debug)]
struct ScopedEmitter {
    emitter: Emitter,
}

/// The emitter of the scope.
fn bound() -> Option<Arc<ScopedEmitter>> {
    context::bound_emitter()?.downcast().ok()
}

/// Sets a gate's least level, now and whenever emitters come, go or change.
pub(super) fn keep_set(least: &'static AtomicU8, meta: &'static EventMeta) {
    let mut gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
    // Two threads may come with one gate.
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

/// The least level at which any emitter wants to see an event.
fn wanted(meta: &EventMeta) -> u8 {
    let scoped = SCOPED.lock().unwrap_or_else(PoisonError::into_inner);
    let all = scoped.iter().chain(INSTALLED.get());
    all.map(|emitter| emitter.inner.least(meta)).min().unwrap_or(levels::OFF)
}

/// Emits an event whose gate has let it pass.
#[inline]
pub(super) fn enter_passed(event: &EventState, level: Level, fields: &dyn Fields) {
    if SCOPES.load(Ordering::Relaxed) > 0 {
        return enter(event, level, fields);
    }
    if let Some(emitter) = INSTALLED.get() {
        door::enter(&emitter.inner, event, level, fields, &Way::GATED);
    }
}

/// Emits an event of which nothing is known yet.
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

/// Emits what a unit of work has gathered.
pub(super) fn flush(event: &EventState, level: Level, unit: &Flushed<'_>) {
    if let Some(emitter) = Emitter::current() {
        door::enter(&emitter.inner, event, level, unit, &Way { unit: Some(unit), ..Way::DIRECT });
    }
}

/// Makes an emitter that of the process.
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

    /// Changes what is emitted, from the next event on.
    pub fn set_levels(&self, levels: impl Into<Levels>) {
        *self.inner.levels.write().unwrap_or_else(PoisonError::into_inner) = levels.into();
        set_gates();
    }

    /// The emitter that an event goes to here and now.
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
        // Dropped outside of the lock: it may be the last, and its sinks may emit.
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
            "another emitter is installed already; install one, in `main`, and let libraries only \
             emit",
        )
    }
}

impl std::error::Error for AlreadyInstalled {}
