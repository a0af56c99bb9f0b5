//! Tail sampling: deciding which units of work are emitted when they end and their outcome is
//! known.

use super::draw;
use crate::context::AskedTrace;
use crate::model::meta::SampleRate;
use crate::record::Sampling;
use std::time::Duration;

/// Keeps the units of work that failed or were slow, and a share of the rest.
///
/// Each record has the reason why it was kept: `"sample_reason":"error"`, `"slow"` or `"sampled"`.
/// A sampled record has its rate: `"sample_rate":0.01` means that the record stands for a hundred
/// units. Any other record stands for itself. Units that are left out are counted: see
/// [`Report::sampled_out`](crate::emit::Report::sampled_out).
///
/// ```
/// use event_core::emit::TailSampler;
/// use event_core::Emitter;
/// use std::time::Duration;
///
/// let sampler = TailSampler::keep_errors().slower_than(Duration::from_millis(500)).one_in(100);
/// let emitter = Emitter::builder().tail_sampler(sampler).build();
/// assert_eq!(emitter.report().sampled_out, 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "give it to an emitter: `Emitter::builder().tail_sampler(..)`"]
pub struct TailSampler {
    slower_than: Option<Duration>,
    rest: SampleRate,
}

impl TailSampler {
    /// Keeps failed units: those of level `error` and above, those whose status is of class
    /// `fault`, and those dropped unflushed. Keeps no others, unless another method adds them.
    pub const fn keep_errors() -> Self {
        Self { slower_than: None, rest: SampleRate::new(0, 1) }
    }

    /// Also keeps the units that took longer than `limit` by the emitter's monotonic clock,
    /// whatever their fields.
    pub const fn slower_than(mut self, limit: Duration) -> Self {
        self.slower_than = Some(limit);
        self
    }

    /// Also keeps one in `n` of the rest; none for 0. All units of a trace are kept or none, in
    /// every service with the same `n`. Outside a trace the choice is random.
    pub const fn one_in(mut self, n: u32) -> Self {
        self.rest = match n {
            0 => SampleRate::new(0, 1),
            of => SampleRate::new(1, of),
        };
        self
    }

    /// The sampling members of the record, with the reason; `None` if the unit is left out.
    pub(super) fn decide(
        &self,
        is_error: bool,
        elapsed: Duration,
        trace: Option<&AskedTrace<'_>>,
    ) -> Option<Sampling> {
        let kept = |reason| Some(Sampling { rate: None, reason: Some(reason) });
        if is_error {
            kept("error")
        } else if self.slower_than.is_some_and(|limit| elapsed > limit) {
            kept("slow")
        } else if draw::is_kept(self.rest, trace) {
            Some(Sampling { rate: Some(draw::share(self.rest)), reason: Some("sampled") })
        } else {
            None
        }
    }
}
