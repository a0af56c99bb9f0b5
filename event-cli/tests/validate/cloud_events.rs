//! `CloudEvents` that carry a payload or an envelope.

use crate::found;
use serde_json::{Value, json};

/// A `CloudEvent` of this type, with `more` instead of what it has.
fn event(kind: &str, more: &Value) -> String {
    let payload =
        json!({ "order_id": "o", "code": 1, "card_number": null, "iban": null, "duration_ms": 1 });
    let mut event = json!({ "specversion": "1.0", "id": "1", "source": "/shop", "type": kind, "data": payload });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event.to_string()
}

fn found_in(kind: &str, more: &Value) -> Vec<String> {
    found(&[&event(kind, more)], &[])
}

#[test]
fn cloud_events() {
    assert_eq!(
        found_in(
            "payment.process.failed.v2",
            &json!({ "time": "2026-11-21T06:00:00Z", "traceparent": "00-x" })
        ),
        [""; 0]
    );
    assert_eq!(
        found_in(
            "payment.process.failed",
            &json!({ "dataschema": "urn:event:payment_process_failed:2:payload:write" })
        ),
        [""; 0]
    );
    assert_eq!(
        found_in("payment.process.failed", &json!({ "data": { "order_id": "o" } })),
        [""; 0],
        "version 1, as nothing else is said"
    );
    assert_eq!(
        found_in("payment.process.faild.v2", &json!({}))[0],
        "1 EV0401 no event is called `payment.process.faild`, did you mean \
         `payment.process.failed`?"
    );
    assert_eq!(
        found_in("payment.process.failed.v9", &json!({})),
        ["1 EV0402 `payment.process.failed` has no version 9"]
    );
}

#[test]
fn every_error_of_a_cloud_event_is_reported() {
    assert_eq!(
        found_in(
            "payment.process.failed.v2",
            &json!({ "specversion": "0.3", "id": "", "source": null, "time": "now", "data": null })
        ),
        [
            "1 EV0403 `payment_process_failed` v2: `/id`: is empty",
            "1 EV0403 `payment_process_failed` v2: `/source`: is missing",
            "1 EV0403 `payment_process_failed` v2: `/time`: the text is not a time in RFC 3339",
            "1 EV0403 `payment_process_failed` v2: `/specversion`: the text is not `1.0`",
            "1 EV0403 `payment_process_failed` v2: `/data`: expected an object, found null",
        ]
    );
}

#[test]
fn envelopes_in_cloud_events() {
    let envelope = json!({ "event_type": "cache.hit", "event_version": 1, "payload": {} });
    assert_eq!(
        found(
            &[&event("payment.process.failed.v2", &json!({ "data": envelope }))],
            &["--contract", "read"]
        ),
        [
            "1 EV0403 `cache_hit` v1: `/type`: names another event or version than the envelope \
             in `data`",
            "1 EV0404 `cache_hit` v1 is deprecated: nobody reads it",
        ]
    );
    assert_eq!(
        found(&[&event("cache.hit", &json!({ "data": envelope }))], &["--contract", "read"]).len(),
        1
    );
}
