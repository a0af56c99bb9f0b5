//! What becomes of the outbox that is read.

use event_core::{Str, events};

events!(
    /// The table that events are read from.
    #[domain(rename = "outbox", optional(action), require(docs))]
    pub enum OutboxDomain {}

    /// The outbox cannot be read or written now: it is locked, or the disk is full. The relay tries
    /// again. Emitted when the pause begins, not at each attempt.
    #[event(warning)]
    pub struct OutboxPaused<'a> {
        /// The target whose relay is affected.
        pub target: Str<'a>,
        /// What the database says.
        #[field(example = "database is locked")]
        pub reason: Str<'a>,
    }

    /// The outbox can be read and written again.
    #[event(info)]
    pub struct OutboxResumed<'a> {
        /// The target whose relay goes on.
        pub target: Str<'a>,
        /// How long it was paused.
        pub paused_for_ms: u64,
    }
);
