//! What happened to the events: a report when the emitter ends, and metrics while it runs.

use super::state;
use super::tally::{Counts, Outcome};
use crate::model::meta::EventMeta;
use event_grammar::Level;

/// What happened to the events that reached an emitter. Every call is counted in exactly one of
/// `emitted`, `suppressed`, `sampled_out`, `limited`, `refused`, `buffered` and `discarded`. For
/// each sink, every emitted record is counted in exactly one field of [`SinkReport`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Records that were offered to every sink.
    pub emitted: u64,
    /// Events below the level. `None` unless the emitter counts them: see
    /// [`Builder::count_suppressed`](crate::emit::Builder::count_suppressed).
    pub suppressed: Option<u64>,
    /// Events that their declared sample rate or the tail sampler left out.
    pub sampled_out: u64,
    /// Events that their declared rate limit left out.
    pub limited: u64,
    /// Events that were not written, because of a value in them: see
    /// [`Refusal`](crate::value::Refusal).
    pub refused: u64,
    /// How many of the refused events had an undeclared transition.
    pub illegal_transitions: u64,
    /// Events in a [`RecordBuffer`](crate::emit::RecordBuffer) that is not flushed yet.
    pub buffered: u64,
    /// Events that were dropped with their buffer, or discarded from it.
    pub discarded: u64,
    /// How many of the written events (emitted, buffered or discarded) lacked context that they
    /// declare.
    pub context_missing: u64,
    /// Whether a thread that ends or flushes the emitter was left behind: a sink, the clock or a
    /// listener did not return within the limit.
    pub left_behind: bool,
    /// What happened to the emitted records, for each sink.
    pub sinks: Vec<SinkReport>,
}

/// What happened to the records that were offered to one sink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SinkReport {
    /// The sink's name.
    pub name: String,
    /// Records that the sink took.
    pub delivered: u64,
    /// Records that the sink could not take, or lost later because of an error.
    pub failed: u64,
    /// Records that the sink dropped because it was full.
    pub dropped: u64,
    /// Records that wait in the sink.
    pub waiting: u64,
    /// Records that were not meant for the sink: a filter held them back, or the sink emitted them
    /// itself. They are not lost.
    pub filtered: u64,
    /// The sink's last error, in a call or on its own thread.
    pub last_error: Option<String>,
    /// The error of the sink's last flush.
    pub flush_error: Option<String>,
}

impl Report {
    /// Records that a sink could not take, counted once for each sink.
    pub fn failed(&self) -> u64 {
        self.sinks.iter().map(|sink| sink.failed).sum()
    }

    /// Records that a sink dropped because it was full, counted once for each sink.
    pub fn dropped(&self) -> u64 {
        self.sinks.iter().map(|sink| sink.dropped).sum()
    }

    /// The number of calls: the sum of all outcomes.
    pub fn calls(&self) -> u64 {
        self.emitted
            + self.suppressed.unwrap_or_default()
            + self.sampled_out
            + self.limited
            + self.refused
            + self.buffered
            + self.discarded
    }

    pub(super) fn of(counts: &[Counts], count_suppressed: bool, sinks: Vec<SinkReport>) -> Self {
        let sum = |outcome| counts.iter().map(|counts| counts.of(outcome)).sum();
        Self {
            emitted: counts.iter().map(Counts::emitted).sum(),
            suppressed: count_suppressed.then(|| sum(Outcome::Suppressed)),
            sampled_out: sum(Outcome::SampledOut),
            limited: sum(Outcome::Limited),
            refused: counts.iter().map(Counts::refused).sum(),
            illegal_transitions: sum(Outcome::IllegalTransition),
            buffered: counts.iter().map(Counts::buffered).sum(),
            discarded: sum(Outcome::Discarded),
            context_missing: sum(Outcome::ContextMissing),
            left_behind: false,
            sinks,
        }
    }
}

/// A snapshot of the counters: by event, level and outcome, and by sink.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Metrics {
    /// Every event with a count, in the order in which the process first emitted them.
    pub events: Vec<EventMetrics>,
    /// The sinks.
    pub sinks: Vec<SinkReport>,
}

/// What happened to the events of one kind.
#[derive(Clone, Copy, Debug)]
pub struct EventMetrics {
    /// The event.
    pub meta: &'static EventMeta,
    counts: Counts,
}

impl EventMetrics {
    /// Records that were offered to every sink, of all levels.
    pub fn emitted(&self) -> u64 {
        self.counts.emitted()
    }

    /// Records of one level that were offered to every sink.
    pub const fn emitted_at(&self, level: Level) -> u64 {
        self.counts.emitted_at(level)
    }

    /// Events below the level; 0 unless the emitter counts them.
    pub const fn suppressed(&self) -> u64 {
        self.counts.of(Outcome::Suppressed)
    }

    /// Events that the declared sample rate or the tail sampler left out.
    pub const fn sampled_out(&self) -> u64 {
        self.counts.of(Outcome::SampledOut)
    }

    /// Events that the declared rate limit left out.
    pub const fn limited(&self) -> u64 {
        self.counts.of(Outcome::Limited)
    }

    /// Events that were not written, because of a value in them: see
    /// [`Refusal`](crate::value::Refusal).
    pub const fn refused(&self) -> u64 {
        self.counts.refused()
    }

    /// How many of the refused events had an undeclared transition.
    pub const fn illegal_transitions(&self) -> u64 {
        self.counts.of(Outcome::IllegalTransition)
    }

    /// Events in a [`RecordBuffer`](crate::emit::RecordBuffer) that is not flushed yet.
    pub fn buffered(&self) -> u64 {
        self.counts.buffered()
    }

    /// Events that were dropped with their buffer, or discarded from it.
    pub const fn discarded(&self) -> u64 {
        self.counts.of(Outcome::Discarded)
    }

    /// How many of the written events (emitted, buffered or discarded) lacked context that they
    /// declare.
    pub const fn context_missing(&self) -> u64 {
        self.counts.of(Outcome::ContextMissing)
    }
}

impl Metrics {
    /// How many records of one event were emitted, of all its versions. Takes either spelling of
    /// the name. Returns 0 for an event that was never called.
    pub fn emitted(&self, name: &str) -> u64 {
        self.events
            .iter()
            .filter(|event| event.meta.answers_to(name))
            .map(EventMetrics::emitted)
            .sum()
    }

    pub(super) fn of(counts: &[Counts], sinks: Vec<SinkReport>) -> Self {
        let events = state::all()
            .into_iter()
            .filter_map(|state| {
                Some(EventMetrics { meta: state.meta, counts: *counts.get(state.index)? })
            })
            .filter(|event| event.counts != Counts::default())
            .collect();
        Self { events, sinks }
    }
}
