//! Transactions that stay open, and that are rolled back.

use super::outbox::{Connection, Outbox, long_transactions};
use event_relay::source::EventSource;
use event_relay::targets::{BlockingTarget, Limits, Outcome, Workers};
use event_relay::{Message, Relay, TargetOptions};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Each event is read soon after its commit, while two transactions stay open that have written:
/// one has a smaller place, the other is in another database of the cluster.
#[test]
fn an_open_transaction_holds_back_no_event_of_others() {
    let Some(outbox) = Outbox::new("open") else { return };
    let _alone = long_transactions();
    let elsewhere = Connection::open(&outbox.server.database("elsewhere"));
    elsewhere.run("CREATE TABLE notes (n int); BEGIN; INSERT INTO notes VALUES (1)");
    let open = outbox.connect();
    open.run("BEGIN");
    let late = open.append(1, 1);
    let (is_done, mut reader) = (AtomicBool::new(false), outbox.reader());
    let (committed, read) = thread::scope(|scope| {
        let service = scope.spawn(|| {
            let (service, mut committed) = (outbox.connect(), BTreeMap::new());
            let begin = Instant::now();
            while begin.elapsed() < Duration::from_secs(3) {
                committed.insert(service.append(2, 1), Instant::now());
                thread::sleep(Duration::from_millis(20));
            }
            is_done.store(true, Ordering::Release);
            committed
        });
        let mut read = BTreeMap::new();
        while !is_done.load(Ordering::Acquire) {
            let places = reader.deliver();
            read.extend(places.into_iter().map(|seq| (seq, Instant::now())));
            thread::sleep(Duration::from_millis(5));
        }
        read.extend(reader.deliver().into_iter().map(|seq| (seq, Instant::now())));
        (service.join().unwrap(), read)
    });
    let delay = |(seq, at): (&i64, &Instant)| read[seq].saturating_duration_since(*at);
    let mut delays: Vec<Duration> = committed.iter().map(delay).collect();
    delays.sort();
    let usual = delays[delays.len() * 9 / 10];
    println!("nine of ten events were late by less than {usual:.1?}, all by {:.1?}", delays.last());
    // One that waited for the transaction would be late by up to 3 s, and two of three by 1 s.
    assert!(usual < Duration::from_secs(1), "{delays:?}");

    // All others are delivered, and none of them waits.
    let backlog = reader.source.backlog().unwrap();
    assert_eq!((backlog.low, backlog.events, backlog.gaps), (late - 1, 0, 1));
    assert!(backlog.oldest_gap > Some(Duration::from_secs(1)), "{backlog:?}");
    open.run("COMMIT");
    assert_eq!(reader.deliver(), [late]);
    assert_eq!(outbox.low(), outbox.newest());
    assert_eq!(reader.source.backlog().unwrap().gaps, 0);
}

/// An outbox without new events, so that no cursor is written that would bound the gaps.
#[test]
fn the_gaps_of_transactions_that_were_rolled_back_are_closed() {
    let Some(outbox) = Outbox::new("rolled_back") else { return };
    let _alone = long_transactions();
    let (service, mut reader) = (outbox.connect(), outbox.reader());
    for revision in 1..4 {
        service.run("BEGIN");
        service.append(1, revision);
        service.append(1, revision);
        service.run("ROLLBACK");
        let place = service.append(1, revision);
        assert_eq!(reader.deliver(), [place]);
    }
    // A sequence that was set forward is one gap, and the events behind it are read.
    service.number("SELECT setval('domain_events_seq_seq', 5000000000)");
    assert_eq!(service.append(1, 4), 5_000_000_001);
    assert_eq!(reader.deliver(), [5_000_000_001]);
    assert_eq!(reader.source.backlog().unwrap().gaps, 4);
    let begin = Instant::now();
    while outbox.low() < outbox.newest() && begin.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(20));
        assert!(reader.deliver().is_empty());
    }
    let backlog = reader.source.backlog().unwrap();
    assert_eq!((backlog.low, backlog.events, backlog.gaps), (outbox.newest(), 0, 0));
    assert_eq!((backlog.oldest, backlog.oldest_gap), (None, None));
}

/// Remembers what it is sent.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Vec<i64>>>);

impl BlockingTarget for Shelf {
    fn limits(&self) -> Limits {
        Limits { in_flight: 1, events: 10, bytes: 1 << 20 }
    }

    fn publish(&self, batch: &[Arc<Message>]) -> Outcome {
        self.0.lock().unwrap().extend(batch.iter().map(|message| message.seq));
        Outcome::Delivered { duplicates: 0 }
    }
}

/// The cursor of a relay that ends is behind all that it has sent, so that the next relay sends
/// nothing again.
#[test]
fn a_relay_that_ends_waits_for_its_gaps() {
    let Some(outbox) = Outbox::new("ending") else { return };
    let _alone = long_transactions();
    let (open, service, shelf) = (outbox.connect(), outbox.connect(), Shelf::default());
    let start = || {
        let target = Workers::start("shelf", shelf.clone()).unwrap();
        let builder = Relay::builder(outbox.location());
        builder.target("shelf", target, TargetOptions::default()).start().unwrap()
    };
    let relay = start();
    open.run("BEGIN");
    let late = open.append(1, 1);
    let first = service.append(2, 1);
    let begin = Instant::now();
    while shelf.0.lock().unwrap().is_empty() && begin.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(5));
    }
    let ended = thread::scope(|scope| {
        let stop = scope.spawn(|| relay.stop_within(Duration::from_secs(10)));
        thread::sleep(Duration::from_millis(300));
        open.run("COMMIT");
        stop.join().unwrap()
    });
    assert!(ended.is_complete, "{ended:?}");
    assert_eq!(*shelf.0.lock().unwrap(), [first, late]);
    assert_eq!(outbox.low(), first);

    service.run("BEGIN");
    service.append(1, 2);
    service.run("ROLLBACK");
    let last = service.append(1, 2);
    for published in [1, 0] {
        let begin = Instant::now();
        let ended = start().drain_within(Duration::from_secs(10));
        assert!(ended.is_complete && ended.published == published, "{ended:?}");
        assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    }
    assert_eq!(*shelf.0.lock().unwrap(), [first, late, last]);
}
