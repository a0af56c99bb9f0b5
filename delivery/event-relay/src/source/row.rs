//! An event as a row of the outbox, which may hold anything.

use super::Read;
use crate::database::{Cell, Database, DatabaseError, DatabaseFault, Row, Value};
use crate::message::{EntityKey, Message};
use std::ops::ControlFlow;
use std::sync::Arc;

/// The columns of an event `e`.
pub(super) const COLUMNS: &str = "e.seq, e.event_id, e.event_type, e.event_version, e.entity_type,
    e.entity_id, e.envelope";

/// Why an event is dead that was deleted before it was delivered.
pub(super) const GONE: &str = "the event is not in the outbox any more";

/// The events that a query finds, until their envelopes have `bytes`. Its columns are [`COLUMNS`],
/// the attempts, whether the event is parked, and whether it is behind a parked event.
pub(super) fn rows(
    database: &Database,
    sql: &str,
    values: &[Value<'_>],
    bytes: usize,
) -> Result<Vec<Read>, DatabaseError> {
    let mut out = Vec::new();
    let mut size = 0;
    database.visit(sql, values, &mut |row| {
        let Some(read) = event(row)? else { return Ok(ControlFlow::Continue(())) };
        size += read.message.envelope.len();
        out.push(read);
        Ok(if size < bytes { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(out)
}

/// The event of a row. `None` if the row has none: a join has found nothing.
pub(super) fn event(row: &Row<'_>) -> Result<Option<Read>, DatabaseFault> {
    if row.cell(0) == Cell::Null { Ok(None) } else { read(row).map(Some) }
}

fn read(row: &Row<'_>) -> Result<Read, DatabaseFault> {
    let mut corrupt = None;
    let mut text = |column: usize| -> Option<String> {
        match row.cell(column) {
            Cell::Null => None,
            Cell::Text(text) => Some(text),
            Cell::NotUtf8(text) => {
                corrupt = Some(column);
                Some(text)
            }
            _ => {
                corrupt = Some(column);
                None
            }
        }
    };
    let entity = text(4).zip(text(5)).map(|(kind, id)| EntityKey { kind, id });
    let (event_id, event_type) = (text(1), text(2));
    let envelope = text(6);
    let missing = [(1, &event_id), (2, &event_type), (6, &envelope)];
    let missing = missing.iter().find(|(_, value)| value.is_none()).map(|(column, _)| *column);
    let version = row.small(3).ok();
    // The row of another library's table is deleted, and its place is left.
    let is_gone = corrupt.is_none() && event_type.is_none() && envelope.is_none();
    let column = corrupt.or(missing).or(version.is_none().then_some(3));
    let unread = |column| format!("the row cannot be read: column `{}`", row.name(column));
    Ok(Read {
        message: Arc::new(Message {
            seq: row.integer(0)?,
            event_id: event_id.unwrap_or_default(),
            event_type: event_type.unwrap_or_default(),
            event_version: version.unwrap_or_default(),
            entity,
            envelope: envelope.unwrap_or_default(),
        }),
        attempts: row.small(7)?,
        is_parked: row.flag(8)?,
        is_behind: row.flag(9)?,
        corrupt: if is_gone { Some(GONE.to_owned()) } else { column.map(unread) },
    })
}
