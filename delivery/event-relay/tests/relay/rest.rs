//! A worker that has nothing to do must not be busy.

use crate::shop::Shop;
use crate::target::{DELIVERED, unavailable};
use event_relay::targets::{Batch, Limits, Outcome, Target};
use event_relay::{Relay, TargetOptions};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A target that answers the first batches as a list says, and the others when it is asked to. It
/// counts how often the relay asks for its limits, which it does in each of its rounds.
#[derive(Clone)]
struct Slow {
    limits: Limits,
    first: Arc<Mutex<Vec<Outcome>>>,
    rounds: Arc<AtomicUsize>,
    waiting: Arc<Mutex<Vec<Batch>>>,
}

impl Slow {
    fn new(first: &[Outcome]) -> Self {
        Self {
            limits: Limits { in_flight: 2, events: 1, bytes: 1 << 20 },
            first: Arc::new(Mutex::new(first.iter().rev().cloned().collect())),
            rounds: Arc::default(),
            waiting: Arc::default(),
        }
    }

    fn start(&self, shop: &Shop) -> Relay {
        shop.relay().target("a", self.clone(), TargetOptions::default()).start().unwrap()
    }

    /// Waits until so many batches wait for their answers.
    fn wait_for(&self, batches: usize) {
        let until = Instant::now() + Duration::from_secs(20);
        while self.waiting.lock().unwrap().len() < batches {
            assert!(Instant::now() < until, "{} batches", self.waiting.lock().unwrap().len());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Fails if the relay is busy while it waits.
    fn check_rest(&self) {
        thread::sleep(Duration::from_millis(300));
        let before = self.rounds.load(Ordering::Relaxed);
        thread::sleep(Duration::from_millis(500));
        let rounds = self.rounds.load(Ordering::Relaxed) - before;
        assert!(rounds < 200, "{rounds} in half a second");
    }

    fn deliver(&self) {
        self.first.lock().unwrap().extend(vec![DELIVERED; 10_000]);
        self.waiting.lock().unwrap().drain(..).for_each(|batch| batch.answer(DELIVERED));
    }
}

impl Target for Slow {
    fn limits(&self) -> Limits {
        self.rounds.fetch_add(1, Ordering::Relaxed);
        self.limits
    }

    fn publish(&mut self, batch: Batch) {
        let outcome = self.first.lock().unwrap().pop();
        match outcome {
            Some(outcome) => batch.answer(outcome),
            None => self.waiting.lock().unwrap().push(batch),
        }
    }
}

#[test]
fn a_relay_rests_while_a_target_hangs_after_a_pause() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (3, 1)]);
    let slow = Slow::new(&[unavailable(), unavailable()]);
    let relay = slow.start(&shop);
    slow.wait_for(1);
    slow.check_rest();
    slow.deliver();
    shop.wait_for_cursor("a", 3);
    drop(relay);
}

#[test]
fn a_relay_rests_while_it_holds_all_that_it_may() {
    let mut shop = Shop::open();
    let orders: Vec<(u32, u32)> = (1..=1_200).map(|order| (order, 1)).collect();
    shop.place(&orders);
    let parked = "INSERT INTO outbox_parked SELECT 'a', 0, '', 'order.created', NULL, NULL, 'dead',
        0, '', '', ''";
    shop.connection.execute(parked, []).unwrap();
    let slow = Slow::new(&[]);
    let relay = slow.start(&shop);
    slow.wait_for(2);
    slow.check_rest();
    slow.deliver();
    shop.wait_for_cursor("a", 1_200);
    drop(relay);
}

#[test]
fn a_relay_rests_while_its_moved_cursor_waits_for_an_answer() {
    let mut shop = Shop::open();
    shop.place(&[(1, 1), (2, 1), (3, 1)]);
    let slow = Slow::new(&[DELIVERED]);
    let relay = slow.start(&shop);
    slow.wait_for(2);
    shop.wait_for_cursor("a", 1);
    shop.connection.execute("UPDATE outbox_cursor SET fence = fence + 1", []).unwrap();
    // The relay sees it when it writes.
    let batch = slow.waiting.lock().unwrap().remove(0);
    batch.answer(DELIVERED);
    slow.check_rest();
    slow.deliver();
    shop.wait_for_cursor("a", 3);
    drop(relay);
}
