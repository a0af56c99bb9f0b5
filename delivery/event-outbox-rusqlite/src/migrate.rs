//! Makes the outbox's tables, and brings older ones up to date.

use crate::error::Error;
use event_outbox::{Migrated, pending, sql};
use rusqlite::{Connection, TransactionBehavior};

/// Makes the outbox's tables, or brings older ones up to date. If they are up to date, it only
/// reads their version.
///
/// It is one transaction that holds SQLite's write lock: of several programs that start at once,
/// one migrates, and the others wait for it, as long as their `busy_timeout`.
///
/// # Errors
///
/// If the tables are newer than this program, or SQLite refuses a statement. Nothing is changed
/// then.
pub fn migrate(connection: &mut Connection) -> Result<Migrated, Error> {
    let found = schema_version(connection)?;
    if pending(sql::sqlite::MIGRATIONS, found)?.is_empty() {
        return Ok(Migrated { from: found, to: found });
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have migrated before this one had the lock.
    let from = schema_version(&tx)?;
    let steps = pending(sql::sqlite::MIGRATIONS, from)?;
    tx.execute_batch(sql::sqlite::SCHEMA_TABLE)?;
    for step in steps {
        tx.execute_batch(step.sql)?;
        tx.execute(sql::sqlite::MIGRATED, (step.version, step.name))?;
    }
    tx.commit()?;
    Ok(Migrated { from, to: steps.last().map_or(from, |step| step.version) })
}

/// The version of the outbox's tables. 0 if there are none.
///
/// # Errors
///
/// If SQLite cannot read them.
pub fn schema_version(connection: &Connection) -> Result<u32, Error> {
    if !connection.query_row(sql::sqlite::HAS_SCHEMA_TABLE, [], |row| row.get(0))? {
        return Ok(0);
    }
    Ok(connection.query_row(sql::sqlite::VERSION, [], |row| row.get(0))?)
}
