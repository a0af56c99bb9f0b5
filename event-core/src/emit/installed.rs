//! Which emitter an event goes to: the one of its scope, or else the one of the process.

use super::door::{self, Way};
use super::state::EventState;
use super::{Emitter, Report, gate};
use crate::context::{self, Bind, Binding, ContextGuard};
use crate::encode::Fields;
use crate::meta::EventMeta;
use crate::wide::Flushed;
use event_grammar::Level;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

static INSTALLED: OnceLock<Emitter> = OnceLock::new();
/// The emitters that some scope has, and how many.
static SCOPED: Mutex<Vec<Emitter>> = Mutex::new(Vec::new());
static SCOPES: AtomicUsize = AtomicUsize::new(0);

/// Another emitter is installed already; the first one stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyInstalled;

/// Flushes the installed emitter when it is dropped: keep it in `main`.
#[must_use = "the emitter is flushed when the guard is dropped: keep it in `main`"]
#[derive(Debug)]
pub struct Guard {
    emitter: Emitter,
    is_finished: bool,
}

/// An emitter that is bound somewhere; gates know of it as long as that is so.
#[derive(Debug)]
pub(crate) struct ScopedEmitter {
    emitter: Emitter,
}

/// The least level at which any emitter wants to see an event.
pub(super) fn least(meta: &EventMeta) -> u8 {
    let scoped = SCOPED.lock().unwrap_or_else(PoisonError::into_inner);
    let all = scoped.iter().chain(INSTALLED.get());
    all.map(|emitter| emitter.inner.least(meta)).min().unwrap_or(super::levels::OFF)
}

/// Emits an event whose gate has let it pass.
#[inline]
pub(super) fn emit_gated(event: &EventState, level: Level, fields: &dyn Fields) {
    if SCOPES.load(Ordering::Relaxed) > 0 {
        return emit(event, level, fields);
    }
    if let Some(emitter) = INSTALLED.get() {
        door::enter(&emitter.inner, event, level, fields, &Way::GATED);
    }
}

/// Emits an event of which nothing is known yet.
#[inline(never)]
pub(super) fn emit(event: &EventState, level: Level, fields: &dyn Fields) {
    match context::bound_emitter() {
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
        Ok(Guard { emitter: self, is_finished: false })
    }

    /// Makes this the emitter that `emit_*` functions use on this thread, until the guard is dropped.
    pub fn enter(&self) -> ContextGuard {
        self.binding().enter()
    }

    /// The emitter that an event goes to here and now.
    pub fn current() -> Option<Self> {
        context::bound_emitter().map(|scoped| scoped.emitter.clone()).or_else(|| INSTALLED.get().cloned())
    }

    /// Flushes every sink, and waits no longer than `limit`; what a sink has not flushed by then goes on in the background.
    pub fn flush_within(&self, limit: Duration) {
        let until = Instant::now() + limit;
        let (done, flushed) = channel();
        for place in 0..self.inner.sinks.len() {
            let (emitter, done) = (self.clone(), done.clone());
            let flush = move || {
                // Its error is in the report.
                let _ = emitter.inner.sinks[place].flush();
                let _ = done.send(place);
            };
            // Where no thread is to be had, the sink keeps what it has buffered.
            let thread = std::thread::Builder::new().name("event-core-flush".to_owned()).spawn(flush);
            let late = || Some(format!("it was not flushed within {limit:?}"));
            self.inner.sinks[place].set_flush_error(thread.err().map(|error| error.to_string()).or_else(late));
        }
        drop(done);
        while flushed.recv_timeout(until.saturating_duration_since(Instant::now())).is_ok() {}
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

impl Guard {
    /// How long a guard waits for the sinks when nothing else is said.
    pub const LIMIT: Duration = Duration::from_secs(5);

    /// Flushes, waits for the sinks no longer than [`Guard::LIMIT`], and says what became of the events.
    pub fn finish(self) -> Report {
        self.finish_within(Self::LIMIT)
    }

    /// As [`Guard::finish`], with another limit.
    pub fn finish_within(mut self, limit: Duration) -> Report {
        self.is_finished = true;
        self.emitter.report_suppressed();
        self.emitter.flush_within(limit);
        self.emitter.report()
    }

    /// The installed emitter.
    pub const fn emitter(&self) -> &Emitter {
        &self.emitter
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.is_finished {
            // Nobody asks what became of the events; `finish` tells.
            self.emitter.report_suppressed();
            self.emitter.flush_within(Self::LIMIT);
        }
    }
}

impl fmt::Display for AlreadyInstalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another emitter is installed already; install one, in `main`, and let libraries only emit")
    }
}

impl std::error::Error for AlreadyInstalled {}
