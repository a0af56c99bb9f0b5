//! The event that reports how many other events were left out.

use crate::{Str, events};

events!(
    /// What the emitter reports about itself.
    #[domain(owner = "event-core", require(docs))]
    pub enum Emission {
        /// Deliver an event to the sinks.
        Event,
    }

    /// Statuses of emission.
    #[statuses]
    pub enum EmissionStatus {
        /// Left out, by decision.
        #[status(neutral)]
        Suppressed,
    }

    /// Some events of one kind were left out since the last report: by their sample rate, the tail
    /// sampler or their rate limit.
    #[event(info)]
    pub struct EmissionEventSuppressed<'a> {
        /// Name of the events that were left out.
        #[entity(event)]
        pub event_name: Str<'a>,
        /// How many were offered to the sinks.
        pub emitted: u64,
        /// How many its sample rate or the tail sampler left out.
        pub sampled_out: u64,
        /// How many its rate limit left out.
        pub limited: u64,
    }
);

#[cfg(test)]
pub(crate) const META: &crate::model::meta::EventMeta =
    <EmissionEventSuppressed<'_> as crate::Event>::META;
