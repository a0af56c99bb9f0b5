//! Moves the cursor of a target.

use super::audit::Operator;
use super::cursor;
use super::error::OperationError;
use crate::database::Database;
use crate::events::CursorRewound;
use crate::message::Seq;
use event_core::{Emit, Timestamp};

/// A move of a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewound {
    /// Where the cursor was. `None` if no relay has served the target yet.
    pub from: Option<Seq>,
    /// Where it is: the event behind it is the next that is sent.
    pub to: Seq,
    /// How many delivered or parked events are sent again.
    pub again: u64,
    /// How many events are never sent to the target, because the cursor moves over them.
    pub skipped: u64,
    /// How many parked events come again from the cursor, and so are not parked any more.
    pub unparked: u64,
    /// The places behind the new cursor up to this one are purged, so their events cannot be sent.
    pub purged_up_to: Option<Seq>,
}

/// What [`run`] would do.
///
/// # Errors
///
/// If the target is not known, or there is no event at the place yet.
pub fn plan(
    database: &Database,
    configured: &[String],
    target: &str,
    to: Seq,
) -> Result<Rewound, OperationError> {
    cursor::require_target(database, configured, target)?;
    let newest = cursor::newest(database)?;
    if to > newest {
        return Err(OperationError::BehindNewest { seq: to, newest });
    }
    let from = cursor::find(database, target)?.map(|cursor| cursor.low_seq);
    let place = from.unwrap_or(0);
    let sql = "SELECT count(*) FROM outbox_parked WHERE target = ?1 AND seq > ?2";
    let first = cursor::oldest(database)?.map_or(newest, |oldest| oldest - 1);
    Ok(Rewound {
        from,
        to,
        // A target that was never served gets all events behind the place.
        again: cursor::count(database, to, from.unwrap_or(newest))?,
        skipped: cursor::count(database, place, to)?,
        unparked: database.one(sql, &[target.into(), to.into()], |row| row.count(0))?,
        purged_up_to: (first > to && to < place).then_some(first),
    })
}

/// Sets the cursor of a target to a place. A running relay goes on from there.
///
/// `again` and `skipped` are as they were just before: to count many events would hold producers up.
///
/// # Errors
///
/// As [`plan`], or if the database cannot be written.
pub fn run(
    database: &mut Database,
    operator: &Operator<'_>,
    configured: &[String],
    target: &str,
    to: Seq,
) -> Result<Rewound, OperationError> {
    let planned = plan(database, configured, target, to)?;
    operator.change(database, |tx, audit| {
        let from = cursor::find(tx, target)?.map(|cursor| cursor.low_seq);
        let sql = "INSERT INTO outbox_cursor (target, low_seq, updated_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (target) DO UPDATE SET low_seq = excluded.low_seq,
            updated_at = excluded.updated_at, fence = outbox_cursor.fence + 1";
        tx.execute(sql, &[target.into(), to.into(), Timestamp::now().into()])?;
        let sql = "DELETE FROM outbox_parked WHERE target = ?1 AND seq > ?2";
        let unparked = tx.execute(sql, &[target.into(), to.into()])?;
        let rewound = Rewound { from, unparked, ..planned };
        CursorRewound {
            target: target.into(),
            before_seq: from.unwrap_or(0),
            after_seq: to,
            events: rewound.again,
            by: operator.decision(),
        }
        .emit_to(audit);
        Ok(rewound)
    })
}
