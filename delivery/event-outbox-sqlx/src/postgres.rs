//! PostgreSQL.

use crate::connection::{Driver, OutboxConnection, statements};
use crate::error::Error;
use event_core::EventId;
use event_outbox::{Array, Inserted, OutboxRow, arrays, sql};
use sqlx::postgres::PgRow;
use sqlx::{Connection, PgConnection, Row};

impl OutboxConnection for PgConnection {}

impl Driver for PgConnection {
    const BEGIN: &'static str = "BEGIN";
    /// At a higher level it would not see what another program did while this one waited.
    const BEGIN_MIGRATION: &'static str = "BEGIN ISOLATION LEVEL READ COMMITTED";

    statements!(postgres);

    /// One statement, which sqlx prepares once for each connection.
    async fn insert(&mut self, rows: &[OutboxRow<'_>]) -> Result<Inserted, Error> {
        let arrays = arrays(rows)?;
        let mut insert = sqlx::query(sql::postgres::INSERT);
        for array in &arrays {
            insert = match array {
                Array::Integers(numbers) => insert.bind(numbers),
                Array::Texts(texts) => insert.bind(texts),
            };
        }
        let written = insert.fetch_all(self).await?;
        if written.len() == rows.len() {
            return Ok(Inserted::All);
        }
        Ok(Inserted::Only(written.iter().map(id).collect::<Result<_, _>>()?))
    }

    async fn must_be_in_transaction(&mut self) -> Result<(), Error> {
        if self.is_in_transaction() { Ok(()) } else { Err(Error::NoTransaction) }
    }

    /// After a statement that has failed, PostgreSQL answers COMMIT as if it were done, but rolls
    /// back. The driver does not report it; any other statement fails.
    async fn must_commit(&mut self) -> Result<(), Error> {
        sqlx::raw_sql("SELECT 1").execute(self).await?;
        Ok(())
    }

    /// A transaction of PostgreSQL ends by a statement alone.
    async fn before_rollback(&mut self) {}

    async fn lock_migrations(&mut self) -> Result<(), Error> {
        sqlx::raw_sql(sql::postgres::LOCK).execute(&mut *self).await?;
        Ok(())
    }
}

/// The id of an event, of the type `uuid`.
fn id(row: &PgRow) -> Result<EventId, sqlx::Error> {
    let bytes = row.try_get_raw(0)?.as_bytes().map_err(sqlx::Error::Decode)?;
    let bytes = bytes.try_into().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok(EventId::from_u128(u128::from_be_bytes(bytes)))
}
