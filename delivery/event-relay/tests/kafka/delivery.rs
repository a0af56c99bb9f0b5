//! A relay that publishes an outbox to the mock cluster.

use crate::cluster::{Read, cluster, read_plain};
use crate::messages::{delivered, message};
use crate::shop::Shop;
use crate::{options, publish, publish_one, target};
use event_relay::targets::Target;
use event_relay::targets::kafka::KafkaTargetOptions;
use event_relay::{EntityKey, Message, Seq, TargetOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// The entity and its version, of a record.
pub(crate) fn version(record: &Read) -> (String, u64) {
    let envelope: serde_json::Value = serde_json::from_slice(&record.value).unwrap();
    (record.key.clone().unwrap(), envelope["payload"]["revision"].as_u64().unwrap())
}

/// The first record of each event is in the order of its entity, without a hole. Returns how many
/// records are repeated.
pub(crate) fn check_order(records: &[Read], entities: u32, revisions: u32) -> usize {
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    let mut duplicates = 0;
    for record in records {
        let (entity, revision) = version(record);
        if ids.insert(record.header("ce_id").to_owned()) {
            let last = seen.entry(entity).or_default();
            assert_eq!(revision, *last + 1, "{record:?}");
            *last = revision;
        } else {
            duplicates += 1;
        }
    }
    assert_eq!(ids.len(), (entities * revisions) as usize, "nothing is lost");
    duplicates
}

#[test]
fn ten_thousand_events_arrive_in_the_order_of_their_entities() {
    let (cluster, mut shop) = (cluster(), Shop::open());
    for revision in 1..=50 {
        shop.place(&(1..=200).map(|order| (order, revision)).collect::<Vec<_>>());
    }
    let target = target(KafkaTargetOptions::new(cluster.bootstrap_servers()));
    let relay = shop.relay().target("stream", target, TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("stream", 10_000);
    let ended = relay.stop_within(Duration::from_secs(10));
    assert!(ended.is_complete && ended.failed.is_empty(), "{ended:?}");
    assert_eq!(check_order(&read_plain(&cluster.bootstrap_servers(), 10_000), 200, 50), 0);
}

/// The cluster refuses one in three requests with errors that end a batch, or a producer.
#[test]
fn errors_lose_nothing_and_keep_the_order() {
    use rdkafka::types::{RDKafkaApiKey::Produce, RDKafkaRespErr as E};
    let (cluster, mut shop) = (cluster(), Shop::open());
    for revision in 1..=40 {
        shop.place(&(1..=50).map(|order| (order, revision)).collect::<Vec<_>>());
    }
    let errors = [
        E::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
        E::RD_KAFKA_RESP_ERR_NO_ERROR,
        E::RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
        E::RD_KAFKA_RESP_ERR_NO_ERROR,
        E::RD_KAFKA_RESP_ERR_NO_ERROR,
        E::RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
        E::RD_KAFKA_RESP_ERR_NO_ERROR,
        E::RD_KAFKA_RESP_ERR_NO_ERROR,
        E::RD_KAFKA_RESP_ERR_NO_ERROR,
    ];
    cluster.request_errors(Produce, &errors.repeat(2));
    let target = target(options(&cluster.bootstrap_servers()));
    let relay = shop.relay().target("stream", target, TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("stream", 2_000);
    let ended = relay.stop_within(Duration::from_secs(10));
    assert!(ended.is_complete && ended.failed.is_empty(), "{ended:?}");
    assert_eq!(shop.parked(), Vec::<String>::new());
    check_order(&read_plain(&cluster.bootstrap_servers(), 2_000), 50, 40);
}

#[test]
fn an_event_that_is_too_large_is_parked_and_its_entity_only() {
    let (cluster, mut shop) = (cluster(), Shop::open());
    shop.place(&[(1, 1), (2, 1), (1, 2), (2, 2)]);
    // As wide as the shop's envelopes: the first of order 1 is larger.
    shop.connection
        .execute_batch(
            "DROP TRIGGER domain_events_append_only;
             UPDATE domain_events SET envelope = replace(envelope, '\"shop\"',
                 '\"shop' || hex(zeroblob(5000)) || '\"') WHERE seq = 1",
        )
        .unwrap();
    let target = target(KafkaTargetOptions {
        max_event_bytes: 5_000,
        ..options(&cluster.bootstrap_servers())
    });
    let once = TargetOptions { attempts: 1, ..TargetOptions::default() };
    let relay = shop.relay().target("stream", target, once).start().unwrap();
    shop.wait_for_cursor("stream", 4);
    relay.stop_within(Duration::from_secs(10));
    assert_eq!(shop.parked(), ["1 dead", "3 behind"]);
    let error: String = shop.ask("SELECT reason FROM outbox_parked WHERE seq = 1");
    assert!(error.contains("bytes; `max_event_bytes` is 5000\nhelp: raise "), "{error}");
    let records = read_plain(&cluster.bootstrap_servers(), 2);
    let versions: Vec<(String, u64)> = records.iter().map(version).collect();
    assert_eq!(versions, [("2".to_owned(), 1), ("2".to_owned(), 2)]);
}

/// How many events a second reach a cluster that is 20 ms away: each awaited, and a window of them.
#[test]
fn a_window_is_fifty_times_as_fast_as_awaiting_each() {
    let cluster = cluster();
    cluster.broker_round_trip_time(1, Duration::from_millis(20)).unwrap();
    let mut target = target(KafkaTargetOptions::new(cluster.bootstrap_servers()));
    let of = |seq: Seq| {
        let entity = Some(EntityKey { kind: "order".to_owned(), id: format!("ord_{seq}") });
        Message { entity, ..message(seq) }
    };
    publish(&mut target, (0..100).map(of));
    let started = Instant::now();
    for seq in 0..50 {
        assert_eq!(publish_one(&mut target, of(seq)), delivered(0));
    }
    let awaited = 50.0 / started.elapsed().as_secs_f64();
    let messages: Vec<Message> = (0..20_000).map(of).collect();
    let started = Instant::now();
    for window in messages.chunks(target.limits().in_flight) {
        let outcomes = publish(&mut target, window.iter().cloned());
        assert!(outcomes.iter().all(|outcome| *outcome == delivered(0)));
    }
    let windowed = 20_000.0 / started.elapsed().as_secs_f64();
    let ratio = windowed / awaited;
    println!("awaited {awaited:.0}/s, windowed {windowed:.0}/s: {ratio:.0} times as many");
    assert!(ratio >= 50.0, "awaited {awaited:.0}/s, windowed {windowed:.0}/s");
}
