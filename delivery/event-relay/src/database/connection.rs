//! A connection to the database of an outbox. The rest of the relay knows no driver.

#[cfg(feature = "postgres")]
use super::dialect::POSTGRES;
use super::dialect::{Dialect, SQLITE};
use super::fault::{DatabaseError, DatabaseFault};
#[cfg(feature = "postgres")]
use super::postgres::Postgres;
use super::row::Row;
use super::sqlite::Sqlite;
use super::value::Value;
use std::fmt;
use std::ops::{ControlFlow, Deref};

/// A connection to the database of an outbox. Made by [`open`](super::open).
pub struct Database {
    /// Where it is, for errors. It has no secrets in it.
    place: Box<str>,
    driver: Driver,
}

enum Driver {
    Sqlite(Sqlite),
    #[cfg(feature = "postgres")]
    Postgres(Box<Postgres>),
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begin {
    /// Reads from one snapshot.
    Read,
    /// Writes.
    Write,
    /// Writes what a relay must not change meanwhile. In PostgreSQL, relays that write their
    /// cursors wait; in SQLite there is one writer at any time.
    Alone,
}

impl Database {
    pub(super) fn sqlite(place: &str, sqlite: Sqlite) -> Self {
        Self { place: place.into(), driver: Driver::Sqlite(sqlite) }
    }

    #[cfg(feature = "postgres")]
    pub(super) fn postgres(place: &str, postgres: Postgres) -> Self {
        Self { place: place.into(), driver: Driver::Postgres(Box::new(postgres)) }
    }

    /// How its SQL differs from that of other databases.
    pub(crate) fn dialect(&self) -> &'static Dialect {
        match &self.driver {
            Driver::Sqlite(_) => &SQLITE,
            #[cfg(feature = "postgres")]
            Driver::Postgres(_) => &POSTGRES,
        }
    }

    /// Runs a statement that returns no rows. Returns how many rows it has changed.
    pub(crate) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, DatabaseError> {
        let executed = match &self.driver {
            Driver::Sqlite(sqlite) => sqlite.execute(sql, values),
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.execute(sql, values),
        };
        executed.map_err(|fault| self.error(fault))
    }

    /// Runs a statement once for each of `rows`, in their order. Returns how many rows each has
    /// changed. Where the server is behind a network, it is one round trip for many rows.
    pub(crate) fn execute_each(
        &self,
        sql: &str,
        rows: &[Vec<Value<'_>>],
    ) -> Result<Vec<u64>, DatabaseError> {
        let executed: Result<_, DatabaseFault> = match &self.driver {
            Driver::Sqlite(sqlite) => rows.iter().map(|row| sqlite.execute(sql, row)).collect(),
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.execute_each(sql, rows),
        };
        executed.map_err(|fault| self.error(fault))
    }

    /// Shows `look` each row of a query, until it breaks. It must not use the database.
    pub(crate) fn visit(
        &self,
        sql: &str,
        values: &[Value<'_>],
        look: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, DatabaseFault>,
    ) -> Result<(), DatabaseError> {
        let visited = match &self.driver {
            Driver::Sqlite(sqlite) => sqlite.visit(sql, values, look),
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.visit(sql, values, look),
        };
        visited.map_err(|fault| self.error(fault))
    }

    /// What `read` makes of each row of a query.
    pub(crate) fn query<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, DatabaseFault>,
    ) -> Result<Vec<T>, DatabaseError> {
        let mut out = Vec::new();
        self.visit(sql, values, &mut |row| {
            out.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(out)
    }

    /// What `read` makes of the first row of a query, if there is one.
    pub(crate) fn first<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, DatabaseFault>,
    ) -> Result<Option<T>, DatabaseError> {
        let mut out = None;
        self.visit(sql, values, &mut |row| {
            out = Some(read(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(out)
    }

    /// As [`first`](Self::first), of a query that always has a row.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, DatabaseFault>,
    ) -> Result<T, DatabaseError> {
        let first = self.first(sql, values, read)?;
        first.ok_or_else(|| self.error(DatabaseFault::Other("a query has no rows".to_owned())))
    }

    /// Begins a transaction. If it is dropped, it is rolled back.
    pub(crate) fn begin(&self, begin: Begin) -> Result<Transaction<'_>, DatabaseError> {
        let dialect = self.dialect();
        let sql = match begin {
            Begin::Read => dialect.begin_read,
            Begin::Write => dialect.begin_write,
            Begin::Alone => dialect.begin_alone,
        };
        let done = match &self.driver {
            Driver::Sqlite(sqlite) => sqlite.execute(sql, &[]).map(|_| ()),
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.begin(sql),
        };
        done.map_err(|fault| self.error(fault))?;
        Ok(Transaction { database: self, is_open: true })
    }

    /// Another number after each time that the connection was lost and made again.
    pub(crate) fn session(&self) -> u64 {
        match &self.driver {
            Driver::Sqlite(_) => 1,
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.sessions(),
        }
    }

    /// The version of the outbox's tables. 0 if there are none.
    pub(crate) fn schema_version(&self) -> Result<u32, DatabaseError> {
        let found = match &self.driver {
            Driver::Sqlite(sqlite) => sqlite.schema_version(),
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.schema_version(),
        };
        found.map_err(|fault| self.error(fault))
    }

    /// The schemas in which the outbox's tables are looked for. `None` where there are no schemas.
    pub(super) fn searched(&self) -> Result<Option<String>, DatabaseError> {
        match self.dialect().searched {
            Some(sql) => self.one(sql, &[], |row| row.text(0)).map(Some),
            None => Ok(None),
        }
    }

    /// Makes the outbox's tables, or brings older ones up to date. Returns their versions before
    /// and after.
    pub(crate) fn migrate(&mut self) -> Result<(u32, u32), DatabaseError> {
        let migrated = match &mut self.driver {
            Driver::Sqlite(sqlite) => sqlite.migrate(),
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.migrate(),
        };
        migrated.map_err(|fault| self.error(fault))
    }

    /// Lets the last commits be lost with the power, where that damages nothing, and makes each
    /// much cheaper. What depends on them must then be repeatable.
    pub(crate) fn may_lose_commits(&self) -> Result<(), DatabaseError> {
        let done = match &self.driver {
            Driver::Sqlite(sqlite) => sqlite.may_lose_commits(),
            #[cfg(feature = "postgres")]
            Driver::Postgres(_) => Ok(()),
        };
        done.map_err(|fault| self.error(fault))
    }

    fn error(&self, fault: DatabaseFault) -> DatabaseError {
        fault.at(&self.place)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Database").field(&self.place).finish()
    }
}

/// An open transaction.
pub(crate) struct Transaction<'a> {
    database: &'a Database,
    is_open: bool,
}

impl Transaction<'_> {
    /// Keeps what was written.
    pub(crate) fn commit(mut self) -> Result<(), DatabaseError> {
        // A commit that fails may leave the transaction open: it is rolled back then.
        let committed = match &self.database.driver {
            Driver::Sqlite(sqlite) => sqlite.execute("COMMIT", &[]).map(|_| ()),
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.commit(),
        };
        self.is_open = committed.is_err();
        committed.map_err(|fault| self.database.error(fault))
    }
}

impl Deref for Transaction<'_> {
    type Target = Database;

    fn deref(&self) -> &Database {
        self.database
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        match &self.database.driver {
            // SQLite has rolled back by itself after some errors.
            Driver::Sqlite(sqlite) => drop(sqlite.execute("ROLLBACK", &[])),
            #[cfg(feature = "postgres")]
            Driver::Postgres(postgres) => postgres.roll_back(),
        }
    }
}
