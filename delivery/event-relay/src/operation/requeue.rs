//! Sends parked events again.

use super::audit::Operator;
use super::cursor::require_target;
use super::error::OperationError;
use crate::database::Database;
use crate::events::EventRequeued;
use crate::message::Seq;
use crate::source::ParkedState;
use event_core::{Emit, Timestamp};

/// Which parked events. An event that waits behind another is not among them, unless it is named:
/// it is sent when that one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The events at these places.
    Seqs(Vec<Seq>),
    /// The events of a type: its name, with dots.
    Type(String),
    /// The events in a state.
    State(ParkedState),
    /// All.
    All,
}

/// The events of the selection, oldest first.
///
/// # Errors
///
/// If the target is not known, an event is not parked, or an earlier event of its entity is.
pub fn plan(
    database: &Database,
    configured: &[String],
    target: &str,
    selection: &Selection,
) -> Result<Vec<Seq>, OperationError> {
    require_target(database, configured, target)?;
    let (event_type, state) = match selection {
        Selection::Seqs(seqs) => return named(database, target, seqs),
        Selection::Type(event_type) => (Some(event_type.as_str()), None),
        Selection::State(state) => (None, Some(state.as_str())),
        Selection::All => (None, None),
    };
    let sql = "SELECT seq FROM outbox_parked
        WHERE target = ?1 AND state <> 'behind'
            AND (event_type = ?2 OR ?2 IS NULL) AND (state = ?3 OR ?3 IS NULL)
        ORDER BY seq";
    let values = [target.into(), event_type.into(), state.into()];
    Ok(database.query(sql, &values, |row| row.integer(0))?)
}

fn named(database: &Database, target: &str, seqs: &[Seq]) -> Result<Vec<Seq>, OperationError> {
    let mut sorted = seqs.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    require_parked(database, target, &sorted)?;
    let sql = "SELECT earlier.seq FROM outbox_parked AS own JOIN outbox_parked AS earlier
            ON earlier.target = own.target AND earlier.entity_type = own.entity_type
            AND earlier.entity_id = own.entity_id AND earlier.seq < own.seq
        WHERE own.target = ?1 AND own.seq = ?2 AND own.state = 'behind'
        ORDER BY earlier.seq LIMIT 1";
    for seq in &sorted {
        let earlier = database.first(sql, &[target.into(), (*seq).into()], |row| row.integer(0))?;
        if let Some(earlier) = earlier {
            return Err(OperationError::Behind { seq: *seq, earlier });
        }
    }
    Ok(sorted)
}

/// An error that names the events that are not parked.
pub(super) fn require_parked(
    database: &Database,
    target: &str,
    seqs: &[Seq],
) -> Result<(), OperationError> {
    let sql = "SELECT 1 FROM outbox_parked WHERE target = ?1 AND seq = ?2";
    let mut missing = Vec::new();
    for seq in seqs {
        let found = database.first(sql, &[target.into(), (*seq).into()], |_| Ok(()))?;
        if found.is_none() {
            missing.push(*seq);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(OperationError::NotParked { target: target.to_owned(), seqs: missing })
}

/// Lets the relay send the events of the selection now, as if they were parked for the first time.
/// Returns their places. Events that wait behind them follow.
///
/// # Errors
///
/// As [`plan`], or if the database cannot be written.
pub fn run(
    database: &mut Database,
    operator: &Operator<'_>,
    configured: &[String],
    target: &str,
    selection: &Selection,
) -> Result<Vec<Seq>, OperationError> {
    operator.change(database, |tx, audit| {
        let seqs = plan(tx, configured, target, selection)?;
        let sql = "UPDATE outbox_parked SET state = 'retry', attempts = 0, next_attempt_at = ?3
            WHERE target = ?1 AND seq = ?2";
        let now = Timestamp::now();
        let row = |seq: &Seq| vec![target.into(), (*seq).into(), now.into()];
        tx.execute_each(sql, &seqs.iter().map(row).collect::<Vec<_>>())?;
        EventRequeued {
            target: target.into(),
            events: seqs.len() as u64,
            from_seq: seqs.first().copied(),
            to_seq: seqs.last().copied(),
            by: operator.decision(),
        }
        .emit_to(audit);
        Ok(seqs)
    })
}
