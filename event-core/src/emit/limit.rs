//! Rate limits: a bucket of tokens per event and emitter.

use super::state::EventState;
use crate::meta::RateLimit;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The buckets of one emitter. Only events that declare a limit have one, so only they pay for the lock.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    /// By the event's place: when its bucket will be full.
    full_at: Mutex<HashMap<usize, Duration>>,
}

impl Buckets {
    /// Takes a token of the event's bucket; `false` where there is none. A full bucket has as many tokens as the limit allows in its time, and they come back
    /// evenly (the virtual scheduling form of ITU-T I.371's generic cell rate algorithm).
    pub(super) fn take(&self, event: &EventState, limit: RateLimit, now: Duration) -> bool {
        if limit.count == 0 {
            return false;
        }
        let time = Duration::from_secs(u64::from(limit.seconds));
        let one = time / limit.count;
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let full = full_at.entry(event.index).or_default();
        let after = (*full).max(now) + one;
        let passes = after <= now + time;
        if passes {
            *full = after;
        }
        passes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static EVENT: std::sync::LazyLock<EventState> =
        std::sync::LazyLock::new(|| EventState { index: 0, meta: crate::emission::META });

    proptest! {
        /// In any stretch of time no more pass than the limit and what had been saved up; and what waits long enough passes.
        #[test]
        fn no_more_than_the_limit_passes(count in 1..20_u32, seconds in 1..4_u32, gaps in prop::collection::vec(0..2_000_u64, 1..200)) {
            let (buckets, limit) = (Buckets::default(), RateLimit { count, seconds, errors: false });
            let time = Duration::from_secs(u64::from(seconds));
            let (mut now, mut passed) = (Duration::from_secs(9), Vec::new());
            for gap in gaps {
                let waited = Duration::from_millis(gap);
                now += waited;
                if buckets.take(&EVENT, limit, now) {
                    passed.push(now);
                } else {
                    prop_assert!(waited < time / count);
                }
            }
            for (at, first) in passed.iter().enumerate() {
                let within = passed[at..].iter().filter(|later| **later < *first + time).count();
                prop_assert!(within <= 2 * count as usize);
            }
        }
    }
}
