//! What arrives, and in which order.

use crate::shop::Shop;
use crate::target::{DELIVERED, Shelf, unavailable};
use event_relay::TargetOptions;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[test]
fn everything_arrives_once_and_in_order() {
    let mut shop = Shop::open();
    for revision in 1..=100 {
        shop.place(&[(1, revision), (2, revision), (3, revision)]);
    }
    let shelf = Shelf::new((4, 1), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    for revision in 101..=200 {
        shop.place(&[(1, revision), (2, revision), (3, revision)]);
    }
    shop.wait_for_cursor("a", 600);
    let ended = relay.stop_within(Duration::from_secs(5));
    assert!(ended.is_complete && ended.failed.is_empty(), "{ended:?}");
    shelf.check_order();
    assert_eq!(shelf.places().len(), 600);
    assert_eq!(shop.ask::<i64>("SELECT published FROM outbox_cursor"), 600);
}

#[test]
fn each_target_has_a_cursor_of_its_own() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1)]);
    let (first, second) =
        (Shelf::new((1, 10), |_| DELIVERED), Shelf::new((1, 1), |_| unavailable()));
    let relay = shop
        .relay()
        .target("first", first.start(), TargetOptions::default())
        .target("second", second.start(), TargetOptions::default())
        .start()
        .unwrap();
    shop.wait_for_cursor("first", 2);
    shop.wait_for_cursor("second", 0);
    drop(relay);
    assert_eq!((first.places(), second.places()), (vec![1, 2], vec![]));
}

#[test]
fn a_target_that_is_away_gets_everything_later() {
    let mut shop = Shop::open();
    let calls = Arc::new(AtomicU32::new(0));
    let shelf = Shelf::new((4, 1), {
        let calls = Arc::clone(&calls);
        move |_| if calls.fetch_add(1, Ordering::Relaxed) < 8 { unavailable() } else { DELIVERED }
    });
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.place(&[(1, 1), (2, 1), (1, 2), (2, 2), (1, 3)]);
    shop.wait_for_cursor("a", 5);
    drop(relay);
    shelf.check_order();
    assert_eq!(shelf.places().len(), 5);
    assert!(shop.parked().is_empty(), "no event is to blame");
}

#[test]
fn a_rolled_back_event_does_not_arrive() {
    let mut shop = Shop::open();
    let shelf = Shelf::new((1, 10), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    let refused = shop.outbox.transaction(&mut shop.connection, |_, events| {
        event_core::Emit::emit_to(&crate::shop::OrderCreated { order_id: 9, revision: 1 }, events);
        Err::<(), _>(event_outbox_rusqlite::Error::Refused { events: 0 })
    });
    assert!(refused.is_err());
    shop.place(&[(1, 1)]);
    shop.wait_for("SELECT coalesce(max(published), 0) FROM outbox_cursor", 1);
    drop(relay);
    assert_eq!(shelf.arrived(), [(1, "1".to_owned())]);
}

#[test]
fn a_commit_in_the_process_wakes_the_relay() {
    let mut shop = Shop::open();
    let times = Arc::new(Mutex::new(Vec::new()));
    let shelf = Shelf::new((1, 1), {
        let times = Arc::clone(&times);
        move |_| {
            times.lock().unwrap().push(Instant::now());
            DELIVERED
        }
    });
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    let waker = relay.waker();
    shop.outbox = shop.outbox.clone().on_commit(move || waker.wake());
    // Without a wake, half of the commits would wait for more than 125 ms, and a round would pass
    // once in 256 times. Another round is for a machine that is busy with other work.
    let mut rounds = (0..3).map(|round| {
        let waits: Vec<Duration> = (1..=8)
            .map(|number| {
                // Long enough for the relay to poll as seldom as it ever does.
                std::thread::sleep(Duration::from_millis(600));
                let (committed, revision) = (Instant::now(), round * 8 + number);
                shop.place(&[(1, revision)]);
                shop.wait_for_cursor("a", revision.into());
                times.lock().unwrap().last().unwrap().duration_since(committed)
            })
            .collect();
        println!("{waits:?}");
        waits.iter().all(|wait| *wait < Duration::from_millis(125))
    });
    assert!(rounds.any(|all_soon| all_soon), "commits wait for the next poll");
    drop(relay);
}

#[test]
fn a_stop_waits_for_what_is_in_flight_and_nothing_is_sent_twice() {
    let mut shop = Shop::open();
    // Half of them are of one order: the others overtake them.
    let order = |event| if event % 2 == 0 { 0 } else { event };
    let orders: Vec<(u32, u32)> = (1..=200).map(|event| (order(event), event)).collect();
    shop.place(&orders);
    let shelf = Shelf::new((4, 1), |_| {
        std::thread::sleep(Duration::from_millis(2));
        DELIVERED
    });
    for _ in 0..50 {
        let options = TargetOptions::default();
        let relay = shop.relay().target("a", shelf.start(), options).start().unwrap();
        std::thread::sleep(Duration::from_millis(10));
        assert!(relay.stop_within(Duration::from_secs(10)).is_complete);
    }
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("a", 200);
    drop(relay);
    let mut places = shelf.places();
    places.sort_unstable();
    assert_eq!(places, (1..=200).collect::<Vec<i64>>());
}

#[test]
fn a_relay_can_deliver_what_is_there_and_end() {
    let mut shop = Shop::open();
    let orders: Vec<(u32, u32)> = (1..=300).map(|order| (order, 1)).collect();
    shop.place(&orders);
    let shelf = Shelf::new((2, 7), |_| DELIVERED);
    let options = TargetOptions::default();
    let relay = shop.relay().target("a", shelf.start(), options.clone()).start().unwrap();
    let ended = relay.drain_within(Duration::from_secs(20));
    assert!(ended.is_complete, "{ended:?}");
    assert_eq!((ended.published, shelf.places().len()), (300, 300));

    shop.place(&[(1, 2)]);
    let away = Shelf::new((2, 7), |_| unavailable());
    let relay = shop.relay().target("a", away.start(), options).start().unwrap();
    let began = Instant::now();
    let ended = relay.drain_within(Duration::from_millis(300));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(ended.published, 0);
    shop.wait_for_cursor("a", 300);
}
