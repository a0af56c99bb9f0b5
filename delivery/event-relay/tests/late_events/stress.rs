//! Many services at once. A naive cursor (`seq > last`) reads beside the relay; how much it loses is
//! printed, because it shows that the run was one in which events can be lost.

use super::outbox::{Outbox, Reader};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{process, thread};

const SERVICES: u64 = 8;
const ORDERS: u64 = 5;

/// How the transactions of a run write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Only the event. The transaction gets its id by it.
    InsertOnly,
    /// The entity, whose row lock others wait for, and then the event.
    UpdateFirst,
}

/// Random numbers (`SplitMix64`).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

/// Writes until all services are to end. `rollbacks` is in percent.
fn write(outbox: &Outbox, style: Style, mut random: Random, rollbacks: u64, is_done: &AtomicBool) {
    let connection = outbox.connect();
    while !is_done.load(Ordering::Relaxed) {
        connection.run("BEGIN");
        let order = i64::try_from(random.below(ORDERS)).unwrap();
        let revision = match style {
            Style::InsertOnly => 0,
            Style::UpdateFirst => connection.number(&format!(
                "UPDATE orders SET revision = revision + 1 WHERE id = {order} RETURNING revision"
            )),
        };
        connection.append(order, revision);
        thread::sleep(Duration::from_micros(random.below(5_000)));
        let is_rolled_back = random.below(100) < rollbacks;
        connection.run(if is_rolled_back { "ROLLBACK" } else { "COMMIT" });
    }
}

/// What the relays have sent, in the order of its arrival.
#[derive(Default)]
struct Sink {
    sent: Mutex<Vec<i64>>,
    kills: AtomicU64,
}

/// Reads, and crashes from time to time, until all services have ended and the cursor is at the
/// end. All relays have one cursor, and know nothing of each other.
fn relay(outbox: &Outbox, mut random: Random, is_done: &AtomicBool, sink: &Sink) {
    let mut reader = outbox.reader();
    let deliver = |reader: &mut Reader| {
        let places = reader.read();
        sink.sent.lock().unwrap().extend(places);
        if !reader.settle() {
            *reader = outbox.reader();
        }
    };
    while !is_done.load(Ordering::Relaxed) {
        deliver(&mut reader);
        if random.below(20) == 0 {
            reader = outbox.reader();
            sink.kills.fetch_add(1, Ordering::Relaxed);
        }
        thread::sleep(Duration::from_micros(random.below(8_000)));
    }
    let begin = Instant::now();
    while outbox.low() < outbox.newest() {
        assert!(begin.elapsed() < Duration::from_secs(20), "the cursor does not reach the end");
        deliver(&mut reader);
        thread::sleep(Duration::from_millis(20));
    }
}

/// `seq > last`: what most relays do.
fn naive(outbox: &Outbox, is_done: &AtomicBool) -> BTreeSet<i64> {
    let (connection, mut last, mut out) = (outbox.connect(), 0, BTreeSet::new());
    while !is_done.load(Ordering::Relaxed) {
        let sql = format!("SELECT seq FROM domain_events WHERE seq > {last} ORDER BY seq");
        out.extend(connection.numbers(&sql));
        last = out.last().copied().unwrap_or(last);
        thread::sleep(Duration::from_millis(2));
    }
    out
}

fn stress(outbox: &Outbox, style: Style, rollbacks: u64, relays: u64) {
    outbox.run(&format!("INSERT INTO orders SELECT n, 0 FROM generate_series(0, {ORDERS} - 1) n"));
    let (is_done, sink) = (AtomicBool::new(false), Sink::default());
    let seed = u64::from(process::id());
    let naive = thread::scope(|scope| {
        for service in 0..SERVICES {
            let (random, is_done) = (Random(seed + service), &is_done);
            scope.spawn(move || write(outbox, style, random, rollbacks, is_done));
        }
        for relay_number in 0..relays {
            let (random, is_done, sink) = (Random(seed ^ relay_number), &is_done, &sink);
            scope.spawn(move || relay(outbox, random, is_done, sink));
        }
        let naive = scope.spawn(|| naive(outbox, &is_done));
        thread::sleep(Duration::from_secs(3));
        is_done.store(true, Ordering::Relaxed);
        naive.join().unwrap()
    });
    let Sink { sent, kills } = sink;
    let connection = outbox.connect();
    let committed = connection.numbers("SELECT seq FROM domain_events ORDER BY seq");
    let last = naive.last();
    let missed = committed.iter().filter(|seq| Some(*seq) < last && !naive.contains(seq)).count();
    println!(
        "{style:?}: {} events, seed {seed}, {} kills; a naive cursor lost {missed}",
        committed.len(),
        kills.into_inner()
    );
    check(outbox, style, &sent.into_inner().unwrap(), &committed);
}

/// Each event was sent, none that was rolled back, and each order's events are in order.
fn check(outbox: &Outbox, style: Style, sent: &[i64], committed: &[i64]) {
    let mut first = BTreeMap::new();
    for (at, seq) in sent.iter().enumerate() {
        first.entry(*seq).or_insert(at);
    }
    let lost: Vec<&i64> = committed.iter().filter(|seq| !first.contains_key(seq)).collect();
    assert!(lost.is_empty(), "{} lost: {lost:?}", lost.len());
    assert_eq!(first.len(), committed.len(), "events that were rolled back were sent");
    if style == Style::InsertOnly {
        return;
    }
    let connection = outbox.connect();
    for order in 0..ORDERS {
        let seqs = connection.numbers(&format!(
            "SELECT seq FROM domain_events WHERE entity_id = '{order}' ORDER BY entity_version"
        ));
        let order: Vec<usize> = seqs.iter().map(|seq| first[seq]).collect();
        assert!(order.is_sorted(), "order {order:?}");
    }
}

#[test]
fn transactions_that_only_insert_lose_nothing() {
    let Some(outbox) = Outbox::new("insert_only") else { return };
    stress(&outbox, Style::InsertOnly, 10, 1);
}

#[test]
fn half_of_the_transactions_may_be_rolled_back() {
    let Some(outbox) = Outbox::new("rollbacks") else { return };
    stress(&outbox, Style::InsertOnly, 50, 1);
}

/// The first transactions have smaller ids than a power of ten, the others greater ones: as text,
/// their order would be another.
#[test]
fn entities_stay_in_order_while_ids_get_a_digit_more() {
    let Some(outbox) = Outbox::new("digit") else { return };
    let connection = outbox.connect();
    let id = || connection.number("SELECT pg_current_xact_id()::text::bigint");
    let digit = 10_i64.pow(id().ilog10() + 1);
    connection.run(&format!(
        "DO $$ BEGIN
            WHILE pg_current_xact_id()::text::bigint < {digit} - 150 LOOP COMMIT; END LOOP;
        END $$"
    ));
    stress(&outbox, Style::UpdateFirst, 20, 2);
    assert!(id() > digit, "{digit} was not reached");
}
