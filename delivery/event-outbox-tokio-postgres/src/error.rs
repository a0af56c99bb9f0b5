//! Why a transaction with events fails.

use event_outbox::{FlushError, NewerSchema, NulCharacter, sql};
use std::error::Error as StdError;
use std::fmt;
use tokio_postgres::error::Severity;

/// Why a transaction with events, a migration or a look into the inbox fails.
///
/// Its texts have PostgreSQL's message, without the details, because these may have values of rows.
/// [`source`](StdError::source) has them.
#[non_exhaustive]
pub enum Error {
    /// PostgreSQL refuses a statement, or the connection is lost. The transaction is rolled back.
    Postgres(tokio_postgres::Error),
    /// The connection was lost during `COMMIT`: the change and its events may both be committed,
    /// or neither is.
    CommitUnknown(tokio_postgres::Error),
    /// The emitter has refused events of the transaction.
    Refused {
        /// How many events.
        events: u64,
    },
    /// An earlier flush of the transaction has failed or was cancelled.
    Unfinished,
    /// A text of an event has a character that PostgreSQL does not store.
    NulCharacter(NulCharacter),
    /// The outbox's tables are newer than this program.
    NewerSchema(NewerSchema),
}

impl Error {
    /// Why a `COMMIT` fails.
    pub(crate) fn of_commit(error: tokio_postgres::Error) -> Self {
        // An error of the statement, such as a deferred constraint, has rolled back. A server that
        // shuts down answers by a fatal one, also after it has committed.
        let is_refused = error
            .as_db_error()
            .is_some_and(|error| error.parsed_severity() == Some(Severity::Error));
        if is_refused { Self::Postgres(error) } else { Self::CommitUnknown(error) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Postgres(error) => {
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
            Self::NulCharacter(error) => error.fmt(f),
            Self::NewerSchema(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Postgres(_) => "Postgres",
            Self::CommitUnknown(_) => "CommitUnknown",
            Self::Refused { .. } => "Refused",
            Self::Unfinished => "Unfinished",
            Self::NulCharacter(_) => "NulCharacter",
            Self::NewerSchema(_) => "NewerSchema",
        };
        f.debug_tuple(name).field(&self.to_string()).finish()
    }
}

/// The message of PostgreSQL, or what has become of the connection.
fn message(error: &tokio_postgres::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some(error) = error.as_db_error() {
        return write!(f, "{} (SQLSTATE {})", error.message(), error.code().code());
    }
    write!(f, "{error}")?;
    match error.source() {
        Some(cause) => write!(f, ": {cause}"),
        None => Ok(()),
    }
}

/// What to do about an error.
fn help(error: &tokio_postgres::Error) -> Option<&'static str> {
    match error.as_db_error() {
        Some(error) => sql::postgres::help(error.code().code(), error.message()),
        None if error.is_closed() => {
            Some("the connection is closed: take another one, and run the transaction again")
        }
        None => None,
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Postgres(error) | Self::CommitUnknown(error) => Some(error),
            Self::NulCharacter(error) => Some(error),
            Self::NewerSchema(error) => Some(error),
            Self::Refused { .. } | Self::Unfinished => None,
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres(error)
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
