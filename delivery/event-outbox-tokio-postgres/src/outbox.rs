//! Transactions with events.

use crate::bind::PostgresTx;
use crate::error::Error;
use event_core::Emitter;
use event_outbox::{Flushed, OutboxEmitter, TxEvents, TxScope};
use std::fmt;
use tokio_postgres::{Client, Statement, Transaction};

/// Writes the events of a transaction into its database, in the same transaction.
#[derive(Clone)]
pub struct Outbox {
    emitter: OutboxEmitter,
    insert: Option<Statement>,
}

impl Outbox {
    /// An outbox whose records are those of `emitter`.
    pub fn new(emitter: Emitter) -> Self {
        Self { emitter: OutboxEmitter::new(emitter), insert: None }
    }

    /// Calls `wake` after each commit that has written events: a relay in the same process then
    /// reads at once, instead of at its next poll. It must not block. If it panics, the commit is
    /// not affected.
    #[must_use]
    pub fn on_commit(self, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self { emitter: self.emitter.on_commit(wake), ..self }
    }

    /// Writes events by a prepared statement of [`INSERT`](crate::INSERT). The server then does not
    /// parse it for each transaction, which takes longer than the insert of one event.
    ///
    /// It is for transactions of the connection on which it was prepared. A pool that has a cache of
    /// statements gives one for each connection: with `deadpool-postgres`,
    /// `outbox.clone().prepared(client.prepare_cached(INSERT).await?)`.
    ///
    /// ```no_run
    /// # use event_outbox_tokio_postgres::{Error, INSERT, Outbox};
    /// # async fn example(outbox: Outbox, client: tokio_postgres::Client) -> Result<(), Error> {
    /// let outbox = outbox.prepared(client.prepare(INSERT).await?);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn prepared(self, insert: Statement) -> Self {
        Self { insert: Some(insert), ..self }
    }

    /// The events of a transaction that begins, for transactions that are opened by hand: see
    /// [`flush`](crate::flush()) and [`committed`](Self::committed).
    pub fn events(&self) -> TxEvents {
        self.emitter.events()
    }

    /// Runs `work` in a transaction, writes the events that it emits, and commits. The emitter's
    /// sinks get the records after the commit.
    ///
    /// An event whose deduplication key is in the table is left out. To learn how many were left
    /// out, call [`flush`](crate::flush) at the end of `work`.
    ///
    /// `work` must not end the transaction by a statement of its own.
    ///
    /// # Cancellation
    ///
    /// If the future is dropped, the transaction is rolled back, and its events are discarded. If
    /// it is dropped while the commit is on its way, the outcome of the commit is unknown, as with
    /// [`Error::CommitUnknown`]; the events are discarded then, too.
    ///
    /// # Errors
    ///
    /// The error of `work`, or why the events cannot be written or committed. The transaction is
    /// then rolled back, and its events are discarded.
    ///
    /// # Panics
    ///
    /// If `work` panics. The transaction is rolled back, and its events are discarded.
    pub async fn transaction<T, E: From<Error>>(
        &self,
        client: &mut Client,
        work: impl AsyncFnOnce(&mut Transaction<'_>, &mut TxEvents) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut events = self.events();
        let scope = TxScope::begin(&mut events);
        // A transaction that is dropped is rolled back.
        let mut tx = client.transaction().await.map_err(Error::from)?;
        let value = work(&mut tx, scope.events).await?;
        self.commit(tx, scope.events).await?;
        scope.keep();
        self.committed(events);
        Ok(value)
    }

    /// A transaction that was opened by hand is committed: the emitter's sinks get the records of
    /// `events`, and a relay in this process is woken.
    pub fn committed(&self, events: TxEvents) {
        self.emitter.committed(events);
    }

    async fn commit(&self, tx: Transaction<'_>, events: &mut TxEvents) -> Result<(), Error> {
        let open = PostgresTx::new(&tx);
        let mut open = self.insert.as_ref().map_or(open, |insert| open.prepared(insert));
        if events.flush_async(&mut open).await? == Flushed::default() {
            // After a statement that has failed, PostgreSQL answers COMMIT as if it were done, but
            // rolls back. The driver does not report it; any other statement fails.
            tx.batch_execute("SELECT 1").await?;
        }
        tx.commit().await.map_err(Error::of_commit)
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").field("emitter", &self.emitter).finish_non_exhaustive()
    }
}
