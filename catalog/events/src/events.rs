//! Events about events.

use event_core::events;
use serde_json::Value;

events!(
    /// Events about events.
    #[domain(owner = "platform", optional(action))]
    pub enum Events {}

    /// How events may be sent on.
    #[statuses]
    pub enum EventsStatus {
        /// Several in one.
        #[status(neutral)]
        Batch,
    }

    /// Events that were held back and sent on together, to save round trips.
    #[event(info)]
    pub struct EventsBatch {
        /// How many there are.
        #[field(unit = "events")]
        pub event_count: u64,
        /// The events, each as it was written: any of this catalog, so the type cannot say which.
        pub events: Vec<Value>,
    }
);
