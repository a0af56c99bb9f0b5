//! The database of an outbox: opens it, says in words why it cannot be used, and is the one place
//! that knows a driver.

mod access;
mod connection;
mod dialect;
mod fault;
mod location;
#[cfg(feature = "postgres")]
mod postgres;
mod row;
mod sqlite;
mod value;

pub use access::{Access, BUSY_TIMEOUT};
pub use connection::Database;
pub(crate) use connection::{Begin, Transaction};
pub(crate) use dialect::Dialect;
pub use fault::{DatabaseError, DatabaseFault};
pub use location::{DatabaseLocation, InvalidLocation};
pub(crate) use row::{Cell, Row};
pub(crate) use value::Value;

use event_outbox::sql::sqlite::MIGRATIONS;
use location::Kind;
#[cfg(feature = "postgres")]
use postgres::Postgres;
use sqlite::Sqlite;

/// Opens the database of an outbox whose tables have the version that this program knows.
///
/// The connection waits [`BUSY_TIMEOUT`] for other programs. Of SQLite, the journal mode is left as
/// it is, and a file is never created: a wrong path is an error. A connection to PostgreSQL that is
/// lost is made again at the next use.
///
/// # Errors
///
/// If the file is not there, is not an SQLite database, or may not be read or written; if the server
/// cannot be reached, or refuses the connection; or if the database has no tables of an outbox,
/// older ones or newer ones.
pub fn open(location: &DatabaseLocation, access: Access) -> Result<Database, DatabaseError> {
    let database = open_any(location, access)?;
    // The steps have the same numbers in every dialect.
    let known = MIGRATIONS.last().map_or(0, |step| step.version);
    match DatabaseFault::of_version(database.schema_version()?, known) {
        Some(DatabaseFault::NoTables { .. }) => {
            let fault = DatabaseFault::NoTables { searched: database.searched()? };
            Err(fault.at(&location.to_string()))
        }
        Some(fault) => Err(fault.at(&location.to_string())),
        None => Ok(database),
    }
}

/// Opens a database, whatever its tables are. Otherwise as [`open`].
///
/// # Errors
///
/// As `open`, without those about tables.
pub fn open_any(location: &DatabaseLocation, access: Access) -> Result<Database, DatabaseError> {
    let place = location.to_string();
    let opened = match &location.0 {
        Kind::File(path) => {
            Sqlite::open(path, access).map(|sqlite| Database::sqlite(&place, sqlite))
        }
        #[cfg(feature = "postgres")]
        Kind::Postgres(server) => {
            Postgres::open(server, access).map(|postgres| Database::postgres(&place, postgres))
        }
    };
    opened.map_err(|fault| fault.at(&place))
}
