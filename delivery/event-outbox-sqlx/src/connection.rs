//! Connections of the databases, and rows into them.

use crate::error::Error;
use event_outbox::{AsyncOutboxTx, Flushed, Inserted, MigrationStep, OutboxRow, TxEvents};
use sqlx::{Connection, Database};
use std::future::Future;

/// A connection to a database that can have an outbox: `PgConnection` with the feature `postgres`,
/// `SqliteConnection` with the feature `sqlite`.
///
/// A `Transaction` and a `PoolConnection` dereference to one: write `&mut *tx`.
pub trait OutboxConnection: Connection<Database: Database<Connection = Self>> + Driver {}

/// What differs between the databases. Not for other crates.
pub trait Driver: Sized + Send {
    /// How a transaction begins.
    const BEGIN: &'static str;
    /// How the transaction of a migration begins.
    const BEGIN_MIGRATION: &'static str;
    /// The versions of the tables.
    const MIGRATIONS: &'static [MigrationStep];

    /// Inserts rows into the open transaction.
    fn insert(
        &mut self,
        rows: &[OutboxRow<'_>],
    ) -> impl Future<Output = Result<Inserted, Error>> + Send;

    /// Checks that a transaction is open.
    fn must_be_in_transaction(&mut self) -> impl Future<Output = Result<(), Error>> + Send;

    /// Checks that no statement of the open transaction has failed.
    fn must_commit(&mut self) -> impl Future<Output = Result<(), Error>> + Send;

    /// Makes sure that there is a transaction to roll back, if sqlx counts one.
    fn before_rollback(&mut self) -> impl Future<Output = ()> + Send;

    /// Waits for another program's migration.
    fn lock_migrations(&mut self) -> impl Future<Output = Result<(), Error>> + Send;

    /// Runs a step of the migrations in the open transaction, and makes the table of the steps.
    fn migrate(&mut self, step: &MigrationStep) -> impl Future<Output = Result<(), Error>> + Send;

    /// The version of the tables. 0 if there are none.
    fn version(&mut self) -> impl Future<Output = Result<u32, Error>> + Send;

    /// Marks a message as seen. Returns how many marks are new.
    fn mark(&mut self, parameters: [&str; 4]) -> impl Future<Output = Result<u64, Error>> + Send;

    /// Forgets messages that were seen before a time.
    fn forget(&mut self, before: &str) -> impl Future<Output = Result<u64, Error>> + Send;
}

/// The statements that are the same but for the dialect. The types of a driver are not: a generic
/// function would need a page of bounds.
macro_rules! statements {
    ($dialect:ident) => {
        const MIGRATIONS: &'static [event_outbox::MigrationStep] =
            event_outbox::sql::$dialect::MIGRATIONS;

        async fn migrate(&mut self, step: &event_outbox::MigrationStep) -> Result<(), Error> {
            sqlx::raw_sql(event_outbox::sql::$dialect::SCHEMA_TABLE).execute(&mut *self).await?;
            sqlx::raw_sql(step.sql).execute(&mut *self).await?;
            sqlx::query(event_outbox::sql::$dialect::MIGRATED)
                .bind(i64::from(step.version))
                .bind(step.name)
                .execute(&mut *self)
                .await?;
            Ok(())
        }

        async fn version(&mut self) -> Result<u32, Error> {
            let sql = event_outbox::sql::$dialect::HAS_SCHEMA_TABLE;
            if !sqlx::query_scalar::<_, bool>(sql).fetch_one(&mut *self).await? {
                return Ok(0);
            }
            let sql = event_outbox::sql::$dialect::VERSION;
            let version: i64 = sqlx::query_scalar(sql).fetch_one(&mut *self).await?;
            // A number that no program writes is a newer version.
            Ok(u32::try_from(version).unwrap_or(u32::MAX))
        }

        async fn mark(&mut self, parameters: [&str; 4]) -> Result<u64, Error> {
            let [consumer, source, event_id, now] = parameters;
            let mark = sqlx::query(event_outbox::sql::$dialect::INBOX_ONCE);
            let mark = mark.bind(consumer).bind(source).bind(event_id).bind(now);
            Ok(mark.execute(self).await?.rows_affected())
        }

        async fn forget(&mut self, before: &str) -> Result<u64, Error> {
            let purge = sqlx::query(event_outbox::sql::$dialect::INBOX_PURGE).bind(before);
            Ok(purge.execute(self).await?.rows_affected())
        }
    };
}
pub(crate) use statements;

/// An open transaction of sqlx, to which events are flushed.
#[derive(Debug)]
pub struct SqlxTx<'a, C>(pub &'a mut C);

impl<C: OutboxConnection> AsyncOutboxTx for SqlxTx<'_, C> {
    type Error = Error;

    async fn append<'a>(&'a mut self, rows: &'a [OutboxRow<'a>]) -> Result<Inserted, Error> {
        self.0.must_be_in_transaction().await?;
        self.0.insert(rows).await
    }
}

/// Writes the events of an open transaction that are not written yet.
///
#[cfg_attr(feature = "postgres", doc = "```no_run")]
#[cfg_attr(not(feature = "postgres"), doc = "```ignore")]
/// # use event_outbox_sqlx::{Error, Outbox, flush};
/// # async fn by_hand(outbox: &Outbox, pool: &sqlx::PgPool) -> Result<(), Error> {
/// let mut events = outbox.events();
/// let mut tx = pool.begin().await?;
/// // .. change rows, and emit to `events` ..
/// let flushed = flush(&mut *tx, &mut events).await?;
/// println!("{} events, {} duplicates", flushed.written, flushed.duplicates);
/// tx.commit().await?;
/// outbox.committed(events);
/// # Ok(())
/// # }
/// ```
///
/// PostgreSQL answers a `COMMIT` of a transaction in which a statement has failed as if it were
/// done, but rolls back. So return the first error of a transaction.
///
/// # Errors
///
/// If the database refuses a row, the emitter has refused an event, a text has the character U+0000
/// (PostgreSQL), no transaction is open, or an earlier flush has failed. Roll the transaction back.
pub async fn flush<C: OutboxConnection>(
    tx: &mut C,
    events: &mut TxEvents,
) -> Result<Flushed, Error> {
    events.flush_async(&mut SqlxTx(tx)).await.map_err(Error::from)
}
