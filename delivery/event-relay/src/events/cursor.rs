//! Moves of a cursor by others than its relay.

use super::Decision;
use event_core::{Str, events};

events!(
    /// How far a target is.
    #[domain(rename = "cursor", optional(action), require(docs, entity))]
    pub enum CursorDomain {
        /// The right to serve a target, which one relay has at a time.
        Lease,
    }

    /// What becomes of a cursor, beside the standard statuses.
    #[statuses]
    enum CursorStatus {
        /// A person moved it.
        #[status(neutral)]
        Rewound,
        /// Another relay has it, and this one waits for it.
        #[status(neutral)]
        Awaited,
        /// This relay has it now.
        #[status(ok)]
        Acquired,
    }

    /// Another program moved the cursor while the relay ran: a `rewind`. The relay goes on from the
    /// new place.
    #[event(info)]
    pub struct CursorChanged<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// The place where the relay was.
        pub before_seq: i64,
        /// The place where it goes on.
        pub after_seq: i64,
    }

    /// Another relay has the lease of the cursor. This one is in standby: it reads nothing, and
    /// sends nothing.
    #[event(info)]
    pub struct CursorLeaseAwaited<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// The relay that has it.
        #[field(example = "shop-2:/etc/event-relay.toml")]
        pub relay: Str<'a>,
    }

    /// This relay stood by, and serves the target from now on: the other one has stopped, or has
    /// not renewed its lease.
    #[event(info)]
    pub struct CursorLeaseAcquired<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// The place where it goes on.
        pub low_seq: i64,
        /// How often the cursor was moved by hand or went to another relay.
        pub fence: i64,
        /// The relay that had it.
        #[field(example = "shop-2:/etc/event-relay.toml")]
        pub before: Str<'a>,
        /// How long this relay stood by.
        pub waited_for_ms: u64,
    }

    /// Audit: a person moved the cursor (`rewind`). The events behind it are sent again.
    #[event(warning)]
    pub struct CursorRewound<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// The place where it was.
        pub before_seq: i64,
        /// The place where it is.
        pub after_seq: i64,
        /// The events that are sent again. 0 if it was moved forward: what was passed is not sent.
        pub events: u64,
        /// The person who decided, and why.
        #[group]
        pub by: Decision<'a>,
    }
);
