//! What a sink took and did not deliver: counters that are read without asking the sink.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of the records that a sink took and did not deliver.
///
/// Clones share the counters. A sink keeps one, counts with it, and gives a clone to the emitter
/// ([`Sink::losses`](crate::Sink::losses)), which reads it without calling the sink: a report never
/// waits for a sink that is stuck.
///
/// ```
/// use event_core::record::Record;
/// use event_core::sink::Losses;
/// use event_core::Sink;
/// use std::io;
///
/// /// Keeps no record that is longer than a datagram.
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
    /// Those of the sinks that it hands on to.
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
    /// Nothing lost.
    pub fn new() -> Self {
        Self::default()
    }

    /// These counters, and those of the sink that this sink hands records on to: what a sink that
    /// wraps another gives in [`Sink::losses`](crate::Sink::losses).
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

    /// Counts records that a filter left out: they are not lost, they were not meant for the sink.
    pub fn add_filtered(&self, records: u64) {
        self.own.filtered.fetch_add(records, Ordering::Relaxed);
    }

    /// Says how many records wait in the sink now. Called under the lock that the records wait
    /// under, so that the last call is right.
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

    /// Tells the sink that counts here from all others: see [`nesting`](crate::nesting).
    pub(crate) fn mark(&self) -> usize {
        Arc::as_ptr(&self.own).addr()
    }

    /// The marks of the sink, and of those that it hands on to.
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
