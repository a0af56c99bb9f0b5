//! One event, read without a catalog.

use super::declared::{
    OrderMeasureCompleted, OrderPaymentCompleted, OrderPaymentSubmitted, OrderPaymentSubmittedV1,
};
use event_core::Event;
use event_core::decode::DecodeError;

const LINE: &str = r#"{"event":"order_payment_submitted","version":2,"level":"info","order_id":"ord_1","amount_cents":4999,"extra":0}"#;

fn error<E: Event>(text: &str) -> String {
    E::decode(text).err().unwrap().to_string()
}

#[test]
fn a_line_and_an_envelope_are_read_by_the_type() {
    let event = OrderPaymentSubmitted::decode(LINE).unwrap();
    assert_eq!((&*event.order_id, event.amount_cents), ("ord_1", Some(4_999)));
    let envelope = r#"{"event_type":"order.payment.submitted","event_version":2,"payload":{"order_id":"ord_2"}}"#;
    assert_eq!(OrderPaymentSubmitted::decode(envelope).unwrap().order_id, "ord_2");
}

#[test]
fn older_versions_and_aliases_are_upcast_to_it() {
    for line in [
        r#"{"event":"order_payment_submitted","version":1,"order_id":"ord_1"}"#,
        r#"{"event":"payment_submitted","order_id":"ord_1"}"#,
        r#"{"event_type":"payment_submitted","payload":{"order_id":"ord_1"}}"#,
    ] {
        assert_eq!(OrderPaymentSubmitted::decode(line).unwrap().order_id, "ord_1", "{line}");
    }
    // The type of the older version reads its own.
    let line = r#"{"event":"order_payment_submitted","version":1,"order_id":"ord_1"}"#;
    assert_eq!(OrderPaymentSubmittedV1::decode(line).unwrap().order_id, "ord_1");
    assert_eq!(
        error::<OrderPaymentSubmittedV1<'_>>(LINE),
        "the record is event `order_payment_submitted` v2, expected `order_payment_submitted` v1"
    );
}

#[test]
fn another_event_is_named() {
    assert_eq!(
        error::<OrderMeasureCompleted<'_>>(LINE),
        "the record is event `order_payment_submitted` v2, expected `order_measure_completed` v1"
    );
    let later = r#"{"event":"order_payment_submitted","version":3,"order_id":"ord_1"}"#;
    assert_eq!(
        error::<OrderPaymentSubmitted<'_>>(later),
        "the record is event `order_payment_submitted` v3, expected `order_payment_submitted` v1 \
         or v2"
    );
    let strange = r#"{"event":"order\u0000","order_id":"ord_1"}"#;
    assert!(!error::<OrderPaymentSubmitted<'_>>(strange).contains('\0'));
    let found = OrderPaymentSubmitted::decode(strange).err().unwrap();
    assert!(matches!(found, DecodeError::OtherEvent { ref header, .. } if header.version == 1));
}

#[test]
fn what_is_wrong_in_it_is_said_as_a_catalog_says_it() {
    let envelope =
        r#"{"event_type":"order.payment.submitted","event_version":2,"payload":{"order_id":1}}"#;
    assert_eq!(
        error::<OrderPaymentSubmitted<'_>>(envelope),
        "event `order.payment.submitted` v2: `payload.order_id`: expected text, found a number"
    );
    assert_eq!(
        error::<OrderPaymentSubmitted<'_>>("[]"),
        "not an event line: expected an object, found a list"
    );
    assert_eq!(error::<OrderPaymentSubmitted<'_>>("{}"), "not an event line: `event`: missing");
}

#[test]
fn a_free_event_is_read_too() {
    for line in [
        r#"{"event":"order_payment_completed","rows":3}"#,
        r#"{"event":"orders_imported","rows":3.0}"#,
    ] {
        assert_eq!(OrderPaymentCompleted::decode(line).unwrap().rows, 3, "{line}");
    }
}

#[test]
fn a_payload_needs_no_header() {
    let body = r#"{"order_id":"ord_1","gateway":"stripe","livemode":false}"#;
    let event = OrderPaymentSubmitted::decode_payload(body).unwrap();
    assert_eq!((&*event.order_id, event.gateway.as_deref()), ("ord_1", Some("stripe")));
    let error = |json| OrderPaymentSubmitted::decode_payload(json).err().unwrap().to_string();
    assert_eq!(error("{}"), "`order_id`: missing");
    assert_eq!(error("7"), "expected an object, found a number");
    assert_eq!(error(r#"{"order_id":"a"#), "not JSON, at line 1 column 15");
}
