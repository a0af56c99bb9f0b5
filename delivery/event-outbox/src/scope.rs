//! A part of a transaction that keeps its events or discards them.

use crate::events::{Savepoint, TxEvents};

/// The events of a transaction or of a savepoint while it is open. They are rolled back if the
/// scope is dropped before [`keep`](Self::keep) is called: by an error, by a panic, or because the
/// future that has it is dropped.
#[derive(Debug)]
#[must_use = "the events since its begin are rolled back when it is dropped"]
pub struct TxScope<'a> {
    /// The events of the transaction.
    pub events: &'a mut TxEvents,
    start: Savepoint,
    is_kept: bool,
}

impl<'a> TxScope<'a> {
    /// The scope of the events that are emitted from here on.
    pub fn begin(events: &'a mut TxEvents) -> Self {
        Self { start: events.savepoint(), events, is_kept: false }
    }

    /// The transaction is committed, or the savepoint is released.
    pub fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for TxScope<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            self.events.roll_back_to(self.start);
        }
    }
}
