//! What becomes of a target as a whole.

use event_core::{Str, events};

events!(
    /// A place to which events are published.
    #[domain(rename = "target", optional(action), require(docs, entity))]
    pub enum TargetDomain {
        /// The events that wait for the target.
        Backlog,
    }

    /// How a backlog ends.
    #[statuses]
    enum TargetStatus {
        /// It is within its limit again.
        #[status(ok)]
        Recovered,
    }

    /// The target is unavailable. The relay waits, and sends the same events again. Emitted when
    /// the pause begins, not at each attempt.
    #[event(warning)]
    pub struct TargetPaused<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// What the target or the connection to it says.
        #[field(example = "connection refused")]
        pub reason: Str<'a>,
        /// How long the relay waits before the next attempt.
        pub wait_ms: u64,
    }

    /// The target accepts events again.
    #[event(info)]
    pub struct TargetResumed<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// How long it was paused.
        pub paused_for_ms: u64,
        /// The attempts that failed meanwhile.
        pub attempts: u32,
    }

    /// The oldest event that waits for the target is older than `max_lag`, or more events wait than
    /// `max_backlog`. Emitted when a limit is passed, not while it is exceeded, and not in the first
    /// seconds in which a relay serves the target.
    #[event(error)]
    pub struct TargetBacklogExceeded<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// The events behind the cursor.
        pub lag_events: u64,
        /// The age of the oldest of them.
        pub lag_seconds: u64,
        /// The configured limit of the age; `null` if there is none.
        pub max_lag_seconds: Option<u64>,
        /// The configured limit of the events; `null` if there is none.
        pub max_backlog: Option<u64>,
    }

    /// The backlog is within `max_lag` and `max_backlog` again.
    #[event(info)]
    pub struct TargetBacklogRecovered<'a> {
        /// The target.
        #[entity]
        pub target: Str<'a>,
        /// How long a limit was exceeded.
        pub exceeded_for_ms: u64,
    }
);
