//! What becomes of single events, and what operators do to several.

use super::Decision;
use crate::source::ParkedState;
use event_core::{Str, events};

events!(
    /// An event of the outbox.
    #[domain(rename = "event", optional(action), require(docs))]
    pub enum EventDomain {
        /// Sending a version that the lock retired.
        Retired,
    }

    /// What becomes of an event, beside the standard statuses.
    #[statuses]
    enum EventStatus {
        /// It is set aside, and the cursor passes it.
        #[status(fault)]
        Parked,
        /// It is sent again.
        #[status(neutral)]
        Requeued,
        /// It was delivered before, and is sent again.
        #[status(neutral)]
        Replayed,
        /// It is deleted.
        #[status(neutral)]
        Purged,
    }

    /// Why an event is parked.
    #[value(rename_all = "snake_case")]
    pub enum Parking {
        /// The target rejected it. It is sent again later.
        Retry,
        /// It is not valid, or its version is unknown. It is judged again when the lock changes.
        Contract,
        /// An earlier event of its entity is parked.
        Behind,
        /// It is not sent again unless a person asks for it.
        Dead,
        /// A state of a newer relay.
        #[value(other)]
        Other,
    }

    /// An event was parked, or its state changed. What waits behind it is parked with it.
    #[event(level = match state { Dead | Contract => error, Retry => warning, Behind | Other => debug })]
    pub struct EventParked<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// Its place in the outbox.
        pub seq: i64,
        /// Its name, with dots.
        #[field(example = "payment.process.failed")]
        pub event_type: Str<'a>,
        /// The version of its declaration.
        pub event_version: u32,
        /// Why it is parked.
        pub state: Parking,
        /// How often the target has rejected it.
        pub attempts: u32,
        /// What the target or the contract says, without any part of the event.
        #[field(example = "the target answered 422")]
        pub reason: Str<'a>,
    }

    /// An event whose version is retired was sent, because `retired = "send"` is configured. Some
    /// producer is older than the lock.
    #[event(warning, limit = "60/h")]
    pub struct EventRetiredSent<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// Its place in the outbox.
        pub seq: i64,
        /// Its name, with dots.
        #[field(example = "payment.process.failed")]
        pub event_type: Str<'a>,
        /// The version of its declaration.
        pub event_version: u32,
    }

    /// Audit: parked events are sent again (`dead requeue`).
    #[event(info)]
    pub struct EventRequeued<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// How many.
        pub events: u64,
        /// The place of the first; `null` if there is none.
        pub from_seq: Option<i64>,
        /// The place of the last; `null` if there is none.
        pub to_seq: Option<i64>,
        /// The person who decided, and why.
        #[group]
        pub by: Decision<'a>,
    }

    /// Audit: parked events are given up, and what waits behind them is sent (`dead skip`).
    #[event(warning)]
    pub struct EventSkipped<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// How many are given up.
        pub events: u64,
        /// The place of the first; `null` if there is none.
        pub from_seq: Option<i64>,
        /// The place of the last; `null` if there is none.
        pub to_seq: Option<i64>,
        /// How many waited behind them, and are sent now.
        pub released: u64,
        /// The person who decided, and why.
        #[group]
        pub by: Decision<'a>,
    }

    /// Audit: delivered events that match a filter are sent again, without moving the cursor
    /// (`replay`).
    #[event(info)]
    pub struct EventReplayed<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// How many.
        pub events: u64,
        /// The place of the first; `null` if none matches.
        pub from_seq: Option<i64>,
        /// The place of the last; `null` if none matches.
        pub to_seq: Option<i64>,
        /// The person who decided, and why.
        #[group]
        pub by: Decision<'a>,
    }

    /// Audit: events that are older than their retention were deleted (`purge`).
    #[event(info)]
    pub struct EventPurged<'a> {
        /// How many.
        pub events: u64,
        /// The place of the last; `null` if there is none.
        pub to_seq: Option<i64>,
        /// The targets whose cursors were abandoned, so that they did not hold the events.
        pub abandoned_targets: Vec<Str<'a>>,
        /// The person who decided, and why.
        #[group]
        pub by: Decision<'a>,
    }
);

impl From<ParkedState> for Parking {
    fn from(state: ParkedState) -> Self {
        match state {
            ParkedState::Retry => Self::Retry,
            ParkedState::Contract => Self::Contract,
            ParkedState::Behind => Self::Behind,
            ParkedState::Dead => Self::Dead,
        }
    }
}
