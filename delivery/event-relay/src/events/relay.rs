//! The life of the relay.

use event_core::{Str, events};

events!(
    /// The process that publishes.
    #[domain(rename = "relay", optional(action), require(docs))]
    pub enum RelayDomain {}

    /// How a relay ends, beside the standard statuses.
    #[statuses]
    enum RelayStatus {
        /// It ended at once.
        #[status(fault)]
        Interrupted,
    }

    /// Why a relay stopped.
    #[value(rename_all = "snake_case")]
    pub enum StopCause {
        /// A signal asked it to: `SIGTERM` or `SIGINT`.
        Signal,
        /// The program that embeds it asked it to.
        Request,
        /// It was asked to publish what waits, and nothing waits any more.
        Drained,
        /// No target could be served any more, or the command could not run: the address of the
        /// metrics is taken, or the database cannot be read.
        Failed,
        /// A cause of a newer relay.
        #[value(other)]
        Other,
    }

    /// The relay begins to publish.
    #[event(info)]
    pub struct RelayStarted<'a> {
        /// The version of event-relay.
        #[field(example = "0.1.0")]
        pub relay_version: Str<'a>,
        /// The file of the database, or its URL without a password.
        #[field(example = "shop.db")]
        pub database: Str<'a>,
        /// The file of the lock; `null` if events are sent unchecked.
        #[field(example = "events.lock")]
        pub lock: Option<Str<'a>>,
        /// The names of the targets.
        pub targets: Vec<Str<'a>>,
    }

    /// The relay stopped: what was acknowledged is behind the cursors. An error if it stopped
    /// because it failed.
    #[event(level = match cause { Failed => error, Signal | Request | Drained | Other => info })]
    pub struct RelayStopped {
        /// Why.
        pub cause: StopCause,
        /// The events that were delivered, over all targets, also those that are no longer served.
        pub published: u64,
        /// The events in flight that had no answer when the time to wait was over. They are sent
        /// again at the next start, so a target may receive them twice.
        pub unanswered: u64,
        /// How long it ran.
        pub ran_for_ms: u64,
    }

    /// A second signal ended the relay at once. Its cursors are not written and its leases not
    /// released: the next start sends again what was in flight, and a relay of another name waits
    /// until the leases have ended.
    #[event(warning)]
    pub struct RelayInterrupted {
        /// How long it ran.
        pub ran_for_ms: u64,
    }

    /// The relay cannot go on; a person must do something.
    #[event(critical)]
    pub struct RelayFailed<'a> {
        /// What is wrong, and what to do.
        #[field(example = "the outbox has migration 3, this relay knows 1: update event-relay")]
        pub reason: Str<'a>,
        /// The target that it concerns; `null` if all.
        #[field(example = "billing")]
        pub target: Option<Str<'a>>,
        /// How long it ran.
        pub ran_for_ms: u64,
    }
);
