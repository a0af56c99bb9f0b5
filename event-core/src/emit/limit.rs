//! Rate limits: each emitter passes at most `count` events of a kind in any period of `seconds`.

use super::state::EventState;
use crate::model::meta::RateLimit;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The limits of one emitter. Only events that declare a limit are in it, so only they pay for the
/// lock.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// By the event's index.
    windows: Mutex<HashMap<usize, Window>>,
}

impl Limits {
    /// Whether the event may pass. If so, it is counted.
    pub(super) fn take(&self, event: &EventState, limit: RateLimit, now: Duration) -> bool {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.entry(event.index).or_default().take(limit, now)
    }
}

/// About how many entries a log has, plus or minus two. If the limit is higher, several events
/// share an entry.
const GRAINS: u32 = 64;

/// The log of the events that passed in the current period.
#[derive(Debug, Default)]
struct Window {
    /// Oldest first.
    passed: VecDeque<Grain>,
    /// The sum of the counts of all grains.
    count: u32,
    /// When the newest grain began.
    begun: Duration,
}

/// Events that passed at about the same time. All of them count until the latest is old enough, so
/// no event counts for too short a time.
#[derive(Debug)]
struct Grain {
    latest: Duration,
    count: u32,
}

impl Window {
    /// Lets an event pass, unless `limit.count` events passed in the period before it. A limit
    /// above [`GRAINS`] may leave out events for up to a 64th of the period too long.
    fn take(&mut self, limit: RateLimit, now: Duration) -> bool {
        let time = Duration::from_secs(u64::from(limit.seconds));
        let now = self.in_order(now, time);
        while let Some(oldest) =
            self.passed.front().filter(|oldest| now.saturating_sub(oldest.latest) >= time)
        {
            self.count -= oldest.count;
            self.passed.pop_front();
        }
        if self.count >= limit.count {
            return false;
        }
        self.count += 1;
        let grain = if limit.count > GRAINS { time / GRAINS } else { Duration::ZERO };
        match self.passed.back_mut() {
            Some(grown) if now.saturating_sub(self.begun) < grain => {
                grown.latest = now;
                grown.count += 1;
            }
            _ => {
                self.begun = now;
                self.passed.push_back(Grain { latest: now, count: 1 });
            }
        }
        true
    }

    /// Threads may arrive in another order than they read the clock. A clock that was set back by
    /// more than the period is accepted: otherwise events would be left out until it catches up.
    fn in_order(&mut self, now: Duration, time: Duration) -> Duration {
        let latest = self.passed.back().map_or(now, |grain| grain.latest);
        if latest.saturating_sub(now) > time {
            *self = Self::default();
            return now;
        }
        now.max(latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn limit(count: u32, seconds: u32) -> RateLimit {
        RateLimit::new(count, seconds)
    }

    /// How many of `times` are in the period that ends at `end`.
    fn within(times: &[Duration], end: Duration, stretch: Duration) -> usize {
        times.iter().filter(|time| **time <= end && end.saturating_sub(**time) < stretch).count()
    }

    #[test]
    fn a_hundred_in_a_second_are_a_hundred() {
        let mut window = Window::default();
        let take = |millis| window.take(limit(100, 1), Duration::from_millis(millis));
        assert_eq!((0..1_000).map(take).filter(|passes| *passes).count(), 100);
    }

    #[test]
    fn what_is_saved_up_passes_at_once_and_a_steady_rate_passes_whole() {
        let mut window = Window::default();
        assert!((0..1_000).all(|_| window.take(limit(1_000, 1), Duration::from_secs(9))));
        assert!(!window.take(limit(1_000, 1), Duration::from_secs(9)));
        // A hundred a second with a limit of a hundred, or as many as the log can tell apart.
        let (mut exact, mut coarse) = (Window::default(), Window::default());
        for tick in 0..1_000 {
            assert!(exact.take(limit(50, 1), Duration::from_millis(20) * tick));
            assert!(coarse.take(limit(100, 1), Duration::from_millis(11) * tick), "{tick}");
        }
    }

    #[test]
    fn a_clock_that_errs_does_not_hold_it_shut() {
        let mut window = Window::default();
        let wrong = Duration::from_secs(70 * 365 * 86_400);
        for now in
            [Duration::from_secs(1), wrong, Duration::from_secs(1), Duration::MAX, Duration::ZERO]
        {
            assert!(window.take(limit(1, 1), now), "{now:?}");
            assert!(!window.take(limit(1, 1), now), "{now:?}");
        }
    }

    proptest! {
        /// Compared with the list of all events that passed: never more than the limit in any
        /// period, and no event is left out without reason.
        #[test]
        fn no_more_than_the_limit_passes(
            count in prop_oneof![0..4_u32, 60..70_u32, 100..400_u32],
            seconds in 1..4_u32,
            gaps in prop::collection::vec(prop_oneof![Just(0), 0..2_000_u64, 0..20_000_000_u64, 0..2_000_000_000_u64], 1..800),
        ) {
            let time = Duration::from_secs(u64::from(seconds));
            let late = if count > GRAINS { time / GRAINS } else { Duration::ZERO };
            let (mut window, mut now, mut passed) = (Window::default(), Duration::from_secs(9), Vec::new());
            for gap in gaps {
                now += Duration::from_nanos(gap);
                if window.take(limit(count, seconds), now) {
                    passed.push(now);
                    prop_assert!(within(&passed, now, time) <= count as usize);
                } else {
                    prop_assert!(within(&passed, now, time + late) >= count as usize);
                }
                prop_assert!(window.passed.len() <= GRAINS as usize + 2);
            }
        }
    }
}
