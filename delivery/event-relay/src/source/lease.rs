//! The lease of a cursor: of several relays of a target, one serves it.
//!
//! All times are those of the database's clock, so that the clocks of the machines do not matter.
//! The lease only saves work. What protects the cursor is its fence, which rises whenever a relay
//! gets the lease: a relay that has lost it and does not know writes nothing.

use super::holder::relay_of;
use super::{Claim, Holder, Lease, LeaseState};
use crate::database::{Database, DatabaseError, DatabaseFault, Row};
use event_core::Timestamp;
use std::time::Duration;

/// How long the lease lasts, as the parameter of `Dialect::lease_until`.
pub(super) fn millis(lease: &Lease) -> i64 {
    i64::try_from(lease.lasts().as_millis()).unwrap_or(i64::MAX)
}

/// Who has a cursor.
struct Place {
    fence: i64,
    owner: Option<String>,
    /// The milliseconds until the lease ends; less than 0 if it has ended. `None` if there is none.
    left: Option<i64>,
}

impl Place {
    fn of(row: &Row<'_>) -> Result<Self, DatabaseFault> {
        let (fence, owner) = (row.integer(0)?, row.optional_text(1)?);
        Ok(Self { fence, owner, left: row.optional_integer(2)? })
    }

    /// The lease, unless it has ended. One that lasts longer than any is not believed: the clock
    /// was set back.
    fn holder(&self) -> Option<(&str, Duration)> {
        let lasts = self.left.and_then(|left| u64::try_from(left).ok()).filter(|left| *left > 0);
        let lasts = lasts.map(Duration::from_millis).filter(|lasts| *lasts <= Lease::LONGEST);
        self.owner.as_deref().zip(lasts)
    }

    fn state(&self) -> Option<LeaseState> {
        if let Some((owner, lasts)) = self.holder() {
            return Some(LeaseState::Held(Holder::new(owner, lasts)));
        }
        let (owner, left) = (self.owner.as_deref()?, self.left?);
        let ago = Duration::from_millis(left.min(0).unsigned_abs());
        Some(LeaseState::Ended { relay: relay_of(owner).to_owned(), ago })
    }
}

fn place(database: &Database, target: &str) -> Result<Option<Place>, DatabaseError> {
    let lasts = database.dialect().lease_millis;
    let sql = format!("SELECT fence, owner, {lasts} FROM outbox_cursor WHERE target = ?1");
    database.first(&sql, &[target.into()], Place::of)
}

/// The lease of a target's cursor. `None` if no relay has it, and the last one released it.
pub(crate) fn state(
    database: &Database,
    target: &str,
) -> Result<Option<LeaseState>, DatabaseError> {
    Ok(place(database, target)?.and_then(|place| place.state()))
}

/// Takes the lease of a cursor, if no other relay has it.
///
/// `is_first`: the relay has not asked for it before. It then takes the lease from a relay of its
/// own name, which is itself before it was killed.
pub(super) fn claim(
    database: &Database,
    target: &str,
    lease: &Lease,
    is_first: bool,
    now: Timestamp,
) -> Result<Claim, DatabaseError> {
    loop {
        // A relay in standby only reads: an UPDATE would take SQLite's write lock.
        let Some(found) = place(database, target)? else {
            let sql = "INSERT INTO outbox_cursor (target, updated_at) VALUES (?1, ?2)
                ON CONFLICT DO NOTHING";
            database.execute(sql, &[target.into(), now.into()])?;
            continue;
        };
        if let Some((owner, lasts)) = found.holder()
            && !lease.may_replace(owner, is_first)
        {
            return Ok(Claim::Refused(Holder::new(owner, lasts)));
        }
        let sql = format!(
            "UPDATE outbox_cursor SET owner = ?2, lease_until = {}, fence = fence + 1
            WHERE target = ?1 AND fence = ?4 RETURNING low_seq, fence",
            database.dialect().lease_until
        );
        let values =
            [target.into(), lease.owner().into(), millis(lease).into(), found.fence.into()];
        let granted = database.query(&sql, &values, |row| {
            Ok(Claim::Granted { low: row.integer(0)?, fence: row.integer(1)? })
        })?;
        // If not, another relay was faster, or a person has moved the cursor.
        if let Some(granted) = granted.into_iter().next() {
            return Ok(granted);
        }
    }
}

/// Lets the lease last for its whole time again. Returns `false` if the fence has risen.
pub(super) fn renew(
    database: &Database,
    target: &str,
    lease: &Lease,
    fence: i64,
) -> Result<bool, DatabaseError> {
    let sql = format!(
        "UPDATE outbox_cursor SET lease_until = {} WHERE target = ?1 AND fence = ?2",
        database.dialect().lease_until
    );
    let values = [target.into(), fence.into(), millis(lease).into()];
    Ok(database.execute(&sql, &values)? > 0)
}

/// Ends the lease, if it is this relay's.
pub(super) fn release(
    database: &Database,
    target: &str,
    lease: &Lease,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE outbox_cursor SET owner = NULL, lease_until = NULL
        WHERE target = ?1 AND owner = ?2";
    database.execute(sql, &[target.into(), lease.owner().into()])?;
    Ok(())
}
