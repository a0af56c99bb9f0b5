//! What a worker has achieved, and when it is time to write it down.

use crate::message::Seq;
use crate::source::{Park, Progress};
use std::time::{Duration, Instant};

/// The longest time, the largest number of events and the most bytes of envelopes that are
/// published and not written down: a relay that is killed then sends them again. The file target
/// finds twice as many bytes again.
const LONGEST: Duration = Duration::from_millis(50);
const MOST: u64 = 1_000;
const MOST_BYTES: usize = 2 << 20;

/// What a worker has achieved since its last commit.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) progress: Progress,
    /// The place that is committed.
    committed: Seq,
    /// The bytes of the envelopes that are published.
    bytes: usize,
    since: Instant,
}

impl Pending {
    pub(super) fn new(committed: Seq, now: Instant) -> Self {
        Self { progress: Progress::default(), committed, bytes: 0, since: now }
    }

    /// The place that is committed.
    pub(super) const fn place(&self) -> Seq {
        self.committed
    }

    pub(super) fn settle(&mut self, settled: Seq) {
        self.progress.settled = Some(settled).filter(|settled| *settled > self.committed);
    }

    pub(super) fn park(&mut self, park: Park) {
        self.progress.park.push(park);
    }

    pub(super) fn release(&mut self, seq: Seq) {
        self.progress.release.push(seq);
    }

    pub(super) const fn published(&mut self, events: u64, bytes: usize) {
        self.progress.published += events;
        self.bytes += bytes;
    }

    /// Whether there is anything to write.
    pub(super) const fn is_some(&self) -> bool {
        let Progress { settled, park, release, published } = &self.progress;
        settled.is_some() || !park.is_empty() || !release.is_empty() || *published > 0
    }

    /// Whether it is time to write. `is_idle`: nothing is in flight, and nothing can be sent.
    pub(super) fn is_due(&self, is_idle: bool, now: Instant) -> bool {
        // What is parked decides whether the next event of its entity may be sent.
        let decides = !self.progress.park.is_empty() || !self.progress.release.is_empty();
        self.is_some()
            && (decides
                || is_idle
                || self.progress.published >= MOST
                || self.bytes >= MOST_BYTES
                || now.duration_since(self.since) >= LONGEST)
    }

    /// When it is time to write at the latest.
    pub(super) fn latest(&self) -> Option<Instant> {
        self.is_some().then(|| self.since + LONGEST)
    }

    /// It is written.
    pub(super) fn committed(&mut self, now: Instant) {
        if let Some(settled) = self.progress.settled {
            self.committed = settled;
        }
        self.progress = Progress::default();
        self.bytes = 0;
        self.since = now;
    }
}
