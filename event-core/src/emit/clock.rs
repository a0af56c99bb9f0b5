//! Clocks: the real one, and ones for tests.

use crate::value::time::Timestamp;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What tells an emitter the time. A closure that gives a [`Timestamp`] is one.
pub trait Clock: Send + Sync {
    /// The time of day, for records.
    fn now(&self) -> Timestamp;

    /// Time that only goes forward, since any fixed moment: for how long something took, and for
    /// rate limits.
    fn monotonic(&self) -> Duration {
        Duration::from_micros(self.now().as_micros().max(0).cast_unsigned())
    }
}

impl<F: Fn() -> Timestamp + Send + Sync> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}

/// Since the process asked first.
pub(crate) fn monotonic() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
