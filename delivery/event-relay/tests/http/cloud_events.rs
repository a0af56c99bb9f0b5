//! The `CloudEvents` that are sent, of events that an emitter made.
#![allow(unreachable_pub, reason = "a declaration is `pub`, wherever it is")]

use crate::messages::{delivered, message};
use crate::{MODES, options, target};
use event_core::context::trace::TraceContext;
use event_core::{Emit, Emitter, catalog, events};
use event_outbox::{OutboxRow, TxEvents};
use event_relay::targets::http::{ContentMode, HttpTarget, HttpTargetOptions};
use event_relay::targets::{BlockingTarget, Outcome};
use event_relay::{EntityKey, Message};
use event_schema::{Contract, Options, Rendering};
use receiver::{Receiver, Request};
use serde_json::Value;
use std::sync::Arc;

events! {
    #[domain]
    pub enum ShopOrder {
        Payment,
    }

    #[event(info, version = 3)]
    pub struct ShopOrderPaymentSubmitted {
        #[entity(order)]
        pub order_id: String,
        pub amount_cents: u64,
    }
}

catalog! {
    pub enum ShopEvent {
        ShopOrder(ShopOrder),
    }
}

/// An event as the relay reads it from an outbox.
fn emitted(order: &str) -> Message {
    let emitter = Emitter::builder().service("checkout").build();
    let mut events = TxEvents::new(&emitter);
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let _bound = TraceContext::from_headers(trace, None).unwrap().value.enter();
    let event = ShopOrderPaymentSubmitted { order_id: order.to_owned(), amount_cents: 4_999 };
    event.emit_to(&mut events);
    let row = OutboxRow::of(&events.records()[0]);
    let entity = row.entity_type.zip(row.entity_id);
    let message = Message {
        seq: 42,
        event_id: row.event_id.to_string(),
        event_type: row.event_type.to_owned(),
        event_version: row.event_version,
        entity: entity.map(|(kind, id)| EntityKey { kind: kind.to_owned(), id: id.into_owned() }),
        envelope: row.envelope,
    };
    events.rolled_back();
    message
}

/// What is received of a message.
fn received(mode: ContentMode, message: &Message) -> Request {
    let receiver = Receiver::start();
    let target: HttpTarget = target(HttpTargetOptions { mode, ..options(&receiver) });
    assert_eq!(target.publish(&[Arc::new(message.clone())]), delivered(0));
    receiver.requests().remove(0)
}

fn json(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

/// The attributes of the event of [`emitted`].
fn expected(message: &Message, subject: &str, key: &str) -> Vec<(&'static str, String)> {
    let event = CATALOG.find("shop_order_payment_submitted").unwrap();
    let envelope: Value = serde_json::from_str(&message.envelope).unwrap();
    let written = |key: &str| envelope[key].as_str().unwrap().to_owned();
    let options =
        Options { rendering: Rendering::Envelope, contract: Contract::Write, ..Options::default() };
    let schema: Value =
        serde_json::from_str(&event_schema::schema(event, options).unwrap().to_string()).unwrap();
    vec![
        ("specversion", "1.0".to_owned()),
        ("id", message.event_id.clone()),
        ("source", "/checkout".to_owned()),
        ("type", "shop_order.payment.submitted".to_owned()),
        ("datacontenttype", "application/json".to_owned()),
        ("dataschema", schema["$id"].as_str().unwrap().to_owned()),
        ("time", written("occurred_at")),
        ("recordedtime", written("recorded_at")),
        ("sequence", "0000000000000000042".to_owned()),
        ("subject", subject.to_owned()),
        ("partitionkey", key.to_owned()),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned()),
    ]
}

#[test]
fn structured() {
    let message = emitted("ord \"ö\"");
    let request = received(MODES[0], &message);
    assert_eq!(request.header("content-type"), Some("application/cloudevents+json"));
    assert_eq!(request.header("idempotency-key"), Some(&*message.event_id));
    assert!(!request.headers.iter().any(|(name, _)| name.starts_with("ce-")));
    let mut event = json(&request);
    assert_eq!(event["data"].take(), serde_json::from_str::<Value>(&message.envelope).unwrap());
    event.as_object_mut().unwrap().remove("data");
    let expected = expected(&message, "order/ord \"ö\"", "ord \"ö\"");
    let expected = expected.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
    assert_eq!(event, Value::Object(expected.collect()));
}

#[test]
fn binary() {
    let message = emitted("ord \"ö\" 100%");
    let request = received(MODES[1], &message);
    assert_eq!(request.body, message.envelope.as_bytes());
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("idempotency-key"), Some(&*message.event_id));
    let encoded = "ord%20%22%C3%B6%22%20100%25";
    let expected = expected(&message, &format!("order/{encoded}"), encoded);
    let expected: Vec<_> = expected
        .into_iter()
        .filter(|(name, _)| *name != "datacontenttype")
        .map(|(name, value)| (format!("ce-{name}"), value))
        .collect();
    let sent = request.headers.iter().filter(|(name, _)| name.starts_with("ce-")).cloned();
    assert_eq!(sent.collect::<Vec<_>>(), expected);
}

#[test]
fn a_batch_has_the_events_of_structured_mode() {
    let message = emitted("ord_1");
    let request = received(MODES[2], &message);
    assert_eq!(request.header("content-type"), Some("application/cloudevents-batch+json"));
    assert_eq!(request.header("idempotency-key"), None);
    assert_eq!(json(&request), Value::Array(vec![json(&received(MODES[0], &message))]));
}

#[test]
fn the_command_validates_what_is_sent() {
    let mut lines = Vec::new();
    for order in ["ord_1", "ord \"ö\"", "", "line\nbreak\u{85}\u{FFFF}", "\u{1F980}"] {
        let request = received(MODES[0], &emitted(order));
        lines.extend_from_slice(&request.body);
        lines.push(b'\n');
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["validate", "--format", "json"].map(Into::into);
    let env = event_cli::Env::default();
    let code = event_cli::run_reading(&CATALOG, args, &mut &*lines, &mut out, &mut err, &env);
    let out = String::from_utf8(out).unwrap();
    assert_eq!((code, String::from_utf8(err).unwrap()), (0, String::new()), "{out}");
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(document["findings"], Value::Array(Vec::new()));
}

/// `CloudEvents` 1.0.2, 2.2: a text has no control characters and no non-characters.
#[test]
fn characters_that_no_attribute_may_have_are_encoded() {
    let event = json(&received(MODES[0], &emitted("a\nb\u{7F}\u{85}\u{FDD0}\u{1FFFE}c")));
    let encoded = "a%0Ab%7F%C2%85%EF%B7%90%F0%9F%BF%BEc";
    assert_eq!(event["partitionkey"], encoded);
    assert_eq!(event["subject"], format!("order/{encoded}"));
    assert_eq!(event["data"]["entity"]["id"], "a\nb\u{7F}\u{85}\u{FDD0}\u{1FFFE}c");
}

#[test]
fn attributes_without_a_value_are_left_out() {
    let left_out = |change: fn(&mut Message)| {
        let mut message = message(1);
        change(&mut message);
        let event = json(&received(MODES[0], &message));
        let names = ["subject", "partitionkey", "traceparent"];
        names.into_iter().filter(|name| event.get(name).is_none()).collect::<Vec<_>>()
    };
    assert_eq!(left_out(|_| {}), [""; 0]);
    assert_eq!(left_out(|message| message.entity = None), ["subject", "partitionkey"]);
    let nameless = |message: &mut Message| message.entity.as_mut().unwrap().id.clear();
    assert_eq!(left_out(nameless), ["partitionkey"], "it must not be empty");
    let changes: [fn(&mut Message); 4] = [
        |message| replace(message, "\"span_id\"", "\"no_span\""),
        |message| replace(message, "\"trace_id\"", "\"no_trace\""),
        // W3C Trace Context, 3.2.2.3.
        |message| replace(message, "4bf92f3577b34da6a3ce929d0e0e4736", &"0".repeat(32)),
        |message| replace(message, "00f067aa0ba902b7", "xyz"),
    ];
    for change in changes {
        assert_eq!(left_out(change), ["traceparent"]);
    }
    let timeless = |message: &mut Message| replace(message, "\"occurred_at\"", "\"no_time\"");
    assert_eq!(left_out(timeless), [""; 0]);
}

fn replace(message: &mut Message, from: &str, to: &str) {
    assert!(message.envelope.contains(from));
    message.envelope = message.envelope.replace(from, to);
}

#[test]
fn an_envelope_that_is_no_object_is_rejected() {
    let receiver = Receiver::start();
    let mut broken = message(1);
    broken.envelope = "[1".to_owned();
    let target = HttpTarget::new(options(&receiver)).unwrap();
    let outcome = target.publish(&[Arc::new(broken)]);
    let reason = "the envelope is not a JSON object".to_owned();
    assert_eq!(outcome, Outcome::Unsendable { reason });
}
