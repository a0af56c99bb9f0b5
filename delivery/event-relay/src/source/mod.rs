//! Where the relay reads events, and remembers how far it is.

mod gap_reader;
mod gaps;
#[cfg(test)]
mod gaps_model;
mod held;
mod holder;
mod lease;
mod outbox;
#[cfg(all(test, feature = "postgres"))]
mod read_plan;
mod reader;
mod row;
#[cfg(test)]
mod shared_database;
mod start_check;

pub use holder::{Holder, Lease, LeaseState};
pub use outbox::OutboxSource;

pub(crate) use holder::name_on_this_host;
pub(crate) use lease::state as lease_state;

use crate::message::{Message, Seq};
use event_core::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The outbox, as the relay of one target reads it.
pub trait EventSource: Send {
    /// Takes the lease of the cursor, reads the cursor again, and continues behind it. If another
    /// relay has the lease, it changes nothing. Called at the start, after the cursor was moved by
    /// another program, which [`EventSource::commit`], [`EventSource::renew`] and
    /// [`EventSource::backlog`] say, and from time to time while another relay has the lease.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be read or written, or its sequence is behind the cursor: it was
    /// restored or replaced, and new events would be taken for old ones.
    fn rewind(&mut self, now: Timestamp) -> Result<Claim, SourceError>;

    /// Keeps the lease, as each [`EventSource::commit`] does. Returns `false`, and writes nothing,
    /// if another program has moved the cursor or another relay has the lease.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be written.
    fn renew(&mut self) -> Result<bool, SourceError>;

    /// Ends the lease, so that another relay goes on at once.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be written. The lease then ends by itself.
    fn release(&mut self) -> Result<(), SourceError>;

    /// The next events, oldest first: at most `events` of them, and not many more than `bytes` of
    /// envelopes. Each call goes on behind the last event of the call before.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be read.
    fn read(&mut self, events: usize, bytes: usize) -> Result<Vec<Read>, SourceError>;

    /// The events that have become visible before the last one that was read. [`EventSource::read`]
    /// returns them too; a relay that stops reads only these.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be read.
    fn read_late(&mut self, bytes: usize) -> Result<Vec<Read>, SourceError> {
        let _ = bytes;
        Ok(Vec::new())
    }

    /// How far the cursor may go, if all events that were read, up to `settled`, are delivered or
    /// parked: not past a place whose event may still become visible.
    fn limit(&mut self, settled: Seq) -> Seq {
        settled
    }

    /// The parked events that are to be sent again now: the first of each entity only, at most
    /// `events`, and not many more than `bytes` of envelopes.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be read.
    fn due(
        &mut self,
        now: Timestamp,
        events: usize,
        bytes: usize,
    ) -> Result<Vec<Read>, SourceError>;

    /// Writes progress, in one transaction, and keeps the lease. Returns `false`, and writes nothing,
    /// if the cursor was moved by another program or went to another relay since
    /// [`EventSource::rewind`].
    ///
    /// # Errors
    ///
    /// If the outbox cannot be written. Nothing is written then.
    fn commit(&mut self, progress: &Progress, now: Timestamp) -> Result<bool, SourceError>;

    /// Lets every event that waits for a contract be judged again. Returns how many.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be written.
    fn retry_contract(&mut self, now: Timestamp) -> Result<usize, SourceError>;

    /// Repairs what other programs have left: events that wait behind none, and parked events that
    /// are no longer in the outbox. Says that this target is served.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be written.
    fn tidy(&mut self, now: Timestamp) -> Result<(), SourceError>;

    /// How much waits.
    ///
    /// # Errors
    ///
    /// If the outbox cannot be read, or its sequence is behind the cursor.
    fn backlog(&mut self) -> Result<Backlog, SourceError>;
}

/// What a relay gets that asks for a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It has the lease.
    Granted {
        /// The place of the cursor.
        low: Seq,
        /// How often the cursor was moved by hand or went to another relay. Only who knows the
        /// present number can write the cursor.
        fence: i64,
    },
    /// Another relay has the lease.
    Refused(Holder),
}

/// An event that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The event.
    pub message: Arc<Message>,
    /// How often the target has rejected it.
    pub attempts: u32,
    /// Whether it is parked. If it is behind the cursor, the cursor only has to pass it: a relay
    /// was killed after it was parked and before an earlier event was settled.
    pub is_parked: bool,
    /// Whether another event of its entity is parked, so that it must be parked too.
    pub is_behind: bool,
    /// What is wrong with the row, if it cannot be read. The message then has what could be read.
    pub corrupt: Option<String>,
}

/// Why an event is parked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParkedState {
    /// The target rejected it. It is sent again later.
    Retry,
    /// It is not valid, or its version is unknown. It is judged again when the lock changes.
    Contract,
    /// An earlier event of its entity is parked.
    Behind,
    /// It is not sent again unless a person asks for it.
    Dead,
}

impl ParkedState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Retry, Self::Contract, Self::Behind, Self::Dead];

    /// The word in the table, in metrics and in commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Contract => "contract",
            Self::Behind => "behind",
            Self::Dead => "dead",
        }
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What happens to the later events of an entity if one of its events cannot be delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnPoison {
    /// They wait behind it, so that the target sees each entity's events in order.
    #[default]
    BlockEntity,
    /// They are delivered. The target does not see the event, or sees it late.
    Skip,
}

/// An event to be parked, or whose parking changes.
#[derive(Clone, Debug)]
pub struct Park {
    /// The event.
    pub message: Arc<Message>,
    /// Why it is parked.
    pub state: ParkedState,
    /// How often the target has rejected it.
    pub attempts: u32,
    /// When it is sent again. Only [`ParkedState::Retry`] uses it.
    pub next_attempt_at: Timestamp,
    /// What the target or the contract says, without any part of the event.
    pub reason: String,
}

/// What the relay has achieved since the last commit.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Every event up to this place is delivered or parked, or is parked by this commit.
    pub settled: Option<Seq>,
    /// Events to park.
    pub park: Vec<Park>,
    /// Parked events that are delivered now.
    pub release: Vec<Seq>,
    /// How many events were delivered.
    pub published: u64,
}

/// How much waits for a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// The place of the cursor.
    pub low: Seq,
    /// The events behind the cursor. If there are very many: the places, which are at least as
    /// many.
    pub events: u64,
    /// When the oldest of them was recorded.
    pub oldest: Option<Timestamp>,
    /// The parked events of each state.
    pub parked: BTreeMap<ParkedState, u64>,
    /// The gaps before the last event that was read: their transactions are open, or it is not yet
    /// known that they were rolled back. The cursor cannot pass them. SQLite has none.
    pub gaps: u64,
    /// How old the oldest gap is.
    pub oldest_gap: Option<Duration>,
    /// Whether another program has moved the cursor, or it went to another relay, since
    /// [`EventSource::rewind`].
    pub is_moved: bool,
}

/// Why the outbox cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// It may work later: the database is locked, or a disk is full.
    Passing(String),
    /// A person must do something: the message says what.
    Fatal(String),
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Passing(text) | Self::Fatal(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for SourceError {}
