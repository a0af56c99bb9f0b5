//! What the engine counts of one target.

use super::histogram::Histogram;
use super::names::ByName;
use crate::source::{Backlog, ParkedState};
use event_core::Timestamp;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// No point in time.
const NEVER: i64 = i64::MIN;

/// What the engine counts of one target. Every method can be called from every thread, and none
/// waits for a reader.
#[derive(Debug)]
pub struct TargetMetrics {
    pub(super) published: ByName,
    pub(super) duplicates: AtomicU64,
    pub(super) rejected: AtomicU64,
    pub(super) unavailable: AtomicU64,
    pub(super) contract_violations: AtomicU64,
    pub(super) parked: [AtomicU64; ParkedState::ALL.len()],
    pub(super) in_flight: AtomicU64,
    pub(super) lag_events: AtomicU64,
    pub(super) gaps: AtomicU64,
    /// In microseconds.
    pub(super) oldest_gap: AtomicI64,
    /// In microseconds since 1970, as the next one.
    oldest: AtomicI64,
    last_success: AtomicI64,
    pub(super) paused: AtomicBool,
    pub(super) cursor: AtomicI64,
    pub(super) lease_held: AtomicBool,
    pub(super) lease_fence: AtomicI64,
    pub(super) publish: Histogram,
}

impl Default for TargetMetrics {
    fn default() -> Self {
        Self {
            published: ByName::default(),
            duplicates: AtomicU64::new(0),
            rejected: AtomicU64::new(0),
            unavailable: AtomicU64::new(0),
            contract_violations: AtomicU64::new(0),
            parked: Default::default(),
            in_flight: AtomicU64::new(0),
            lag_events: AtomicU64::new(0),
            gaps: AtomicU64::new(0),
            oldest_gap: AtomicI64::new(0),
            oldest: AtomicI64::new(NEVER),
            last_success: AtomicI64::new(NEVER),
            paused: AtomicBool::new(false),
            cursor: AtomicI64::new(0),
            lease_held: AtomicBool::new(false),
            lease_fence: AtomicI64::new(0),
            publish: Histogram::default(),
        }
    }
}

impl TargetMetrics {
    /// Counts events of a name that the target has, and that it took them at `now`.
    pub fn published(&self, event_type: &str, events: u64, now: Timestamp) {
        self.published.add(event_type, events);
        self.last_success.fetch_max(now.as_micros(), Relaxed);
    }

    /// Counts events that the target says it had already. They are published too.
    pub fn duplicates(&self, events: u64) {
        self.duplicates.fetch_add(events, Relaxed);
    }

    /// Counts an event that the target refused.
    pub fn rejected(&self) {
        self.rejected.fetch_add(1, Relaxed);
    }

    /// Counts an attempt that failed because of the target or the connection to it.
    pub fn unavailable(&self) {
        self.unavailable.fetch_add(1, Relaxed);
    }

    /// Counts an event that is not sent because of the contract.
    pub fn contract_violation(&self) {
        self.contract_violations.fetch_add(1, Relaxed);
    }

    /// Counts the time from sending a batch to its answer, whatever the answer.
    pub fn answered_after(&self, duration: Duration) {
        self.publish.observe(duration);
    }

    /// Sets how many events have no answer yet.
    pub fn set_in_flight(&self, events: u64) {
        self.in_flight.store(events, Relaxed);
    }

    /// Sets the cursor, and how much waits behind it and is parked. The lag in seconds grows by
    /// itself until the next call.
    pub fn set_backlog(&self, backlog: &Backlog) {
        self.cursor.store(backlog.low, Relaxed);
        self.lag_events.store(backlog.events, Relaxed);
        self.gaps.store(backlog.gaps, Relaxed);
        let oldest_gap = backlog.oldest_gap.unwrap_or_default().as_micros();
        self.oldest_gap.store(i64::try_from(oldest_gap).unwrap_or(i64::MAX), Relaxed);
        self.oldest.store(backlog.oldest.map_or(NEVER, Timestamp::as_micros), Relaxed);
        for (state, parked) in ParkedState::ALL.iter().zip(&self.parked) {
            parked.store(backlog.parked.get(state).copied().unwrap_or(0), Relaxed);
        }
    }

    /// Sets whether the relay waits because the target is unavailable.
    pub fn set_paused(&self, paused: bool) {
        self.paused.store(paused, Relaxed);
    }

    /// Sets whether this relay serves the target, by the fence of its cursor.
    pub fn set_lease(&self, fence: Option<i64>) {
        self.lease_held.store(fence.is_some(), Relaxed);
        if let Some(fence) = fence {
            self.lease_fence.store(fence, Relaxed);
        }
    }

    /// How many events the target has accepted.
    pub(crate) fn delivered(&self) -> u64 {
        let mut delivered = 0;
        self.published.each(|_, events| delivered += events);
        delivered
    }

    /// How old the oldest event behind the cursor is at `now`. Zero if there is none, or if the
    /// clock has stepped back behind it.
    pub fn lag(&self, now: Timestamp) -> Duration {
        match self.oldest.load(Relaxed) {
            NEVER => Duration::ZERO,
            oldest => now.saturating_duration_since(Timestamp::from_micros(oldest)),
        }
    }

    /// When the target last took an event.
    pub(super) fn last_success(&self) -> Option<Timestamp> {
        let micros = self.last_success.load(Relaxed);
        (micros != NEVER).then(|| Timestamp::from_micros(micros))
    }
}
