//! Whether a worker goes on, and how it ends.

use std::time::{Duration, Instant};

/// Whether a worker goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Running,
    /// It ends when the events in the outbox are delivered, or at a time. `is_read`: nothing was
    /// left to read at the last time.
    Draining {
        until: Instant,
        is_read: bool,
    },
    /// It reads nothing more, and ends when every batch in flight is answered, or at a time.
    /// `late`: until then it waits for what may become visible before the events that were sent,
    /// because these would be sent again.
    Stopping {
        until: Instant,
        late: Instant,
    },
}

impl Phase {
    /// How long a stop waits for transactions that are open. Most end in milliseconds.
    const LATE: Duration = Duration::from_secs(1);

    /// Begins to stop.
    pub(super) fn stopping(until: Instant) -> Self {
        Self::Stopping { until, late: until.min(Instant::now() + Self::LATE) }
    }

    pub(super) const fn is_stopping(self) -> bool {
        matches!(self, Self::Stopping { .. })
    }

    /// When it ends at the latest.
    pub(super) const fn until(self) -> Option<Instant> {
        match self {
            Self::Running => None,
            Self::Draining { until, .. } | Self::Stopping { until, .. } => Some(until),
        }
    }
}
