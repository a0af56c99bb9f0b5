//! Transactions with events.

use crate::connection::{OutboxConnection, flush};
use crate::error::Error;
use event_core::Emitter;
use event_outbox::{Flushed, OutboxEmitter, TxEvents, TxScope};
use sqlx::{Acquire, Database, SqlSafeStr, Transaction};

/// Writes the events of a transaction into its database, in the same transaction.
#[derive(Clone, Debug)]
pub struct Outbox {
    emitter: OutboxEmitter,
}

impl Outbox {
    /// An outbox whose records are those of `emitter`.
    pub fn new(emitter: Emitter) -> Self {
        Self { emitter: OutboxEmitter::new(emitter) }
    }

    /// Calls `wake` after each commit that has written events: a relay in the same process then
    /// reads at once, instead of at its next poll. It must not block. If it panics, the commit is
    /// not affected.
    #[must_use]
    pub fn on_commit(self, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self { emitter: self.emitter.on_commit(wake) }
    }

    /// The events of a transaction that begins, for transactions that are opened by hand: see
    /// [`flush`] and [`committed`](Self::committed).
    pub fn events(&self) -> TxEvents {
        self.emitter.events()
    }

    /// Runs `work` in a transaction, writes the events that it emits, and commits. The emitter's
    /// sinks get the records after the commit.
    ///
    /// `source` is what has a connection: a `&Pool`, or a `&mut` connection without an open
    /// transaction. In `work`, write `&mut *tx` where sqlx asks for an executor.
    ///
    /// An event whose deduplication key is in the table is left out. To learn how many were left
    /// out, call [`flush`] at the end of `work`.
    ///
    /// `work` must not end the transaction by a statement of its own.
    ///
    /// # Cancellation
    ///
    /// If the future is dropped, the transaction is rolled back, and its events are discarded. If
    /// it is dropped while the commit is on its way, the outcome of the commit is unknown, as with
    /// [`Error::CommitUnknown`]; the events are discarded then, too. sqlx sends the rollback when
    /// the connection is used again, or is back in its pool.
    ///
    /// # Errors
    ///
    /// The error of `work`, or why the events cannot be written or committed. The transaction is
    /// then rolled back, and its events are discarded. If the connection has an open transaction
    /// already, [`Error::InTransaction`]: the sinks would get records that may be rolled back.
    ///
    /// # Panics
    ///
    /// If `work` panics. The transaction is rolled back, and its events are discarded.
    pub async fn transaction<'c, C, A, T, E>(
        &self,
        source: A,
        work: impl AsyncFnOnce(&mut C, &mut TxEvents) -> Result<T, E>,
    ) -> Result<T, E>
    where
        C: OutboxConnection,
        A: Acquire<'c, Database: Database<Connection = C>>,
        E: From<Error>,
    {
        let mut events = self.events();
        let scope = TxScope::begin(&mut events);
        let mut connection = source.acquire().await.map_err(Error::from)?;
        let mut tx = begin::<C>(&mut connection, C::BEGIN).await?;
        let done = match work(&mut tx, scope.events).await {
            Ok(value) => finish::<C>(&mut tx, scope.events).await.map(|()| value).map_err(E::from),
            Err(error) => Err(error),
        };
        let value = match done {
            Ok(value) => value,
            Err(error) => {
                roll_back::<C>(tx).await;
                return Err(error);
            }
        };
        tx.commit().await.map_err(Error::of_commit)?;
        scope.keep();
        self.committed(events);
        Ok(value)
    }

    /// A transaction that was opened by hand is committed: the emitter's sinks get the records of
    /// `events`, and a relay in this process is woken.
    pub fn committed(&self, events: TxEvents) {
        self.emitter.committed(events);
    }
}

pub(crate) async fn begin<'a, C: OutboxConnection>(
    connection: &'a mut C,
    statement: &'static str,
) -> Result<Transaction<'a, C::Database>, Error> {
    if connection.is_in_transaction() {
        return Err(Error::InTransaction);
    }
    // A text with a lifetime would keep the future from being `Send`.
    Ok(connection.begin_with(statement.into_sql_str()).await?)
}

/// Writes the events, and checks that a commit would commit.
async fn finish<C: OutboxConnection>(tx: &mut C, events: &mut TxEvents) -> Result<(), Error> {
    if flush(tx, events).await? == Flushed::default() {
        tx.must_commit().await?;
    }
    Ok(())
}

/// At once, so that the locks of the transaction are free when its error is returned. A connection
/// that cannot do it is broken, and its server rolls back.
async fn roll_back<C: OutboxConnection>(mut tx: Transaction<'_, C::Database>) {
    tx.before_rollback().await;
    let _ = tx.rollback().await;
}
