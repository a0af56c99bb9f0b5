//! Why a transaction with events fails.

use event_outbox::{FlushError, NewerSchema, sql};
use std::fmt;

/// Why a transaction with events, a migration or a look into the inbox fails.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// SQLite refuses a statement.
    Sqlite(rusqlite::Error),
    /// The emitter has refused events of the transaction.
    Refused {
        /// How many events.
        events: u64,
    },
    /// An earlier flush of the transaction has failed: which rows it has written is unknown.
    Unfinished,
    /// No transaction is open. Either it was never begun, a statement has ended it, or SQLite has
    /// rolled it back by itself after an error, as it does if the disk is full.
    NoTransaction,
    /// The outbox's tables are newer than this program.
    NewerSchema(NewerSchema),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(error) => {
                error.fmt(f)?;
                help(error).map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
            }
            Self::Refused { events } => FlushError::<Self>::Refused { events: *events }.fmt(f),
            Self::Unfinished => FlushError::<Self>::Unfinished.fmt(f),
            Self::NoTransaction => f.write_str(
                "no transaction is open\nhelp: a statement has ended it, or SQLite has rolled it \
                 back after an error: return the first error of a transaction",
            ),
            Self::NewerSchema(error) => error.fmt(f),
        }
    }
}

/// What to do about an error of SQLite.
fn help(error: &rusqlite::Error) -> Option<&'static str> {
    // The lowest byte of an extended code is the primary one.
    let code = error.sqlite_error().map_or(0, |error| error.extended_code & 0xff);
    sql::sqlite::help(code, &error.to_string())
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Sqlite(error) => Some(error),
            Self::NewerSchema(error) => Some(error),
            Self::Refused { .. } | Self::Unfinished | Self::NoTransaction => None,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<NewerSchema> for Error {
    fn from(error: NewerSchema) -> Self {
        Self::NewerSchema(error)
    }
}

impl From<FlushError<Self>> for Error {
    fn from(error: FlushError<Self>) -> Self {
        match error {
            FlushError::Database(error) => error,
            FlushError::Refused { events } => Self::Refused { events },
            FlushError::Unfinished => Self::Unfinished,
        }
    }
}
