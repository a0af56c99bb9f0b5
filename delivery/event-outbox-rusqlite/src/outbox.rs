//! Transactions with events.

use crate::bind::flush;
use crate::error::Error;
use event_core::Emitter;
use event_outbox::{OutboxEmitter, TxEvents, TxScope};
use rusqlite::{Connection, Transaction, TransactionBehavior};

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

    /// Runs `work` in a transaction (`BEGIN IMMEDIATE`), writes the events that it emits, and
    /// commits. The emitter's sinks get the records after the commit.
    ///
    /// An event whose deduplication key is in the table is left out. To learn how many were left
    /// out, call [`flush`] at the end of `work`.
    ///
    /// # Errors
    ///
    /// The error of `work`, or why the events cannot be written or committed. The transaction is
    /// then rolled back, and its events are discarded.
    ///
    /// # Panics
    ///
    /// If `work` panics. The transaction is rolled back, and its events are discarded.
    pub fn transaction<T, E: From<Error>>(
        &self,
        connection: &mut Connection,
        work: impl FnOnce(&Transaction<'_>, &mut TxEvents) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut events = self.events();
        let scope = TxScope::begin(&mut events);
        // A transaction that is dropped is rolled back.
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let tx = begun.map_err(Error::from)?;
        let value = work(&tx, scope.events)?;
        flush(&tx, scope.events)?;
        tx.commit().map_err(Error::from)?;
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
