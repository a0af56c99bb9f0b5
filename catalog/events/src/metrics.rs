//! Counters of a process.

use std::collections::BTreeMap;

use event_core::events;

events!(
    /// Counters of a process, for those who have no metrics system.
    #[domain(owner = "platform", optional(action))]
    pub enum Metrics {}

    /// How metrics may be reported.
    #[statuses]
    pub enum MetricsStatus {
        /// All at once.
        #[status(neutral)]
        Summary,
    }

    /// The values of the process' counters.
    #[event(info)]
    pub struct MetricsSummary {
        /// Counts since the process started, by name.
        pub metrics: BTreeMap<String, u64>,
    }
);
