//! Which events are emitted, of those that are sampled or limited: one decision for all sinks, and
//! one per trace.

use super::door;
use super::emitter::Inner;
use super::flushed::Flushed;
use super::state::EventState;
use super::tally::Outcome;
use crate::context;
use crate::context::AskedTrace;
use crate::context::random;
use crate::context::trace::TraceId;
use crate::model::meta::SampleRate;
use crate::record::Sampling;
use crate::record::nesting;
use crate::value::encode::Refusal;
use event_grammar::Level;

/// Whether the event is emitted, and what its record says about that; or what becomes of it
/// instead. A unit of work that was left unfinished is an error.
#[inline(always)]
#[allow(clippy::inline_always, reason = "two comparisons, for most events")]
pub(super) fn decide(
    emitter: &Inner,
    event: &EventState,
    level: Level,
    unit: Option<&Flushed<'_>>,
    trace: Option<&AskedTrace<'_>>,
) -> Result<Sampling, Outcome> {
    let meta = event.meta;
    if meta.sample.is_none() && meta.limit.is_none() && unit.is_none() {
        return Ok(Sampling::default());
    }
    decide_by(emitter, event, level, unit, trace)
}

#[inline(never)]
fn decide_by(
    emitter: &Inner,
    event: &EventState,
    level: Level,
    unit: Option<&Flushed<'_>>,
    trace: Option<&AskedTrace<'_>>,
) -> Result<Sampling, Outcome> {
    // A source of traces or a clock that emits is part of an emission too, so that it comes to an
    // end.
    let Some(_emission) = nesting::begin() else {
        door::tell_refused(emitter, event, Refusal::Nested);
        return Err(Outcome::Refused);
    };
    let meta = event.meta;
    let is_error = unit.is_some_and(|unit| unit.incomplete) || meta.is_error(level);
    match (unit, &emitter.tail_sampler) {
        (Some(unit), Some(sampler)) if meta.sample.is_none() => {
            let sampling =
                sampler.decide(is_error, unit.elapsed, trace).ok_or(Outcome::SampledOut)?;
            limit(emitter, event, is_error)?;
            Ok(sampling)
        }
        _ => by_declaration(emitter, event, is_error, trace),
    }
}

fn by_declaration(
    emitter: &Inner,
    event: &EventState,
    is_error: bool,
    trace: Option<&AskedTrace<'_>>,
) -> Result<Sampling, Outcome> {
    let meta = event.meta;
    let mut sampling = Sampling::default();
    if emitter.ignores_rates {
        sampling.rate = meta.sample.map(|_| 1.0);
        return Ok(sampling);
    }
    if let Some(rate) = meta.sample {
        let is_exempt = is_error && !rate.errors;
        if !is_exempt && !is_kept(rate, trace) {
            return Err(Outcome::SampledOut);
        }
        sampling.rate = Some(if is_exempt { 1.0 } else { share(rate) });
    }
    limit(emitter, event, is_error)?;
    Ok(sampling)
}

fn limit(emitter: &Inner, event: &EventState, is_error: bool) -> Result<(), Outcome> {
    let Some(limit) = event.meta.limit else { return Ok(()) };
    let is_exempt = is_error && !limit.errors;
    if is_exempt || emitter.limits.take(event, limit, emitter.monotonic()) {
        Ok(())
    } else {
        Err(Outcome::Limited)
    }
}

/// The rate as a number.
pub(super) fn share(rate: SampleRate) -> f64 {
    f64::from(rate.keep) / f64::from(rate.of)
}

/// By the trace, so that of a trace all events of one rate are kept or none, in every service; by
/// chance outside of a trace.
pub(super) fn is_kept(rate: SampleRate, source: Option<&AskedTrace<'_>>) -> bool {
    let bound = context::with_current(|context| Some(context.ambient()?.trace()?.trace_id()));
    let trace = bound.or_else(|| Some(source?.get()?.trace_id()));
    let draw = trace.map_or_else(random::u64, spread) >> 32;
    draw * u64::from(rate.of) < u64::from(rate.keep) << 32
}

/// A trace's place among all traces, evenly spread, whoever made the id (the finalizer of
/// `SplitMix64`: Steele, Lea, Flood 2014).
fn spread(trace: TraceId) -> u64 {
    let bytes = trace.as_u128().to_be_bytes();
    let (high, low) = bytes.split_at(8);
    let word = |half: &[u8]| half.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let mut x = word(high) ^ word(low);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}
