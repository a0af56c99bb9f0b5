//! Records that a sink took and did not deliver: counters that are read without calling the sink.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of the records that a sink took and did not deliver.
///
/// Clones share the counters. A sink keeps one clone, counts with it, and gives another to the
/// emitter ([`Sink::losses`](crate::Sink::losses)). The emitter reads it without calling the sink,
/// so a report never waits for a stuck sink.
///
/// ```
/// use event_core::record::Record;
/// use event_core::sink::Losses;
/// use event_core::Sink;
/// use std::io;
///
/// /// Drops records that are longer than a datagram.
/// struct Datagrams {
///     losses: Losses,
/// }
///
/// impl Sink for Datagrams {
///     fn write(&self, record: &Record<'_>) -> io::Result<()> {
///         if record.line().len() > 1_200 {
///             self.losses.add_dropped(1);
///         }
///         Ok(())
///     }
///
///     fn losses(&self) -> Losses {
///         self.losses.clone()
///     }
/// }
/// ```
#[derive(Clone, Default)]
pub struct Losses {
    own: Arc<Counters>,
    /// The counters of the sinks that this sink wraps.
    behind: Vec<Arc<Counters>>,
}

#[derive(Default)]
struct Counters {
    failed: AtomicU64,
    dropped: AtomicU64,
    waiting: AtomicU64,
    filtered: AtomicU64,
}

impl Losses {
    /// New counters, all 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// These counters, and the counters of the wrapped sink. A sink that wraps another sink returns
    /// this from [`Sink::losses`](crate::Sink::losses).
    #[must_use]
    pub fn and(&self, behind: &Self) -> Self {
        let behind =
            self.behind.iter().chain([&behind.own]).chain(&behind.behind).cloned().collect();
        Self { own: self.own.clone(), behind }
    }

    /// Counts records that were lost because of an error.
    pub fn add_failed(&self, records: u64) {
        self.own.failed.fetch_add(records, Ordering::Relaxed);
    }

    /// Counts records that were dropped because the sink was full.
    pub fn add_dropped(&self, records: u64) {
        self.own.dropped.fetch_add(records, Ordering::Relaxed);
    }

    /// Counts records that a filter left out. They are not lost; they were not meant for the sink.
    pub fn add_filtered(&self, records: u64) {
        self.own.filtered.fetch_add(records, Ordering::Relaxed);
    }

    /// Sets how many records wait in the sink now. Call it under the lock that guards the waiting
    /// records, so that the last call is right.
    pub fn set_waiting(&self, records: u64) {
        self.own.waiting.store(records, Ordering::Relaxed);
    }

    /// Records that were lost because of an error.
    pub fn failed(&self) -> u64 {
        self.sum(|counters| &counters.failed)
    }

    /// Records that were dropped because the sink was full.
    pub fn dropped(&self) -> u64 {
        self.sum(|counters| &counters.dropped)
    }

    /// Records that are not delivered yet.
    pub fn waiting(&self) -> u64 {
        self.sum(|counters| &counters.waiting)
    }

    /// Records that a filter left out.
    pub fn filtered(&self) -> u64 {
        self.sum(|counters| &counters.filtered)
    }

    fn all(&self) -> impl Iterator<Item = &Arc<Counters>> {
        [&self.own].into_iter().chain(&self.behind)
    }

    fn sum(&self, counter: fn(&Counters) -> &AtomicU64) -> u64 {
        self.all().map(|counters| counter(counters).load(Ordering::Relaxed)).sum()
    }

    /// Identifies the sink among all sinks: see [`nesting`](crate::nesting).
    pub(crate) fn mark(&self) -> usize {
        Arc::as_ptr(&self.own).addr()
    }

    /// The marks of this sink and of the sinks that it wraps.
    pub(crate) fn marks(&self) -> impl Iterator<Item = usize> {
        self.all().map(|counters| Arc::as_ptr(counters).addr())
    }
}

impl fmt::Debug for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Losses")
            .field("failed", &self.failed())
            .field("dropped", &self.dropped())
            .field("waiting", &self.waiting())
            .field("filtered", &self.filtered())
            .finish()
    }
}
