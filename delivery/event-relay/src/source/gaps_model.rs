//! [`Gaps`] against a model of PostgreSQL: transactions that take ids, locks and places and end in
//! any order, and relays that read, send, write the cursor and crash in between.

use super::gaps::{Gaps, Reach, Snapshot, Xid, Xmin};
use crate::message::Seq;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::Instant;

/// How many places are given out in a run.
const PLACES: usize = 500;
const ENTITIES: usize = 4;

/// What is wrong in a run. Each loses events, so the model can see what [`Gaps`] is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// `pg_snapshot_xmax` as the bound.
    BoundIsXmax,
    /// The greatest id that was assigned before.
    BoundIsOneLess,
    /// A gap is closed by the next snapshot.
    NoBound,
    /// A transaction takes its id after its places.
    XidAfterPlace,
    /// The cursor passes open gaps.
    CursorPassesGaps,
}

/// Random numbers (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A transaction: it takes its id, then the lock of its entity, then its places, and ends.
#[derive(Default)]
struct Transaction {
    xid: Option<u64>,
    /// `None`: it only inserts, about an entity of its own.
    entity: Option<usize>,
    is_locked: bool,
    places: Vec<Seq>,
    /// How many places it takes.
    wants: u64,
}

/// The database. Committed events are visible at once.
#[derive(Default)]
struct Database {
    next_xid: u64,
    latest_ended: u64,
    running: BTreeSet<u64>,
    last_place: Seq,
    locks: [bool; ENTITIES],
    /// The committed events, and their entities.
    events: BTreeMap<Seq, Option<usize>>,
    /// The events of each entity, as they were committed.
    history: [Vec<Seq>; ENTITIES],
    low: Seq,
}

impl Database {
    fn assign(&mut self) -> u64 {
        self.next_xid += 1;
        self.running.insert(self.next_xid);
        self.next_xid
    }

    fn end(&mut self, xid: u64) {
        self.running.remove(&xid);
        self.latest_ended = self.latest_ended.max(xid);
    }

    /// PostgreSQL's `GetSnapshotData`: `xmax` is the greatest id that has ended, and one.
    fn xmin_and_xmax(&self) -> (u64, u64) {
        let xmax = self.latest_ended + 1;
        (self.running.first().map_or(xmax, |first| xmax.min(*first)), xmax)
    }

    /// One step of a transaction. Returns `false` if it has ended.
    fn step(&mut self, tx: &mut Transaction, run: &mut Run) -> bool {
        let is_placed = tx.places.len() as u64 == tx.wants;
        match tx.entity {
            _ if tx.xid.is_none() && (is_placed || run.fault != Fault::XidAfterPlace) => {
                tx.xid = Some(self.assign());
            }
            Some(entity) if !tx.is_locked => {
                tx.is_locked = !std::mem::replace(&mut self.locks[entity], true);
            }
            _ if !is_placed => {
                let jump = if run.random.below(1_000) == 0 { 1_000_000_000_000 } else { 1 };
                self.last_place += jump;
                tx.places.push(self.last_place);
                run.places += 1;
            }
            _ => {
                self.commit_or_roll_back(tx, run);
                return false;
            }
        }
        true
    }

    fn commit_or_roll_back(&mut self, tx: &Transaction, run: &mut Run) {
        // Some of a committed transaction's places have no events, as after `ON CONFLICT`.
        let is_committed = !run.random.percent(run.rollbacks);
        for place in tx.places.iter().filter(|_| is_committed && run.random.percent(95)) {
            self.events.insert(*place, tx.entity);
            if let Some(entity) = tx.entity {
                self.history[entity].push(*place);
            }
        }
        if let Some(entity) = tx.entity {
            self.locks[entity] = false;
        }
        self.end(tx.xid.unwrap());
    }
}

struct Relay {
    gaps: Gaps,
    queue: BTreeSet<Seq>,
    seen: HashSet<Seq>,
    /// The `xmax` of its last snapshot.
    xmax: u64,
}

impl Relay {
    fn start(database: &mut Database, run: &mut Run) -> Self {
        let mut gaps = Gaps::behind(database.low);
        if run.fault == Fault::None && run.random.percent(50) {
            let newest = database.last_place;
            let id = database.assign();
            database.end(id);
            gaps.assigned_behind(newest, xid(id));
        }
        Self { gaps, queue: BTreeSet::new(), seen: HashSet::new(), xmax: 0 }
    }

    fn read(&mut self, database: &Database, limit: usize) {
        let gaps = self.gaps.open().flat_map(|(first, last)| database.events.range(first..=last));
        let behind = database.events.range(self.gaps.head() + 1..);
        let seqs: Vec<Seq> = gaps.chain(behind).map(|(seq, _)| *seq).take(limit).collect();
        let reach = if seqs.len() < limit { Reach::All } else { Reach::LastFound };
        let (xmin, xmax) = database.xmin_and_xmax();
        self.xmax = xmax;
        let snapshot = Snapshot { xmin: Xmin(xid(xmin)), seqs: &seqs, reach };
        let unseen = self.gaps.take_in(snapshot, Instant::now());
        assert_eq!(unseen, seqs, "it asked for what it has not seen");
        for seq in unseen {
            assert!(self.seen.insert(seq), "{seq} was read twice");
            self.queue.insert(seq);
        }
    }

    fn commit(&mut self, database: &mut Database, fault: Fault) {
        let settled = self.queue.first().map_or(self.gaps.head(), |first| first - 1);
        let limit = match fault {
            Fault::CursorPassesGaps => settled,
            _ => self.gaps.limit(settled),
        };
        database.low = database.low.max(limit);
        let id = database.assign();
        database.end(id);
        match fault {
            Fault::BoundIsXmax => self.gaps.assigned(xid(self.xmax)),
            Fault::BoundIsOneLess => self.gaps.assigned(xid(id - 1)),
            Fault::NoBound => self.gaps.assigned(xid(0)),
            _ => self.gaps.assigned(xid(id)),
        }
    }
}

fn xid(id: u64) -> Xid {
    Xid::parse(&id.to_string()).unwrap()
}

struct Run {
    random: Random,
    fault: Fault,
    /// In percent of the steps.
    reads: u64,
    crashes: u64,
    /// In percent of the transactions.
    rollbacks: u64,
    places: usize,
    sink: Vec<Seq>,
}

/// What is wrong after a run.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wrong {
    lost: usize,
    out_of_order: usize,
}

impl Run {
    fn new(seed: u64, fault: Fault) -> Self {
        let mut random = Random(seed);
        let reads = [2, 6, 30, 60][usize::try_from(random.below(4)).unwrap()];
        let (crashes, rollbacks) = (random.below(3), random.below(51));
        Self { random, fault, reads, crashes, rollbacks, places: 0, sink: Vec::new() }
    }

    fn begin(&mut self) -> Transaction {
        let entity = usize::try_from(self.random.below(ENTITIES as u64 + 2)).unwrap();
        let entity = Some(entity).filter(|entity| *entity < ENTITIES);
        Transaction { entity, wants: 1 + self.random.below(3), ..Transaction::default() }
    }

    fn step(&mut self, relay: &mut Relay, database: &mut Database) {
        match self.random.below(100) {
            at if at < self.crashes => *relay = Relay::start(database, self),
            at if at < 40 => {
                let limit = [1, 3, 100][usize::try_from(self.random.below(3)).unwrap()];
                relay.read(database, limit);
            }
            at if at < 75 => {
                for _ in 0..self.random.below(20) {
                    self.sink.extend(relay.queue.pop_first());
                }
            }
            _ => relay.commit(database, self.fault),
        }
    }

    /// Lets the relays read all that there is, and looks at what was sent.
    fn finish(mut self, mut relays: Vec<Relay>, mut database: Database) -> Wrong {
        for _ in 0..PLACES {
            for relay in &mut relays {
                relay.read(&database, 100);
                self.sink.extend(std::mem::take(&mut relay.queue));
                relay.commit(&mut database, self.fault);
            }
        }
        let newest = database.events.keys().last().copied();
        assert_eq!(Some(database.low), newest, "the cursor reaches the last event");
        assert!(relays.iter().all(|relay| relay.gaps.open().len() == 0), "all gaps are closed");
        // Who reads the sink drops duplicates.
        let mut sent = BTreeMap::new();
        for (at, seq) in self.sink.iter().enumerate() {
            sent.entry(*seq).or_insert(at);
        }
        assert!(sent.keys().all(|seq| database.events.contains_key(seq)), "it was rolled back");
        let lost = database.events.keys().filter(|seq| !sent.contains_key(seq)).count();
        let out_of_order = database.history.iter().map(|seqs| {
            let order: Vec<usize> = seqs.iter().filter_map(|seq| sent.get(seq).copied()).collect();
            order.windows(2).filter(|pair| pair[0] > pair[1]).count()
        });
        Wrong { lost, out_of_order: out_of_order.sum() }
    }
}

fn run(seed: u64, fault: Fault, relays: usize) -> Wrong {
    let mut run = Run::new(seed, fault);
    let mut database = Database::default();
    let mut relays: Vec<_> = (0..relays).map(|_| Relay::start(&mut database, &mut run)).collect();
    let slots = [2, 3, 8][usize::try_from(run.random.below(3)).unwrap()];
    let mut open: Vec<Transaction> = (0..slots).map(|_| run.begin()).collect();
    while run.places < PLACES {
        if run.random.percent(run.reads) {
            let at = usize::try_from(run.random.below(relays.len() as u64)).unwrap();
            run.step(&mut relays[at], &mut database);
            continue;
        }
        // The first ones are slower than the others.
        let at = usize::try_from(run.random.below(slots).max(run.random.below(slots))).unwrap();
        if !database.step(&mut open[at], &mut run) {
            open[at] = run.begin();
        }
    }
    while let Some(mut tx) = open.pop() {
        if database.step(&mut tx, &mut run) {
            // The one that has the lock that it waits for comes first.
            open.insert(0, tx);
        }
    }
    run.finish(relays, database)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_is_lost_and_each_entity_is_in_order(seed in any::<u64>(), relays in 1..4_usize) {
        prop_assert_eq!(run(seed, Fault::None, relays), Wrong::default());
    }
}

/// If one of these loses nothing, the model no longer sees what the algorithm is for.
#[test]
fn each_fault_loses_events() {
    for fault in [
        Fault::BoundIsXmax,
        Fault::BoundIsOneLess,
        Fault::NoBound,
        Fault::XidAfterPlace,
        Fault::CursorPassesGaps,
    ] {
        let lost = |seed| run(seed, fault, 1).lost;
        assert!((0..100).any(|seed| lost(seed) > 0), "{fault:?} loses nothing");
    }
}
