//! The one door into emission. Levels, sampling, limits and counters are here, so that they apply
//! to every event, whichever way it comes.
//!
//! Every event goes through [`enter`]:
//!
//! | way in | comes from |
//! | --- | --- |
//! | `emit_*`, `Emit::emit`, an operation's begin and end | `gate::passed`, then `installed::enter_passed` or `installed::enter` |
//! | a unit of work that is flushed or dropped | `gate::flush`, then `installed::flush` |
//! | `Emitter::emit`, `Emitter::emit_at`, the emitter's report of left-out events | `Call::enter` |
//! | `emit_to` an emitter, a recorder or a buffer, of an event or of a catalog's enum | `Call::enter` |
//! Each way holds the event's [`Gate`](super::Gate), which has the event's mark
//! (`event_grammar::mark`). Every record leaves through [`hand_on`]: at once, when its buffer is
//! flushed, or when it is delivered.

use super::flushed::Flushed;
use super::inner::Inner;
use super::refused::{refuse, tell_missing, tell_refused};
use super::state::EventState;
use super::tally::Outcome;
use super::{sampling, slot, thread};
use crate::context::{AskedTrace, TraceSource};
use crate::record::nesting::{self, Emission};
use crate::record::{Draft, Head, Origin, OwnedRecord, Record, Sampling};
use crate::value::encode::{Fields, Refusal};
use crate::value::time::Timestamp;
use event_grammar::Level;
use std::cell::Cell;
use std::sync::atomic::Ordering;

/// How an event comes in, and where its record goes.
pub(super) struct Way<'a> {
    /// Whether a gate has compared the level with the level of the only emitter.
    pub(super) is_gated: bool,
    /// When the event happened, if not now.
    pub(super) occurred_at: Option<Timestamp>,
    /// The unit of work that ends; the fields are the unit.
    pub(super) unit: Option<&'a Flushed<'a>>,
    /// Where the record is kept, if it does not go to the sinks at once.
    pub(super) kept: Option<&'a Kept>,
}

/// The outcome of an event that is kept in a buffer; `None` if the event was left out.
pub(super) type Kept = Cell<Option<Result<OwnedRecord, Refusal>>>;

impl Way<'static> {
    /// Through an `emit_*` function, after the gate has decided.
    pub(super) const GATED: Self = Self { is_gated: true, ..Self::DIRECT };
    /// To an emitter that no gate knows.
    pub(super) const DIRECT: Self =
        Self { is_gated: false, occurred_at: None, unit: None, kept: None };
}

/// Emits an event, or counts why it is left out.
#[inline(never)]
pub(super) fn enter(
    emitter: &Inner,
    event: &EventState,
    level: Level,
    fields: &dyn Fields,
    way: &Way<'_>,
) {
    // A gate also passes events that are only counted.
    let is_level_known = way.is_gated && !emitter.count_suppressed;
    if !is_level_known && emitter.own_least(event.meta) > level as u8 {
        if emitter.count_suppressed {
            emitter.tallies.count(event, Outcome::Suppressed);
        }
        return;
    }
    match emitter.trace_source.as_deref() {
        None => choose(emitter, event, level, fields, way, || None),
        Some(source) => choose_asking(source, emitter, event, level, fields, way),
    }
}

#[cold]
#[inline(never)]
fn choose_asking(
    source: &TraceSource,
    emitter: &Inner,
    event: &EventState,
    level: Level,
    fields: &dyn Fields,
    way: &Way<'_>,
) {
    let asked = AskedTrace::new(source);
    choose(emitter, event, level, fields, way, || Some(&asked));
}

/// Records the event if its sample and its limit let it pass. `trace` is a type parameter, so that
/// emitters without a trace source get their own compiled code.
#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "without a trace source, the optimiser removes it from the path of an event"
)]
fn choose<'t>(
    emitter: &Inner,
    event: &EventState,
    level: Level,
    fields: &dyn Fields,
    way: &Way<'_>,
    trace: impl Fn() -> Option<&'t AskedTrace<'t>>,
) {
    match sampling::decide(emitter, event, level, way.unit, trace()) {
        Ok(sampling) => record(emitter, event, level, fields, way, sampling, trace),
        Err(outcome) => emitter.tallies.count(event, outcome),
    }
}

#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "a part of `choose`: a call would copy all of this once more for each event"
)]
fn record<'t>(
    emitter: &Inner,
    event: &EventState,
    level: Level,
    fields: &dyn Fields,
    way: &Way<'_>,
    sampling: Sampling,
    trace: impl Fn() -> Option<&'t AskedTrace<'t>>,
) {
    let Some(emission) = nesting::begin() else {
        keep_refusal(way.kept, Refusal::Nested);
        return refuse(emitter, event, Refusal::Nested);
    };
    let now = emitter.clock.as_ref().map_or_else(Timestamp::now, |clock| clock.now());
    let occurred_at = way.occurred_at.unwrap_or(now);
    let draft = Draft {
        head: Head {
            meta: event.meta,
            level,
            occurred_at,
            recorded_at: now,
            origin: Some(Origin { ids: emitter.ids.as_deref(), sequence: &emitter.sequence }),
        },
        sampling,
        incomplete: way.unit.is_some_and(|unit| unit.incomplete),
        fields,
        asks: emitter.asks,
        constants: &emitter.constants,
        trace: trace(),
    };
    thread::with(|thread| {
        let (record, encoded) = thread.line.record(&draft);
        if let Some(refusal) = encoded.refused {
            drop(record);
            thread.tally.count(&emitter.tallies, event, Outcome::of(refusal));
            keep_refusal(way.kept, refusal);
            return tell_refused(emitter, event, refusal);
        }
        let outcome = match way.kept {
            None => {
                hand_on(emitter, &record, &emission);
                Outcome::Emitted(level)
            }
            Some(kept) => keep(&record, kept),
        };
        drop(record);
        thread.tally.count(&emitter.tallies, event, outcome);
        if encoded.context_missing {
            thread.tally.count(&emitter.tallies, event, Outcome::ContextMissing);
            tell_missing(emitter, event);
        }
    });
}

/// Delivers a record to every sink; no other code does. A sink does not get a record that it
/// emitted itself.
#[inline(always)]
#[allow(clippy::inline_always, reason = "few instructions, on the path of every event")]
pub(super) fn hand_on(emitter: &Inner, record: &Record<'_>, emission: &Emission) {
    if emission.is_nested() {
        slot::write_nested(&emitter.sinks, record, &emitter.incidents);
    } else {
        slot::write_all(&emitter.sinks, record, &emitter.incidents);
    }
    // Read after the record was written: the last flush covers every record that was written before
    // it.
    if emitter.has_ended.load(Ordering::Relaxed) {
        emitter.write_through(emission);
    }
}

#[cold]
fn keep(record: &Record<'_>, kept: &Kept) -> Outcome {
    kept.set(Some(Ok(record.to_owned())));
    Outcome::Buffered
}

#[cold]
fn keep_refusal(kept: Option<&Kept>, refusal: Refusal) {
    if let Some(kept) = kept {
        kept.set(Some(Err(refusal)));
    }
}
