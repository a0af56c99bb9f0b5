//! Events that wait in an outbox.

use crate::event::{context, paid};
use event_core::{Emit, Emitter};
use event_outbox_rusqlite::{Error, Outbox, migrate};
use rusqlite::Connection;
use std::path::Path;

/// Makes an outbox with so many events. They are of the orders in turn, so that the events of an
/// order are far apart and many orders wait.
pub(crate) fn fill(database: &Path, events: usize, orders: usize) -> Result<(), Error> {
    let mut connection = Connection::open(database)?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")?;
    migrate(&mut connection)?;
    let outbox = Outbox::new(Emitter::builder().service("shop").environment("bench").build());
    let _bound = context().enter();
    outbox.transaction(&mut connection, |_, buffer| {
        for event in 0..events {
            paid(i64::try_from(event % orders).unwrap_or(0)).emit_to(buffer);
        }
        Ok(())
    })
}
