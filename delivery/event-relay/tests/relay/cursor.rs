//! Cursors that others move, and outboxes that were replaced.

use crate::shop::Shop;
use crate::target::{DELIVERED, Shelf};
use event_core::Emitter;
use event_core::sink::Memory;
use event_relay::TargetOptions;
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn a_running_relay_follows_a_cursor_that_is_moved() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (3, 1)]);
    let shelf = Shelf::new((2, 1), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("a", 3);
    let rewind = "UPDATE outbox_cursor SET low_seq = 1, fence = fence + 1";
    shop.connection.execute(rewind, []).unwrap();
    shop.place(&[(4, 1)]);
    shop.wait_for_cursor("a", 4);
    drop(relay);
    let mut again = shelf.places();
    again.sort_unstable();
    // 4 may be sent twice: it was in flight when the relay saw that the cursor was moved.
    again.dedup();
    assert_eq!(again, [1, 2, 3, 4]);
    assert!(shelf.places().iter().filter(|seq| **seq == 2).count() == 2, "{:?}", shelf.places());
}

#[test]
fn an_idle_relay_follows_a_cursor_that_is_moved() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (3, 1)]);
    let shelf = Shelf::new((1, 10), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("a", 3);
    let rewind = "UPDATE outbox_cursor SET low_seq = 1, fence = fence + 1";
    shop.connection.execute(rewind, []).unwrap();
    shop.wait_for_cursor("a", 3);
    drop(relay);
    assert_eq!(shelf.places(), [1, 2, 3, 2, 3]);
}

#[test]
fn an_outbox_that_was_reset_is_refused() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (3, 1)]);
    let shelf = Shelf::new((1, 10), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("a", 3);
    drop(relay);
    let reset = "DELETE FROM domain_events; DELETE FROM sqlite_sequence;";
    shop.connection.execute_batch(reset).unwrap();
    shop.place(&[(4, 1)]);
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while relay.failed().is_empty() && Instant::now() < until {
        thread::sleep(Duration::from_millis(5));
    }
    let failed = relay.stop_within(Duration::from_secs(1)).failed;
    assert_eq!(failed.len(), 1);
    assert_eq!(
        failed[0].1,
        "the outbox has given out places up to 1, and the cursor of `a` is at 3: the database was \
         restored or replaced, and new events would not be sent\nhelp: to send what is in it, run \
         `event-relay rewind --target a --to-seq 0`"
    );
    assert_eq!(shelf.places(), [1, 2, 3], "nothing was sent");
}

#[test]
fn places_that_were_rolled_back_do_not_hold_the_cursor() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1)]);
    let taken = "UPDATE sqlite_sequence SET seq = 7 WHERE name = 'domain_events'";
    shop.connection.execute(taken, []).unwrap();
    shop.place(&[(1, 2)]);
    let shelf = Shelf::new((1, 1), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("a", 8);
    drop(relay);
    assert_eq!(shelf.places(), [1, 8]);
}

#[test]
fn a_cursor_that_is_read_again_and_was_not_moved_is_not_reported() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1)]);
    let memory = Memory::new();
    let emitter = Emitter::builder().sink(memory.clone()).build();
    let shelf = Shelf::new((1, 10), |_| DELIVERED);
    let relay = shop.relay().emitter(emitter);
    let relay = relay.target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("a", 2);
    // `rewind` moves it, and `dead requeue` does not.
    for (sql, fence) in [("low_seq = low_seq", 3), ("low_seq = 1", 5)] {
        let raise = format!("UPDATE outbox_cursor SET {sql}, fence = fence + 1");
        shop.connection.execute(&raise, []).unwrap();
        shop.wait_for("SELECT fence FROM outbox_cursor", fence);
        shop.wait_for_cursor("a", 2);
    }
    drop(relay);
    let records = memory.records();
    let changes = records.iter().filter(|record| record.text().contains("cursor_changed"));
    assert_eq!(changes.count(), 1);
}
