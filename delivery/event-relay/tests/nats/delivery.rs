//! What is in a stream after events were delivered.

use crate::broker::{Broker, LONG, publish, publish_one, send, target};
use crate::messages::{batch, delivered, id, message};
use event_relay::targets::nats::{NatsTargetOptions, SubjectTemplate};
use event_relay::targets::{Batch, Target};
use event_relay::{EntityKey, Message};
use std::collections::BTreeMap;
use std::sync::mpsc::channel;

#[test]
fn headers_and_payload() {
    let Some(broker) = Broker::with_stream() else { return };
    let stream = Some("EVENTS".to_owned());
    let mut target = target(NatsTargetOptions { stream, ..broker.options() });
    assert_eq!(publish(&mut target, 7), delivered(0));
    let stored = broker.stored();
    assert_eq!(stored.len(), 1);
    assert_eq!(&*stored[0].subject, "events.order.payment.submitted");
    assert_eq!(stored[0].payload, message(7).envelope.as_bytes());
    let header = |(name, values): (&async_nats::HeaderName, &Vec<async_nats::HeaderValue>)| {
        assert_eq!(values.len(), 1);
        (name.to_string(), values[0].to_string())
    };
    let headers: BTreeMap<String, String> = stored[0].headers.iter().map(header).collect();
    let expected = [
        ("Nats-Expected-Stream", "EVENTS"),
        ("Nats-Msg-Id", &id(7)),
        ("ce-dataschema", "urn:event:order_payment_submitted:2:envelope:write"),
        ("ce-id", &id(7)),
        ("ce-partitionkey", "ord_9f2c8a"),
        ("ce-recordedtime", "2026-03-14T09:26:54.000000Z"),
        ("ce-sequence", "0000000000000000007"),
        ("ce-source", "/checkout"),
        ("ce-specversion", "1.0"),
        ("ce-subject", "order/ord_9f2c8a"),
        ("ce-time", "2026-03-14T09:26:53.589793Z"),
        ("ce-traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ("ce-type", "order.payment.submitted"),
        ("content-type", "application/json"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(headers, BTreeMap::from(expected));
}

#[test]
fn what_no_header_may_have_is_encoded() {
    let Some(broker) = Broker::with_stream() else { return };
    let subject = SubjectTemplate::parse("events.{entity_type}.{entity_id}.x").unwrap();
    let source = Some("/a%20b".to_owned());
    let mut target = target(NatsTargetOptions { subject, source, ..broker.options() });
    let entity = EntityKey { kind: "order".to_owned(), id: "é \"1\"\r\nx: y.*>%".to_owned() };
    let event = Message { entity: Some(entity), ..message(1) };
    assert_eq!(publish_one(&mut target, event), delivered(0));
    let stored = &broker.stored()[0];
    let header = |name: &str| stored.headers.get(name).unwrap().as_str();
    let id = "%C3%A9%20%221%22";
    assert_eq!(header("ce-subject"), format!("order/{id}%250D%250Ax:%20y.*>%25"));
    assert_eq!(header("ce-source"), "/a%2520b");
    assert_eq!(&*stored.subject, format!("events.order.{id}%0D%0Ax%3A%20y%2E%2A%3E%25.x"));
}

#[test]
fn a_window_is_in_flight_and_duplicates_are_counted() {
    let Some(broker) = Broker::with_stream() else { return };
    let mut target = target(broker.options());
    assert_eq!((target.limits().in_flight, target.limits().events), (256, 1));
    for duplicates in [0, 1] {
        let outcomes = send(&mut target, (1..=1000).map(message));
        for _ in 0..1000 {
            assert_eq!(outcomes.recv_timeout(LONG).unwrap().1, delivered(duplicates));
        }
        assert_eq!(broker.count(), 1000);
    }
}

/// The relay never does that. A caller that does is still answered once, with events in order.
#[test]
fn a_batch_of_several_events() {
    let Some(broker) = Broker::with_stream() else { return };
    let mut target = target(broker.options());
    publish(&mut target, 2);
    let (sender, outcomes) = channel();
    let other = sender.clone();
    target.publish(Batch::new(batch(1..=3), move |outcome| sender.send(outcome).unwrap()));
    target.publish(Batch::new(Vec::new(), move |outcome| other.send(outcome).unwrap()));
    let answers: Vec<_> = (0..2).map(|_| outcomes.recv_timeout(LONG).unwrap()).collect();
    assert!(answers.contains(&delivered(1)) && answers.contains(&delivered(0)), "{answers:?}");
    let places: Vec<String> = broker
        .stored()
        .iter()
        .map(|stored| stored.headers.get("Nats-Msg-Id").unwrap().to_string())
        .collect();
    assert_eq!(places, [2, 1, 3].map(id));
}
