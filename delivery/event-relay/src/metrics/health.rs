//! Whether the relay does its work.

use super::Metrics;
use event_core::Timestamp;
use std::fmt::Write;
use std::sync::PoisonError;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// How much may wait for a target. `None`: any number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BacklogLimits {
    /// The age of the oldest event that waits.
    pub max_lag: Option<Duration>,
    /// The number of events that wait.
    pub max_backlog: Option<u64>,
}

impl BacklogLimits {
    /// Whether the oldest of so many events is too old, or there are too many.
    pub(crate) fn are_exceeded(self, lag: Duration, events: u64) -> bool {
        self.is_too_late(lag) || self.is_too_much(events)
    }

    fn is_too_late(self, lag: Duration) -> bool {
        self.max_lag.is_some_and(|max_lag| lag > max_lag)
    }

    fn is_too_much(self, events: u64) -> bool {
        self.max_backlog.is_some_and(|max_backlog| events > max_backlog)
    }
}

impl Metrics {
    /// Whether the relay does its work at `now`.
    ///
    /// # Errors
    ///
    /// A line for what is fatal, and for each target whose events that wait exceed a limit. A target
    /// that another relay serves exceeds none.
    pub fn health(&self, limits: BacklogLimits, now: Timestamp) -> Result<(), String> {
        let mut lines = String::new();
        if let Some(reason) = &*self.fatal.lock().unwrap_or_else(PoisonError::into_inner) {
            // One line, whatever the reason holds.
            let reason = event_grammar::harmless(reason, 1_000);
            let _ = writeln!(lines, "fatal: {reason}");
        }
        for (name, target) in self.all() {
            let lag = target.lag(now);
            if limits.is_too_late(lag) {
                let _ = writeln!(lines, "{name}: {} s behind", lag.as_secs());
            }
            let events = target.lag_events.load(Relaxed);
            if limits.is_too_much(events) {
                let _ = writeln!(lines, "{name}: {events} events behind");
            }
        }
        if lines.is_empty() { Ok(()) } else { Err(lines) }
    }
}
