//! What the relay counts, for Prometheus and for a health check.
//!
//! The engine writes a [`TargetMetrics`] for each target; [`Metrics::render`] writes them all as
//! text, and [`MetricsServer`] serves the text. No payload, no id and no secret is in it.
//!
//! | metric | type | labels beside `target` | meaning |
//! | --- | --- | --- | --- |
//! | `event_relay_published_total` | counter | `event_type` | events that the target has |
//! | `event_relay_duplicates_total` | counter | | events that the target says it had already |
//! | `event_relay_rejected_total` | counter | | attempts that the target refused |
//! | `event_relay_unavailable_total` | counter | | attempts that failed for another reason |
//! | `event_relay_contract_violations_total` | counter | | events that the contract stopped |
//! | `event_relay_parked` | gauge | `state` | events that are parked |
//! | `event_relay_in_flight` | gauge | | events without an answer yet |
//! | `event_relay_lag_events` | gauge | | events behind the cursor |
//! | `event_relay_lag_seconds` | gauge | | age of the oldest of them; 0 if there is none |
//! | `event_relay_open_gaps` | gauge | | gaps that the cursor cannot pass; SQLite has none |
//! | `event_relay_oldest_gap_seconds` | gauge | | age of the oldest of them; 0 if there is none |
//! | `event_relay_paused` | gauge | | 1 while the relay waits because the target is unavailable |
//! | `event_relay_lease_held` | gauge | | 1 while this relay serves the target, 0 while another does |
//! | `event_relay_lease_fence` | gauge | | rises when the target goes to another relay |
//! | `event_relay_cursor_seq` | gauge | | place of the cursor |
//! | `event_relay_last_success_timestamp_seconds` | gauge | | when the target last took an event |
//! | `event_relay_publish_seconds` | histogram | | time from sending a batch to its answer |

mod health;
mod histogram;
mod names;
mod render;
mod server;
mod target;

pub use health::BacklogLimits;
pub use server::{ListenError, MetricsServer};
pub use target::TargetMetrics;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What a relay counts. One for each relay; its targets and its server share it.
#[derive(Debug, Default)]
pub struct Metrics {
    targets: Mutex<BTreeMap<String, Arc<TargetMetrics>>>,
    fatal: Mutex<Option<String>>,
}

impl Metrics {
    /// Metrics without a target.
    pub fn new() -> Self {
        Self::default()
    }

    /// The metrics of a target. They begin with the first call for it; keep them, rather than ask
    /// for each event.
    pub fn target(&self, name: &str) -> Arc<TargetMetrics> {
        let mut targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(target) = targets.get(name) {
            return Arc::clone(target);
        }
        Arc::clone(targets.entry(name.to_owned()).or_default())
    }

    /// Reports that the relay cannot go on: `/healthz` fails with this reason from now on. The
    /// reason must hold no secret and nothing of an event.
    pub fn fail(&self, reason: impl Into<String>) {
        let mut fatal = self.fatal.lock().unwrap_or_else(PoisonError::into_inner);
        fatal.get_or_insert(reason.into());
    }

    /// All targets, by name.
    fn all(&self) -> Vec<(String, Arc<TargetMetrics>)> {
        let targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        targets.iter().map(|(name, target)| (name.clone(), Arc::clone(target))).collect()
    }
}
