//! What a flush has written, and why one fails.

use std::fmt;

/// How many events a flush has written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flushed {
    /// The events that are new rows.
    pub written: usize,
    /// The events that were left out, because an event with their deduplication key is in the
    /// table. They are not an error: the transaction goes on.
    pub duplicates: usize,
}

/// Why the events of a transaction cannot be written. Roll the transaction back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlushError<E> {
    /// The database refuses the rows.
    Database(E),
    /// The emitter has refused events of this transaction: a transition that is not declared, or a
    /// value that cannot be written. The change would be committed without its events.
    Refused {
        /// How many events.
        events: u64,
    },
    /// An earlier flush of the transaction has failed, or its future was dropped before it was
    /// done. Which rows it has written is unknown, and a second flush could write them twice.
    Unfinished,
}

impl<E: fmt::Display> fmt::Display for FlushError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => {
                write!(f, "the database refuses the events of the transaction: {error}")
            }
            Self::Refused { events } => write!(
                f,
                "{events} event(s) of the transaction are refused, see the emitter's incidents"
            ),
            Self::Unfinished => f.write_str(
                "an earlier flush of the transaction has failed or was cancelled\nhelp: return the \
                 first error of a transaction, so that it is rolled back",
            ),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for FlushError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(error) => Some(error),
            Self::Refused { .. } | Self::Unfinished => None,
        }
    }
}
