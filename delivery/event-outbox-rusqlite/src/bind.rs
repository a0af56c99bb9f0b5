//! Rows into SQLite.

use crate::error::Error;
use event_outbox::{Flushed, Inserted, OutboxRow, OutboxTx, TxEvents, Value, sql};
use rusqlite::Connection;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use std::fmt::{self, Write as _};

/// An open transaction of SQLite, to which events are flushed.
///
/// SQLite runs in the process: a statement for each row costs no round trip. So the rows are
/// written by one prepared statement that is run for each.
#[derive(Debug)]
pub struct SqliteTx<'a>(pub &'a Connection);

impl OutboxTx for SqliteTx<'_> {
    type Error = Error;

    fn append(&mut self, rows: &[OutboxRow<'_>]) -> Result<Inserted, Error> {
        must_be_in_transaction(self.0)?;
        let mut insert = self.0.prepare_cached(sql::sqlite::INSERT)?;
        let mut written = Vec::with_capacity(rows.len());
        for row in rows {
            let values = row.values().map(Bound::of);
            if insert.execute(rusqlite::params_from_iter(&values))? == 1 {
                written.push(row.event_id);
            }
        }
        let all = written.len() == rows.len();
        Ok(if all { Inserted::All } else { Inserted::Only(written) })
    }
}

/// A statement outside of a transaction is committed by itself, without the others. SQLite rolls a
/// transaction back by itself if the disk is full, and goes on without one.
pub(crate) fn must_be_in_transaction(connection: &Connection) -> Result<(), Error> {
    if connection.is_autocommit() { Err(Error::NoTransaction) } else { Ok(()) }
}

/// Writes the events of an open transaction that are not written yet.
///
/// ```no_run
/// # use event_core::Emitter;
/// # use event_outbox_rusqlite::{Outbox, flush};
/// # fn main() -> Result<(), event_outbox_rusqlite::Error> {
/// # let mut connection = rusqlite::Connection::open_in_memory()?;
/// # let outbox = Outbox::new(Emitter::builder().build());
/// let mut events = outbox.events();
/// let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
/// // .. change rows, and emit to `events` ..
/// let flushed = flush(&tx, &mut events)?;
/// println!("{} events, {} duplicates", flushed.written, flushed.duplicates);
/// tx.commit()?;
/// outbox.committed(events);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If SQLite refuses a row, the emitter has refused an event, or no transaction is open. Roll the
/// transaction back.
pub fn flush(tx: &Connection, events: &mut TxEvents) -> Result<Flushed, Error> {
    events.flush(&mut SqliteTx(tx)).map_err(Error::from)
}

/// A value as SQLite stores it: ids and times are texts.
enum Bound<'a> {
    Is(ValueRef<'a>),
    Short(Short),
}

/// The text of an id or a time, without an allocation: each row has four of them.
struct Short {
    bytes: [u8; 36],
    len: usize,
}

impl<'a> Bound<'a> {
    fn of(value: Value<'a>) -> Self {
        match value {
            Value::Null => Self::Is(ValueRef::Null),
            Value::Integer(number) => Self::Is(ValueRef::Integer(number)),
            Value::Text(text) => Self::Is(ValueRef::Text(text.as_bytes())),
            Value::Id(id) => Self::short(&id),
            Value::Time(time) => Self::short(&time),
        }
    }

    fn short(value: &impl fmt::Display) -> Self {
        let mut text = Short { bytes: [0; 36], len: 0 };
        // An id has 36 characters, a time 27: they fit.
        let _ = write!(text, "{value}");
        Self::Short(text)
    }
}

impl fmt::Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Is(value) => *value,
            Self::Short(text) => ValueRef::Text(&text.bytes[..text.len]),
        }))
    }
}
