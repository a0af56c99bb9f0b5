//! The outbox in SQLite.

use super::access::{Access, BUSY_TIMEOUT};
use super::fault::DatabaseFault;
use super::location::DatabaseLocation;
use super::row::Row;
use super::value::Value;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, ToSql};
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How many statements a connection keeps prepared: all that a relay has.
const STATEMENTS: usize = 64;

/// A connection to a database file.
pub(super) struct Sqlite(Connection);

impl Sqlite {
    /// Opens a file that is there, whatever its tables are.
    pub(super) fn open(path: &Path, access: Access) -> Result<Self, DatabaseFault> {
        match fs::metadata(path) {
            Ok(file) if file.is_file() => {}
            Ok(_) => return Err(DatabaseFault::NotAFile),
            Err(_) if DatabaseLocation::means_server(&path.to_string_lossy()) => {
                return Err(DatabaseFault::Url);
            }
            Err(error) => return Err(of_io(&error)),
        }
        let mode = match access {
            Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        };
        let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.busy_handler(Some(wait_for_lock))?;
        // SQLite reads the file at the first statement, so a file that is not a database is found
        // here.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        // SQLite opens a file that it may not write as if only reading was asked for.
        if access == Access::Write && connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(DatabaseFault::ReadOnly);
        }
        Ok(Self(connection))
    }

    pub(super) fn schema_version(&self) -> Result<u32, DatabaseFault> {
        Ok(event_outbox_rusqlite::schema_version(&self.0)?)
    }

    pub(super) fn migrate(&mut self) -> Result<(u32, u32), DatabaseFault> {
        let migrated = event_outbox_rusqlite::migrate(&mut self.0)?;
        Ok((migrated.from, migrated.to))
    }

    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, DatabaseFault> {
        let mut statement = self.0.prepare_cached(sql)?;
        bind(&mut statement, values)?;
        Ok(statement.raw_execute()? as u64)
    }

    pub(super) fn visit(
        &self,
        sql: &str,
        values: &[Value<'_>],
        look: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, DatabaseFault>,
    ) -> Result<(), DatabaseFault> {
        let mut statement = self.0.prepare_cached(sql)?;
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            if look(&Row::sqlite(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// See [`Database::may_lose_commits`](super::Database::may_lose_commits).
    pub(super) fn may_lose_commits(&self) -> Result<(), DatabaseFault> {
        let journal: String = self.0.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        // Without WAL, the whole database could be damaged (SQLite, PRAGMA synchronous).
        if journal == "wal" {
            self.0.pragma_update(None, "synchronous", "NORMAL")?;
        }
        Ok(())
    }
}

fn bind(statement: &mut Statement<'_>, values: &[Value<'_>]) -> rusqlite::Result<()> {
    for (index, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, value)?;
    }
    Ok(())
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Time(time) => ToSqlOutput::from(time.to_string()),
        })
    }
}

/// Waits before a lock is tried again, for about [`BUSY_TIMEOUT`] in all. The waits of SQLite's own
/// handler grow to 100 ms: between services that write without a rest, it hardly ever gets the
/// lock.
fn wait_for_lock(tries: i32) -> bool {
    const WAIT: Duration = Duration::from_millis(1);
    thread::sleep(WAIT);
    WAIT * tries.unsigned_abs() < BUSY_TIMEOUT
}

fn of_io(error: &io::Error) -> DatabaseFault {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => DatabaseFault::Missing,
        io::ErrorKind::PermissionDenied => DatabaseFault::CannotOpen,
        _ => DatabaseFault::Disk(error.to_string()),
    }
}

impl From<rusqlite::Error> for DatabaseFault {
    fn from(error: rusqlite::Error) -> Self {
        // Its text would have the whole statement, which may be a migration.
        if let rusqlite::Error::SqlInputError { msg, .. } = &error {
            return Self::Other(msg.clone());
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::CannotOpen,
            Some(ErrorCode::NotADatabase) => Self::NotADatabase,
            Some(ErrorCode::DatabaseCorrupt) => Self::Malformed,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<event_outbox_rusqlite::Error> for DatabaseFault {
    fn from(error: event_outbox_rusqlite::Error) -> Self {
        match error {
            event_outbox_rusqlite::Error::Sqlite(error) => error.into(),
            event_outbox_rusqlite::Error::NewerSchema(newer) => {
                Self::NewerTables { found: newer.found, known: newer.known }
            }
            other => Self::Other(other.to_string()),
        }
    }
}
