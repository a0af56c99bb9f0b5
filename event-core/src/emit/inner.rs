//! The state of an emitter: all that the way of an event to its sinks reads.

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
use crate::record::{Asks, IdSource};
use crate::value::encode::Preencoded;
use crate::value::isolation;
use event_grammar::Level;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::time::Duration;

/// What an emitter consists of.
pub(super) struct Inner {
    pub(super) levels: RwLock<Levels>,
    pub(super) count_suppressed: bool,
    /// What is asked of every record.
    pub(super) asks: Asks,
    pub(super) sinks: Vec<Slot>,
    pub(super) clock: Option<Box<dyn Clock>>,
    pub(super) ids: Option<Box<IdSource>>,
    /// What every line says of the service, as members.
    pub(super) service: Preencoded,
    pub(super) trace_source: Option<Box<TraceSource>>,
    pub(super) sequence: AtomicU64,
    pub(super) tallies: Tallies,
    pub(super) limits: Limits,
    pub(super) tail_sampler: Option<TailSampler>,
    pub(super) incidents: Arc<Incidents>,
    pub(super) timer: Timer,
    /// Whether sample rates and limits are left aside.
    pub(super) ignores_rates: bool,
    /// Whether the guard is gone: nothing flushes the sinks any more.
    pub(super) has_ended: AtomicBool,
    /// The last report of what was left out, at the end.
    pub(super) last_words: Attempts,
    /// Itself, for threads that outlive the call that starts them.
    pub(super) shared: Weak<Self>,
}

impl Inner {
    /// The least level at which the emitter emits the event.
    pub(super) fn own_least(&self, meta: &EventMeta) -> u8 {
        self.levels.read().unwrap_or_else(PoisonError::into_inner).least(meta)
    }

    /// The least level at which the emitter wants to see the event: to emit it, or to count it.
    pub(super) fn least(&self, meta: &EventMeta) -> u8 {
        if self.count_suppressed { Level::Trace as u8 } else { self.own_least(meta) }
    }

    /// Time that only goes forward.
    pub(super) fn monotonic(&self) -> Duration {
        self.clock.as_ref().map_or_else(clock::monotonic, |clock| clock.monotonic())
    }

    /// Whether a thread that ends or flushes the emitter has been given up, and has not come to its
    /// end since.
    pub(super) fn has_left_behind(&self) -> bool {
        self.last_words.is_late() || self.sinks.iter().any(|sink| sink.flushes.is_late())
    }

    /// What each sink has made of what it was offered.
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
