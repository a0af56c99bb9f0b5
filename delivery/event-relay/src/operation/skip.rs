//! Gives parked events up.

use super::audit::Operator;
use super::cursor::{self, raise_fence, require_target};
use super::error::OperationError;
use super::requeue::require_parked;
use crate::database::{Database, DatabaseError, Value};
use crate::events::EventSkipped;
use crate::message::Seq;
use event_core::Emit;
use std::collections::BTreeSet;

/// What is given up, and what is not held back by it any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The places of the events that are given up, oldest first.
    pub seqs: Vec<Seq>,
    /// How many events waited behind them, and are sent now.
    pub released: u64,
}

/// What [`run`] would do.
///
/// # Errors
///
/// If the target is not known, or an event is not parked, or the cursor has not passed it yet: it
/// would be read and sent again.
pub fn plan(
    database: &Database,
    configured: &[String],
    target: &str,
    seqs: &[Seq],
) -> Result<Skipped, OperationError> {
    require_target(database, configured, target)?;
    let seqs: Vec<Seq> = seqs.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    require_parked(database, target, &seqs)?;
    let low_seq = cursor::find(database, target)?.map_or(0, |cursor| cursor.low_seq);
    if let Some(seq) = seqs.iter().copied().find(|seq| *seq > low_seq) {
        return Err(OperationError::NotPassed { seq, low_seq });
    }
    let released = released(database, target, &seqs)?;
    Ok(Skipped { seqs, released })
}

/// The events that wait behind those at `seqs`, and behind no other.
fn released(database: &Database, target: &str, seqs: &[Seq]) -> Result<u64, DatabaseError> {
    let sql = "SELECT entity_type, entity_id FROM outbox_parked
        WHERE target = ?1 AND seq = ?2 AND entity_id IS NOT NULL";
    let mut entities = BTreeSet::new();
    for seq in seqs {
        let values = [target.into(), (*seq).into()];
        entities
            .extend(database.query(sql, &values, |row| Ok((row.optional_text(0)?, row.text(1)?)))?);
    }
    let sql = "SELECT seq, state = 'behind' FROM outbox_parked
        WHERE target = ?1 AND entity_id = ?3
            AND (entity_type = ?2 OR (entity_type IS NULL AND ?2 IS NULL))
        ORDER BY seq";
    let mut released = 0;
    for (entity_type, entity_id) in entities {
        let values = [target.into(), entity_type.as_ref().into(), Value::from(&entity_id)];
        let rows = database.query(sql, &values, |row| Ok((row.integer(0)?, row.flag(1)?)))?;
        let rest = rows.into_iter().filter(|(seq, _)| seqs.binary_search(seq).is_err());
        released += rest.take_while(|(_, is_behind)| *is_behind).count() as u64;
    }
    Ok(released)
}

/// Gives parked events up: they are never sent to the target. Events that wait behind them are.
///
/// # Errors
///
/// As [`plan`], or if the database cannot be written.
pub fn run(
    database: &mut Database,
    operator: &Operator<'_>,
    configured: &[String],
    target: &str,
    seqs: &[Seq],
) -> Result<Skipped, OperationError> {
    operator.change(database, |tx, audit| {
        let skipped = plan(tx, configured, target, seqs)?;
        let sql = "DELETE FROM outbox_parked WHERE target = ?1 AND seq = ?2";
        let row = |seq: &Seq| vec![target.into(), (*seq).into()];
        tx.execute_each(sql, &skipped.seqs.iter().map(row).collect::<Vec<_>>())?;
        // An event that is on its way would otherwise be parked again when it is rejected.
        raise_fence(tx, target)?;
        EventSkipped {
            target: target.into(),
            events: skipped.seqs.len() as u64,
            from_seq: skipped.seqs.first().copied(),
            to_seq: skipped.seqs.last().copied(),
            released: skipped.released,
            by: operator.decision(),
        }
        .emit_to(audit);
        Ok(skipped)
    })
}
