//! Many requests at once. `SHOP_REQUESTS=100000` plays as many.

use crate::client::Customer;
use crate::data::Data;
use crate::program::Program;
use shop::gateway::DECLINED_CARD;
use std::env;

/// How many customers ask at a time.
const CUSTOMERS: usize = 16;

/// How much more memory the program may have after all requests than after the first tenth.
const GROWTH_KIB: u64 = 32 * 1024;

#[test]
fn every_request_has_its_events_and_memory_is_bounded() {
    let requests = env::var("SHOP_REQUESTS").map_or(4_000, |count| count.parse().unwrap());
    let shop = Program::start("load");
    play(shop.address(), requests / 10);
    let early = shop.peak_memory();
    play(shop.address(), requests - requests / 10);
    let late = shop.peak_memory();
    println!("{requests} requests; peak memory {early} KiB, then {late} KiB");
    assert!(late < early + GROWTH_KIB, "{early} KiB, then {late} KiB");

    let data = Data::of(&shop.stop());
    data.assert_rows_are_events();
    let played = |requests: usize| requests / CUSTOMERS / 4 * CUSTOMERS * 4;
    let all = played(requests / 10) + played(requests - requests / 10);
    assert_eq!(data.assert_requests_are_whole(), all);
    let logged = data.logged();
    let orders = data.column("SELECT id FROM orders").len();
    assert_eq!(logged["order_created"], orders);
    let ends = logged["payment_charge_succeeded"] + logged["payment_charge_failed"];
    assert_eq!(logged["payment_charge_started"], ends);
}

/// Four requests for each order: it is placed, declined, paid, and looked at.
fn play(address: &str, requests: usize) {
    std::thread::scope(|scope| {
        for _ in 0..CUSTOMERS {
            scope.spawn(|| {
                let customer = Customer::of(address);
                for _ in 0..requests / CUSTOMERS / 4 {
                    let order = customer.place().unwrap();
                    assert_eq!(customer.pay(&order, DECLINED_CARD).unwrap().status, 402);
                    assert_eq!(customer.pay(&order, "4242").unwrap().status, 200);
                    let seen = customer.get(&format!("/orders/{order}")).unwrap();
                    assert_eq!(seen.body["is_paid"], true);
                }
            });
        }
    });
}
