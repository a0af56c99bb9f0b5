//! A time in which the relay leaves a target or an outbox alone, because it is not there.

use super::backoff;
use std::time::{Duration, Instant};

/// The longest pause that a target may ask for.
const LONGEST_WISH: Duration = Duration::from_secs(3_600);

/// Failures in a row, and the time until which no one tries again.
#[derive(Debug, Default)]
pub(super) struct Pause {
    failures: u32,
    until: Option<Instant>,
}

impl Pause {
    pub(super) fn is_on(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| now < until)
    }

    pub(super) const fn until(&self) -> Option<Instant> {
        self.until
    }

    /// Whether the last attempt failed.
    pub(super) const fn has_failed(&self) -> bool {
        self.failures > 0
    }

    /// An attempt failed. What was sent before the pause began, and fails in it, does not make it
    /// longer. Returns the length of a new pause.
    pub(super) fn fail(&mut self, retry_after: Option<Duration>, now: Instant) -> Option<Duration> {
        if self.is_on(now) {
            return None;
        }
        self.failures = self.failures.saturating_add(1);
        let wait = retry_after.map_or_else(
            || backoff::pause(self.failures),
            |wish| wish.clamp(backoff::FIRST, LONGEST_WISH),
        );
        self.until = Some(now + wait);
        Some(wait)
    }

    /// An attempt succeeded. Returns whether the one before had failed.
    pub(super) const fn succeed(&mut self) -> bool {
        let had_failed = self.has_failed();
        self.failures = 0;
        self.until = None;
        had_failed
    }
}

#[cfg(test)]
mod tests {
    use super::Pause;
    use std::time::{Duration, Instant};

    #[test]
    fn failures_within_a_pause_are_one() {
        let now = Instant::now();
        let mut pause = Pause::default();
        assert!(pause.fail(None, now).is_some());
        assert_eq!(pause.fail(None, now), None);
        assert!(pause.is_on(now) && !pause.is_on(now + Duration::from_secs(1)));
        assert!(pause.succeed() && !pause.succeed());
        assert!(!pause.is_on(now));
    }

    #[test]
    fn the_target_may_say_how_long() {
        let now = Instant::now();
        let mut pause = Pause::default();
        let minute = Duration::from_secs(60);
        assert_eq!(pause.fail(Some(minute), now), Some(minute));
        assert!(pause.is_on(now + minute / 2) && !pause.is_on(now + minute));
    }

    #[test]
    fn a_wish_is_neither_nothing_nor_for_ever() {
        let now = Instant::now();
        let wait = |wish| Pause::default().fail(Some(wish), now).unwrap();
        assert!(wait(Duration::ZERO) > Duration::ZERO, "it would be sent again and again");
        assert!(wait(Duration::MAX) < Duration::from_secs(86_400), "the time would overflow");
    }
}
