//! The emitter: levels, a clock, and sinks.

use super::builder::Builder;
use super::clock::{self, Clock};
use super::incident::{Incident, Incidents, Topic, declared};
use super::limit::Limits;
use super::report::{Metrics, Report, SinkReport};
use super::slot::{self, Slot};
use super::state::{self, EventState};
use super::tally::{Counts, Outcome, Tallies};
use super::timer::Timer;
use super::{EventSink, Levels, TailSampler, gate, sampling, thread};
use crate::encode::{Fields, Refusal};
use crate::event::Event;
use crate::meta::EventMeta;
use crate::record::{Draft, Head, IdSource, Origin, OwnedRecord, Record, Sampling};
use crate::time::Timestamp;
use crate::wide::Flushed;
use event_grammar::Level;
use std::fmt;
use std::sync::atomic::AtomicU64;
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
    pub(super) ids_in_lines: bool,
    pub(super) sinks: Vec<Slot>,
    pub(super) clock: Option<Box<dyn Clock>>,
    pub(super) ids: Option<Box<IdSource>>,
    /// What every line says of the service, as members.
    pub(super) service: Box<[u8]>,
    pub(super) sequence: AtomicU64,
    pub(super) tallies: Tallies,
    pub(super) limits: Limits,
    pub(super) tail_sampler: Option<TailSampler>,
    pub(super) incidents: Arc<Incidents>,
    pub(super) timer: Timer,
    /// Whether sample rates and limits are left aside.
    pub(super) ignores_rates: bool,
}

impl Emitter {
    /// An emitter of level `info` and above, without sinks.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Emits an event to this emitter.
    pub fn emit<E: Event>(&self, event: &E) {
        self.offer(state::of(E::META), event.level(), event, None);
    }

    /// Emits an event that happened at another time than now, or will: its record is made now, and says so (`recorded_at`, `event_id`).
    pub fn emit_at<E: Event>(&self, event: &E, occurred_at: Timestamp) {
        self.offer(state::of(E::META), event.level(), event, Some(occurred_at));
    }

    /// Hands on a record that was kept, as it is: its level is not asked, and nothing is sampled any more. A record of a
    /// [`RecordBuffer`](crate::RecordBuffer) is given what this emitter says of the service.
    pub fn deliver(&self, record: &OwnedRecord) {
        let named = record.named(&self.inner.service);
        let lent = named.as_ref().unwrap_or(record).record();
        self.inner.write(&lent);
        self.inner.tallies.count(state::of(lent.meta()), Outcome::Emitted(lent.level()));
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
        self.inner.sinks.iter().map(Slot::flush).fold(Ok(()), Result::and)
    }

    /// What has become of the events so far.
    pub fn report(&self) -> Report {
        let counts = self.inner.tallies.counts();
        Report::of(&counts, self.inner.count_suppressed, self.inner.sink_reports(&counts))
    }

    /// What has become of the events so far, by event.
    pub fn metrics(&self) -> Metrics {
        let counts = self.inner.tallies.counts();
        Metrics::of(&counts, self.inner.sink_reports(&counts))
    }

    /// Emits one [`EmissionEventSuppressed`](crate::emission::EmissionEventSuppressed) for each event of which some were left out since the last time.
    pub fn report_suppressed(&self) {
        self.inner.timer.report(self);
    }

    /// Time that only goes forward, by the emitter's clock.
    pub(crate) fn monotonic(&self) -> Duration {
        self.inner.monotonic()
    }

    /// Emits an event whose gate has let it pass.
    #[inline]
    pub(super) fn offer_gated(&self, event: &EventState, level: Level, fields: &dyn Fields) {
        if self.inner.count_suppressed {
            return self.offer(event, level, fields, None);
        }
        self.inner.encode(event, level, fields, None);
    }

    #[inline(never)]
    pub(super) fn offer(&self, event: &EventState, level: Level, fields: &dyn Fields, occurred_at: Option<Timestamp>) {
        let inner = &*self.inner;
        if inner.own_least(event.meta) <= level as u8 {
            inner.encode(event, level, fields, occurred_at);
        } else if inner.count_suppressed {
            inner.tallies.count(event, Outcome::Suppressed);
        }
    }

    /// Emits what a unit of work has gathered, if what became of it is to be told.
    pub(super) fn offer_unit(&self, event: &EventState, level: Level, unit: &Flushed<'_>) {
        let inner = &*self.inner;
        if inner.own_least(event.meta) > level as u8 {
            if inner.count_suppressed {
                inner.tallies.count(event, Outcome::Suppressed);
            }
            return;
        }
        match sampling::decide_unit(inner, event, level, unit) {
            Ok(sampling) => inner.record(event, level, unit, None, sampling, unit.incomplete),
            Err(outcome) => inner.tallies.count(event, outcome),
        }
    }
}

impl Inner {
    fn own_least(&self, meta: &EventMeta) -> u8 {
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

    #[inline]
    fn encode(&self, event: &EventState, level: Level, fields: &dyn Fields, occurred_at: Option<Timestamp>) {
        let meta = event.meta;
        let mut sampling = Sampling::default();
        if meta.sample.is_some() || meta.limit.is_some() {
            match sampling::decide(self, event, meta.is_error(level)) {
                Ok(decided) => sampling = decided,
                Err(outcome) => return self.tallies.count(event, outcome),
            }
        }
        self.record(event, level, fields, occurred_at, sampling, false);
    }

    #[inline(never)]
    fn record(
        &self,
        event: &EventState,
        level: Level,
        fields: &dyn Fields,
        occurred_at: Option<Timestamp>,
        sampling: Sampling,
        incomplete: bool,
    ) {
        let meta = event.meta;
        let now = self.clock.as_ref().map_or_else(Timestamp::now, |clock| clock.now());
        let occurred_at = occurred_at.unwrap_or(now);
        let draft = Draft {
            head: Head {
                meta,
                level,
                occurred_at,
                recorded_at: now,
                origin: Some(Origin { ids: self.ids.as_deref(), sequence: &self.sequence }),
            },
            sampling,
            incomplete,
            fields,
            ids: self.ids_in_lines,
            service: &self.service,
        };
        thread::with(|thread| {
            let (record, encoded) = thread.line.record(&draft);
            if let Some(refusal) = encoded.refused {
                drop(record);
                thread.tally.count(&self.tallies, event, Outcome::of(refusal));
                return self.tell_refused(event, refusal);
            }
            self.write(&record);
            drop(record);
            thread.tally.count(&self.tallies, event, Outcome::Emitted(level));
            if encoded.context_missing {
                thread.tally.count(&self.tallies, event, Outcome::ContextMissing);
                self.tell_missing(event);
            }
        });
    }

    #[inline]
    fn write(&self, record: &Record<'_>) {
        let mut from = 0;
        // A sink that panicked is passed over, and the next ones have their turn.
        while let Some(panicked) = slot::write_all(&self.sinks, from, record, &self.incidents) {
            from = panicked + 1;
        }
    }

    #[cold]
    fn tell_refused(&self, event: &EventState, refusal: Refusal) {
        let incident = || Incident::Refused { event: event.meta.name.snake, refusal };
        // Each field and each step is a defect of its own.
        self.incidents.tell(Topic::Refused { event: event.index, refusal }, incident);
    }

    #[cold]
    fn tell_missing(&self, event: &EventState) {
        self.incidents.tell(Topic::ContextMissing { event: event.index }, || Incident::ContextMissing {
            event: event.meta.name.snake,
            declared: declared(event.meta),
            groups: event
                .meta
                .context_groups()
                .filter(|(_, is_needed)| *is_needed)
                .map(|(group, _)| group.type_name)
                .collect(),
        });
    }

    fn sink_reports(&self, counts: &[Counts]) -> Vec<SinkReport> {
        let offered = counts.iter().map(Counts::emitted).sum();
        self.sinks.iter().map(|sink| sink.report(offered)).collect()
    }
}

impl EventSink for Emitter {
    fn accept(&mut self, meta: &'static EventMeta, level: Level, fields: &dyn Fields) {
        self.offer(state::of(meta), level, fields, None);
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
