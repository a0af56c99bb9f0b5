//! The shop's own events, as a service emits them.

use event_core::{Change, Recorder, assert_emitted, assert_not_emitted};
use event_tower::RequestContext;
use shop_events::order::{
    OrderCreated, OrderPaymentCompleted, OrderState, emit_order_created,
    emit_order_payment_completed,
};

fn request() -> RequestContext<'static> {
    RequestContext { request_id: "req_1".into(), correlation_id: None, user_id: None, ip: None }
}

#[test]
fn an_order_has_its_request_and_a_masked_address() {
    let recorder = Recorder::new();
    let _recorder = recorder.enter();
    let _request = request().enter();
    emit_order_created(OrderCreated {
        order_id: "ord_1".into(),
        item: "lamp".into(),
        amount_cents: 4_999,
        email: "ada@example.com".into(),
    });
    assert_emitted!(recorder, OrderCreated { order_id: "ord_1", email: "a***@example.com", .. });
    assert!(recorder.lines()[0].contains(r#""request_id":"req_1""#));
}

#[test]
fn a_paid_order_is_not_paid_again() {
    let recorder = Recorder::new();
    let _recorder = recorder.enter();
    let _request = request().enter();
    emit_order_payment_completed(OrderPaymentCompleted {
        order_id: "ord_1".into(),
        change: Change { before: OrderState::Paid, after: OrderState::Paid },
        charge_id: "ch_2".into(),
        amount_cents: 4_999,
    });
    assert_not_emitted!(recorder, OrderPaymentCompleted);
}
