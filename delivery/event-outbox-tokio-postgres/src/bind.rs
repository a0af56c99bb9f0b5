//! Rows into PostgreSQL.

use crate::error::Error;
use event_core::EventId;
use event_outbox::{Array, AsyncOutboxTx, Flushed, Inserted, OutboxRow, TxEvents, arrays, sql};
use std::error::Error as StdError;
use tokio_postgres::types::{FromSql, ToSql, Type};
use tokio_postgres::{Statement, Transaction};

/// An open transaction of PostgreSQL, to which events are flushed.
#[derive(Clone, Copy)]
pub struct PostgresTx<'a> {
    tx: &'a Transaction<'a>,
    insert: Option<&'a Statement>,
}

impl<'a> PostgresTx<'a> {
    /// Events are written by a statement that is not prepared.
    pub const fn new(tx: &'a Transaction<'a>) -> Self {
        Self { tx, insert: None }
    }

    /// Events are written by `insert`: a statement of [`INSERT`](sql::postgres::INSERT) that was
    /// prepared on the connection of the transaction.
    #[must_use]
    pub const fn prepared(self, insert: &'a Statement) -> Self {
        Self { insert: Some(insert), ..self }
    }
}

impl AsyncOutboxTx for PostgresTx<'_> {
    type Error = Error;

    async fn append<'a>(&'a mut self, rows: &'a [OutboxRow<'a>]) -> Result<Inserted, Error> {
        let arrays = arrays(rows)?;
        let parameters = arrays.each_ref().map(|array| match array {
            Array::Integers(numbers) => (numbers as &(dyn ToSql + Sync), Type::INT8_ARRAY),
            Array::Texts(texts) => (texts as &(dyn ToSql + Sync), Type::TEXT_ARRAY),
        });
        let written = match self.insert {
            Some(insert) => {
                let values = parameters.each_ref().map(|(value, _)| *value);
                self.tx.query(insert, &values).await?
            }
            None => self.tx.query_typed(sql::postgres::INSERT, &parameters).await?,
        };
        if written.len() == rows.len() {
            return Ok(Inserted::All);
        }
        let ids = written.iter().map(|row| Ok(row.try_get::<_, Id>(0)?.0));
        Ok(Inserted::Only(ids.collect::<Result<_, Error>>()?))
    }
}

/// Writes the events of an open transaction that are not written yet.
///
/// ```no_run
/// # use event_outbox_tokio_postgres::{Error, Outbox, flush};
/// # async fn by_hand(outbox: &Outbox, client: &mut tokio_postgres::Client) -> Result<(), Error> {
/// let mut events = outbox.events();
/// let tx = client.transaction().await?;
/// // .. change rows, and emit to `events` ..
/// let flushed = flush(&tx, &mut events).await?;
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
/// If PostgreSQL refuses a row, the emitter has refused an event, a text has the character U+0000,
/// or an earlier flush has failed. Roll the transaction back.
pub async fn flush(tx: &Transaction<'_>, events: &mut TxEvents) -> Result<Flushed, Error> {
    events.flush_async(&mut PostgresTx::new(tx)).await.map_err(Error::from)
}

/// The id of an event, of the type `uuid`.
struct Id(EventId);

impl<'a> FromSql<'a> for Id {
    fn from_sql(_: &Type, bytes: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(EventId::from_u128(u128::from_be_bytes(bytes.try_into()?))))
    }

    fn accepts(of: &Type) -> bool {
        *of == Type::UUID
    }
}
