//! Savepoints: parts of a transaction that can be rolled back alone, with their events.

use crate::bind::must_be_in_transaction;
use crate::error::Error;
use event_outbox::{TxEvents, TxScope};
use rusqlite::Connection;

/// Runs `work` in a savepoint of an open transaction. If `work` returns an error or panics, its
/// changes and its events are rolled back, and the transaction can go on. Savepoints can be nested.
///
/// ```
/// # use event_core::Emitter;
/// # use event_outbox_rusqlite::{Error, Outbox, migrate, savepoint};
/// # fn main() -> Result<(), Error> {
/// # let mut connection = rusqlite::Connection::open_in_memory()?;
/// # migrate(&mut connection)?;
/// # connection.execute_batch("CREATE TABLE stock (item TEXT, count INTEGER CHECK (count >= 0))")?;
/// # let outbox = Outbox::new(Emitter::builder().build());
/// outbox.transaction(&mut connection, |tx, events| {
///     let reserved = savepoint(tx, events, |tx, _events| {
///         tx.execute("INSERT INTO stock VALUES ('hat', 1), ('coat', -1)", [])?;
///         // .. emit to `_events` ..
///         Ok::<_, Error>(())
///     });
///     assert!(reserved.is_err(), "a count is not negative");
///     // .. the transaction goes on without the reservation and its events ..
///     Ok::<_, Error>(())
/// })?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The error of `work`, or why the savepoint cannot be opened or released.
///
/// # Panics
///
/// If `work` panics.
pub fn savepoint<T, E: From<Error>>(
    tx: &Connection,
    events: &mut TxEvents,
    work: impl FnOnce(&Connection, &mut TxEvents) -> Result<T, E>,
) -> Result<T, E> {
    let scope = TxScope::begin(events);
    let open = Open::begin(tx)?;
    let value = work(tx, scope.events)?;
    open.release()?;
    scope.keep();
    Ok(value)
}

/// A savepoint of SQLite. It is rolled back if it is dropped before it is released.
///
/// rusqlite's own needs `&mut`, so that a closure could not use the transaction around it. Names
/// may repeat: a statement means the innermost savepoint of the name.
struct Open<'a> {
    tx: &'a Connection,
    is_released: bool,
}

impl<'a> Open<'a> {
    fn begin(tx: &'a Connection) -> Result<Self, Error> {
        // Outside of a transaction, a savepoint is one.
        must_be_in_transaction(tx)?;
        tx.execute_batch("SAVEPOINT outbox")?;
        Ok(Self { tx, is_released: false })
    }

    fn release(mut self) -> Result<(), Error> {
        self.tx.execute_batch("RELEASE outbox")?;
        self.is_released = true;
        Ok(())
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if self.is_released {
            return;
        }
        let is_rolled_back = self.tx.execute_batch("ROLLBACK TO outbox; RELEASE outbox").is_ok();
        if !is_rolled_back && !self.tx.is_autocommit() {
            // Its changes must not stay without their events. Without a transaction, what follows
            // fails when it is flushed or committed.
            let _ = self.tx.execute_batch("ROLLBACK");
        }
    }
}
