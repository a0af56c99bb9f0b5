//! The events of one transaction.

use crate::adapter::{AsyncOutboxTx, OutboxTx};
use crate::flush::{FlushError, Flushed};
use crate::row::OutboxRow;
use event_core::Emitter;
use event_core::emit::{Call, EmitTarget, RecordBuffer};
use event_core::record::OwnedRecord;

/// The events of one transaction: emit into it, [`flush`](Self::flush) just before the commit, and
/// call [`committed`](Self::committed) after it.
///
/// Flush last: an entity's row is then locked before its event gets its place in the table, so that
/// the events of an entity are in the order of its changes.
///
/// If it is dropped before `committed` or [`rolled_back`](Self::rolled_back) is called, the
/// emitter reports [`Incident::BufferDropped`](event_core::emit::Incident::BufferDropped).
#[derive(Debug)]
#[must_use = "its events are lost when it is dropped: call `flush`, and `committed` after the commit"]
pub struct TxEvents {
    buffer: RecordBuffer,
    /// For each record that is flushed, whether it is a row of the open transaction. If not, it is
    /// a duplicate. It stays in the buffer, because a savepoint may take the flush back.
    is_row: Vec<bool>,
    /// Of the events that were refused, those whose change is rolled back.
    refused_and_rolled_back: u64,
    /// A flush has failed or was cancelled: which of its rows are written is unknown.
    is_unfinished: bool,
}

/// A place in the events of a transaction, to which they can be rolled back.
#[derive(Clone, Copy, Debug)]
pub struct Savepoint {
    events: usize,
    flushed: usize,
    refused: u64,
    is_unfinished: bool,
}

impl TxEvents {
    /// The events of a transaction that begins. Their records are those of `emitter`.
    pub fn new(emitter: &Emitter) -> Self {
        Self {
            buffer: emitter.buffer(),
            is_row: Vec::new(),
            refused_and_rolled_back: 0,
            is_unfinished: false,
        }
    }

    /// The records, oldest first. Those that a flush has left out as duplicates are among them.
    pub fn records(&self) -> &[OwnedRecord] {
        self.buffer.records()
    }

    /// Writes the events that are not written yet into the transaction. It can be called again
    /// after more events.
    ///
    /// # Errors
    ///
    /// If the database refuses the rows, the emitter has refused an event, or an earlier flush has
    /// failed. The transaction must be rolled back.
    pub fn flush<T: OutboxTx>(&mut self, tx: &mut T) -> Result<Flushed, FlushError<T::Error>> {
        self.check()?;
        let rows = unwritten(&self.buffer, &self.is_row);
        if rows.is_empty() {
            return Ok(Flushed::default());
        }
        self.is_unfinished = true;
        let inserted = tx.append(&rows).map_err(FlushError::Database)?;
        let is_row = inserted.of(&rows);
        Ok(self.flushed(is_row))
    }

    /// As [`flush`](Self::flush), for an asynchronous driver.
    ///
    /// # Errors
    ///
    /// As `flush`. If the future is dropped before it is done, a later flush fails.
    pub async fn flush_async<T: AsyncOutboxTx>(
        &mut self,
        tx: &mut T,
    ) -> Result<Flushed, FlushError<T::Error>> {
        self.check()?;
        let rows = unwritten(&self.buffer, &self.is_row);
        if rows.is_empty() {
            return Ok(Flushed::default());
        }
        self.is_unfinished = true;
        let inserted = tx.append(&rows).await.map_err(FlushError::Database)?;
        let is_row = inserted.of(&rows);
        Ok(self.flushed(is_row))
    }

    /// The transaction is committed: delivers the records to the emitter's sinks. Returns how many
    /// events the transaction has written.
    ///
    /// A duplicate is not delivered; the emitter counts it as discarded. An event that was emitted
    /// after the last flush is not in the table, so it is not delivered either: the emitter reports
    /// it as [`Incident::BufferDropped`](event_core::emit::Incident::BufferDropped).
    pub fn committed(mut self) -> usize {
        let mut is_row = self.is_row.iter();
        self.buffer.retain(|_| is_row.next().is_none_or(|is_row| *is_row));
        let written = self.is_row.iter().filter(|is_row| **is_row).count();
        self.buffer.flush_first(written);
        written
    }

    /// The transaction is rolled back: discards the events. The emitter counts them as discarded.
    pub fn rolled_back(mut self) {
        self.buffer.discard();
    }

    /// The place to which [`roll_back_to`](Self::roll_back_to) goes back. Take it when the
    /// transaction opens a savepoint.
    pub fn savepoint(&self) -> Savepoint {
        Savepoint {
            events: self.buffer.records().len(),
            flushed: self.is_row.len(),
            refused: self.refused(),
            is_unfinished: self.is_unfinished,
        }
    }

    /// Discards the events since `savepoint`: the transaction is rolled back to its savepoint. An
    /// event from before it that was flushed after it is written again by the next flush.
    pub fn roll_back_to(&mut self, savepoint: Savepoint) {
        self.buffer.truncate(savepoint.events);
        self.is_row.truncate(savepoint.flushed);
        self.refused_and_rolled_back = self.buffer.refused() - savepoint.refused;
        self.is_unfinished = savepoint.is_unfinished;
    }

    /// How many refused events belong to changes of the open transaction.
    fn refused(&self) -> u64 {
        self.buffer.refused() - self.refused_and_rolled_back
    }

    /// Checks that the events can be written.
    fn check<E>(&self) -> Result<(), FlushError<E>> {
        match self.refused() {
            _ if self.is_unfinished => Err(FlushError::Unfinished),
            0 => Ok(()),
            events => Err(FlushError::Refused { events }),
        }
    }

    fn flushed(&mut self, is_row: Vec<bool>) -> Flushed {
        let written = is_row.iter().filter(|is_row| **is_row).count();
        let duplicates = is_row.len() - written;
        self.is_row.extend(is_row);
        self.is_unfinished = false;
        Flushed { written, duplicates }
    }
}

/// The rows of the events that are not written yet.
fn unwritten<'a>(buffer: &'a RecordBuffer, is_row: &[bool]) -> Vec<OutboxRow<'a>> {
    buffer.records()[is_row.len()..].iter().map(OutboxRow::of).collect()
}

impl EmitTarget for TxEvents {
    fn accept(&mut self, call: Call<'_>) {
        self.buffer.accept(call);
    }
}
