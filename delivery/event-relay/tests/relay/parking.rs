//! Events that cannot be delivered.

use crate::shop::Shop;
use crate::target::{DELIVERED, Shelf, rejected, unavailable, unsendable};
use event_core::sink::Memory;
use event_core::{Emitter, Timestamp};
use event_relay::source::{
    EventSource, Lease, OnPoison, OutboxSource, Park, ParkedState, Progress,
};
use event_relay::{Message, TargetOptions};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

fn options() -> TargetOptions {
    TargetOptions {
        attempts: 3,
        first_retry: Duration::from_millis(10),
        ..TargetOptions::default()
    }
}

/// A target that rejects the event of a place, as long as the flag is set.
fn picky(limits: (usize, usize), poison: i64) -> (Shelf, Arc<AtomicBool>) {
    let is_picky = Arc::new(AtomicBool::new(true));
    let told = Arc::clone(&is_picky);
    let shelf = Shelf::new(limits, move |batch: &[Arc<Message>]| {
        let has_poison = batch.iter().any(|message| message.seq == poison);
        if has_poison && told.load(Ordering::Relaxed) { rejected() } else { DELIVERED }
    });
    (shelf, is_picky)
}

const REQUEUE: &str = "UPDATE outbox_parked SET state = 'retry', attempts = 0,
    next_attempt_at = '2020-01-01T00:00:00.000000Z' WHERE state = 'dead'";

#[test]
fn a_poisoned_event_stops_its_own_entity_only() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (1, 2), (2, 2)]);
    let (shelf, is_picky) = picky((2, 1), 1);
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked WHERE state = 'dead'", 1);
    shop.place(&[(1, 3), (2, 3)]);
    shop.wait_for_cursor("a", 6);
    assert_eq!(shop.parked(), ["1 dead", "3 behind", "5 behind"]);
    assert_eq!(shelf.places(), [2, 4, 6]);
    let attempts = "SELECT attempts FROM outbox_parked WHERE seq = 1";
    assert_eq!(shop.ask::<i64>(attempts), 3);

    is_picky.store(false, Ordering::Relaxed);
    shop.connection.execute(REQUEUE, []).unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked", 0);
    shop.place(&[(1, 4)]);
    shop.wait_for_cursor("a", 7);
    drop(relay);
    assert_eq!(shelf.places(), [2, 4, 6, 1, 3, 5, 7], "a requeue restores the order");
}

#[test]
fn the_poison_of_a_batch_is_found() {
    let mut shop = Shop::open();
    let orders: Vec<(u32, u32)> = (1..=20).map(|event| (event % 4, event)).collect();
    shop.place(&orders);
    let (shelf, _) = picky((1, 100), 6);
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked WHERE state = 'dead'", 1);
    shop.wait_for_cursor("a", 20);
    drop(relay);
    // Orders of one residue are one entity: 6 blocks 10, 14 and 18.
    assert_eq!(shop.parked(), ["6 dead", "10 behind", "14 behind", "18 behind"]);
    shelf.check_order();
    assert_eq!((shelf.places().len(), shelf.batches()[0]), (16, 20));
}

#[test]
fn a_poisoned_event_can_be_passed() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (1, 2), (1, 3)]);
    let (shelf, _) = picky((1, 1), 1);
    let options = TargetOptions { on_poison: OnPoison::Skip, attempts: 1, ..options() };
    let relay = shop.relay().target("a", shelf.start(), options).start().unwrap();
    shop.wait_for_cursor("a", 3);
    shop.place(&[(1, 4)]);
    shop.wait_for_cursor("a", 4);
    drop(relay);
    assert_eq!((shelf.places(), shop.parked()), (vec![2, 3, 4], vec!["1 dead".to_owned()]));
}

#[test]
fn a_parked_event_waits_for_the_next_start() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (1, 2)]);
    let (shelf, is_picky) = picky((1, 1), 1);
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked WHERE state = 'dead'", 1);
    drop(relay);
    is_picky.store(false, Ordering::Relaxed);
    shop.connection.execute(REQUEUE, []).unwrap();
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked", 0);
    drop(relay);
    assert_eq!(shelf.places(), [1, 2]);
}

#[test]
fn an_event_that_another_program_leaves_behind_none_is_sent() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (1, 2), (1, 3)]);
    let (shelf, _) = picky((1, 1), 1);
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked WHERE state = 'dead'", 1);
    drop(relay);
    shop.connection.execute("DELETE FROM outbox_parked WHERE state = 'dead'", []).unwrap();
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked", 0);
    drop(relay);
    assert_eq!(shelf.places(), [2, 3]);
}

#[test]
fn a_row_that_cannot_be_read_is_dead() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (1, 2), (2, 1)]);
    let broken = "DROP TRIGGER domain_events_append_only;
        UPDATE domain_events SET envelope = CAST(x'7bff7d' AS TEXT) WHERE seq = 1;";
    shop.connection.execute_batch(broken).unwrap();
    let (shelf, _) = picky((1, 1), 0);
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for_cursor("a", 3);
    drop(relay);
    assert_eq!(
        (shelf.places(), shop.parked()),
        (vec![3], vec!["1 dead".into(), "2 behind".into()])
    );
    let reason = shop.ask::<String>("SELECT reason FROM outbox_parked WHERE seq = 1");
    assert_eq!(reason, "the row cannot be read: column `envelope`");
}

#[test]
fn a_parked_event_that_is_deleted_is_dead() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1)]);
    let (shelf, _) = picky((1, 1), 1);
    let slow = TargetOptions { first_retry: Duration::from_secs(600), ..options() };
    let relay = shop.relay().target("a", shelf.start(), slow).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked", 1);
    drop(relay);
    shop.connection.execute("DELETE FROM domain_events", []).unwrap();
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked WHERE state = 'dead'", 1);
    drop(relay);
    let reason = shop.ask::<String>("SELECT reason FROM outbox_parked");
    assert_eq!(reason, "the event is not in the outbox any more");
}

#[test]
fn a_relay_that_starts_judges_parked_events_again() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (1, 2), (2, 1)]);
    // As a relay leaves it that stopped before it had a newer lock, or none.
    let parked = "INSERT INTO outbox_parked SELECT 'a', seq, event_id, event_type, entity_type,
        entity_id, iif(seq = 1, 'contract', 'behind'), 0, '', '', '' FROM domain_events
        WHERE entity_id = '1'; INSERT INTO outbox_cursor (target, low_seq, published, updated_at)
        VALUES ('a', 2, 1, '')";
    shop.connection.execute_batch(parked).unwrap();
    let shelf = Shelf::new((1, 1), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked", 0);
    shop.wait_for_cursor("a", 3);
    drop(relay);
    shelf.check_order();
}

#[test]
fn what_is_parked_ahead_of_the_cursor_stays_parked() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (2, 2), (3, 1)]);
    // As a relay leaves it that is killed while the first event is in flight.
    let parked = "INSERT INTO outbox_parked SELECT 'a', seq, event_id, event_type, entity_type,
        entity_id, iif(seq = 2, 'dead', 'behind'), 3, '', '', '422' FROM domain_events
        WHERE entity_id = '2'";
    shop.connection.execute(parked, []).unwrap();
    let shelf = Shelf::new((1, 1), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for_cursor("a", 4);
    drop(relay);
    assert_eq!(shelf.places(), [1, 4]);
    assert_eq!(shop.parked(), ["2 dead", "3 behind"]);
    assert_eq!(shop.ask::<i64>("SELECT attempts FROM outbox_parked WHERE seq = 2"), 3);
}

#[test]
fn a_row_whose_times_are_no_text_is_sent() {
    let mut shop = Shop::open();
    let corrupt = "INSERT INTO domain_events (event_id, event_type, event_version, occurred_at,
        recorded_at, envelope) VALUES ('x', 'order.created', 1, '', CAST(x'ff' AS TEXT), '{}')";
    shop.connection.execute(corrupt, []).unwrap();
    shop.place(&[(1, 1)]);
    let shelf = Shelf::new((1, 1), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), options()).start().unwrap();
    shop.wait_for_cursor("a", 2);
    assert_eq!(relay.failed(), []);
    drop(relay);
    // A target has the times of the envelope.
    assert_eq!((shelf.places(), shop.parked()), (vec![1, 2], Vec::<String>::new()));
}

#[test]
fn what_is_parked_behind_an_event_that_is_delivered_now_is_due() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (1, 2)]);
    let (location, lease) = (shop.database().into(), Lease::new("relay"));
    let mut source = OutboxSource::open(&location, "a", OnPoison::default(), lease).unwrap();
    let now = Timestamp::now();
    source.rewind(now).unwrap();
    let mut commit = |seq: i64, state: ParkedState, release: &[i64]| {
        let message = Arc::clone(&source.read(1, 1).unwrap()[0].message);
        let reason = String::new();
        let park = vec![Park { message, state, attempts: 1, next_attempt_at: now, reason }];
        let progress =
            Progress { settled: Some(seq), park, release: release.to_vec(), published: 0 };
        assert!(source.commit(&progress, now).unwrap());
    };
    commit(1, ParkedState::Retry, &[]);
    // A commit that failed in between leaves both to the next one.
    commit(2, ParkedState::Behind, &[1]);
    assert_eq!(shop.parked(), ["2 retry"]);
}

#[test]
fn an_event_that_cannot_be_sent_is_dead_at_once_and_says_nothing_of_the_target() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (1, 2)]);
    let memory = Memory::new();
    let log =
        |name: &str| memory.records().iter().filter(|record| record.text().contains(name)).count();
    let is_there = Arc::new(AtomicBool::new(false));
    let shelf = Shelf::new((2, 1), {
        let (is_there, memory) = (Arc::clone(&is_there), memory.clone());
        move |batch: &[Arc<Message>]| match batch[0].seq {
            2 => {
                // It is answered when the target is known to be away.
                let until = Instant::now() + Duration::from_secs(20);
                let is_paused = |memory: &Memory| {
                    memory.records().iter().any(|record| record.text().contains("target_paused"))
                };
                while !is_paused(&memory) && Instant::now() < until {
                    thread::sleep(Duration::from_millis(1));
                }
                unsendable()
            }
            _ if is_there.load(Ordering::Relaxed) => DELIVERED,
            _ => unavailable(),
        }
    });
    let relay = shop.relay().emitter(Emitter::builder().sink(memory.clone()).build());
    let relay = relay.target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for("SELECT count(*) FROM outbox_parked WHERE state = 'dead'", 1);
    assert_eq!(log("target_resumed"), 0);
    is_there.store(true, Ordering::Relaxed);
    shop.wait_for_cursor("a", 3);
    drop(relay);
    assert_eq!((shelf.places(), shop.parked()), (vec![1, 3], vec!["2 dead".to_owned()]));
    let reason = shop.ask::<String>("SELECT attempts || ' ' || reason FROM outbox_parked");
    assert_eq!(reason, "1 the event is too large");
    assert_eq!((log("target_paused"), log("target_resumed")), (1, 1));
}
