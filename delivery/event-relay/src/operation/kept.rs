//! The old events that a purge keeps.

use super::cursor;
use super::error::OperationError;
use super::purge::{Floor, PurgeRules, WINDOW};
use crate::database::Database;
use event_core::Timestamp;

/// How many events a purge keeps that are older than their retention, or that have none, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Old events that a target does not have yet.
    pub undelivered: u64,
    /// Old events that are parked.
    pub parked: u64,
    /// Events that declare no retention, if [`PurgeRules::keep`] gives them none.
    pub without_retention: u64,
}

/// Counts the old events that a purge keeps.
///
/// # Errors
///
/// If the database cannot be read.
pub fn kept(
    database: &Database,
    floor: &Floor,
    rules: &PurgeRules,
    now: Timestamp,
) -> Result<Kept, OperationError> {
    let is_old = "CASE WHEN retain_until IS NULL THEN recorded_at < ?4 ELSE retain_until < ?3 END";
    let sql = format!(
        "SELECT count(*) FILTER (WHERE {is_old} AND seq > ?5),
            count(*) FILTER (WHERE {is_old} AND seq <= ?5 AND is_parked),
            count(*) FILTER (WHERE retain_until IS NULL)
        FROM (SELECT seq, retain_until, recorded_at,
                EXISTS (SELECT 1 FROM outbox_parked AS parked WHERE parked.seq = event.seq)
                    AS is_parked
            FROM domain_events AS event WHERE seq > ?1 AND seq <= ?2) AS events"
    );
    let recorded_before = rules.keep.map(|keep| now.saturating_sub(keep));
    let newest = cursor::newest(database)?;
    let mut after = cursor::oldest(database)?.map_or(newest, |oldest| oldest - 1);
    let mut kept = Kept::default();
    while after < newest {
        let to = newest.min(after.saturating_add(WINDOW));
        let values =
            [after.into(), to.into(), now.into(), recorded_before.into(), floor.seq.into()];
        let (undelivered, parked, without) =
            database.one(&sql, &values, |row| Ok((row.count(0)?, row.count(1)?, row.count(2)?)))?;
        kept.undelivered += undelivered;
        kept.parked += parked;
        kept.without_retention += if rules.keep.is_none() { without } else { 0 };
        after = to;
    }
    Ok(kept)
}
