//! Faults of the disk, the file, the clock and the process: an error that says what to do, and
//! never a change without its events, or events without their change.
#![cfg(unix)]
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

mod clock;
mod file;
#[path = "../fixture/mod.rs"]
mod fixture;
mod full;
mod kill;

use event_core::Emit;
use event_outbox::TxEvents;
use event_outbox_rusqlite::Error;
use fixture::events::order_created;
use rusqlite::Connection;

/// A change of an order that has a version: the change, and its event.
fn change(tx: &Connection, events: &mut TxEvents, order_id: i64) -> Result<(), Error> {
    let sql = "INSERT INTO orders VALUES (?1, 1)
               ON CONFLICT (id) DO UPDATE SET version = version + 1 RETURNING version";
    let version = tx.query_row(sql, [order_id], |row| row.get(0))?;
    order_created(order_id, version).emit_to(events);
    Ok(())
}

/// The number of changes. As many events are there, and the events of an order have its versions
/// from 1, in the order of `seq`, without a hole.
fn changes(connection: &Connection) -> i64 {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let sql = "SELECT count(*) FROM (
                   SELECT entity_version, row_number() OVER (
                       PARTITION BY entity_type, entity_id ORDER BY seq
                   ) AS place FROM domain_events
               ) WHERE entity_version <> place";
    assert_eq!(number(sql), 0, "an order's events are not its versions");
    let changes = number("SELECT coalesce(sum(version), 0) FROM orders");
    assert_eq!(number("SELECT count(*) FROM domain_events"), changes);
    changes
}

fn is_sound(connection: &Connection) {
    let check: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
}
