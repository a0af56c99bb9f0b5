//! The cursors of targets, and the places of events.

use super::error::OperationError;
use crate::database::{Database, DatabaseError, DatabaseFault, Row};
use crate::message::Seq;
use event_core::Timestamp;

/// How far a target has been served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) target: String,
    pub(super) low_seq: Seq,
    pub(super) delivered: u64,
    /// `None` if it is not a time.
    pub(super) updated_at: Option<Timestamp>,
}

impl Cursor {
    fn of(row: &Row<'_>) -> Result<Self, DatabaseFault> {
        Ok(Self {
            target: row.text(0)?,
            low_seq: row.integer(1)?,
            delivered: row.count(2)?,
            updated_at: row.time(3),
        })
    }
}

const SELECT: &str = "SELECT target, low_seq, published, updated_at FROM outbox_cursor";

/// All cursors, by the name of their target.
pub(super) fn all(database: &Database) -> Result<Vec<Cursor>, DatabaseError> {
    database.query(&format!("{SELECT} ORDER BY target"), &[], Cursor::of)
}

/// The cursor of a target, if it has one.
pub(super) fn find(database: &Database, target: &str) -> Result<Option<Cursor>, DatabaseError> {
    database.first(&format!("{SELECT} WHERE target = ?1"), &[target.into()], Cursor::of)
}

/// Lets a running relay of the target read its cursor again. What it has in flight is then not
/// noted, so that it cannot undo this change.
pub(super) fn raise_fence(database: &Database, target: &str) -> Result<(), DatabaseError> {
    let sql = "UPDATE outbox_cursor SET fence = fence + 1 WHERE target = ?1";
    database.execute(sql, &[target.into()])?;
    Ok(())
}

/// An error if neither the database nor the configuration has the target.
pub(super) fn require_target(
    database: &Database,
    configured: &[String],
    target: &str,
) -> Result<(), OperationError> {
    let known = targets(database, configured)?;
    if known.iter().any(|known| known == target) {
        return Ok(());
    }
    Err(OperationError::UnknownTarget { target: target.to_owned(), known })
}

/// The targets of the database and of the configuration, sorted.
pub(super) fn targets(
    database: &Database,
    configured: &[String],
) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT target FROM outbox_cursor UNION SELECT target FROM outbox_parked";
    let mut found = database.query(sql, &[], |row| row.text(0))?;
    found.extend(configured.iter().cloned());
    found.sort();
    found.dedup();
    Ok(found)
}

/// The place of the oldest event that is kept.
pub(super) fn oldest(database: &Database) -> Result<Option<Seq>, DatabaseError> {
    // Not `min(seq)`: its row is there, and empty, without any event.
    let sql = "SELECT seq FROM domain_events ORDER BY seq LIMIT 1";
    database.first(sql, &[], |row| row.integer(0))
}

/// The place of the newest event, even if it is purged. 0 if there was none.
pub(super) fn newest(database: &Database) -> Result<Seq, DatabaseError> {
    let dialect = database.dialect();
    // Not `max(seq)`: of a view, PostgreSQL would read all events for it.
    let sql = format!(
        "SELECT {}(coalesce((SELECT seq FROM domain_events ORDER BY seq DESC LIMIT 1), 0), ({}))",
        dialect.greatest, dialect.newest
    );
    database.one(&sql, &[], |row| row.integer(0))
}

/// How many events there are behind `after`, up to `to`.
pub(super) fn count(database: &Database, after: Seq, to: Seq) -> Result<u64, DatabaseError> {
    /// More events are cheaper to count in an index, all of them, than in the table: a row of the
    /// table has the envelope in it.
    const FEW: i64 = 10_000;
    let first = oldest(database)?.map_or(to, |oldest| after.max(oldest - 1));
    let places = to.saturating_sub(first);
    let sql = if places <= FEW {
        "SELECT count(*) FROM domain_events WHERE seq > ?1 AND seq <= ?2"
    } else {
        // The plus keeps the planner from searching the table by its key.
        "SELECT count(*) FROM domain_events WHERE +seq > ?1 AND +seq <= ?2"
    };
    if places <= 0 {
        return Ok(0);
    }
    database.one(sql, &[first.into(), to.into()], |row| row.count(0))
}
