//! Which units of work are emitted: decided at their end, when it is known what became of them.

use super::draw;
use crate::context::AskedTrace;
use crate::model::meta::SampleRate;
use crate::record::Sampling;
use std::time::Duration;

/// Keeps the units of work that say something, and of the rest a share.
///
/// Its records say why they were kept: `"sample_reason":"error"`, `"slow"` or `"sampled"`; those
/// that were sampled say at which rate, and each stands for as many as that (`"sample_rate":0.01`
/// for a hundred), where any other stands for itself. What is left out is counted: see
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
    /// Keeps what went wrong: units of level `error` and above, of a status of class `fault`, and
    /// those that were dropped unflushed. Of the rest nothing, until one of the others says so.
    pub const fn keep_errors() -> Self {
        Self { slower_than: None, rest: SampleRate::new(0, 1) }
    }

    /// Keeps the units that took longer than `limit`, by the emitter's monotonic clock; whatever
    /// their fields say.
    pub const fn slower_than(mut self, limit: Duration) -> Self {
        self.slower_than = Some(limit);
        self
    }

    /// Keeps one in `n` of the rest; none for 0. Of one trace all are kept or none, in every
    /// service that keeps one in as many; outside of a trace chance decides.
    pub const fn one_in(mut self, n: u32) -> Self {
        self.rest = match n {
            0 => SampleRate::new(0, 1),
            of => SampleRate::new(1, of),
        };
        self
    }

    /// What the record says of why it was kept; `None` for one that is left out.
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
