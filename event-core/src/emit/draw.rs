//! Sampling: one decision for all events of a trace.

use crate::context::trace::TraceId;
use crate::context::{self, AskedTrace, random};
use crate::model::meta::SampleRate;

/// The rate as a number.
pub(super) fn share(rate: SampleRate) -> f64 {
    f64::from(rate.keep) / f64::from(rate.of)
}

/// Decides by the trace id, so that every service keeps either all events of a trace that have this
/// rate, or none. Outside a trace, decides at random.
pub(super) fn is_kept(rate: SampleRate, source: Option<&AskedTrace<'_>>) -> bool {
    let bound = context::with_current(|context| Some(context.ambient()?.trace()?.trace_id()));
    let trace = bound.or_else(|| Some(source?.get()?.trace_id()));
    let draw = trace.map_or_else(random::u64, spread) >> 32;
    draw * u64::from(rate.of) < u64::from(rate.keep) << 32
}

/// A trace's place among all traces, evenly spread for ids of any generator (the finalizer of
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
