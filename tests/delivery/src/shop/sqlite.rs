//! The shop in SQLite.

use super::plan::{Change, Habits, Plan};
use super::{NotCommitted, Refused};
use event_core::Emitter;
use event_outbox_rusqlite::{Outbox, flush, migrate, savepoint};
use rusqlite::Connection;
use std::path::Path;
use std::thread;
use std::time::Duration;

pub(super) struct Tables {
    connection: Connection,
    outbox: Outbox,
}

/// `purged` remembers what `event-relay purge` deletes, so that the oracle knows every event.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS purged (
        seq INTEGER PRIMARY KEY, event_id TEXT, entity_id TEXT, entity_version INTEGER
    ) STRICT;
    CREATE TRIGGER IF NOT EXISTS remember AFTER DELETE ON domain_events BEGIN
        INSERT INTO purged VALUES (OLD.seq, OLD.event_id, OLD.entity_id, OLD.entity_version);
    END;";

impl Tables {
    pub(super) fn open(path: &Path, habits: &Habits, emitter: Emitter) -> Result<Self, Refused> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", habits.synchronous)?;
        migrate(&mut connection)?;
        connection.execute_batch(TABLES)?;
        Ok(Self { connection, outbox: Outbox::new(emitter) })
    }

    pub(super) fn number(&self, query: &str) -> Result<i64, Refused> {
        Ok(self.connection.query_row(query, [], |row| row.get(0))?)
    }

    pub(super) fn change(&mut self, plan: &Plan) -> Result<(), NotCommitted> {
        let Self { connection, outbox } = self;
        outbox.transaction(connection, |tx, events| {
            for change in &plan.changes {
                if change.is_tried {
                    let undone: Result<(), NotCommitted> = savepoint(tx, events, |part, events| {
                        change.emit(events, version(part, change)?, false);
                        Err(NotCommitted::OnPurpose)
                    });
                    match undone {
                        Err(NotCommitted::OnPurpose) | Ok(()) => {}
                        Err(refused) => return Err(refused),
                    }
                }
                change.emit(events, version(tx, change)?, plan.is_meant);
            }
            if plan.is_early {
                flush(tx, events)?;
            }
            if !plan.held.is_zero() {
                thread::sleep(plan.held);
            }
            if plan.is_meant { Ok(()) } else { Err(NotCommitted::OnPurpose) }
        })
    }
}

/// Changes the order, and returns its version.
fn version(connection: &Connection, change: &Change) -> rusqlite::Result<u64> {
    if let Some(version) = change.version {
        return Ok(version);
    }
    let sql = "INSERT INTO orders VALUES (?1, 1)
        ON CONFLICT (id) DO UPDATE SET version = version + 1 RETURNING version";
    let mut insert = connection.prepare_cached(sql)?;
    let version = insert.query_row([&change.order], |row| row.get::<_, i64>(0))?;
    Ok(version.unsigned_abs())
}
