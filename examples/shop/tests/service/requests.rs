//! What customers ask, and what the shop answers.

use crate::client::Customer;
use crate::data::Data;
use crate::program::Program;
use serde_json::json;
use shop::gateway::DECLINED_CARD;

#[test]
fn an_order_is_placed_and_paid_once() {
    let shop = Program::start("placed_and_paid");
    let customer = Customer::of(shop.address());
    let order = customer.place().unwrap();
    let seen = customer.get(&format!("/orders/{order}")).unwrap();
    assert_eq!(seen.body, json!({ "order_id": order, "amount_cents": 4_999, "is_paid": false }));
    assert_eq!(customer.pay(&order, "4242424242424242").unwrap().status, 200);
    assert_eq!(customer.pay(&order, "4242424242424242").unwrap().status, 409);

    let data = Data::of(&shop.stop());
    data.assert_rows_are_events();
    assert_eq!(data.logged()["payment_charge_succeeded"], 1);
    let log = serde_json::to_string(&data.log).unwrap();
    assert!(log.contains("a***@example.com"), "{log}");
    assert!(!log.contains("ada@") && !log.contains("4242"), "{log}");
}

#[test]
fn an_event_of_an_order_has_its_request() {
    let shop = Program::start("context");
    let order = Customer::of(shop.address()).place().unwrap();
    let data = Data::of(&shop.stop());
    let line = |event: &str| data.log.iter().find(|line| line["event"] == event).unwrap();
    let (finished, created) = (line("request_finished"), line("order_created"));
    assert_eq!(created["order_id"], order.as_str());
    assert_eq!(created["request_id"], finished["request_id"]);
    assert_eq!(created["trace_id"], finished["trace_id"]);
    assert_eq!((&finished["route"], &finished["code"]), (&json!("/orders"), &json!(201)));
    let stored = data.column("SELECT trace_id FROM domain_events");
    assert_eq!(stored, [finished["trace_id"].as_str().unwrap()]);
}

#[test]
fn what_the_shop_refuses_changes_nothing() {
    let shop = Program::start("refused");
    let customer = Customer::of(shop.address());
    let order = customer.place().unwrap();
    let declined = customer.pay(&order, DECLINED_CARD).unwrap();
    assert_eq!((declined.status, &declined.body), (402, &json!({ "error": "card_declined" })));
    assert_eq!(customer.pay("ord_0", "4242").unwrap().status, 404);
    let unknown = json!({ "item": "sofa", "email": "ada@example.com" });
    assert_eq!(customer.post("/orders", &unknown).unwrap().status, 422);
    assert_eq!(customer.post("/orders", &json!("no order")).unwrap().status, 422);

    let data = Data::of(&shop.stop());
    data.assert_rows_are_events();
    assert_eq!(data.column("SELECT id FROM orders"), [order]);
    assert!(data.column("SELECT charge_id FROM payments").is_empty());
    assert_eq!(data.logged()["payment_charge_failed"], 1);
}

#[test]
fn a_database_that_fails_is_reported_in_the_log_alone() {
    let shop = Program::start("locked");
    // Longer than the shop waits for it.
    let other = rusqlite::Connection::open(shop.database()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let order = json!({ "item": "lamp", "email": "ada@example.com" });
    let answer = Customer::of(shop.address()).post("/orders", &order).unwrap();
    assert_eq!(answer.body, json!({ "error": "something went wrong here" }));
    assert_eq!(answer.status, 500);
    drop(other);

    let data = Data::of(&shop.stop());
    data.assert_rows_are_events();
    assert_eq!(data.assert_requests_are_whole(), 1);
    let line = data.log.iter().find(|line| line["event"] == "order_storage_failed").unwrap();
    assert!(line["error"].as_str().unwrap().contains("locked"), "{line}");
    assert!(line["request_id"].is_string(), "{line}");
}

/// The mistake that the queries find: both clicks read the order before one of them is charged.
#[test]
fn a_customer_who_clicks_twice_is_charged_twice() {
    let shop = Program::start("charged_twice");
    let is_charged_twice = || {
        let order = Customer::of(shop.address()).place().unwrap();
        let click = || Customer::of(shop.address()).pay(&order, "4242").unwrap().status;
        let statuses = std::thread::scope(|scope| {
            let clicks = [scope.spawn(click), scope.spawn(click)];
            clicks.map(|click| click.join().unwrap())
        });
        statuses == [200, 200]
    };
    // Two clicks may miss each other.
    assert!((0..50).any(|_| is_charged_twice()));
    Data::of(&shop.stop()).assert_rows_are_events();
}
