//! Which of the sampled or limited events are emitted: one decision for all sinks, and one for each
//! trace.

use super::draw::{is_kept, share};
use super::flushed::Flushed;
use super::inner::Inner;
use super::refused::tell_refused;
use super::state::EventState;
use super::tally::Outcome;
use crate::context::AskedTrace;
use crate::record::Sampling;
use crate::record::nesting;
use crate::value::encode::Refusal;
use event_grammar::Level;

/// Decides whether the event is emitted. Returns the sampling members of its record, or the outcome
/// if it is left out. An unfinished unit of work counts as an error.
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
    // A trace source or a clock that emits is nested in this emission, so that the recursion ends.
    let Some(_emission) = nesting::begin() else {
        tell_refused(emitter, event, Refusal::Nested);
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
