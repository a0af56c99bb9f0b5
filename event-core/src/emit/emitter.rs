//! The emitter: levels, a clock, and sinks.

use super::attempts::Attempts;
use super::buffer::RecordBuffer;
use super::builder::Builder;
use super::clock::{self, Clock};
use super::door::{self, Way};
use super::event::Emit;
use super::incident::Incidents;
use super::limit::Limits;
use super::report::{Metrics, Report, SinkReport};
use super::slot::Slot;
use super::state;
use super::tally::{Counts, Outcome, Tallies};
use super::timer::Timer;
use super::{Call, EmitTarget, Levels, TailSampler, gate};
use crate::context::TraceSource;
use crate::model::meta::EventMeta;
use crate::record::nesting;
use crate::record::{Asks, IdSource, OwnedRecord};
use crate::value::encode::{Preencoded, Refusal};
use crate::value::isolation;
use crate::value::time::Timestamp;
use event_grammar::Level;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Where events go: levels, and sinks that each get every record.
///
/// ```
/// use event_core::{Emitter, JsonLines, Level};
///
/// let emitter = Emitter::builder().service("checkout").level(Level::Debug).sink(JsonLines::stdout()).build();
/// let guard = emitter.install().expect("no other emitter is installed");
/// // .. the program ..
/// let report = guard.finish();
/// assert_eq!(report.failed(), 0);
/// ```
#[derive(Clone)]
pub struct Emitter {
    pub(super) inner: Arc<Inner>,
}

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
}

impl Emitter {
    /// An emitter of level `info` and above, without sinks.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Emits an event to this emitter.
    pub fn emit<E: Emit>(&self, event: &E) {
        Call::of(event).enter(&self.inner, &Way::DIRECT);
    }

    /// Emits an event that happened at another time than now, or will: its record is made now, and
    /// says so (`recorded_at`, `event_id`).
    pub fn emit_at<E: Emit>(&self, event: &E, occurred_at: Timestamp) {
        Call::of(event).enter(&self.inner, &Way { occurred_at: Some(occurred_at), ..Way::DIRECT });
    }

    /// A buffer for the events of a transaction: they become records now, and go to this emitter's
    /// sinks when the buffer is flushed.
    pub fn buffer(&self) -> RecordBuffer {
        RecordBuffer::new(self.clone())
    }

    /// Hands on a record that was made elsewhere, as it is: by another emitter, or by this one a
    /// while ago. Its level, its sample rate and its limit were decided where it was made. Here it
    /// is one more call, and counts as `emitted`.
    ///
    /// The records of a buffer are handed on by [`RecordBuffer::flush`].
    pub fn deliver(&self, record: &OwnedRecord) {
        if self.hand_on(record) {
            self.count(record, Outcome::Emitted(record.level()));
        } else {
            door::refuse(&self.inner, state::of(record.meta()), Refusal::Nested);
        }
    }

    /// Hands on a record that was kept; says whether it could: not where this is nested too deep in
    /// other emissions.
    pub(super) fn hand_on(&self, record: &OwnedRecord) -> bool {
        let Some(emission) = nesting::begin() else { return false };
        door::hand_on(&self.inner, &record.record(), &emission);
        true
    }

    pub(super) fn count(&self, record: &OwnedRecord, outcome: Outcome) {
        self.inner.tallies.count(state::of(record.meta()), outcome);
    }

    /// What is emitted.
    pub fn levels(&self) -> Levels {
        self.inner.levels.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes what is emitted, from the next event on.
    pub fn set_levels(&self, levels: impl Into<Levels>) {
        *self.inner.levels.write().unwrap_or_else(PoisonError::into_inner) = levels.into();
        gate::set_all();
    }

    /// Hands on what the sinks have buffered.
    ///
    /// # Errors
    ///
    /// The first sink's error; every sink is flushed all the same.
    pub fn flush(&self) -> std::io::Result<()> {
        let mut first = Ok(());
        for flushed in self.inner.sinks.iter().map(Slot::flush) {
            let later =
                if first.is_ok() { std::mem::replace(&mut first, flushed) } else { flushed };
            isolation::let_go(later);
        }
        first
    }

    /// What has become of the events so far.
    pub fn report(&self) -> Report {
        let counts = self.inner.tallies.counts();
        let mut report =
            Report::of(&counts, self.inner.count_suppressed, self.inner.sink_reports(&counts));
        report.left_behind = self.inner.has_left_behind();
        report
    }

    /// What has become of the events so far, by event.
    pub fn metrics(&self) -> Metrics {
        let counts = self.inner.tallies.counts();
        Metrics::of(&counts, self.inner.sink_reports(&counts))
    }

    /// Emits one [`EmissionEventSuppressed`](crate::emit::emission::EmissionEventSuppressed) for each
    /// event of which some were left out since the last time.
    pub fn report_suppressed(&self) {
        self.inner.timer.report(self);
    }

    /// Time that only goes forward, by the emitter's clock.
    pub(crate) fn monotonic(&self) -> Duration {
        self.inner.monotonic()
    }
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

    fn sink_reports(&self, counts: &[Counts]) -> Vec<SinkReport> {
        let offered = counts.iter().map(Counts::emitted).sum();
        self.sinks.iter().map(|sink| sink.report(offered)).collect()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.sinks.drain(..).for_each(isolation::let_go);
    }
}

impl EmitTarget for Emitter {
    fn accept(&mut self, call: Call<'_>) {
        call.enter(&self.inner, &Way::DIRECT);
    }
}

impl fmt::Debug for Emitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emitter")
            .field("levels", &self.levels())
            .field("report", &self.report())
            .finish_non_exhaustive()
    }
}
