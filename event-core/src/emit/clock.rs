//! Clocks: the real clock, and clocks for tests.

use crate::value::time::Timestamp;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The clock of an emitter. A closure that returns a [`Timestamp`] is a clock.
pub trait Clock: Send + Sync {
    /// The time of day, for records.
    fn now(&self) -> Timestamp;

    /// Time since a fixed moment, which never goes backward: for durations and rate limits.
    fn monotonic(&self) -> Duration {
        Duration::from_micros(self.now().as_micros().max(0).cast_unsigned())
    }
}

impl<F: Fn() -> Timestamp + Send + Sync> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}

/// Time since the process first called this function.
pub(crate) fn monotonic() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
