//! How records wait for the thread that writes them.

use super::Background;
use crate::sink::Sink;
use std::io;
use std::time::Duration;

/// What becomes of a record when the queue is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenFull {
    /// The thread that emits waits for room: nothing is lost, and a slow sink slows the program
    /// down. Only what another sink emits waits for a while and is then dropped and counted,
    /// because the two might wait for each other.
    #[default]
    Block,
    /// The new record is dropped, and counted.
    DropNewest,
    /// The record that has waited longest is dropped, and counted.
    DropOldest,
}

/// How a [`Background`] queues.
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

    /// How many records may wait, one at least; 8192 when this is not called. As many again may be
    /// in the hands of the thread that writes.
    pub const fn capacity(mut self, records: usize) -> Self {
        self.capacity = records;
        self
    }

    /// What becomes of a record when the queue is full; the emitting thread waits when this is not
    /// called.
    pub const fn when_full(mut self, when_full: WhenFull) -> Self {
        self.when_full = when_full;
        self
    }

    /// Wakes the thread that writes when so many records wait, or when the first has waited for
    /// `interval`; 1024 and 50 ms when this is not called. A record of its own would cost a wake-up
    /// each, which is more than all else that emitting costs.
    pub const fn batch(mut self, records: usize, interval: Duration) -> Self {
        (self.batch, self.interval) = (records, interval);
        self
    }

    /// Starts the thread that writes to `sink`.
    ///
    /// # Errors
    ///
    /// When there is no thread to be had.
    pub fn start(mut self, sink: impl Sink + 'static) -> io::Result<Background> {
        self.capacity = self.capacity.max(1);
        self.batch = self.batch.clamp(1, self.capacity);
        Background::start(&self, Box::new(sink))
    }
}
