//! Where the relay publishes events.

mod batch;
mod cloud_event;
pub mod file;
pub mod http;
#[cfg(feature = "kafka")]
pub mod kafka;
mod lines;
#[cfg(feature = "nats")]
pub mod nats;
pub mod stdout;
mod workers;

pub use batch::Batch;
pub use workers::{BlockingTarget, Workers};

use std::time::Duration;

/// A place to which the relay publishes. It never loses order by itself: the relay has at most one
/// batch with events of an entity in flight, and the events of a batch are in order.
pub trait Target: Send {
    /// How much the relay may have in flight.
    fn limits(&self) -> Limits;

    /// Starts to publish a batch, and returns without waiting for the outcome. Batches may be
    /// answered in any order, from any thread.
    fn publish(&mut self, batch: Batch);
}

/// How much the relay may have in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The batches in flight. At least 1.
    pub in_flight: usize,
    /// The events of a batch. At least 1.
    pub events: usize,
    /// The bytes of a batch's envelopes. One event may be larger: it is then a batch of its own.
    pub bytes: usize,
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The target has every event of the batch, durably.
    Delivered {
        /// How many of the events the target had already.
        duplicates: usize,
    },
    /// The target refuses the batch because of an event in it. It has none of them. If the batch
    /// has several events, the relay sends each by itself, to find the one.
    Rejected {
        /// What the target says, without any part of the event.
        reason: String,
    },
    /// The batch was not sent, because an event in it cannot be sent to this target as it is
    /// configured: it is too large, or is no envelope. To try again would change nothing, so the
    /// event is dead at once. If the batch has several events, the relay sends each by itself, to
    /// find the one.
    Unsendable {
        /// What is wrong with the event, without any part of it, and what to do.
        reason: String,
    },
    /// The target is not there, is overloaded, or its answer was lost. The relay waits, and sends
    /// the batch again. No event is to blame.
    Unavailable {
        /// What went wrong.
        reason: String,
        /// How long the target asks to be left alone: between 50 ms and an hour, whatever it says.
        retry_after: Option<Duration>,
    },
}

/// What to do about an event that is larger than a limit.
fn raise(limit: &str) -> String {
    format!(
        "\nhelp: raise {limit}, and send the event again by `event-relay dead requeue`; or give it \
         up by `event-relay dead skip`"
    )
}

/// The limit of a target's configuration.
const MAX_EVENT_BYTES: &str = "`max_event_bytes` of the target";
