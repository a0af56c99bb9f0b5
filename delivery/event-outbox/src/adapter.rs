//! What an adapter for a database driver implements.

use crate::row::OutboxRow;
use event_core::EventId;
use std::collections::BTreeSet;
use std::future::Future;

/// An open transaction of a blocking driver.
pub trait OutboxTx {
    /// The error of the driver.
    type Error;

    /// Inserts the rows into the event table, in their order. A row whose deduplication key is in
    /// the table is left out, without an error.
    ///
    /// Write all rows in one statement if the database is behind a network: one round trip then
    /// costs a transaction with many events as much as a transaction with one.
    ///
    /// # Errors
    ///
    /// If the database refuses the rows. The transaction must then be rolled back.
    fn append(&mut self, rows: &[OutboxRow<'_>]) -> Result<Inserted, Self::Error>;
}

/// An open transaction of an asynchronous driver. As [`OutboxTx`].
pub trait AsyncOutboxTx {
    /// The error of the driver.
    type Error;

    /// As [`OutboxTx::append`].
    fn append<'a>(
        &'a mut self,
        rows: &'a [OutboxRow<'a>],
    ) -> impl Future<Output = Result<Inserted, Self::Error>> + Send + 'a;
}

/// Which rows an insert has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// All rows. An adapter may say so without looking if no row has a deduplication key.
    All,
    /// The rows of these events. The other rows have a deduplication key that is in the table.
    Only(Vec<EventId>),
}

impl Inserted {
    /// For each of the rows, whether it is written.
    pub(crate) fn of(self, rows: &[OutboxRow<'_>]) -> Vec<bool> {
        match self {
            Self::All => vec![true; rows.len()],
            Self::Only(ids) => {
                let ids: BTreeSet<EventId> = ids.into_iter().collect();
                rows.iter().map(|row| ids.contains(&row.event_id)).collect()
            }
        }
    }
}
