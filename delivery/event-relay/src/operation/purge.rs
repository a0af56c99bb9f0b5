//! Deletes events that nothing needs any more.

use super::audit::Operator;
use super::batches;
use super::cursor::{self, Cursor};
use super::error::OperationError;
use crate::database::{Begin, Database};
use crate::events::EventPurged;
use crate::message::Seq;
use event_core::{Emit, Str, Timestamp};
use std::time::Duration;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurgeRules {
    /// How long events are kept that declare no retention, after they are recorded.
    pub keep: Option<Duration>,
    /// A target that lags, and whose cursor no relay has written for this time, holds no events.
    pub abandoned_after: Duration,
    /// Whether events are kept until every target has them. If not, only ages count.
    pub heeds_targets: bool,
}

/// Up to where events may be purged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floor {
    /// The place of the last event that no target needs.
    pub seq: Seq,
    /// The target that needs the next one.
    pub held_by: Option<String>,
    /// The targets that would need earlier events, and do not hold them.
    pub not_holding: Vec<(String, NotHolding)>,
}

/// Why a target does not hold events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotHolding {
    /// The configuration does not name it.
    NotConfigured,
    /// It lags, and no relay has written its cursor for long.
    Abandoned,
}

/// Up to where events may be purged. Without `configured` targets, each target of the database
/// counts as configured.
///
/// # Errors
///
/// If no relay has run with the database, or no target is live; or if it cannot be read.
pub fn floor(
    database: &Database,
    configured: &[String],
    rules: &PurgeRules,
    now: Timestamp,
) -> Result<Floor, OperationError> {
    let newest = cursor::newest(database)?;
    let mut floor = Floor { seq: newest, held_by: None, not_holding: Vec::new() };
    if !rules.heeds_targets {
        return Ok(floor);
    }
    let cursors = cursor::all(database)?;
    if cursors.is_empty() {
        return Err(OperationError::NoCursor);
    }
    let mut live = 0;
    // A target that is configured and has no cursor will be sent every event.
    let new = configured.iter().filter(|name| !cursors.iter().any(|has| has.target == **name));
    let mut lowest: Option<(Seq, &str)> = new.map(|name| (0, name.as_str())).next();
    live += usize::from(lowest.is_some());
    for cursor in &cursors {
        if let Some(why) = not_holding(cursor, configured, newest, rules, now) {
            floor.not_holding.push((cursor.target.clone(), why));
            continue;
        }
        live += 1;
        if lowest.is_none_or(|(seq, _)| cursor.low_seq < seq) {
            lowest = Some((cursor.low_seq, &cursor.target));
        }
    }
    if live == 0 {
        let targets = cursors.into_iter().map(|cursor| cursor.target).collect();
        return Err(OperationError::NoLiveTarget { targets });
    }
    if let Some((seq, target)) = lowest.filter(|(seq, _)| *seq < newest) {
        (floor.seq, floor.held_by) = (seq, Some(target.to_owned()));
    }
    Ok(floor)
}

fn not_holding(
    cursor: &Cursor,
    configured: &[String],
    newest: Seq,
    rules: &PurgeRules,
    now: Timestamp,
) -> Option<NotHolding> {
    if !configured.is_empty() && !configured.contains(&cursor.target) {
        return Some(NotHolding::NotConfigured);
    }
    // A time that cannot be read is no reason to delete anything.
    let idle = cursor.updated_at.map(|then| now.saturating_duration_since(then));
    let is_idle = idle.is_some_and(|idle| idle > rules.abandoned_after);
    (is_idle && cursor.low_seq < newest).then_some(NotHolding::Abandoned)
}

/// Places that are read by one statement. In a database without WAL, a reader holds writers back.
pub(super) const WINDOW: i64 = 20_000;

/// What a purge deletes, found window by window: each row is looked at once, whatever is kept.
#[derive(Debug)]
pub struct Walk {
    after: Seq,
    floor: Seq,
    /// Events that declare a retention are kept until after this time.
    now: Timestamp,
    /// Other events that were recorded before this time are not kept. `None`: all are.
    recorded_before: Option<Timestamp>,
}

impl Walk {
    /// Begins with the oldest event.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn new(
        database: &Database,
        floor: &Floor,
        rules: &PurgeRules,
        now: Timestamp,
    ) -> Result<Self, OperationError> {
        let oldest = cursor::oldest(database)?;
        Ok(Self {
            after: oldest.map_or(floor.seq, |oldest| oldest - 1),
            floor: floor.seq,
            now,
            recorded_before: rules.keep.map(|keep| now.saturating_sub(keep)),
        })
    }

    /// The events of the next window that can be purged, oldest first. `None` at the end.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn next(&mut self, database: &Database) -> Result<Option<Vec<Seq>>, OperationError> {
        if self.after >= self.floor {
            return Ok(None);
        }
        let to = self.floor.min(self.after.saturating_add(WINDOW));
        let sql = "SELECT seq FROM domain_events AS event
            WHERE seq > ?1 AND seq <= ?2
                AND CASE WHEN retain_until IS NULL THEN recorded_at < ?4 ELSE retain_until < ?3 END
                AND NOT EXISTS (SELECT 1 FROM outbox_parked AS parked WHERE parked.seq = event.seq)
            ORDER BY seq";
        let (now, recorded_before) = (self.now.into(), self.recorded_before.into());
        let values = [self.after.into(), to.into(), now, recorded_before];
        let seqs = database.query(sql, &values, |row| row.integer(0))?;
        self.after = to;
        Ok(Some(seqs))
    }
}

/// Deletes the events at `seqs`, which are those of a [`Walk`]. Returns how many. An event that a
/// target needs again since then is kept.
///
/// It is a transaction for each `batch` events, with an audit event each.
///
/// # Errors
///
/// If the database cannot be written, or no target is live any more.
pub fn run(
    database: &mut Database,
    operator: &Operator<'_>,
    configured: &[String],
    rules: &PurgeRules,
    seqs: &[Seq],
    batch: usize,
    now: Timestamp,
) -> Result<u64, OperationError> {
    let sql = "DELETE FROM domain_events WHERE seq = ?1
        AND NOT EXISTS (SELECT 1 FROM outbox_parked AS parked WHERE parked.seq = ?1)";
    let mut events = 0;
    batches::each(seqs, batch, |batch| {
        events += operator.change(database, |tx, audit| {
            // A cursor may have moved back since the events were found.
            let floor = floor(tx, configured, rules, now)?;
            let seqs: Vec<Seq> = batch.iter().copied().filter(|seq| *seq <= floor.seq).collect();
            let rows: Vec<_> = seqs.iter().map(|seq| vec![(*seq).into()]).collect();
            let changed = tx.execute_each(sql, &rows)?;
            let last = seqs.iter().zip(&changed).rfind(|(_, rows)| **rows > 0);
            let (deleted, last) = (changed.iter().sum(), last.map(|(seq, _)| *seq));
            let names = floor.not_holding.iter().map(|(name, _)| Str::from(name.as_str()));
            EventPurged {
                events: deleted,
                to_seq: last,
                abandoned_targets: names.collect(),
                by: operator.decision(),
            }
            .emit_to(audit);
            Ok(deleted)
        })?;
        Ok(())
    })?;
    Ok(events)
}

/// How many messages of consumers were seen longer ago than `keep`.
///
/// # Errors
///
/// If the database cannot be read.
pub fn inbox_plan(
    database: &Database,
    keep: Duration,
    now: Timestamp,
) -> Result<u64, OperationError> {
    let sql = "SELECT count(*) FROM inbox_seen WHERE seen_at < ?1";
    Ok(database.one(sql, &[now.saturating_sub(keep).into()], |row| row.count(0))?)
}

/// Forgets the messages of consumers that were seen longer ago than `keep`, `batch` in each
/// transaction. Returns how many. It has no audit event: the inbox is the consumers'.
///
/// # Errors
///
/// If the database cannot be written.
pub fn inbox(
    database: &mut Database,
    keep: Duration,
    batch: usize,
    now: Timestamp,
) -> Result<u64, OperationError> {
    let sql = "DELETE FROM inbox_seen WHERE (consumer, source, event_id) IN
        (SELECT consumer, source, event_id FROM inbox_seen WHERE seen_at < ?1 LIMIT ?2)";
    let (before, size) = (now.saturating_sub(keep), batch.max(1) as u64);
    let mut forgotten = 0;
    loop {
        let mut deleted = 0;
        batches::each(&[()], 1, |_| {
            let tx = database.begin(Begin::Write)?;
            let limit = i64::try_from(size).unwrap_or(i64::MAX);
            deleted = tx.execute(sql, &[before.into(), limit.into()])?;
            Ok(tx.commit()?)
        })?;
        forgotten += deleted;
        if deleted < size {
            return Ok(forgotten);
        }
    }
}
