//! Why an operation cannot be done.

use crate::database::DatabaseError;
use crate::message::Seq;
use std::fmt;

/// Why an operation cannot be done. Nothing is changed then, except by the earlier transactions of
/// an operation that has several.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OperationError {
    /// The database cannot be used.
    Database(DatabaseError),
    /// Neither the database nor the configuration has the target.
    UnknownTarget {
        /// The target.
        target: String,
        /// The targets that there are.
        known: Vec<String>,
    },
    /// The target has no cursor, so nothing was delivered to it.
    NotStarted {
        /// The target.
        target: String,
    },
    /// Some of the events are not parked by the target.
    NotParked {
        /// The target.
        target: String,
        /// The places of the events.
        seqs: Vec<Seq>,
    },
    /// An earlier event of the same entity is parked, so this one cannot be sent first.
    Behind {
        /// The place of the event.
        seq: Seq,
        /// The place of the earlier event.
        earlier: Seq,
    },
    /// The cursor has not passed the event, because an earlier one is in flight.
    NotPassed {
        /// The place of the event.
        seq: Seq,
        /// The place of the cursor.
        low_seq: Seq,
    },
    /// There is no event at this place yet.
    BehindNewest {
        /// The place.
        seq: Seq,
        /// The place of the newest event.
        newest: Seq,
    },
    /// No relay has run with this database, so nothing says what is delivered.
    NoCursor,
    /// No cursor holds events that are not delivered yet: all of them are abandoned, or are of
    /// targets that are not configured.
    NoLiveTarget {
        /// The targets that have a cursor.
        targets: Vec<String>,
    },
    /// The emitter has refused or left out the audit event.
    NoAudit,
}

impl From<DatabaseError> for OperationError {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for OperationError {
    /// One line that says what is wrong, and a `help:` line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => error.fmt(f),
            Self::UnknownTarget { target, known } if known.is_empty() => write!(
                f,
                "there is no target {}\nhelp: no relay has run with this database",
                quoted(target)
            ),
            Self::UnknownTarget { target, known } => {
                write!(f, "there is no target {}\nhelp: there is {}", quoted(target), listed(known))
            }
            Self::NotStarted { target } => write!(
                f,
                "nothing was delivered to {} yet\nhelp: start the relay; it sends every event",
                quoted(target)
            ),
            Self::NotParked { target, seqs } => {
                let seqs: Vec<String> = seqs.iter().map(Seq::to_string).collect();
                let (is, seqs) = (if seqs.len() == 1 { "is" } else { "are" }, seqs.join(", "));
                write!(
                    f,
                    "{seqs} {is} not parked by {}; nothing was changed\nhelp: `event-relay dead \
                     list` shows what is",
                    quoted(target)
                )
            }
            Self::Behind { seq, earlier } => write!(
                f,
                "{seq} waits for {earlier}, an earlier event of its entity; nothing was changed\n\
                 help: requeue {earlier}; {seq} is sent after it"
            ),
            Self::NotPassed { seq, low_seq } => write!(
                f,
                "the cursor is at {low_seq} and has not passed {seq}, which would be sent again; \
                 nothing was changed\nhelp: run it again when `event-relay status` shows that the \
                 cursor has passed {seq}"
            ),
            Self::BehindNewest { seq, newest } => write!(
                f,
                "{seq} is behind the newest event, {newest}: events that do not exist yet would \
                 not be sent\nhelp: give a place up to {newest}"
            ),
            Self::NoCursor => f.write_str(
                "no relay has run with this database, so nothing says which events are delivered\n\
                 help: start the relay first; to purge an outbox that is only a store by age alone, \
                 add `--no-targets`",
            ),
            Self::NoLiveTarget { targets } => write!(
                f,
                "every target is abandoned or not configured: {}\nhelp: start the relay; \
                 `--no-targets` purges by age alone, whatever was delivered",
                listed(targets)
            ),
            Self::NoAudit => f.write_str(
                "the emitter has not made the audit event; nothing was changed\nhelp: let its \
                 levels pass the events of `event-relay`",
            ),
        }
    }
}

impl std::error::Error for OperationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(error) => Some(error),
            _ => None,
        }
    }
}

/// A name in backticks. Control characters are escaped: a name is whatever is in the database.
fn quoted(name: &str) -> String {
    format!("`{}`", name.escape_debug())
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}
