//! The state of an emitter: everything that is read on an event's way to the sinks.

use super::attempts::Attempts;
use super::clock::{self, Clock};
use super::incident::Incidents;
use super::limit::Limits;
use super::report::SinkReport;
use super::slot::Slot;
use super::tally::{Counts, Tallies};
use super::timer::Timer;
use super::{Levels, TailSampler};
use crate::context::TraceSource;
use crate::model::meta::EventMeta;
use crate::record::{Asks, Constants, IdSource};
use crate::value::isolation;
use event_grammar::Level;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::time::Duration;

/// The state of an emitter.
pub(super) struct Inner {
    pub(super) levels: RwLock<Levels>,
    pub(super) count_suppressed: bool,
    /// The options that every record follows.
    pub(super) asks: Asks,
    pub(super) sinks: Vec<Slot>,
    pub(super) clock: Option<Box<dyn Clock>>,
    pub(super) ids: Option<Box<IdSource>>,
    pub(super) constants: Constants,
    pub(super) trace_source: Option<Box<TraceSource>>,
    pub(super) sequence: AtomicU64,
    pub(super) tallies: Tallies,
    pub(super) limits: Limits,
    pub(super) tail_sampler: Option<TailSampler>,
    pub(super) incidents: Arc<Incidents>,
    pub(super) timer: Timer,
    /// Whether sample rates and limits are ignored.
    pub(super) ignores_rates: bool,
    /// Whether the guard is gone, so that no later call flushes the sinks.
    pub(super) has_ended: AtomicBool,
    /// The last report of left-out events, at the end.
    pub(super) last_words: Attempts,
    /// A reference to itself, for threads that outlive the call that starts them.
    pub(super) shared: Weak<Self>,
}

impl Inner {
    /// The lowest level at which the emitter emits the event.
    pub(super) fn own_least(&self, meta: &EventMeta) -> u8 {
        self.levels.read().unwrap_or_else(PoisonError::into_inner).least(meta)
    }

    /// The lowest level at which the emitter needs the event: to emit it, or to count it.
    pub(super) fn least(&self, meta: &EventMeta) -> u8 {
        if self.count_suppressed { Level::Trace as u8 } else { self.own_least(meta) }
    }

    /// Time that never goes backward.
    pub(super) fn monotonic(&self) -> Duration {
        self.clock.as_ref().map_or_else(clock::monotonic, |clock| clock.monotonic())
    }

    /// Whether a thread that ends or flushes the emitter was given up and still runs.
    pub(super) fn has_left_behind(&self) -> bool {
        self.last_words.is_late() || self.sinks.iter().any(|sink| sink.flushes.is_late())
    }

    /// What each sink did with the records that it was offered.
    pub(super) fn sink_reports(&self, counts: &[Counts]) -> Vec<SinkReport> {
        let offered = counts.iter().map(Counts::emitted).sum();
        self.sinks.iter().map(|sink| sink.report(offered)).collect()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.sinks.drain(..).for_each(isolation::let_go);
    }
}
