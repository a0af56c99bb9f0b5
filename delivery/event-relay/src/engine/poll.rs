//! How often an outbox without new events is read.

use std::time::{Duration, Instant};

const SHORTEST: Duration = Duration::from_millis(2);
const LONGEST: Duration = Duration::from_millis(250);

/// The time of the next read: soon after events were found, and less and less often after none
/// were. An idle relay reads four times a second.
#[derive(Debug)]
pub(super) struct Poll {
    wait: Duration,
    next: Instant,
}

impl Poll {
    pub(super) fn new(now: Instant) -> Self {
        Self { wait: SHORTEST, next: now }
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        now >= self.next
    }

    pub(super) const fn next(&self) -> Instant {
        self.next
    }

    /// The outbox was read, and had events or none.
    pub(super) fn has_read(&mut self, had_events: bool, now: Instant) {
        if had_events {
            self.wait = SHORTEST;
            self.next = now;
        } else {
            self.next = now + self.wait;
            self.wait = (self.wait * 2).min(LONGEST);
        }
    }

    /// Something was committed: read at once.
    pub(super) fn wake(&mut self, now: Instant) {
        self.wait = SHORTEST;
        self.next = now;
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Poll, SHORTEST};
    use std::time::{Duration, Instant};

    #[test]
    fn an_idle_outbox_is_read_less_often() {
        let mut now = Instant::now();
        let mut poll = Poll::new(now);
        let mut waits = Vec::new();
        for _ in 0..10 {
            assert!(poll.is_due(now));
            poll.has_read(false, now);
            waits.push(poll.next() - now);
            now = poll.next();
        }
        assert_eq!((waits[0], waits[1], waits[9]), (SHORTEST, SHORTEST * 2, LONGEST));
        poll.wake(now);
        assert!(poll.is_due(now));
        poll.has_read(true, now);
        assert!(poll.is_due(now), "there may be more");
        poll.has_read(false, now);
        assert_eq!(poll.next() - now, Duration::from_millis(2));
    }
}
