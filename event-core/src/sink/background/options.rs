//! Options for the queue of a [`Background`].

use super::Background;
use crate::sink::Sink;
use std::io;
use std::time::Duration;

/// What happens to a record when the queue is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenFull {
    /// The emitting thread waits for room. No record is lost, but a slow sink slows the program
    /// down. An event that another sink emits waits only for a limited time, and is then dropped
    /// and counted, because the two sinks might wait for each other.
    #[default]
    Block,
    /// The new record is dropped, and counted.
    DropNewest,
    /// The oldest waiting record is dropped, and counted.
    DropOldest,
}

/// Options for a [`Background`].
#[derive(Clone, Debug)]
#[must_use = "nothing is queued until it is started"]
pub struct BackgroundOptions {
    pub(super) capacity: usize,
    pub(super) when_full: WhenFull,
    pub(super) batch: usize,
    pub(super) interval: Duration,
}

impl BackgroundOptions {
    pub(super) const fn new() -> Self {
        Self {
            capacity: 8_192,
            when_full: WhenFull::Block,
            batch: 1_024,
            interval: Duration::from_millis(50),
        }
    }

    /// Sets how many records may wait, at least one. The default is 8192. The writing thread may
    /// hold as many again.
    pub const fn capacity(mut self, records: usize) -> Self {
        self.capacity = records;
        self
    }

    /// Sets what happens to a record when the queue is full. By default the emitting thread waits.
    pub const fn when_full(mut self, when_full: WhenFull) -> Self {
        self.when_full = when_full;
        self
    }

    /// Wakes the writing thread when `records` records wait, or when the first has waited for
    /// `interval`. The default is 1024 records and 50 ms. Waking the thread for each record would
    /// cost more than everything else in an emission.
    pub const fn batch(mut self, records: usize, interval: Duration) -> Self {
        (self.batch, self.interval) = (records, interval);
        self
    }

    /// Starts the thread, which writes to `sink`.
    ///
    /// # Errors
    ///
    /// Returns an error if the thread cannot be spawned.
    pub fn start(mut self, sink: impl Sink + 'static) -> io::Result<Background> {
        self.capacity = self.capacity.max(1);
        self.batch = self.batch.clamp(1, self.capacity);
        Background::start(&self, Box::new(sink))
    }
}
