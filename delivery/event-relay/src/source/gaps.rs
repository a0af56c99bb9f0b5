//! Which events a reader of PostgreSQL has not seen, without any I/O.
//!
//! A transaction takes the places of its events before it commits, and others commit in between. So
//! an event may become visible after events with greater places, and a reader that only goes on
//! behind the last place would never see it. Here, each place without an event is a gap, which is
//! looked at again with every snapshot until its event is there, or until it is certain that its
//! transaction was rolled back.
//!
//! When that is certain: a transaction takes its id before it takes a place (`txid` is before `seq`
//! in the table). So an id that is assigned after a place was given out, the bound, is greater than
//! the id of the transaction that took the place. A snapshot whose `xmin` is not smaller than the
//! bound was made after that transaction has ended: if its event is not in the snapshot, it never
//! will be. `pg_snapshot_xmax` is no bound: it is the greatest id that has ended, and one; greater
//! ids may have been assigned before it.
//!
//! Why each entity stays in order: its transactions wait for each other (a row lock, or a unique
//! version) before they take places. Their places are in the order of their commits, and a snapshot
//! with one of its events has all earlier ones.

use crate::message::Seq;
use std::collections::{BTreeMap, VecDeque};
use std::time::Instant;

/// The id of a transaction (`xid8`): 64 bits, so it does not wrap around.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Xid(u64);

impl Xid {
    /// The id in PostgreSQL's text. As text, ids have another order.
    pub(super) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

/// The `xmin` of a snapshot: every transaction with a smaller id has ended, and is in the snapshot
/// if it was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Xmin(pub(super) Xid);

/// What one snapshot has of the events in the gaps and behind the head.
#[derive(Clone, Copy, Debug)]
pub(super) struct Snapshot<'a> {
    pub(super) xmin: Xmin,
    /// The places of the events, in order.
    pub(super) seqs: &'a [Seq],
    pub(super) reach: Reach,
}

/// Where the search for events has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Each event in the gaps and behind the head was found.
    All,
    /// A limit was reached: behind the last event that was found, there may be others.
    LastFound,
}

/// The events that a reader has not seen: those in the gaps, and those behind the head.
#[derive(Debug)]
pub(super) struct Gaps {
    /// The greatest place that was seen.
    head: Seq,
    /// By their first places. Runs: a sequence that was set forward leaves out billions of places.
    open: BTreeMap<Seq, Gap>,
    /// The bounds that no `xmin` has reached, of increasing places.
    bounds: VecDeque<Bound>,
    /// The transactions that took the places up to this one have ended.
    ended: Seq,
}

/// A run of places without events.
#[derive(Clone, Copy, Debug)]
struct Gap {
    last: Seq,
    /// When it was found.
    since: Instant,
}

/// The transactions that took the places up to one have ids smaller than `id`.
#[derive(Clone, Copy, Debug)]
struct Bound {
    through: Seq,
    id: Xid,
}

impl Gaps {
    /// The reader of a cursor: nothing behind it was seen.
    pub(super) const fn behind(low: Seq) -> Self {
        Self { head: low, open: BTreeMap::new(), bounds: VecDeque::new(), ended: Seq::MIN }
    }

    /// The greatest place that was seen.
    pub(super) const fn head(&self) -> Seq {
        self.head
    }

    /// The gaps, as their first and last places, in order.
    pub(super) fn open(&self) -> impl ExactSizeIterator<Item = (Seq, Seq)> {
        self.open.iter().map(|(first, gap)| (*first, gap.last))
    }

    /// When the oldest gap was found.
    pub(super) fn oldest(&self) -> Option<Instant> {
        // Gaps are found in the order of their places.
        self.open.values().next().map(|gap| gap.since)
    }

    /// When the oldest gap without a bound was found. Only a bound can close it, if its transaction
    /// was rolled back.
    pub(super) fn unbound(&self) -> Option<Instant> {
        let bound = self.bounds.back().map_or(self.ended, |bound| bound.through);
        // All but the last few have bounds.
        self.open.values().rev().take_while(|gap| gap.last > bound).last().map(|gap| gap.since)
    }

    /// How far the cursor may go, if all that was seen up to a place is settled.
    pub(super) fn limit(&self, settled: Seq) -> Seq {
        self.open.keys().next().map_or(settled, |first| settled.min(first - 1))
    }

    /// An id was assigned after the last snapshot that was taken in.
    pub(super) fn assigned(&mut self, id: Xid) {
        if self.unbound().is_some() {
            self.assigned_behind(self.head, id);
        }
    }

    /// An id was assigned after all places up to one were given out.
    pub(super) fn assigned_behind(&mut self, through: Seq, id: Xid) {
        let last = self.bounds.back();
        // An id that is not greater says nothing: another server, or a fault of the caller.
        if last.is_none_or(|last| last.through < through && last.id < id) {
            self.bounds.push_back(Bound { through, id });
        }
    }

    /// Takes in a snapshot. Returns the places of the events in it that were not seen before.
    pub(super) fn take_in(&mut self, snapshot: Snapshot<'_>, now: Instant) -> Vec<Seq> {
        let seqs = snapshot.seqs.iter().copied();
        let unseen = seqs.filter(|seq| self.see(*seq, now)).collect();
        while let Some(bound) = self.bounds.front()
            && bound.id <= snapshot.xmin.0
        {
            self.ended = self.ended.max(bound.through);
            self.bounds.pop_front();
        }
        let reach = match snapshot.reach {
            Reach::All => Seq::MAX,
            Reach::LastFound => snapshot.seqs.last().copied().unwrap_or(Seq::MIN),
        };
        self.close(self.ended.min(reach));
        unseen
    }

    /// Whether the event at a place was not seen before.
    fn see(&mut self, seq: Seq, now: Instant) -> bool {
        if seq <= self.head {
            return self.fill(seq);
        }
        let first = self.head + 1;
        if first < seq {
            self.open.insert(first, Gap { last: seq - 1, since: now });
        }
        self.head = seq;
        true
    }

    /// Takes a place out of its gap. Returns `false` if it is in none.
    fn fill(&mut self, seq: Seq) -> bool {
        let gap = self.open.range(..=seq).next_back().map(|(first, gap)| (*first, *gap));
        let Some((first, gap)) = gap.filter(|(_, gap)| seq <= gap.last) else { return false };
        self.open.remove(&first);
        if first < seq {
            self.open.insert(first, Gap { last: seq - 1, ..gap });
        }
        if seq < gap.last {
            self.open.insert(seq + 1, gap);
        }
        true
    }

    /// There will be no events at the open places up to this one.
    fn close(&mut self, through: Seq) {
        while let Some(entry) = self.open.first_entry()
            && *entry.key() <= through
        {
            let gap = entry.remove();
            if through < gap.last {
                self.open.insert(through + 1, gap);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Gaps, Reach, Snapshot, Xid, Xmin};
    use crate::message::Seq;
    use std::time::{Duration, Instant};

    fn xid(text: &str) -> Xid {
        Xid::parse(text).unwrap()
    }

    fn see(gaps: &mut Gaps, seqs: &[Seq], xmin: &str, now: Instant) -> Vec<Seq> {
        gaps.take_in(Snapshot { xmin: Xmin(xid(xmin)), seqs, reach: Reach::All }, now)
    }

    #[test]
    fn a_sequence_that_is_set_forward_leaves_one_gap() {
        let (mut gaps, now) = (Gaps::behind(0), Instant::now());
        let far = Seq::MAX - 1;
        assert_eq!(see(&mut gaps, &[1, far], "1", now), [1, far]);
        assert_eq!(gaps.open().collect::<Vec<_>>(), [(2, far - 1)]);
        let later = now + Duration::from_secs(1);
        assert_eq!(see(&mut gaps, &[7, 7, far], "1", later), [7], "others were seen");
        assert_eq!(gaps.open().collect::<Vec<_>>(), [(2, 6), (8, far - 1)]);
        assert_eq!((gaps.oldest(), gaps.unbound()), (Some(now), Some(now)));
        assert_eq!((gaps.limit(far), gaps.limit(0)), (1, 0));
    }

    #[test]
    fn ids_are_compared_as_numbers() {
        let (mut gaps, now) = (Gaps::behind(0), Instant::now());
        see(&mut gaps, &[2], "999998", now);
        gaps.assigned(xid("1000000"));
        assert_eq!(gaps.unbound(), None);
        see(&mut gaps, &[], "999999", now);
        assert_eq!(gaps.open().len(), 1, "1000000 is greater");
        see(&mut gaps, &[], "1000000", now);
        assert_eq!(gaps.open().len(), 0);
        assert_eq!(gaps.limit(2), 2);
        for text in ["", "-1", "x", "18446744073709551616"] {
            assert_eq!(Xid::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_bound_of_the_start_closes_old_gaps_at_once() {
        let (mut gaps, now) = (Gaps::behind(0), Instant::now());
        gaps.assigned_behind(100, xid("50"));
        assert_eq!(see(&mut gaps, &[90, 110], "50", now), [90, 110]);
        assert_eq!(gaps.open().collect::<Vec<_>>(), [(101, 109)]);
    }
}
