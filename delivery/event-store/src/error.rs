//! Why a query fails.

use crate::row::UnreadableRow;
use std::fmt;

/// What to do about a column that is missing.
#[cfg(any(
    feature = "rusqlite",
    feature = "tokio-postgres",
    feature = "sqlx-sqlite",
    feature = "sqlx-postgres"
))]
pub(crate) const OTHER_TABLE: &str =
    "the table `domain_events` is not the outbox's: check the database, and its `search_path`";

/// Why a query fails. `D` is the error of the driver.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<D> {
    /// The database refuses the statement, or is gone.
    Database {
        /// The error of the driver.
        error: D,
        /// What to do about it.
        help: Option<&'static str>,
    },
    /// A row of the answer cannot be read.
    Row(UnreadableRow),
}

impl<D: fmt::Display> fmt::Display for Error<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database { error, help } => {
                error.fmt(f)?;
                help.map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
            }
            Self::Row(error) => error.fmt(f),
        }
    }
}

impl<D: std::error::Error + 'static> std::error::Error for Error<D> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database { error, .. } => Some(error),
            Self::Row(error) => Some(error),
        }
    }
}

impl<D> From<UnreadableRow> for Error<D> {
    fn from(error: UnreadableRow) -> Self {
        Self::Row(error)
    }
}
