//! Sends delivered events again.

use super::audit::Operator;
use super::error::OperationError;
use super::{batches, cursor};
use crate::database::{Database, DatabaseError, Value};
use crate::events::EventReplayed;
use crate::message::{EntityKey, Seq};
use event_core::{Emit, Timestamp};

/// Which delivered events. The times are those at which an event was recorded.
#[derive(Clone, PartialEq, Eq)]
pub struct Filter {
    /// Recorded at this time or later.
    pub from: Timestamp,
    /// Recorded before this time.
    pub to: Option<Timestamp>,
    /// Of this type: its name, with dots.
    pub event_type: Option<String>,
    /// About this entity.
    pub entity: Option<EntityKey>,
}

/// Rows that are inserted in one transaction.
const BATCH: usize = 5_000;

/// Places that are read by one statement. In a database without WAL, a reader holds writers back.
const WINDOW: i64 = 20_000;

/// The delivered events that match, oldest first. Those that are parked are not among them: they
/// are sent anyway.
///
/// # Errors
///
/// If the target is not known, nothing was delivered to it, or the database cannot be read.
pub fn plan(
    database: &Database,
    configured: &[String],
    target: &str,
    filter: &Filter,
) -> Result<Vec<Seq>, OperationError> {
    cursor::require_target(database, configured, target)?;
    let Some(cursor) = cursor::find(database, target)? else {
        return Err(OperationError::NotStarted { target: target.to_owned() });
    };
    let mut after = cursor::oldest(database)?.map_or(cursor.low_seq, |oldest| oldest - 1);
    let mut seqs = Vec::new();
    while after < cursor.low_seq {
        // An index finds the few events of an entity at once.
        let window = if filter.entity.is_some() { i64::MAX } else { WINDOW };
        let to = cursor.low_seq.min(after.saturating_add(window));
        matching(database, target, filter, (after, to), &mut seqs)?;
        after = to;
    }
    Ok(seqs)
}

/// The matching events behind one place, up to another.
fn matching(
    database: &Database,
    target: &str,
    filter: &Filter,
    (after, to): (Seq, Seq),
    seqs: &mut Vec<Seq>,
) -> Result<(), DatabaseError> {
    // Not by the index: it would read all events of the type for each window.
    let mut sql = format!(
        "SELECT seq FROM domain_events AS event
        WHERE seq > ?2 AND seq <= ?3 AND recorded_at >= ?4 AND (recorded_at < ?5 OR ?5 IS NULL)
            AND ({}event_type = ?6 OR ?6 IS NULL)
            AND NOT EXISTS (SELECT 1 FROM outbox_parked WHERE target = ?1 AND seq = event.seq)",
        database.dialect().unindexed
    );
    let event_type = filter.event_type.as_ref();
    let mut values: Vec<Value<'_>> = vec![target.into(), after.into(), to.into()];
    values.extend::<[Value<'_>; 3]>([filter.from.into(), filter.to.into(), event_type.into()]);
    if let Some(entity) = &filter.entity {
        sql.push_str(" AND entity_type = ?7 AND entity_id = ?8");
        values.extend([Value::from(&entity.kind), Value::from(&entity.id)]);
    }
    sql.push_str(" ORDER BY seq");
    seqs.extend(database.query(&sql, &values, |row| row.integer(0))?);
    Ok(())
}

/// Sends the events at `seqs`, which are those of [`plan`], again: parks them, the first of each
/// entity due now and the others behind it. Returns how many. Those that are parked meanwhile,
/// purged, or behind the cursor again are left out.
///
/// It is a transaction for each 5,000 events, with an audit event each. If it stops, those of the
/// transactions before are sent.
///
/// # Errors
///
/// If the database cannot be written.
pub fn run(
    database: &mut Database,
    operator: &Operator<'_>,
    target: &str,
    seqs: &[Seq],
) -> Result<u64, OperationError> {
    let sql = "INSERT INTO outbox_parked (target, seq, event_id, event_type, entity_type,
            entity_id, state, attempts, parked_at, next_attempt_at, reason)
        SELECT ?1, seq, event_id, event_type, entity_type, entity_id,
            CASE WHEN EXISTS (
                SELECT 1 FROM outbox_parked AS parked WHERE parked.target = ?1
                AND parked.entity_type = event.entity_type AND parked.entity_id = event.entity_id
                AND parked.seq < event.seq) THEN 'behind' ELSE 'retry' END,
            0, ?3, ?3, 'replay'
        FROM domain_events AS event
        WHERE seq = ?2 AND seq <= (SELECT low_seq FROM outbox_cursor WHERE target = ?1)
        ON CONFLICT DO NOTHING";
    let mut events = 0;
    batches::each(seqs, BATCH, |batch| {
        events += operator.change(database, |tx, audit| {
            let now = Timestamp::now();
            let row = |seq: &Seq| vec![target.into(), (*seq).into(), now.into()];
            let rows: Vec<_> = batch.iter().map(row).collect();
            let inserted = tx.execute_each(sql, &rows)?.iter().sum();
            EventReplayed {
                target: target.into(),
                events: inserted,
                from_seq: batch.first().copied(),
                to_seq: batch.last().copied(),
                by: operator.decision(),
            }
            .emit_to(audit);
            Ok(inserted)
        })?;
        Ok(())
    })?;
    Ok(events)
}
