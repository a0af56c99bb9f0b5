//! What the server does not take: which event is to blame, and which configuration.

use crate::broker::{Broker, LONG, deliver, publish, publish_one, send, target};
use crate::messages::{delivered, message, rejected, unavailable, unsendable};
use async_nats::jetstream::stream::{Config, DiscardPolicy};
use event_relay::targets::nats::{NatsTargetOptions, SubjectTemplate};
use event_relay::{EntityKey, Message};
use test_servers::Nats;

/// A message with an envelope of about this size.
fn large(seq: i64, bytes: usize) -> Message {
    let plain = message(seq);
    let note = format!("\"note\":\"{}", "x".repeat(bytes - plain.envelope.len()));
    Message { envelope: plain.envelope.replace("\"note\":\"", &note), ..plain }
}

#[test]
fn an_event_that_is_too_large_for_the_server() {
    let setup = Nats::setup().config("max_payload: 4096");
    let Some(broker) = Broker::of(setup, async_nats::ConnectOptions::new()) else { return };
    broker.stream(Config::default());
    let mut target = target(broker.options());
    assert_eq!(publish(&mut target, 1), delivered(0));
    let reason = unsendable(publish_one(&mut target, large(2, 4096)));
    let words = "bytes with its headers; the server takes 4096 (`max_payload`)";
    assert!(reason.starts_with("the event has 4") && reason.contains(words), "{reason}");
    // The limit is of the headers and the payload together, to the byte.
    let bytes: usize = reason.split(' ').nth(3).unwrap().parse().unwrap();
    assert_eq!(publish_one(&mut target, large(3, 4096 - (bytes - 4096))), delivered(0));
    unsendable(publish_one(&mut target, large(4, 4096 - (bytes - 4096) + 1)));
    assert_eq!(publish(&mut target, 5), delivered(0));
    assert_eq!(broker.nats.log().matches("Maximum Payload Violation").count(), 0);
}

#[test]
fn an_event_that_is_too_large_for_the_stream() {
    let Some(broker) = Broker::start() else { return };
    broker.stream(Config { max_message_size: 4096, ..Config::default() });
    let mut target = target(broker.options());
    let reason = rejected(publish_one(&mut target, large(1, 5000)));
    let words = "bytes with its headers, which is more than the stream takes (`max_msg_size`)";
    assert!(reason.starts_with("the event has 5") && reason.contains(words), "{reason}");
    assert_eq!(publish(&mut target, 2), delivered(0));
}

#[test]
fn an_event_that_would_end_the_connection() {
    let Some(broker) = Broker::with_stream() else { return };
    let subject = SubjectTemplate::parse("events.{entity_id}").unwrap();
    let mut target = target(NatsTargetOptions { subject, ..broker.options() });
    let entity = |id: String| Some(EntityKey { kind: "order".to_owned(), id });
    let long = Message { entity: entity("x".repeat(5000)), ..message(1) };
    let reason = unsendable(publish_one(&mut target, long));
    assert_eq!(reason, "the subject has 5007 bytes; it may have 2048");
    let named = Message { event_type: "a b".to_owned(), ..message(2) };
    let mut other = crate::broker::target(broker.options());
    let reason = unsendable(publish_one(&mut other, named));
    assert_eq!(reason, "the name of the event cannot be a part of a subject");
    let no_object = Message { envelope: "[]".to_owned(), ..message(3) };
    let reason = unsendable(publish_one(&mut target, no_object));
    assert_eq!(reason, "the envelope is not a JSON object");
    let wide = Message { entity: entity("é".repeat(300)), ..message(4) };
    assert_eq!(publish_one(&mut target, wide), delivered(0));
}

#[test]
fn a_subject_without_a_stream_is_away_until_it_has_one() {
    let Some(broker) = Broker::start() else { return };
    let mut target = target(broker.options());
    let (reason, _) = unavailable(publish(&mut target, 1));
    assert_eq!(
        reason,
        "no stream takes `events.order.payment.submitted`, or the server has no JetStream\nhelp: \
         add the subject to a stream: `nats stream add`"
    );
    broker.stream(Config::default());
    assert_eq!(publish(&mut target, 1), delivered(0));
}

#[test]
fn another_stream_than_the_configured_one() {
    let Some(broker) = Broker::with_stream() else { return };
    let stream = Some("AUDIT".to_owned());
    let mut target = target(NatsTargetOptions { stream, ..broker.options() });
    let (reason, _) = unavailable(publish(&mut target, 1));
    let start = "the server does not take `events.order.payment.submitted`: expected stream does \
                 not match";
    assert!(reason.starts_with(start), "{reason}");
    assert!(reason.ends_with("\nhelp: check the `stream` of the target"), "{reason}");
    assert_eq!(broker.count(), 0);
}

#[test]
fn a_full_stream_is_away_until_it_has_room() {
    let Some(broker) = Broker::start() else { return };
    let discard = DiscardPolicy::New;
    broker.stream(Config { max_messages: 2, discard, ..Config::default() });
    let mut target = target(broker.options());
    assert_eq!(publish(&mut target, 1), delivered(0));
    assert_eq!(publish(&mut target, 2), delivered(0));
    let (reason, _) = unavailable(publish(&mut target, 3));
    assert!(reason.contains("maximum messages exceeded"), "{reason}");
    assert!(reason.contains("\nhelp: the limits of the stream"), "{reason}");
    broker.stream(Config { max_messages: 3, discard, ..Config::default() });
    deliver(&mut target, 3);
    assert_eq!(broker.count(), 3);
}

#[test]
fn a_service_at_the_subject_is_no_stream() {
    use futures_util::StreamExt;
    let Some(broker) = Broker::start() else { return };
    let client = broker.wait(async_nats::connect(broker.nats.url())).unwrap();
    let mut asked = broker.wait(client.subscribe("events.>")).unwrap();
    broker.wait(client.flush()).unwrap();
    let mut target = target(broker.options());
    let outcomes = send(&mut target, [message(1)]);
    broker.wait(async {
        let request = asked.next().await.unwrap();
        client.publish(request.reply.unwrap(), "thanks".into()).await.unwrap();
        client.flush().await.unwrap();
    });
    let (reason, _) = unavailable(outcomes.recv_timeout(LONG).unwrap().1);
    assert!(reason.starts_with("something that is not a stream answers"), "{reason}");
}
