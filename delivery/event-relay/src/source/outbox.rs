//! The outbox in a database, as one target reads it.

use super::gap_reader::Wanted;
use super::held::Held;
use super::lease;
use super::reader::Reader;
use super::row::{COLUMNS, GONE, rows};
use super::start_check;
use super::{
    Backlog, Claim, EventSource, Lease, OnPoison, Park, ParkedState, Progress, Read, SourceError,
};
use crate::database::{
    self, Access, Begin, Database, DatabaseError, DatabaseLocation, Transaction, Value,
};
use crate::message::Seq;
use event_core::Timestamp;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// The outbox in a database, as one target reads it.
pub struct OutboxSource {
    pub(super) database: Database,
    target: String,
    held: Held,
    lease: Lease,
    /// Whether the lease was never asked for.
    is_first: bool,
    /// The cursor's fence when it was read.
    fence: i64,
    /// The connection by which the cursor was read. Behind another one, a server may have lost its
    /// last commits (a replica that took over, `synchronous_commit = off`) and give out their
    /// places again. So the cursor is read again.
    session: u64,
    reader: Reader,
}

/// A parked event is due at once if its next attempt is further away than this: the clock was set
/// back.
const FURTHEST: Duration = Duration::from_secs(3_600);

/// Up to so many events behind the cursor are counted. Of more, the places are: some may have been
/// rolled back.
const COUNTED: i64 = 10_000;

/// How many parked events are repaired in one transaction.
const REPAIRS: usize = 1_000;

impl OutboxSource {
    /// Opens the database for a target. The lease says which relay serves it.
    ///
    /// # Errors
    ///
    /// If the database cannot be opened, or its tables are older or newer than this program.
    pub fn open(
        location: &DatabaseLocation,
        target: &str,
        on_poison: OnPoison,
        lease: Lease,
    ) -> Result<Self, SourceError> {
        let database = database::open(location, Access::Write)?;
        // The cursor may be lost with the power: the events behind it are then sent again.
        database.may_lose_commits()?;
        let held = Held::new(database.dialect(), on_poison);
        let target = target.to_owned();
        let reader = Reader::unread();
        Ok(Self { database, target, held, lease, is_first: true, fence: 0, session: 0, reader })
    }

    /// The newest place that the outbox has given out.
    fn newest(&self) -> Result<Seq, DatabaseError> {
        self.database.one(self.database.dialect().newest, &[], |row| row.integer(0))
    }

    /// The place and the fence of the cursor. `None` if another program has deleted it.
    fn cursor(&self) -> Result<Option<(Seq, i64)>, DatabaseError> {
        let sql = "SELECT low_seq, fence FROM outbox_cursor WHERE target = ?1";
        let target = self.target.as_str().into();
        self.database.first(sql, &[target], |row| Ok((row.integer(0)?, row.integer(1)?)))
    }

    /// Fails if the outbox gives out places that are behind the cursor.
    fn check_sequence(&self, low: Seq) -> Result<Seq, SourceError> {
        let newest = self.newest()?;
        if newest >= low {
            return Ok(newest);
        }
        let target = &self.target;
        Err(SourceError::Fatal(format!(
            "the outbox has given out places up to {newest}, and the cursor of `{target}` is at \
             {low}: the database was restored or replaced, and new events would not be sent\n\
             help: to send what is in it, run \
             `event-relay rewind --target {target} --to-seq 0`"
        )))
    }

    fn is_another_session(&self) -> bool {
        self.database.session() != self.session
    }

    fn read_wanted(&mut self, wanted: Wanted) -> Result<Vec<Read>, SourceError> {
        let events = self.reader.read(&self.database, &self.target, &self.held, wanted)?;
        // The next commit, or measure, says that the cursor must be read again.
        Ok(if self.is_another_session() { Vec::new() } else { events })
    }

    /// Sets columns of the parked events `p` for which a condition is true. They are looked for
    /// before the write lock is taken: there may be many events, and producers wait for it in
    /// SQLite.
    fn repair(&self, condition: &str, set: &str, now: Timestamp) -> Result<(), DatabaseError> {
        let target = self.target.as_str();
        let sql = format!(
            "SELECT seq FROM outbox_parked p WHERE target = ?1 AND {condition} ORDER BY seq"
        );
        let seqs = self.database.query(&sql, &[target.into()], |row| row.integer(0))?;
        let sql = format!(
            "UPDATE outbox_parked AS p SET {set}, next_attempt_at = ?3
            WHERE target = ?1 AND seq = ?2 AND {condition}"
        );
        for seqs in seqs.chunks(REPAIRS) {
            let tx = self.database.begin(Begin::Alone)?;
            let row = |seq: &Seq| vec![target.into(), (*seq).into(), now.into()];
            tx.execute_each(&sql, &seqs.iter().map(row).collect::<Vec<_>>())?;
            tx.commit()?;
        }
        Ok(())
    }
}

impl EventSource for OutboxSource {
    fn rewind(&mut self, now: Timestamp) -> Result<Claim, SourceError> {
        let claim = lease::claim(&self.database, &self.target, &self.lease, self.is_first, now)?;
        self.is_first = false;
        self.session = self.database.session();
        self.reader = Reader::unread();
        if let Claim::Granted { low, fence } = claim {
            if !self.database.dialect().commits_in_order {
                start_check::check(&self.database)?;
            }
            let newest = self.check_sequence(low)?;
            self.reader = Reader::behind(&self.database, low, newest)?;
            self.fence = fence;
        }
        Ok(claim)
    }

    fn renew(&mut self) -> Result<bool, SourceError> {
        let is_kept = lease::renew(&self.database, &self.target, &self.lease, self.fence)?;
        Ok(is_kept && !self.is_another_session())
    }

    fn release(&mut self) -> Result<(), SourceError> {
        Ok(lease::release(&self.database, &self.target, &self.lease)?)
    }

    fn read(&mut self, events: usize, bytes: usize) -> Result<Vec<Read>, SourceError> {
        self.read_wanted(Wanted { events: Some(events), bytes })
    }

    fn read_late(&mut self, bytes: usize) -> Result<Vec<Read>, SourceError> {
        self.read_wanted(Wanted { events: None, bytes })
    }

    fn limit(&mut self, settled: Seq) -> Seq {
        self.reader.limit(settled)
    }

    fn due(
        &mut self,
        now: Timestamp,
        events: usize,
        bytes: usize,
    ) -> Result<Vec<Read>, SourceError> {
        // In the order of an index, so that only as many rows are looked at as are returned.
        let sql = format!(
            "SELECT {COLUMNS}, p.attempts, 1, 0
            FROM outbox_parked p{} JOIN domain_events e USING (seq)
            WHERE p.target = ?1 AND p.state = 'retry' AND p.next_attempt_at <= ?2 AND {}
            ORDER BY p.next_attempt_at, p.seq LIMIT ?3",
            self.database.dialect().indexed_by("outbox_parked_state"),
            self.held.is_first()
        );
        let limit = i64::try_from(events).unwrap_or(i64::MAX);
        let values = [self.target.as_str().into(), now.into(), limit.into()];
        Ok(rows(&self.database, &sql, &values, bytes)?)
    }

    fn commit(&mut self, progress: &Progress, now: Timestamp) -> Result<bool, SourceError> {
        let tx = self.database.begin(Begin::Write)?;
        if self.is_another_session() {
            return Ok(false);
        }
        let of = (&*self.target, self.fence, lease::millis(&self.lease));
        let is_written = write(&tx, of, progress, now)?;
        // A transaction that is dropped is rolled back.
        if is_written {
            self.reader.committing(&tx)?;
            tx.commit()?;
        }
        Ok(is_written)
    }

    fn retry_contract(&mut self, now: Timestamp) -> Result<usize, SourceError> {
        let sql = "UPDATE outbox_parked SET state = 'retry', next_attempt_at = ?2
            WHERE target = ?1 AND state = 'contract'";
        let changed = self.database.execute(sql, &[self.target.as_str().into(), now.into()])?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    fn tidy(&mut self, now: Timestamp) -> Result<(), SourceError> {
        let (target, furthest) = (self.target.as_str(), now.saturating_add(FURTHEST));
        let active = "UPDATE outbox_cursor SET updated_at = ?2 WHERE target = ?1";
        self.database.execute(active, &[target.into(), now.into()])?;
        let too_far = "UPDATE outbox_parked SET next_attempt_at = ?2
            WHERE target = ?1 AND state = 'retry' AND next_attempt_at > ?3";
        self.database.execute(too_far, &[target.into(), now.into(), furthest.into()])?;
        let behind_none = format!("state = 'behind' AND {}", self.held.is_first());
        self.repair(&behind_none, "state = 'retry'", now)?;
        let gone = "state IN ('retry', 'contract')
            AND NOT EXISTS (SELECT 1 FROM domain_events e WHERE e.seq = p.seq)";
        let dead = format!("state = 'dead', reason = '{GONE}'");
        Ok(self.repair(gone, &dead, now)?)
    }

    fn backlog(&mut self) -> Result<Backlog, SourceError> {
        let Some((low, fence)) = self.cursor()? else {
            return Ok(Backlog { is_moved: true, ..Backlog::default() });
        };
        let newest = self.check_sequence(low)?;
        let database = &self.database;
        let settled = self.reader.settled(low);
        let sql = "SELECT recorded_at FROM domain_events WHERE seq > ?1 ORDER BY seq LIMIT 1";
        // `None` in it: its time cannot be read.
        let oldest = database.first(sql, &[settled.into()], |row| Ok(row.time(0)))?;
        let sql = "SELECT state, count(*) FROM outbox_parked WHERE target = ?1 GROUP BY state";
        let target = self.target.as_str().into();
        let counts = database.query(sql, &[target], |row| Ok((row.text(0)?, row.count(1)?)))?;
        // To count a million rows each second would cost more than to send them.
        let sql = "SELECT count(*) FROM (
            SELECT 1 FROM domain_events WHERE seq > ?1 LIMIT ?2) AS few";
        let counted = database.one(sql, &[settled.into(), COUNTED.into()], |row| row.integer(0))?;
        let mut parked: BTreeMap<_, _> =
            ParkedState::ALL.into_iter().map(|state| (state, 0)).collect();
        for (word, events) in counts {
            let state = ParkedState::from_word(&word);
            parked.extend(state.map(|state| (state, events)));
        }
        let events = if counted < COUNTED { counted } else { newest - settled };
        let events = u64::try_from(events).unwrap_or(0);
        let oldest = oldest.flatten();
        let (gaps, oldest_gap) = self.reader.gaps();
        let is_moved = fence != self.fence || self.is_another_session();
        Ok(Backlog { low, events, oldest, parked, gaps, oldest_gap, is_moved })
    }
}

/// Writes progress for a target, a fence and the milliseconds of a lease. Returns `false` if the
/// cursor was moved.
fn write(
    tx: &Transaction<'_>,
    (target, fence, lasts): (&str, i64, i64),
    progress: &Progress,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let sql = format!(
        "UPDATE outbox_cursor SET low_seq = {}(low_seq, ?4), published = published + ?5,
            updated_at = ?6, lease_until = {} WHERE target = ?1 AND fence = ?2",
        tx.dialect().greatest,
        tx.dialect().lease_until
    );
    let published = i64::try_from(progress.published).unwrap_or(i64::MAX);
    let settled = progress.settled.unwrap_or(0);
    let values =
        [target.into(), fence.into(), lasts.into(), settled.into(), published.into(), now.into()];
    if tx.execute(&sql, &values)? == 0 {
        return Ok(false);
    }
    // First: one of these may wait for one that is delivered now.
    park(tx, target, &progress.park, now)?;
    for seq in &progress.release {
        release(tx, target, *seq, now)?;
    }
    Ok(true)
}

/// A parked event is delivered: the next one of its entity is due.
fn release(
    tx: &Transaction<'_>,
    target: &str,
    seq: Seq,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM outbox_parked WHERE target = ?1 AND seq = ?2
        RETURNING entity_type, entity_id";
    let entities = tx.query(sql, &[target.into(), seq.into()], |row| {
        Ok((row.optional_text(0)?, row.optional_text(1)?))
    })?;
    for (kind, id) in &entities {
        let sql = "UPDATE outbox_parked SET state = 'retry', next_attempt_at = ?4
            WHERE target = ?1 AND state = 'behind' AND seq = (
                SELECT min(seq) FROM outbox_parked
                WHERE target = ?1 AND entity_type = ?2 AND entity_id = ?3)";
        let values = [target.into(), kind.as_ref().into(), id.as_ref().into(), now.into()];
        tx.execute(sql, &values)?;
    }
    Ok(())
}

fn park(
    tx: &Transaction<'_>,
    target: &str,
    park: &[Park],
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO outbox_parked (target, seq, event_id, event_type, entity_type,
        entity_id, state, attempts, parked_at, next_attempt_at, reason)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (target, seq) DO UPDATE SET state = excluded.state,
        attempts = excluded.attempts, next_attempt_at = excluded.next_attempt_at,
        reason = excluded.reason";
    let rows: Vec<_> = park.iter().map(|park| parked_row(target, park, now)).collect();
    tx.execute_each(sql, &rows)?;
    Ok(())
}

fn parked_row<'a>(target: &'a str, park: &'a Park, now: Timestamp) -> Vec<Value<'a>> {
    let Park { message, state, attempts, next_attempt_at, reason } = park;
    let entity = message.entity.as_ref();
    vec![
        target.into(),
        message.seq.into(),
        (&message.event_id).into(),
        (&message.event_type).into(),
        entity.map(|entity| &entity.kind).into(),
        entity.map(|entity| &entity.id).into(),
        state.as_str().into(),
        (*attempts).into(),
        now.into(),
        (*next_attempt_at).into(),
        reason.into(),
    ]
}

impl From<DatabaseError> for SourceError {
    fn from(error: DatabaseError) -> Self {
        let text = error.to_string();
        if error.is_passing() { Self::Passing(text) } else { Self::Fatal(text) }
    }
}

impl fmt::Debug for OutboxSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboxSource").field("target", &self.target).finish_non_exhaustive()
    }
}
