//! How far a target is behind.

use super::cursor;
use crate::database::{Database, DatabaseError};
use crate::message::Seq;
use event_core::Timestamp;
use std::time::Duration;

/// How far a target is behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// The events behind the cursor.
    pub events: u64,
    /// The age of the oldest of them. `None` if its row has no time that can be read.
    pub age: Option<Duration>,
}

impl Lag {
    /// The events behind `low_seq`, in one snapshot with what the transaction has read before.
    pub(super) fn of(
        tx: &Database,
        low_seq: Seq,
        newest: Seq,
        now: Timestamp,
    ) -> Result<Self, DatabaseError> {
        let events = cursor::count(tx, low_seq, newest)?;
        let sql = "SELECT recorded_at FROM domain_events WHERE seq > ?1 ORDER BY seq LIMIT 1";
        let age = match tx.first(sql, &[low_seq.into()], |row| Ok(row.time(0)))? {
            None => Some(Duration::ZERO),
            Some(recorded_at) => recorded_at.map(|then| now.saturating_duration_since(then)),
        };
        Ok(Self { events, age })
    }

    /// Whether it is more than a limit. A limit that is not given is not exceeded.
    pub fn exceeds(&self, seconds: Option<u64>, events: Option<u64>) -> bool {
        let is_old = seconds.is_some_and(|most| match self.age {
            Some(age) => age > Duration::from_secs(most),
            // Something waits, and nothing says for how long.
            None => true,
        });
        is_old || events.is_some_and(|most| self.events > most)
    }
}

#[cfg(test)]
mod tests {
    use super::Lag;
    use std::time::Duration;

    #[test]
    fn a_limit_is_exceeded_above_it() {
        let lag = Lag { events: 3, age: Some(Duration::from_millis(2_001)) };
        assert!(lag.exceeds(Some(2), None) && !lag.exceeds(Some(3), None));
        assert!(lag.exceeds(None, Some(2)) && !lag.exceeds(None, Some(3)));
        assert!(!lag.exceeds(None, None));
        assert!(Lag { events: 1, age: None }.exceeds(Some(9), None));
    }
}
