//! What the relay reports when too much waits.

use crate::shop::Shop;
use crate::target::{DELIVERED, Shelf, unavailable};
use event_core::Emitter;
use event_core::sink::Memory;
use event_relay::TargetOptions;
use event_relay::metrics::BacklogLimits;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn too_many_events_that_wait_are_reported_once() {
    let mut shop = Shop::open();
    let is_there = Arc::new(AtomicBool::new(false));
    let shelf = Shelf::new((1, 10), {
        let is_there = Arc::clone(&is_there);
        move |_| if is_there.load(Ordering::Relaxed) { DELIVERED } else { unavailable() }
    });
    let memory = Memory::new();
    let reported = |name: &str| {
        let records = memory.records();
        records.iter().filter(|record| record.text().contains(name)).count()
    };
    let wait_for = |name: &str| {
        let until = Instant::now() + Duration::from_secs(20);
        while reported(name) == 0 {
            assert!(Instant::now() < until, "no {name}");
            thread::sleep(Duration::from_millis(5));
        }
    };
    let limits = BacklogLimits { max_lag: None, max_backlog: Some(2) };
    let relay =
        shop.relay().limits(limits).emitter(Emitter::builder().sink(memory.clone()).build());
    let relay = relay.target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.place(&[(1, 1), (2, 1)]);
    thread::sleep(Duration::from_millis(1_200));
    assert_eq!(reported("target_backlog_exceeded"), 0, "two may wait");
    shop.place(&[(3, 1)]);
    wait_for("\"max_backlog\":2");
    is_there.store(true, Ordering::Relaxed);
    wait_for("target_backlog_recovered");
    drop(relay);
    assert_eq!(reported("target_backlog_exceeded"), 1);
}

#[test]
fn what_waits_for_a_relay_that_starts_is_not_reported_before_it_has_read() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (3, 1)]);
    let memory = Memory::new();
    let emitter = Emitter::builder().sink(memory.clone()).build();
    let limits = BacklogLimits { max_lag: None, max_backlog: Some(2) };
    let shelf = Shelf::new((1, 10), |_| DELIVERED);
    let relay = shop.relay().limits(limits).emitter(emitter);
    let relay = relay.target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("a", 3);
    drop(relay);
    let records = memory.records();
    let names: Vec<_> = records.iter().map(|record| record.record().meta().name.dotted).collect();
    assert_eq!(names, ["relay.started", "relay.stopped"]);
}
