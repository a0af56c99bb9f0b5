//! Reads the events behind the cursor, oldest first.

use super::Read;
use super::gap_reader::{GapReader, Wanted};
use super::held::Held;
use super::row::{COLUMNS, rows};
use crate::database::{Database, DatabaseError};
use crate::message::Seq;
use std::time::Duration;

/// How far the events were read.
#[derive(Debug)]
pub(super) enum Reader {
    /// The database has one writer at a time, as SQLite has: the order of `seq` is the order of
    /// commits, and what is behind the last event has not been seen. It is at this place.
    InOrder(Seq),
    /// Events become visible in any order.
    Gaps(GapReader),
}

impl Reader {
    /// Of a relay that does not serve the target.
    pub(super) const fn unread() -> Self {
        Self::InOrder(0)
    }

    /// Goes on behind the cursor, which is at `low`. `newest` was the newest place.
    pub(super) fn behind(
        database: &Database,
        low: Seq,
        newest: Seq,
    ) -> Result<Self, DatabaseError> {
        Ok(if database.dialect().commits_in_order {
            Self::InOrder(low)
        } else {
            Self::Gaps(GapReader::behind(database, low, newest)?)
        })
    }

    /// The next events.
    pub(super) fn read(
        &mut self,
        database: &Database,
        target: &str,
        held: &Held,
        wanted: Wanted,
    ) -> Result<Vec<Read>, DatabaseError> {
        let seen = match self {
            Self::Gaps(reader) => return reader.read(database, target, held, wanted),
            Self::InOrder(seen) => seen,
        };
        // No event is late.
        let Some(events) = wanted.events else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT {COLUMNS}, 0, {}, {}
            FROM domain_events e WHERE e.seq > ?2 ORDER BY e.seq LIMIT ?3",
            held.is_parked(),
            held.is_behind()
        );
        let limit = i64::try_from(events).unwrap_or(i64::MAX);
        let values = [target.into(), (*seen).into(), limit.into()];
        let out = rows(database, &sql, &values, wanted.bytes)?;
        if let Some(last) = out.last() {
            *seen = last.message.seq;
        }
        Ok(out)
    }

    /// In a transaction that writes the cursor: learns what it can from it.
    pub(super) fn committing(&mut self, database: &Database) -> Result<(), DatabaseError> {
        match self {
            Self::InOrder(_) => Ok(()),
            Self::Gaps(reader) => reader.bound(database),
        }
    }

    /// See [`EventSource::limit`](super::EventSource::limit).
    pub(super) fn limit(&mut self, settled: Seq) -> Seq {
        match self {
            Self::InOrder(_) => settled,
            Self::Gaps(reader) => reader.limit(settled),
        }
    }

    /// Where the events begin that are not settled. The cursor is at `low`: it may be kept back by
    /// a gap.
    pub(super) fn settled(&self, low: Seq) -> Seq {
        match self {
            Self::InOrder(_) => low,
            Self::Gaps(reader) => reader.settled().max(low),
        }
    }

    /// How many gaps there are, and how old the oldest is.
    pub(super) fn gaps(&self) -> (u64, Option<Duration>) {
        match self {
            Self::InOrder(_) => (0, None),
            Self::Gaps(reader) => reader.gaps(),
        }
    }
}
