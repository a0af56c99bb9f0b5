//! SQLite.

use crate::connection::{Driver, OutboxConnection, statements};
use crate::error::Error;
use event_outbox::{Inserted, OutboxRow, Value, sql};
use sqlx::SqliteConnection;

impl OutboxConnection for SqliteConnection {}

impl Driver for SqliteConnection {
    const BEGIN: &'static str = "BEGIN IMMEDIATE";
    const BEGIN_MIGRATION: &'static str = Self::BEGIN;

    statements!(sqlite);

    /// SQLite runs in the process: a statement for each row costs no round trip.
    async fn insert(&mut self, rows: &[OutboxRow<'_>]) -> Result<Inserted, Error> {
        let mut written = Vec::with_capacity(rows.len());
        for row in rows {
            let mut insert = sqlx::query(sql::sqlite::INSERT);
            for value in row.values() {
                insert = match value {
                    Value::Null => insert.bind(None::<i64>),
                    Value::Integer(number) => insert.bind(number),
                    Value::Text(text) => insert.bind(text.to_owned()),
                    Value::Id(id) => insert.bind(id.to_string()),
                    Value::Time(time) => insert.bind(time.to_string()),
                };
            }
            if insert.execute(&mut *self).await?.rows_affected() == 1 {
                written.push(row.event_id);
            }
        }
        let all = written.len() == rows.len();
        Ok(if all { Inserted::All } else { Inserted::Only(written) })
    }

    /// SQLite rolls a transaction back by itself if the disk is full, and goes on without one. Only
    /// a `BEGIN` says whether one is open: it fails then.
    async fn must_be_in_transaction(&mut self) -> Result<(), Error> {
        if sqlx::raw_sql("BEGIN").execute(&mut *self).await.is_err() {
            return Ok(());
        }
        sqlx::raw_sql("ROLLBACK").execute(self).await?;
        Err(Error::NoTransaction)
    }

    async fn must_commit(&mut self) -> Result<(), Error> {
        self.must_be_in_transaction().await
    }

    /// Without one, the ROLLBACK of sqlx would fail, and the connection would count a transaction
    /// for ever.
    async fn before_rollback(&mut self) {
        let _ = sqlx::raw_sql("BEGIN").execute(self).await;
    }

    /// The lock is the transaction's.
    async fn lock_migrations(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
