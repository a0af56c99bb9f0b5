//! Reads the events of PostgreSQL: those in gaps, and those behind the last one.
//!
//! One statement is one snapshot. It needs index scans only, whatever the table is: with 10⁶
//! events and three gaps, a read of 1,000 events is
//!
//! ```text
//! Nested Loop Left Join (rows=1000)
//!   ->  Result (rows=1)
//!   ->  Limit (rows=1000)
//!         ->  Merge Append, Sort Key: seq
//!               ->  Nested Loop (rows=5)
//!                     ->  Function Scan on gap (rows=3)
//!                     ->  Index Scan using domain_events_pkey, seq >= gap.first AND seq <= gap.last
//!               ->  Index Scan using domain_events_pkey, seq > ?2 (rows=995)
//! ```
//!
//! and takes as long as the second index scan alone. `ORDER BY` around the join would sort again
//! what is in order, and take 1.6 times as long.

use super::Read;
use super::gaps::{Gaps, Reach, Snapshot, Xid, Xmin};
use super::held::Held;
use super::row::{COLUMNS, event};
use crate::database::{Database, DatabaseError, DatabaseFault, Row};
use crate::message::Seq;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How long a gap waits for the id of a transaction that the relay needs anyway, to write its
/// cursor. Ids are used up: after it, one is taken for the gap.
const WAIT: Duration = Duration::from_millis(100);

/// How many late events are read at once where no others are.
const LATE: usize = 1_000;

/// The id of the transaction, which gets one by it.
const ID: &str = "SELECT pg_current_xact_id()::text";

/// A plan that was made while the table was empty would be kept while it fills.
const SETTINGS: [&str; 2] = ["SET enable_seqscan = off", "SET enable_bitmapscan = off"];

/// How far the events were read, and which are missing before.
#[derive(Debug)]
pub(super) struct GapReader {
    gaps: Gaps,
    /// The events that were read, up to this place, are settled.
    settled: Seq,
    /// The mean size of the envelopes of the last read. 0 before it.
    size: usize,
}

/// Which events a read returns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// At most so many. `None`: only the late ones.
    pub(super) events: Option<usize>,
    /// Not many more than so many bytes of envelopes.
    pub(super) bytes: usize,
}

impl GapReader {
    /// Goes on behind the cursor, which is at `low`. `newest` was the newest place.
    pub(super) fn behind(
        database: &Database,
        low: Seq,
        newest: Seq,
    ) -> Result<Self, DatabaseError> {
        for setting in SETTINGS {
            database.execute(setting, &[])?;
        }
        let mut gaps = Gaps::behind(low);
        // After `newest` was read: so old gaps are closed when they are found.
        gaps.assigned_behind(newest, database.one(ID, &[], |row| xid(row, 0))?);
        Ok(Self { gaps, settled: low, size: 0 })
    }

    /// The events that were not read before.
    pub(super) fn read(
        &mut self,
        database: &Database,
        target: &str,
        held: &Held,
        wanted: Wanted,
    ) -> Result<Vec<Read>, DatabaseError> {
        let wait = if wanted.events.is_some() { WAIT } else { Duration::ZERO };
        if self.gaps.unbound().is_some_and(|since| since.elapsed() >= wait) {
            self.bound(database)?;
        }
        let limit = self.limit_of(wanted);
        let seen = if wanted.events.is_some() { self.gaps.head() } else { Seq::MAX };
        let (first, last): (Vec<_>, Vec<_>) = self.gaps.open().unzip();
        let (first, last) = (array(&first), array(&last));
        let rows = i64::try_from(limit).unwrap_or(i64::MAX);
        let values =
            [target.into(), seen.into(), rows.into(), first.as_str().into(), last.as_str().into()];
        let (mut xmin, mut events, mut size) = (None, Vec::new(), 0);
        database.visit(&sql(held), &values, &mut |row| {
            xmin = Some(xid(row, XMIN)?);
            let Some(read) = event(row)? else { return Ok(ControlFlow::Continue(())) };
            size += read.message.envelope.len();
            events.push(read);
            let is_full = size >= wanted.bytes;
            Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        let Some(xmin) = xmin else { return Ok(events) };
        let is_cut = events.len() >= limit || size >= wanted.bytes;
        let reach = if is_cut { Reach::LastFound } else { Reach::All };
        let seqs: Vec<Seq> = events.iter().map(|read| read.message.seq).collect();
        self.gaps.take_in(Snapshot { xmin: Xmin(xmin), seqs: &seqs, reach }, Instant::now());
        if !events.is_empty() {
            self.size = size / events.len();
        }
        Ok(events)
    }

    /// How many events are asked for: if they are large, twice as many as have the bytes. The
    /// server finds the others in vain.
    const fn limit_of(&self, wanted: Wanted) -> usize {
        let events = match wanted.events {
            Some(events) => events,
            None => LATE,
        };
        let fitting = match wanted.bytes.checked_div(self.size) {
            Some(fitting) => fitting.saturating_mul(2).saturating_add(1),
            None => events,
        };
        if fitting < events { fitting } else { events }
    }

    /// In a transaction that writes, or in one of its own: gives the gaps their bound.
    pub(super) fn bound(&mut self, database: &Database) -> Result<(), DatabaseError> {
        if self.gaps.unbound().is_some() {
            self.gaps.assigned(database.one(ID, &[], |row| xid(row, 0))?);
        }
        Ok(())
    }

    /// How far the cursor may go, if the events that were read, up to `settled`, are settled.
    pub(super) fn limit(&mut self, settled: Seq) -> Seq {
        self.settled = settled;
        self.gaps.limit(settled)
    }

    /// The last argument of [`GapReader::limit`].
    pub(super) const fn settled(&self) -> Seq {
        self.settled
    }

    /// How many gaps there are, and how old the oldest is.
    pub(super) fn gaps(&self) -> (u64, Option<Duration>) {
        (self.gaps.open().len() as u64, self.gaps.oldest().map(|since| since.elapsed()))
    }
}

/// The column of the snapshot's `xmin`, behind those of an event.
const XMIN: usize = 10;

/// `?1` is the target, `?2` the place of the last event, `?3` the limit, `?4` and `?5` are the
/// first and last places of the gaps. There is one row without an event if there are no events.
pub(super) fn sql(held: &Held) -> String {
    format!(
        "SELECT e.*, snapshot.xmin
        FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin) AS snapshot
        LEFT JOIN (
            SELECT {COLUMNS}, 0::bigint AS attempts, {} AS is_parked, {} AS is_behind
            FROM (
                (SELECT late.* FROM unnest(?4::text::bigint[], ?5::text::bigint[])
                    AS gap (first, last)
                CROSS JOIN LATERAL (
                    SELECT * FROM domain_events WHERE seq BETWEEN gap.first AND gap.last
                    ORDER BY seq LIMIT ?3) AS late
                ORDER BY seq LIMIT ?3)
                UNION ALL
                (SELECT * FROM domain_events WHERE seq > ?2 ORDER BY seq LIMIT ?3)
            ) AS e
            ORDER BY seq LIMIT ?3
        ) AS e ON TRUE",
        held.is_parked(),
        held.is_behind()
    )
}

/// `{1,2}`.
fn array(seqs: &[Seq]) -> String {
    let seqs: Vec<String> = seqs.iter().map(Seq::to_string).collect();
    format!("{{{}}}", seqs.join(","))
}

fn xid(row: &Row<'_>, column: usize) -> Result<Xid, DatabaseFault> {
    let text = row.text(column)?;
    Xid::parse(&text)
        .ok_or_else(|| DatabaseFault::Other(format!("`{text}` is not the id of a transaction")))
}
