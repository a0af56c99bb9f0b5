//! The inbox of a consumer: each message has its effect once.
//!
//! A relay delivers at least once, so a consumer sees a message again after a crash. The consumer
//! asks [`once`] in the transaction of the message's effect: the effect and the mark are committed
//! together.
//!
//! ```
//! # use event_core::EventId;
//! # use event_outbox_rusqlite::{Error, inbox, migrate};
//! # fn main() -> Result<(), Error> {
//! # let mut connection = rusqlite::Connection::open_in_memory()?;
//! # migrate(&mut connection)?;
//! # let event_id = EventId::new();
//! let tx = connection.transaction()?;
//! if inbox::once(&tx, "invoices", "shop", event_id)? {
//!     // .. write the invoice, in this transaction ..
//! }
//! tx.commit()?;
//! # assert!(!inbox::once(&*connection.transaction()?, "invoices", "shop", event_id)?);
//! # Ok(())
//! # }
//! ```

use crate::bind::must_be_in_transaction;
use crate::error::Error;
use event_core::{EventId, Timestamp};
use event_outbox::sql;
use rusqlite::Connection;

/// Marks a message as seen, in an open transaction. Returns whether this is the first time.
///
/// `consumer` names the part of the service that has the effect: two consumers of one database see
/// the message once each. `source` names where the message is from: the `source` of a CloudEvent.
///
/// # Errors
///
/// If SQLite refuses the mark, or no transaction is open. Roll the transaction back.
pub fn once(
    tx: &Connection,
    consumer: &str,
    source: &str,
    event_id: EventId,
) -> Result<bool, Error> {
    must_be_in_transaction(tx)?;
    let mut insert = tx.prepare_cached(sql::sqlite::INBOX_ONCE)?;
    let marks =
        insert.execute((consumer, source, event_id.to_string(), Timestamp::now().to_string()))?;
    Ok(marks == 1)
}

/// Forgets the messages that were seen before a time. Returns how many.
///
/// Keep them for longer than a message can be on its way: a message that is delivered again after
/// its mark is purged has its effect again.
///
/// # Errors
///
/// If SQLite refuses it.
pub fn purge(connection: &Connection, before: Timestamp) -> Result<usize, Error> {
    Ok(connection.execute(sql::sqlite::INBOX_PURGE, [before.to_string()])?)
}
