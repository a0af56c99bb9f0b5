//! Which emitter an event goes to: the one of its scope, or else the one of the process.

use super::door::{self, Way};
use super::flushed::Flushed;
use super::state::EventState;
use super::{Emitter, Guard, gate};
use crate::context::{self, Bind, Binding, ContextGuard};
use crate::model::meta::EventMeta;
use crate::value::encode::Fields;
use event_grammar::Level;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

static INSTALLED: OnceLock<Emitter> = OnceLock::new();
/// The emitters that some scope has, and how many.
static SCOPED: Mutex<Vec<Emitter>> = Mutex::new(Vec::new());
static SCOPES: AtomicUsize = AtomicUsize::new(0);

/// Another emitter is installed already; the first one stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyInstalled;

/// An emitter that is bound somewhere; gates know of it as long as that is so.
#[derive(Debug)]
struct ScopedEmitter {
    emitter: Emitter,
}

/// The emitter of the process.
pub(super) fn emitter() -> Option<&'static Emitter> {
    INSTALLED.get()
}

/// The emitter of the scope.
fn bound() -> Option<Arc<ScopedEmitter>> {
    context::bound_emitter()?.downcast().ok()
}

/// The least level at which any emitter wants to see an event.
pub(super) fn least(meta: &EventMeta) -> u8 {
    let scoped = SCOPED.lock().unwrap_or_else(PoisonError::into_inner);
    let all = scoped.iter().chain(INSTALLED.get());
    all.map(|emitter| emitter.inner.least(meta)).min().unwrap_or(super::levels::OFF)
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

impl Emitter {
    /// Makes this the emitter that `emit_*` functions use, for the rest of the process.
    ///
    /// # Errors
    ///
    /// [`AlreadyInstalled`] the second time.
    pub fn install(self) -> Result<Guard, AlreadyInstalled> {
        INSTALLED.set(self.clone()).map_err(|_| AlreadyInstalled)?;
        gate::set_all();
        Ok(Guard::new(self))
    }

    /// Makes this the emitter that `emit_*` functions use on this thread, until the guard is
    /// dropped.
    pub fn enter(&self) -> ContextGuard {
        self.binding().enter()
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
    gate::set_all();
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
