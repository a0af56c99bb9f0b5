//! SIGTERM while customers ask.

use crate::client::{Customer, Gone};
use crate::data::Data;
use crate::program::Program;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[test]
fn what_was_answered_is_kept_and_published() {
    let shop = Program::start("shutdown");
    let answered = AtomicUsize::new(0);
    let (placed, paid) = std::thread::scope(|scope| {
        let customers: Vec<_> =
            (0..8).map(|_| scope.spawn(|| shopping(&shop, &answered))).collect();
        let begun = Instant::now();
        while answered.load(Ordering::Relaxed) < 300 {
            assert!(begun.elapsed() < Duration::from_secs(60), "no request is answered");
            std::thread::sleep(Duration::from_millis(5));
        }
        shop.ask_to_stop();
        let mut all = (Vec::new(), Vec::new());
        for customer in customers {
            let (placed, paid) = customer.join().unwrap();
            all.0.extend(placed);
            all.1.extend(paid);
        }
        all
    });

    let (status, directory) = shop.ended();
    assert!(status.success(), "{status}");
    let data = Data::of(&directory);
    data.assert_rows_are_events();
    assert!(data.assert_requests_are_whole() >= placed.len() + paid.len());
    let (orders, payments) =
        (data.column("SELECT id FROM orders"), data.column("SELECT order_id FROM payments"));
    assert!(placed.iter().all(|order| orders.contains(order)));
    assert!(paid.iter().all(|order| payments.contains(order)));
    assert!(!paid.is_empty());
    let last = data.log.last().unwrap();
    assert_eq!(last["event"], "relay_stopped", "the relay ends after the last request: {last}");
}

/// Places and pays until the shop is gone. Returns what it has answered.
fn shopping(shop: &Program, answered: &AtomicUsize) -> (Vec<String>, Vec<String>) {
    let customer = Customer::of(shop.address());
    let (mut placed, mut paid) = (Vec::new(), Vec::new());
    let mut shop_once = || -> Result<(), Gone> {
        let order = customer.place()?;
        answered.fetch_add(1, Ordering::Relaxed);
        placed.push(order.clone());
        if customer.pay(&order, "4242")?.status == 200 {
            paid.push(order);
        }
        Ok(())
    };
    while shop_once().is_ok() {}
    (placed, paid)
}
