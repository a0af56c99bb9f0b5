//! Why a transaction with events fails.

use event_outbox::{FlushError, NewerSchema, NulCharacter, sql};
use sqlx::error::DatabaseError;
use std::error::Error as StdError;
use std::fmt;

/// Why a transaction with events, a migration or a look into the inbox fails.
///
/// Its texts have the database's message, without the details, because these may have values of
/// rows. [`source`](StdError::source) has them.
#[non_exhaustive]
pub enum Error {
    /// The database refuses a statement, or the connection is lost. The transaction is rolled back.
    Sqlx(sqlx::Error),
    /// The connection was lost during `COMMIT`: the change and its events may both be committed,
    /// or neither is.
    CommitUnknown(sqlx::Error),
    /// The emitter has refused events of the transaction.
    Refused {
        /// How many events.
        events: u64,
    },
    /// An earlier flush of the transaction has failed or was cancelled.
    Unfinished,
    /// No transaction is open. Either it was never begun by sqlx, or SQLite has rolled it back by
    /// itself after an error, as it does if the disk is full.
    NoTransaction,
    /// The connection has an open transaction, so this one would not be committed at its end.
    InTransaction,
    /// A text of an event has a character that PostgreSQL does not store.
    NulCharacter(NulCharacter),
    /// The outbox's tables are newer than this program.
    NewerSchema(NewerSchema),
}

impl Error {
    /// Why a `COMMIT` fails.
    pub(crate) fn of_commit(error: sqlx::Error) -> Self {
        // An error of the statement, such as a deferred constraint, has rolled back. A server that
        // shuts down answers by a fatal one, also after it has committed.
        let is_refused = error.as_database_error().is_some_and(|error| !is_fatal(error));
        if is_refused { Self::Sqlx(error) } else { Self::CommitUnknown(error) }
    }
}

/// Whether an error has ended the session.
fn is_fatal(error: &dyn DatabaseError) -> bool {
    #[cfg(feature = "postgres")]
    if let Some(error) = error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        return error.severity() != sqlx::postgres::PgSeverity::Error;
    }
    let _ = error;
    false
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlx(error) => {
                message(error, f)?;
                help(error).map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
            }
            Self::CommitUnknown(error) => {
                f.write_str("the connection was lost during COMMIT, so its outcome is unknown: ")?;
                message(error, f)?;
                f.write_str("\nhelp: read whether the change is there before you repeat it")
            }
            Self::Refused { events } => FlushError::<Self>::Refused { events: *events }.fmt(f),
            Self::Unfinished => FlushError::<Self>::Unfinished.fmt(f),
            Self::NoTransaction => f.write_str(
                "no transaction is open\nhelp: begin it with sqlx's `begin`, and return the first \
                 error of a transaction, because SQLite rolls back after some",
            ),
            Self::InTransaction => f.write_str(
                "the connection has an open transaction\nhelp: use `savepoint` for a part of it, or \
                 `flush` before its commit and `committed` after it",
            ),
            Self::NulCharacter(error) => error.fmt(f),
            Self::NewerSchema(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Sqlx(_) => "Sqlx",
            Self::CommitUnknown(_) => "CommitUnknown",
            Self::Refused { .. } => "Refused",
            Self::Unfinished => "Unfinished",
            Self::NoTransaction => "NoTransaction",
            Self::InTransaction => "InTransaction",
            Self::NulCharacter(_) => "NulCharacter",
            Self::NewerSchema(_) => "NewerSchema",
        };
        f.debug_tuple(name).field(&self.to_string()).finish()
    }
}

/// The message of the database, or what has become of the connection.
fn message(error: &sqlx::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(error) = error.as_database_error() else { return write!(f, "{error}") };
    f.write_str(error.message())?;
    match error.code().filter(|code| code.len() == SQLSTATE) {
        Some(code) => write!(f, " (SQLSTATE {code})"),
        None => Ok(()),
    }
}

/// The length of PostgreSQL's codes. SQLite's are numbers of at most four digits.
const SQLSTATE: usize = 5;

/// What to do about an error.
fn help(error: &sqlx::Error) -> Option<&'static str> {
    match error {
        sqlx::Error::Database(error) => {
            let code = error.code()?;
            if code.len() == SQLSTATE {
                return sql::postgres::help(&code, error.message());
            }
            // The lowest byte of an extended code is the primary one.
            sql::sqlite::help(code.parse::<i32>().ok()? & 0xff, error.message())
        }
        sqlx::Error::PoolTimedOut => {
            Some("make transactions shorter, or raise `max_connections` of the pool")
        }
        sqlx::Error::Io(_) => {
            Some("the connection is closed: take another one, and run the transaction again")
        }
        _ => None,
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Sqlx(error) | Self::CommitUnknown(error) => Some(error),
            Self::NulCharacter(error) => Some(error),
            Self::NewerSchema(error) => Some(error),
            Self::Refused { .. } | Self::Unfinished | Self::NoTransaction | Self::InTransaction => {
                None
            }
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Sqlx(error)
    }
}

impl From<NulCharacter> for Error {
    fn from(error: NulCharacter) -> Self {
        Self::NulCharacter(error)
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
