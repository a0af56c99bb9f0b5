//! The event that says how many others were left out.

use crate::{Str, events};

events!(
    /// What the emitter says about itself.
    #[domain(owner = "event-core", require(docs))]
    pub enum Emission {
        /// To hand an event to the sinks.
        Event,
    }

    /// Statuses of emission.
    #[statuses]
    pub enum EmissionStatus {
        /// Left out, by decision.
        #[status(neutral)]
        Suppressed,
    }

    /// Of one kind of event some were left out since this was said last: by its sample rate or the
    /// tail sampler, or by its rate limit.
    #[event(info)]
    pub struct EmissionEventSuppressed<'a> {
        /// The name of what was left out.
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
