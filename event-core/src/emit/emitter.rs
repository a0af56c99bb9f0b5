//! The emitter: a level, a clock and sinks.

use super::gate::{self, CLOSED};
use super::sink::Sink;
use super::{EventSink, line};
use crate::encode::Fields;
use crate::event::Event;
use crate::meta::EventMeta;
use crate::random;
use crate::time::Timestamp;
use event_grammar::Level;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Where events go: a least level, and sinks that each get every record.
///
/// ```
/// use event_core::{Emitter, JsonLines, Level};
///
/// let emitter = Emitter::builder().level(Level::Debug).sink(JsonLines::stdout()).build();
/// let guard = emitter.install().expect("no other emitter is installed");
/// // .. the program ..
/// let report = guard.finish();
/// assert_eq!(report.failed, 0);
/// ```
#[derive(Clone)]
pub struct Emitter {
    inner: Arc<Inner>,
}

struct Inner {
    least: Level,
    sinks: Vec<Box<dyn Sink>>,
    clock: Option<Box<dyn Fn() -> Timestamp + Send + Sync>>,
    /// Records handed to the sinks, sampled out, and refused by a sink (once per sink).
    emitted: AtomicU64,
    sampled_out: AtomicU64,
    failed: AtomicU64,
}

/// Builds an [`Emitter`].
pub struct Builder {
    inner: Inner,
}

/// What became of the events that reached an emitter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Records that were encoded and offered to every sink.
    pub emitted: u64,
    /// Events that their declared sample rate left out.
    pub sampled_out: u64,
    /// Records that a sink could not take, counted once per sink.
    pub failed: u64,
}

/// Another emitter is installed already; the first one stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyInstalled;

/// Flushes the installed emitter when it is dropped: keep it in `main`.
#[must_use = "the emitter is flushed when the guard is dropped: keep it in `main`"]
#[derive(Debug)]
pub struct Guard {
    emitter: Emitter,
}

/// Makes an emitter the current one of this thread until it is dropped.
#[must_use = "the emitter is current only as long as the scope lives: keep it in a variable"]
#[derive(Debug)]
pub struct Scope {
    id: u64,
    /// The scope belongs to this thread.
    _not_send: PhantomData<*const ()>,
}

static INSTALLED: OnceLock<Emitter> = OnceLock::new();
/// How many scopes are open, and the least level of any of them.
static SCOPES: AtomicUsize = AtomicUsize::new(0);
static SCOPED_LEAST: AtomicU8 = AtomicU8::new(CLOSED);
static SCOPED_LEVELS: Mutex<Vec<Level>> = Mutex::new(Vec::new());

thread_local! {
    static SCOPED: RefCell<Vec<(u64, Emitter)>> = const { RefCell::new(Vec::new()) };
    static NEXT_ID: Cell<u64> = const { Cell::new(0) };
}

/// The least level that any emitter takes.
pub(super) fn least_level() -> u8 {
    let installed = INSTALLED.get().map_or(CLOSED, |emitter| emitter.inner.least as u8);
    installed.min(SCOPED_LEAST.load(Ordering::Relaxed))
}

/// Hands an event to this thread's emitter: the innermost scope's, or else the installed one.
#[inline]
pub(super) fn emit_to_current(meta: &'static EventMeta, level: Level, fields: &dyn Fields) {
    if SCOPES.load(Ordering::Relaxed) > 0
        && let Some(emitter) = scoped()
    {
        return emitter.emit_scoped(meta, level, fields);
    }
    if let Some(emitter) = INSTALLED.get() {
        emitter.emit_fields(meta, level, fields);
    }
}

/// The emitter of this thread's innermost scope; a copy, so that a sink may open a scope of its own.
#[cold]
fn scoped() -> Option<Emitter> {
    SCOPED.try_with(|scoped| scoped.borrow().last().map(|(_, emitter)| emitter.clone())).ok().flatten()
}

fn change_scopes(change: impl FnOnce(&mut Vec<Level>)) {
    let mut levels = SCOPED_LEVELS.lock().unwrap_or_else(PoisonError::into_inner);
    change(&mut levels);
    SCOPES.store(levels.len(), Ordering::Relaxed);
    SCOPED_LEAST.store(levels.iter().min().map_or(CLOSED, |least| *least as u8), Ordering::Relaxed);
    gate::set_all();
}

impl Emitter {
    /// An emitter of level `info` and above, without sinks.
    pub fn builder() -> Builder {
        Builder {
            inner: Inner {
                least: Level::Info,
                sinks: Vec::new(),
                clock: None,
                emitted: AtomicU64::new(0),
                sampled_out: AtomicU64::new(0),
                failed: AtomicU64::new(0),
            },
        }
    }

    /// Makes this the emitter that `emit_*` functions use, for the rest of the process.
    ///
    /// # Errors
    ///
    /// [`AlreadyInstalled`] the second time.
    pub fn install(self) -> Result<Guard, AlreadyInstalled> {
        INSTALLED.set(self.clone()).map_err(|_| AlreadyInstalled)?;
        gate::set_all();
        Ok(Guard { emitter: self })
    }

    /// Makes this the emitter that `emit_*` functions use on this thread, until the scope is dropped.
    pub fn enter(&self) -> Scope {
        let id = NEXT_ID.replace(NEXT_ID.get() + 1);
        SCOPED.with_borrow_mut(|scoped| scoped.push((id, self.clone())));
        change_scopes(|levels| levels.push(self.inner.least));
        Scope { id, _not_send: PhantomData }
    }

    /// Emits an event to this emitter.
    pub fn emit<E: Event>(&self, event: &E) {
        self.emit_fields(E::META, event.level(), event);
    }

    #[inline(never)]
    fn emit_scoped(&self, meta: &'static EventMeta, level: Level, fields: &dyn Fields) {
        self.emit_fields(meta, level, fields);
    }

    #[inline]
    fn emit_fields(&self, meta: &'static EventMeta, level: Level, fields: &dyn Fields) {
        let inner = &*self.inner;
        if level < inner.least {
            return;
        }
        if let Some(rate) = meta.sample
            && level < Level::Error
            && !sample(rate.keep, rate.of)
        {
            inner.sampled_out.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let time = inner.clock.as_ref().map_or_else(Timestamp::now, |clock| clock());
        line::encode(meta, level, time, fields, |record| {
            for sink in &inner.sinks {
                if sink.write(record).is_err() {
                    inner.failed.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        inner.emitted.fetch_add(1, Ordering::Relaxed);
    }

    /// Hands on what the sinks have buffered.
    ///
    /// # Errors
    ///
    /// The first sink's error; every sink is flushed all the same.
    pub fn flush(&self) -> std::io::Result<()> {
        self.inner.sinks.iter().map(|sink| sink.flush()).fold(Ok(()), Result::and)
    }

    /// What has become of the events so far.
    pub fn report(&self) -> Report {
        Report {
            emitted: self.inner.emitted.load(Ordering::Relaxed),
            sampled_out: self.inner.sampled_out.load(Ordering::Relaxed),
            failed: self.inner.failed.load(Ordering::Relaxed),
        }
    }
}

/// Keeps `keep` of `of`, by chance.
fn sample(keep: u32, of: u32) -> bool {
    (random::u64() >> 32) * u64::from(of) < u64::from(keep) << 32
}

impl Builder {
    /// The least level that is emitted; `info` when this is not called.
    #[must_use]
    pub fn level(mut self, least: Level) -> Self {
        self.inner.least = least;
        self
    }

    /// Adds a sink.
    #[must_use]
    pub fn sink(mut self, sink: impl Sink + 'static) -> Self {
        self.inner.sinks.push(Box::new(sink));
        self
    }

    /// Replaces the clock, for tests and golden files.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.inner.clock = Some(Box::new(clock));
        self
    }

    /// The emitter.
    pub fn build(self) -> Emitter {
        Emitter { inner: Arc::new(self.inner) }
    }
}

impl EventSink for Emitter {
    fn accept(&mut self, meta: &'static EventMeta, level: Level, fields: &dyn Fields) {
        self.emit_fields(meta, level, fields);
    }
}

impl Guard {
    /// Flushes, and says what became of the events so far.
    pub fn finish(self) -> Report {
        let mut report = self.emitter.report();
        if self.emitter.flush().is_err() {
            report.failed += 1;
        }
        report
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Nobody is left to tell; `finish` tells.
        let _ = self.emitter.flush();
    }
}

impl Drop for Scope {
    /// Scopes may be dropped in any order: each takes its own emitter away.
    fn drop(&mut self) {
        let closed = SCOPED.try_with(|scoped| {
            let mut scoped = scoped.borrow_mut();
            scoped.iter().position(|(id, _)| *id == self.id).map(|at| scoped.remove(at).1)
        });
        if let Ok(Some(closed)) = closed {
            change_scopes(|levels| {
                if let Some(at) = levels.iter().position(|level| *level == closed.inner.least) {
                    levels.swap_remove(at);
                }
            });
        }
    }
}

impl fmt::Debug for Emitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emitter")
            .field("least", &self.inner.least)
            .field("sinks", &self.inner.sinks.len())
            .field("report", &self.report())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("least", &self.inner.least).finish_non_exhaustive()
    }
}

impl fmt::Display for AlreadyInstalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another emitter is installed already; install one, in `main`, and let libraries only emit")
    }
}

impl std::error::Error for AlreadyInstalled {}
