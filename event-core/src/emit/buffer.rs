//! Records that are delivered later than they are made: the records of a transaction, kept until
//! its outcome is known, and records that were made elsewhere.

use super::door::{self, Kept, Way};
use super::incident::{Incident, Topic};
use super::tally::Outcome;
use super::{Call, EmitTarget, Emitter, refused, state};
use crate::record::OwnedRecord;
use crate::record::nesting;
use crate::value::encode::Refusal;
use std::fmt;

/// Keeps the records of a transaction's events until the transaction is committed. Made by
/// [`Emitter::buffer`].
///
/// The records are byte for byte the records that the emitter would have written: with its service,
/// ids, sequence and clock, and the context that is bound where the event is emitted. Levels,
/// sample rates, limits and transitions apply as without a buffer, and are decided when the event
/// is emitted. Nothing is written, and no call waits, until the buffer is flushed.
///
/// An event in a buffer counts as `buffered`. A flushed event counts as `emitted`. An event that is
/// discarded, or dropped with the buffer, counts as `discarded`. A record gets its number in the
/// emitter's `sequence` when the event is emitted. So the sequence has gaps where events are
/// discarded, and records may arrive out of order.
///
/// ```
/// use event_core::sink::Memory;
/// use event_core::{Emit, Emitter, events};
///
/// events!(
///     /// Orders.
///     #[domain(optional(action))]
///     pub enum Order {}
///
///     /// An order was placed.
///     #[event(info)]
///     pub struct OrderCreated {
///         /// How many things were ordered.
///         pub items: u32,
///     }
/// );
///
/// # fn main() {
/// let memory = Memory::new();
/// let emitter = Emitter::builder().service("shop").sink(memory.clone()).build();
///
/// let mut events = emitter.buffer();
/// OrderCreated { items: 2 }.emit_to(&mut events);
/// assert!(events.records()[0].text().ends_with(r#""service":"shop","items":2}"#));
/// assert_eq!((emitter.report().buffered, memory.records().len()), (1, 0));
///
/// // .. the transaction is committed ..
/// events.flush();
/// assert_eq!((emitter.report().emitted, memory.records().len()), (1, 1));
/// # }
/// ```
///
/// An outbox writes the records in the transaction itself. With a blocking driver, use
/// [`flush_with`](Self::flush_with). With an asynchronous driver, write [`records`](Self::records),
/// commit, and then call [`flush`](Self::flush).
///
/// A savepoint is a number of records: keep `events.records().len()`, and
/// [`truncate`](Self::truncate) to that number when the savepoint is rolled back.
#[must_use = "the events in it are lost when it is dropped: call `flush` or `discard`"]
pub struct RecordBuffer {
    emitter: Emitter,
    records: Vec<OwnedRecord>,
    refused: u64,
}

impl Emitter {
    /// A buffer for the events of a transaction. The events become records at once; the records go
    /// to this emitter's sinks when the buffer is flushed.
    pub fn buffer(&self) -> RecordBuffer {
        RecordBuffer { emitter: self.clone(), records: Vec::new(), refused: 0 }
    }

    /// Delivers a record that was made elsewhere to the sinks, unchanged: a record of another
    /// emitter, or an older record of this emitter. Its level, sample rate and limit were decided
    /// where it was made. The record counts as one more call, and as `emitted`.
    ///
    /// [`RecordBuffer::flush`] delivers the records of a buffer.
    pub fn deliver(&self, record: &OwnedRecord) {
        if self.hand_on(record) {
            self.count(record, Outcome::Emitted(record.level()));
        } else {
            refused::refuse(&self.inner, state::of(record.meta()), Refusal::Nested);
        }
    }

    /// Delivers a kept record to the sinks. Returns `false` if this call is nested too deep in
    /// other emissions.
    fn hand_on(&self, record: &OwnedRecord) -> bool {
        let Some(emission) = nesting::begin() else { return false };
        door::hand_on(&self.inner, &record.record(), &emission);
        true
    }

    fn count(&self, record: &OwnedRecord, outcome: Outcome) {
        self.inner.tallies.count(state::of(record.meta()), outcome);
    }
}

impl RecordBuffer {
    /// The records that are not flushed yet, oldest first.
    pub fn records(&self) -> &[OwnedRecord] {
        &self.records
    }

    /// How many events were refused, and so are not in the buffer. The emitter's report counts them
    /// too. Check this number before you commit a transaction that must have all of its events.
    pub const fn refused(&self) -> u64 {
        self.refused
    }

    /// Delivers the records to the emitter's sinks. The buffer is empty afterwards and can be used
    /// again.
    ///
    /// The records are discarded if a sink or a value calls this while it is called itself, nested
    /// too deep in other emissions.
    pub fn flush(&mut self) {
        self.flush_first(self.records.len());
    }

    /// As [`flush`](Self::flush), for the first `len` records. The others stay in the buffer.
    pub fn flush_first(&mut self, len: usize) {
        for record in self.records.drain(..len.min(self.records.len())) {
            let is_handed_on = self.emitter.hand_on(&record);
            let outcome =
                if is_handed_on { Outcome::Flushed(record.level()) } else { Outcome::Discarded };
            self.emitter.count(&record, outcome);
        }
    }

    /// Passes the records to `write`. If `write` succeeds, delivers them to the emitter's sinks.
    /// `write` is called for an empty buffer too.
    ///
    /// ```
    /// # use event_core::Emitter;
    /// # fn insert(records: &[event_core::record::OwnedRecord]) -> std::io::Result<usize> { Ok(records.len()) }
    /// # fn main() -> std::io::Result<()> {
    /// # let emitter = Emitter::builder().build();
    /// let mut events = emitter.buffer();
    /// // .. the transaction emits ..
    /// let rows = events.flush_with(|records| insert(records))?;
    /// # assert_eq!(rows, 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the error of `write`. The records stay in the buffer.
    pub fn flush_with<T, E>(
        &mut self,
        write: impl FnOnce(&[OwnedRecord]) -> Result<T, E>,
    ) -> Result<T, E> {
        let written = write(&self.records)?;
        self.flush();
        Ok(written)
    }

    /// Discards the records: the transaction is rolled back.
    pub fn discard(&mut self) {
        self.truncate(0);
    }

    /// Discards the records for which `keep` returns `false`. The others stay, in their order. An
    /// outbox leaves out the events that it has already: see [`Record::deduplication_key`].
    ///
    /// [`Record::deduplication_key`]: crate::record::Record::deduplication_key
    pub fn retain(&mut self, mut keep: impl FnMut(&OwnedRecord) -> bool) {
        self.records.retain(|record| {
            let is_kept = keep(record);
            if !is_kept {
                self.emitter.count(record, Outcome::Discarded);
            }
            is_kept
        });
    }

    /// Discards all but the first `len` records: the transaction is rolled back to a savepoint.
    /// Does nothing if there are at most `len` records.
    pub fn truncate(&mut self, len: usize) {
        for record in self.records.drain(len.min(self.records.len())..) {
            self.emitter.count(&record, Outcome::Discarded);
        }
    }
}

impl EmitTarget for RecordBuffer {
    fn accept(&mut self, call: Call<'_>) {
        let kept = Kept::default();
        call.enter(&self.emitter.inner, &Way { kept: Some(&kept), ..Way::DIRECT });
        match kept.into_inner() {
            Some(Ok(record)) => self.records.push(record),
            Some(Err(_)) => self.refused += 1,
            None => {}
        }
    }
}

impl Drop for RecordBuffer {
    fn drop(&mut self) {
        let events = self.records.len();
        if events > 0 {
            self.discard();
            self.emitter
                .inner
                .incidents
                .tell(Topic::BufferDropped, || Incident::BufferDropped { events });
        }
    }
}

impl fmt::Debug for RecordBuffer {
    /// Shows the lines, which are masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordBuffer").field("records", &self.records).finish_non_exhaustive()
    }
}
