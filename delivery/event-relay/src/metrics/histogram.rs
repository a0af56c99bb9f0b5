//! Durations, counted in fixed buckets.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// The upper bounds of the buckets, as Prometheus writes them, and in microseconds. From a file on
/// a fast disk to a receiver that is about to time out.
pub(super) const BOUNDS: [(&str, u64); 14] = [
    ("0.0005", 500),
    ("0.001", 1_000),
    ("0.0025", 2_500),
    ("0.005", 5_000),
    ("0.01", 10_000),
    ("0.025", 25_000),
    ("0.05", 50_000),
    ("0.1", 100_000),
    ("0.25", 250_000),
    ("0.5", 500_000),
    ("1", 1_000_000),
    ("2.5", 2_500_000),
    ("10", 10_000_000),
    ("30", 30_000_000),
];

/// Durations, counted in the buckets of [`BOUNDS`] and one for what is longer.
#[derive(Debug, Default)]
pub(super) struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl Histogram {
    pub(super) fn observe(&self, duration: Duration) {
        let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let at = BOUNDS.iter().position(|(_, bound)| micros <= *bound).unwrap_or(BOUNDS.len());
        self.buckets[at].fetch_add(1, Relaxed);
        self.micros.fetch_add(micros, Relaxed);
    }

    /// How many durations are within each bound, and how many there are: the last is the count, so
    /// that a scrape between two writes never shows a bucket that is larger than the count.
    pub(super) fn cumulated(&self) -> [u64; BOUNDS.len() + 1] {
        let mut sum = 0;
        std::array::from_fn(|at| {
            sum += self.buckets[at].load(Relaxed);
            sum
        })
    }

    /// The sum of the durations, in microseconds.
    pub(super) fn micros(&self) -> u64 {
        self.micros.load(Relaxed)
    }
}
