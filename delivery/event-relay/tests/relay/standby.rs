//! Several relays of one target: one serves it, the others are in standby.

use crate::shop::Shop;
use crate::target::{DELIVERED, Shelf};
use event_core::sink::Memory;
use event_core::{Emitter, Timestamp};
use event_relay::metrics::BacklogLimits;
use event_relay::source::Lease;
use event_relay::{Relay, TargetOptions};
use std::thread;
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// A relay of this name, whose lease lasts for a second.
fn start(shop: &Shop, name: &str, shelf: &Shelf) -> Relay {
    let relay = shop.relay().lease(Lease::new(name).lasting(SECOND));
    relay.target("a", shelf.start(), TargetOptions::default()).start().unwrap()
}

fn shelf() -> Shelf {
    Shelf::new((1, 10), |_| DELIVERED)
}

/// Whether a relay serves the target.
fn serves(relay: &Relay) -> bool {
    relay.metrics().render().contains("event_relay_lease_held{target=\"a\"} 1\n")
}

fn wait(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < until, "not {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Another relay's lease, that ends after so many seconds.
fn taken_by_another(shop: &Shop, seconds: i64) {
    let sql = format!(
        "UPDATE outbox_cursor SET owner = 'other 0123456789abcdef', fence = fence + 1,
        lease_until = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '{seconds} seconds')"
    );
    assert_eq!(shop.connection.execute(&sql, []).unwrap(), 1);
}

#[test]
fn one_serves_and_the_next_goes_on_when_it_stops() {
    let mut shop = Shop::open();
    let (first, second) = (shelf(), shelf());
    let serving = start(&shop, "first", &first);
    wait("serving", || serves(&serving));
    let standing_by = start(&shop, "second", &second);
    shop.place(&[(1, 1), (1, 2)]);
    shop.wait_for_cursor("a", 2);
    thread::sleep(SECOND * 2);
    assert!(serves(&serving) && !serves(&standing_by), "the lease is renewed");
    assert_eq!(standing_by.metrics().health(BacklogLimits::default(), Timestamp::now()), Ok(()));
    shop.place(&[(1, 3)]);
    shop.wait_for_cursor("a", 3);

    assert!(serving.stop_within(SECOND).is_complete);
    let stopped = Instant::now();
    shop.place(&[(1, 4)]);
    shop.wait_for_cursor("a", 4);
    assert!(stopped.elapsed() < SECOND, "{:?}", stopped.elapsed());
    assert!(serves(&standing_by));
    drop(standing_by);
    assert_eq!((first.places(), second.places()), (vec![1, 2, 3], vec![4]));
    assert_eq!(shop.ask::<Option<String>>("SELECT owner FROM outbox_cursor"), None);
}

#[test]
fn a_relay_waits_for_the_lease_of_another_that_was_killed() {
    let mut shop = Shop::open();
    let shelf = shelf();
    drop(start(&shop, "this", &shelf));
    taken_by_another(&shop, 2);
    shop.place(&[(1, 1)]);
    let memory = Memory::new();
    let emitter = Emitter::builder().sink(memory.clone()).build();
    let began = Instant::now();
    let relay = shop.relay().emitter(emitter).lease(Lease::new("this"));
    let relay = relay.target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("a", 1);
    let took = began.elapsed();
    drop(relay);
    // The database has started to count a little before.
    assert!(took > SECOND * 3 / 2 && took < SECOND * 5, "{took:?}");
    let log: Vec<String> = memory.records().iter().map(|line| line.text().to_owned()).collect();
    assert!(log[1].contains("cursor_lease_awaited") && log[1].contains("\"other\""), "{log:?}");
    assert!(log[2].contains("cursor_lease_acquired"), "{log:?}");
    assert_eq!(log.len(), 4, "once, and not with each look: {log:?}");
}

#[test]
fn a_lease_that_outlasts_every_other_is_not_believed() {
    let mut shop = Shop::open();
    let shelf = shelf();
    drop(start(&shop, "this", &shelf));
    // As a relay leaves it that is killed before the clock is set back by a day.
    taken_by_another(&shop, 86_400);
    shop.place(&[(1, 1)]);
    let relay = start(&shop, "this", &shelf);
    shop.wait_for_cursor("a", 1);
    drop(relay);
}

#[test]
fn a_relay_that_has_lost_its_lease_writes_nothing_and_stands_by() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1)]);
    let shelf = Shelf::new((1, 1), |_| {
        thread::sleep(Duration::from_millis(500));
        DELIVERED
    });
    let relay = start(&shop, "this", &shelf);
    shop.wait_for_cursor("a", 1);
    shop.place(&[(1, 2), (1, 3)]);
    thread::sleep(Duration::from_millis(100));
    // While the second is in flight.
    taken_by_another(&shop, 3);
    wait("standing by", || !serves(&relay));
    assert_eq!(shop.ask::<i64>("SELECT low_seq FROM outbox_cursor"), 1, "it was not written");
    let owner = shop.ask::<String>("SELECT owner FROM outbox_cursor");
    assert!(owner.starts_with("other "), "{owner}");
    shop.wait_for_cursor("a", 3);
    assert!(serves(&relay), "the other one is silent");
    drop(relay);
    assert_eq!(shelf.places(), [1, 2, 2, 3], "3 was not sent while the other one had the lease");
}

#[test]
fn of_one_name_the_newest_serves_and_the_others_do_not_take_it_back() {
    let mut shop = Shop::open();
    let (first, second) = (shelf(), shelf());
    let old = start(&shop, "same", &first);
    wait("serving", || serves(&old));
    let new = start(&shop, "same", &second);
    wait("replaced", || serves(&new) && !serves(&old));
    thread::sleep(SECOND * 2);
    assert_eq!(shop.ask::<i64>("SELECT fence FROM outbox_cursor"), 2, "each took it once");
    shop.place(&[(1, 1)]);
    shop.wait_for_cursor("a", 1);
    drop((old, new));
    assert_eq!((first.places(), second.places()), (vec![], vec![1]));
}

#[test]
fn a_cursor_that_is_moved_stays_with_its_relay() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (1, 2)]);
    let (first, second) = (shelf(), shelf());
    let serving = start(&shop, "first", &first);
    shop.wait_for_cursor("a", 2);
    let standing_by = start(&shop, "second", &second);
    for _ in 0..3 {
        let rewind = "UPDATE outbox_cursor SET low_seq = 0, fence = fence + 1";
        shop.connection.execute(rewind, []).unwrap();
        shop.wait_for_cursor("a", 2);
    }
    assert!(serves(&serving) && !serves(&standing_by));
    drop((serving, standing_by));
    assert_eq!((first.places().len(), second.places().len()), (8, 0));
}

#[test]
fn a_drain_in_standby_waits_for_the_other_relay() {
    let mut shop = Shop::open();
    let first = Shelf::new((1, 1), |_| {
        thread::sleep(Duration::from_millis(300));
        DELIVERED
    });
    let second = shelf();
    let serving = start(&shop, "first", &first);
    wait("serving", || serves(&serving));
    shop.place(&[(1, 1), (1, 2), (1, 3), (1, 4)]);
    let standing_by = start(&shop, "second", &second);
    let ended = standing_by.drain_within(Duration::from_secs(20));
    assert!(ended.is_complete && ended.published == 0, "{ended:?}");
    assert_eq!(shop.ask::<i64>("SELECT low_seq FROM outbox_cursor"), 4);
    // Nothing waits for it any more.
    let began = Instant::now();
    assert!(start(&shop, "second", &second).drain_within(Duration::from_secs(20)).is_complete);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(serving.stop_within(SECOND).is_complete);
}
