//! How a relay and its threads end.

use crate::shop::Shop;
use crate::target::{DELIVERED, Shelf, unavailable};
use event_core::sink::Memory;
use event_core::{Emitter, Timestamp};
use event_relay::metrics::BacklogLimits;
use event_relay::targets::{Batch, Limits, Target};
use event_relay::{Relay, TargetOptions};
use std::thread;
use std::time::{Duration, Instant};

struct Broken;

impl Target for Broken {
    fn limits(&self) -> Limits {
        Limits { in_flight: 1, events: 1, bytes: 1 }
    }

    fn publish(&mut self, _: Batch) {
        panic!("a bug of the target");
    }
}

#[test]
fn a_target_that_panics_is_reported() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1)]);
    let shelf = Shelf::new((1, 1), |_| DELIVERED);
    let relay = shop
        .relay()
        .target("broken", Broken, TargetOptions::default())
        .target("whole", shelf.start(), TargetOptions::default())
        .start()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while relay.failed().is_empty() && Instant::now() < until {
        thread::sleep(Duration::from_millis(5));
    }
    assert!(relay.metrics().health(BacklogLimits::default(), Timestamp::now()).is_err());
    shop.wait_for_cursor("whole", 1);
    let ended = relay.stop_within(Duration::from_secs(5));
    assert!(!ended.is_complete);
    let [(target, reason)] = &ended.failed[..] else { panic!("{:?}", ended.failed) };
    assert_eq!(target, "broken");
    assert!(reason.starts_with("its thread panicked\nhelp: "), "{reason}");
}

#[test]
fn a_limit_may_be_for_ever() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1)]);
    let shelf = Shelf::new((1, 1), |_| DELIVERED);
    let relay = shop.relay().target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    assert!(relay.drain_within(Duration::MAX).is_complete);
    assert_eq!(shelf.places(), [1]);
}

/// Delivers an event, and breaks at the next.
struct BreaksLater(bool);

impl Target for BreaksLater {
    fn limits(&self) -> Limits {
        Limits { in_flight: 1, events: 1, bytes: 1 }
    }

    fn publish(&mut self, batch: Batch) {
        assert!(!self.0, "a bug of the target");
        self.0 = true;
        batch.answer(DELIVERED);
    }
}

/// The relay's own events, and an emitter for them.
fn log() -> (Memory, Emitter) {
    let memory = Memory::new();
    (memory.clone(), Emitter::builder().sink(memory).build())
}

fn lines(log: &Memory) -> Vec<String> {
    log.records().iter().map(|record| record.text().to_owned()).collect()
}

#[test]
fn a_relay_that_failed_says_what_it_has_published() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1)]);
    let (log, emitter) = log();
    let relay = shop.relay().emitter(emitter);
    let relay = relay.target("a", BreaksLater(false), TargetOptions::default()).start().unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while relay.failed().is_empty() && Instant::now() < until {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(relay.stop_within(Duration::from_secs(5)).published, 1);
    let lines = lines(&log);
    let stopped = lines.last().unwrap();
    for part in ["relay_stopped", r#""level":"error""#, r#""cause":"failed""#, r#""published":1"#] {
        assert!(stopped.contains(part), "{part}: {stopped}");
    }
}

#[test]
fn a_relay_says_first_that_it_starts_and_last_and_once_why_it_stops() {
    let shelf = Shelf::new((1, 1), |_| unavailable());
    let ends: [fn(Relay); 3] = [
        |relay| drop(relay),
        |relay| drop(relay.stop_within(Duration::ZERO)),
        |relay| drop(relay.drain_within(Duration::ZERO)),
    ];
    for end in ends {
        let mut shop = Shop::open();
        shop.place(&[(1, 1)]);
        let (log, emitter) = log();
        let relay = shop.relay().emitter(emitter);
        let relay = relay.target("a", shelf.start(), TargetOptions::default()).start().unwrap();
        let until = Instant::now() + Duration::from_secs(10);
        while lines(&log).len() < 2 && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
        end(relay);
        let lines = lines(&log);
        let [started, paused, stopped] = &lines[..] else { panic!("{lines:?}") };
        assert!(started.contains("relay_started") && started.contains(r#"["a"]"#), "{started}");
        assert!(paused.contains("target_paused"), "{paused}");
        assert!(stopped.contains("relay_stopped"), "{stopped}");
        assert!(stopped.contains(r#""cause":"request""#), "{stopped}");
    }
    let (log, emitter) = log();
    let shop = Shop::open();
    let relay = shop.relay().emitter(emitter);
    let relay = relay.target("a", shelf.start(), TargetOptions::default()).start().unwrap();
    assert!(relay.drain_within(Duration::from_secs(20)).is_complete);
    assert!(lines(&log)[1].contains(r#""cause":"drained""#), "{:?}", lines(&log));
}
