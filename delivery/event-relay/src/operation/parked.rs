//! The parked events.

use super::cursor;
use super::error::OperationError;
use crate::database::{Begin, Database, DatabaseFault, Row, Value};
use crate::message::{EntityKey, Seq};
use crate::source::ParkedState;

/// Parked events, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedList {
    /// The first events.
    pub events: Vec<ParkedEvent>,
    /// How many there are, with those that are not in `events`.
    pub total: u64,
    /// How many there are in the other states. States without any are left out.
    pub elsewhere: Vec<(ParkedState, u64)>,
}

/// A parked event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedEvent {
    /// The target that it was not delivered to.
    pub target: String,
    /// Its place in the outbox.
    pub seq: Seq,
    /// The name of the event, with dots.
    pub event_type: String,
    /// The version of its declaration. `None` if the event is not in the outbox any more.
    pub event_version: Option<u32>,
    /// The entity that it is about.
    pub entity: Option<EntityKey>,
    /// Why it is parked: the word of a [`ParkedState`].
    pub state: String,
    /// How often the target has rejected it.
    pub attempts: u32,
    /// Since when: RFC 3339.
    pub parked_at: String,
    /// What the target or the contract says.
    pub reason: String,
}

impl ParkedEvent {
    fn of(row: &Row<'_>) -> Result<Self, DatabaseFault> {
        let (kind, id) = (row.optional_text(4)?, row.optional_text(5)?);
        Ok(Self {
            target: row.text(0)?,
            seq: row.integer(1)?,
            event_type: row.text(2)?,
            event_version: row.optional_small(3)?,
            entity: kind.zip(id).map(|(kind, id)| EntityKey { kind, id }),
            state: row.text(6)?,
            attempts: row.small(7)?,
            parked_at: row.text(8)?,
            reason: row.text(9)?,
        })
    }
}

/// The parked events of a target, or of all, that are in one of `states`: by target, oldest first,
/// at most `limit`.
///
/// # Errors
///
/// If the target is not known, or the database cannot be read.
pub fn parked(
    database: &Database,
    configured: &[String],
    target: Option<&str>,
    states: &[ParkedState],
    limit: usize,
) -> Result<ParkedList, OperationError> {
    let tx = database.begin(Begin::Read)?;
    if let Some(target) = target {
        cursor::require_target(&tx, configured, target)?;
    }
    // The words are of an enum, so they need no parameters.
    let words: Vec<String> = states.iter().map(|state| format!("'{}'", state.as_str())).collect();
    let filter =
        format!("(parked.target = ?1 OR ?1 IS NULL) AND parked.state IN ({})", words.join(", "));
    let sql = format!(
        "SELECT parked.target, parked.seq, parked.event_type, event.event_version,
            parked.entity_type, parked.entity_id, parked.state, parked.attempts, parked.parked_at,
            parked.reason
        FROM outbox_parked AS parked LEFT JOIN domain_events AS event ON event.seq = parked.seq
        WHERE {filter} ORDER BY parked.target, parked.seq LIMIT ?2"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let target = Value::from(target);
    let events = tx.query(&sql, &[target, limit.into()], ParkedEvent::of)?;
    let sql = format!("SELECT count(*) FROM outbox_parked AS parked WHERE {filter}");
    let total = tx.one(&sql, &[target], |row| row.count(0))?;
    let sql = "SELECT state, count(*) FROM outbox_parked
        WHERE target = ?1 OR ?1 IS NULL GROUP BY state ORDER BY state";
    let counts = tx.query(sql, &[target], |row| Ok((row.text(0)?, row.count(1)?)))?;
    let counts = counts.into_iter();
    let known = counts.filter_map(|(word, events)| Some((ParkedState::from_word(&word)?, events)));
    let elsewhere = known.filter(|(state, _)| !states.contains(state)).collect();
    Ok(ParkedList { events, total, elsewhere })
}
