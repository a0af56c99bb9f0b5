//! How each target is served.

use super::cursor::{self, Cursor};
use super::error::OperationError;
use super::lag::Lag;
use crate::database::{Begin, Database, DatabaseError};
use crate::message::Seq;
use crate::source::{LeaseState, ParkedState, lease_state};
use event_core::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;

/// The state of an outbox and of its targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxStatus {
    /// The version of the tables.
    pub schema_version: u32,
    /// The place of the oldest event that is kept.
    pub oldest: Option<Seq>,
    /// The place of the newest event, even if it is purged. 0 if there was none.
    pub newest: Seq,
    /// The targets of the database and of the configuration, by name.
    pub targets: Vec<TargetStatus>,
}

/// How a target is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetStatus {
    /// The target.
    pub target: String,
    /// Whether the configuration names it.
    pub is_configured: bool,
    /// Events up to this place are delivered or parked. `None` if no relay has served it yet.
    pub cursor: Option<Seq>,
    /// How far it is behind.
    pub lag: Lag,
    /// How many events were delivered, ever.
    pub published: u64,
    /// How long ago a relay, or a person, wrote the cursor. A relay writes it while it idles, too.
    pub active: Option<Duration>,
    /// The lease of the relay that serves it now, or was killed and has not been replaced yet.
    pub lease: Option<LeaseState>,
    /// How many events are parked in each state.
    pub parked: [(ParkedState, u64); 4],
    /// The age of the event that is parked longest.
    pub oldest_parked: Option<Duration>,
    /// Whether the cursor is behind the newest event: the database is older than the cursor was,
    /// or its sequence was reset. New events would not be sent.
    pub is_ahead: bool,
}

impl TargetStatus {
    /// How many events are parked in a state.
    pub fn in_state(&self, state: ParkedState) -> u64 {
        self.parked.iter().filter(|(other, _)| *other == state).map(|(_, events)| events).sum()
    }

    /// Whether a person must look at it: something is dead or waits for a contract, or the cursor
    /// is ahead of the events.
    pub fn needs_a_person(&self) -> bool {
        let waiting = self.in_state(ParkedState::Dead) + self.in_state(ParkedState::Contract);
        waiting > 0 || self.is_ahead
    }
}

/// The state of an outbox, in one snapshot. Without `configured` targets, each target of the
/// database counts as configured.
///
/// # Errors
///
/// If the database cannot be read.
pub fn status(
    database: &Database,
    configured: &[String],
    now: Timestamp,
) -> Result<OutboxStatus, OperationError> {
    let tx = database.begin(Begin::Read)?;
    let newest = cursor::newest(&tx)?;
    let cursors = cursor::all(&tx)?;
    let parked = parked(&tx)?;
    let mut targets = Vec::new();
    for target in cursor::targets(&tx, configured)? {
        let cursor = cursors.iter().find(|cursor| cursor.target == target);
        let parked = parked.get(&target);
        targets.push(TargetStatus {
            is_configured: configured.is_empty() || configured.contains(&target),
            cursor: cursor.map(|cursor| cursor.low_seq),
            lag: Lag::of(&tx, cursor.map_or(0, |cursor| cursor.low_seq), newest, now)?,
            published: cursor.map_or(0, |cursor| cursor.delivered),
            active: cursor
                .and_then(|cursor| cursor.updated_at)
                .map(|then| now.saturating_duration_since(then)),
            lease: lease_state(&tx, &target)?,
            parked: ParkedState::ALL
                .map(|state| (state, parked.map_or(0, |parked| parked.in_state(state)))),
            oldest_parked: parked
                .and_then(|parked| parked.oldest)
                .map(|then| now.saturating_duration_since(then)),
            is_ahead: cursor.is_some_and(|Cursor { low_seq, .. }| *low_seq > newest),
            target,
        });
    }
    Ok(OutboxStatus {
        schema_version: tx.schema_version()?,
        oldest: cursor::oldest(&tx)?,
        newest,
        targets,
    })
}

/// What is parked for a target.
#[derive(Default)]
struct Parked {
    /// By the state's word.
    events: BTreeMap<String, u64>,
    oldest: Option<Timestamp>,
}

impl Parked {
    fn in_state(&self, state: ParkedState) -> u64 {
        self.events.get(state.as_str()).copied().unwrap_or(0)
    }
}

fn parked(tx: &Database) -> Result<BTreeMap<String, Parked>, DatabaseError> {
    let sql = "SELECT target, state, count(*), min(parked_at) FROM outbox_parked
        GROUP BY target, state";
    let mut targets: BTreeMap<String, Parked> = BTreeMap::new();
    let rows =
        tx.query(sql, &[], |row| Ok((row.text(0)?, row.text(1)?, row.count(2)?, row.time(3))))?;
    for (target, state, events, oldest) in rows {
        let parked = targets.entry(target).or_default();
        parked.events.insert(state, events);
        parked.oldest = parked.oldest.into_iter().chain(oldest).min();
    }
    Ok(targets)
}
