//! What a consumer reads.

use crate::cluster::{cluster, read, read_plain};
use crate::messages::{delivered, id, message, unavailable, unsendable};
use crate::{options, publish, publish_one, target, topic};
use event_relay::targets::kafka::{KafkaTarget, KafkaTargetError, KafkaTargetOptions};
use event_relay::targets::{Batch, Outcome, Target};
use event_relay::{EntityKey, Message};
use rdkafka::ClientConfig;
use std::sync::mpsc::channel;
use std::time::Duration;

fn of(kind: &str, id: &str, seq: i64) -> Message {
    let entity = Some(EntityKey { kind: kind.to_owned(), id: id.to_owned() });
    Message { entity, ..message(seq) }
}

#[test]
fn a_record_is_a_cloud_event_in_the_binary_mode() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    assert_eq!(publish_one(&mut target, message(7)), delivered(0));
    let records = read_plain(&cluster.bootstrap_servers(), 1);
    let [record] = &*records else { panic!("{} records", records.len()) };
    assert_eq!(record.value, message(7).envelope.as_bytes());
    assert_eq!(record.key.as_deref(), Some("ord_9f2c8a"));
    let headers: Vec<(&str, &str)> =
        record.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(
        headers,
        [
            ("ce_specversion", "1.0"),
            ("ce_id", &*id(7)),
            ("ce_source", "/checkout"),
            ("ce_type", "order.payment.submitted"),
            ("content-type", "application/json"),
            ("ce_dataschema", "urn:event:order_payment_submitted:2:envelope:write"),
            ("ce_time", "2026-03-14T09:26:53.589793Z"),
            ("ce_recordedtime", "2026-03-14T09:26:54.000000Z"),
            ("ce_sequence", "0000000000000000007"),
            ("ce_subject", "order/ord_9f2c8a"),
            ("ce_partitionkey", "ord_9f2c8a"),
            ("ce_traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ]
    );
}

/// Headers of Kafka are UTF-8 (Kafka protocol binding, 3.2.3): nothing is percent-encoded.
#[test]
fn other_characters_stay_as_they_are() {
    let cluster = cluster();
    let source = Some("/shop".to_owned());
    let mut target = target(KafkaTargetOptions { source, ..options(&cluster.bootstrap_servers()) });
    assert_eq!(publish_one(&mut target, of("order", "Ä 100%", 1)), delivered(0));
    let records = read_plain(&cluster.bootstrap_servers(), 1);
    assert_eq!(records[0].key.as_deref(), Some("Ä 100%"));
    assert_eq!(records[0].header("ce_subject"), "order/Ä 100%");
    assert_eq!(records[0].header("ce_source"), "/shop");
}

#[test]
fn one_entity_is_in_one_partition() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    let ids = ["ord_1", "ord_2", "ord_3", "ord_4", "ord_5", "ord_6", "ord_7", ""];
    let messages = (0..80).zip(ids.iter().cycle()).map(|(seq, id)| of("order", id, seq));
    assert!(publish(&mut target, messages).iter().all(|outcome| *outcome == delivered(0)));
    let records = read_plain(&cluster.bootstrap_servers(), 80);
    for id in ids {
        let of_it = records.iter().filter(|record| record.key.as_deref().unwrap_or("") == id);
        let partitions: Vec<i32> = of_it.map(|record| record.partition).collect();
        assert_eq!(partitions, [partitions[0]; 10], "{id:?}");
    }
    // `Utils.toPositive(Utils.murmur2("ord_1")) % 4` of Java's clients, and of two others.
    let partition = |id| records.iter().find(|it| it.key.as_deref() == Some(id)).unwrap().partition;
    let chosen = ["ord_1", "ord_2", "ord_3"].map(partition);
    assert_eq!(chosen, ["ord_1", "ord_2", "ord_3"].map(|id| murmur2(id.as_bytes()) % 4));
}

/// Java's `org.apache.kafka.common.utils.Utils`: `toPositive(murmur2(key))`.
fn murmur2(key: &[u8]) -> i32 {
    const M: u32 = 0x5bd1_e995;
    let mut hash = 0x9747_b28c ^ u32::try_from(key.len()).unwrap();
    let (words, rest) = key.as_chunks::<4>();
    for word in words {
        let mut word = u32::from_le_bytes(*word).wrapping_mul(M);
        word = (word ^ (word >> 24)).wrapping_mul(M);
        hash = hash.wrapping_mul(M) ^ word;
    }
    if !rest.is_empty() {
        for (at, byte) in rest.iter().enumerate() {
            hash ^= u32::from(*byte) << (8 * at);
        }
        hash = hash.wrapping_mul(M);
    }
    hash = (hash ^ (hash >> 13)).wrapping_mul(M);
    (hash ^ (hash >> 15)).cast_signed() & i32::MAX
}

#[test]
fn an_event_goes_to_the_topic_of_its_entity() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    let without = Message { entity: None, ..message(3) };
    let config = ClientConfig::new().set("bootstrap.servers", cluster.bootstrap_servers()).clone();
    for (message, name) in [(of("cart", "c1", 1), "events.cart"), (without, "events.order")] {
        let key = message.entity.as_ref().map(|entity| entity.id.clone());
        assert_eq!(publish_one(&mut target, message), delivered(0));
        let records = read(&config, name, 1);
        assert_eq!(records.iter().map(|it| it.key.clone()).collect::<Vec<_>>(), [key], "{name}");
    }
}

#[test]
fn an_event_without_a_valid_topic_is_refused() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    let reason = unsendable(publish_one(&mut target, of("an order", "1", 1)));
    assert_eq!(
        reason,
        "`topic` gives no name of a topic for an event with the entity type `an order`"
    );
}

#[test]
fn a_source_is_needed() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    let no_service = Message { envelope: "{}".to_owned(), ..message(1) };
    let (reason, _) = unavailable(publish_one(&mut target, no_service));
    assert!(reason.contains("help: configure the `source` of the target"), "{reason}");
    let broken = Message { envelope: "no JSON".to_owned(), ..message(2) };
    assert_eq!(unsendable(publish_one(&mut target, broken)), "the envelope is not a JSON object");
    let wrong = Some("a shop".to_owned());
    let error = KafkaTarget::new(KafkaTargetOptions { source: wrong, ..options("a:1") });
    assert!(matches!(error.unwrap_err(), KafkaTargetError::Source { .. }));
}

/// The relay sends one event a batch. A batch of more is answered once, when all of it is settled.
#[test]
fn a_larger_batch_has_one_answer() {
    let cluster = cluster();
    let mut target = target(KafkaTargetOptions {
        topic: topic("events.order"),
        max_event_bytes: 2_000,
        ..options(&cluster.bootstrap_servers())
    });
    assert_eq!((target.limits().events, target.limits().in_flight), (1, 1_000));
    let (sender, answers) = channel();
    let mut send = |messages| {
        let sender = sender.clone();
        target.publish(Batch::new(messages, move |outcome| sender.send(outcome).unwrap()));
        answers.recv_timeout(Duration::from_secs(20)).unwrap()
    };
    assert_eq!(send(crate::messages::batch(1..=30)), delivered(0));
    let mut batch = crate::messages::batch(31..=33);
    let long = Message { envelope: "x".repeat(3_000), ..message(34) };
    batch.insert(1, std::sync::Arc::new(long));
    assert!(matches!(send(batch), Outcome::Unsendable { .. }));
    drop(target);
    assert!(answers.try_recv().is_err(), "each batch is answered once");
    assert_eq!(read_plain(&cluster.bootstrap_servers(), 33).len(), 33);
}
