//! Records that other systems write.

use super::declared::{OrderEvent, ShopEvent};

/// The envelope of the article on domain events: ids with a prefix, the version as text, times in
/// milliseconds, a context of its own.
const ARTICLE: &str = r#"{
    "event_id": "evt_5f0c2c1e-8f0e-4d0a-9f59-0e9f5f2f6c11",
    "event_type": "order.payment.submitted",
    "event_version": "1",
    "occurred_at": "2026-11-21T00:22:44.123Z",
    "recorded_at": "2026-11-21T00:22:44.130Z",
    "actor": {"type": "user", "id": "usr_7", "session_id": "ses_1"},
    "entity": {"type": "order", "id": "ord_9f2c8a", "version": 3},
    "context": {"trace_id": "trc_8d1e", "correlation_id": "cor_1", "environment": "production", "service": "checkout", "service_version": "2.3.1"},
    "payload": {"order_id": "ord_9f2c8a", "amount_cents": 4999, "currency": "USD"}
}"#;

fn order_id(text: &str) -> String {
    match ShopEvent::decode(text) {
        Ok(ShopEvent::Order(OrderEvent::PaymentSubmitted(event))) => event.order_id.into_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn b1_the_envelope_of_the_article_is_read() {
    assert_eq!(order_id(ARTICLE), "ord_9f2c8a");
}

#[test]
fn b1_the_weak_event_is_read_by_its_alias() {
    assert_eq!(
        order_id(r#"{"event": "payment_submitted", "order_id": "ord_9f2c8a", "amount": 49.99}"#),
        "ord_9f2c8a"
    );
    assert_eq!(
        order_id(&ARTICLE.replace("order.payment.submitted", "payment_submitted")),
        "ord_9f2c8a"
    );
}
