//! What each error makes of an event.

use crate::cluster::{Cluster, cluster, read_plain};
use crate::messages::{PAYLOAD, delivered, message, rejected, unavailable, unsendable};
use crate::{TOPIC, options, publish, publish_one, target};
use event_relay::Message;
use event_relay::targets::Outcome;
use event_relay::targets::kafka::{KafkaProperty, KafkaTarget, KafkaTargetOptions};
use rdkafka::types::{RDKafkaApiKey, RDKafkaRespErr};
use std::time::{Duration, Instant};

/// A message whose envelope has about this many bytes.
fn large(seq: i64, bytes: usize) -> Message {
    let message = message(seq);
    let envelope = message.envelope.replace(PAYLOAD, &"x".repeat(bytes));
    Message { envelope, ..message }
}

/// The outcome of an event whose request the broker answers with this error.
fn answered(cluster: &Cluster, target: &mut KafkaTarget, error: RDKafkaRespErr) -> Outcome {
    cluster.request_errors(RDKafkaApiKey::Produce, &[error]);
    publish_one(target, message(1))
}

#[test]
fn an_event_that_is_too_large_is_refused_unsent() {
    let cluster = cluster();
    let mut target = target(KafkaTargetOptions {
        max_event_bytes: 10_000,
        ..options(&cluster.bootstrap_servers())
    });
    let outcomes = publish(&mut target, [message(1), large(2, 10_000), message(3)]);
    assert_eq!((&outcomes[0], &outcomes[2]), (&delivered(0), &delivered(0)));
    let reason = unsendable(outcomes[1].clone());
    assert!(reason.starts_with("the event has 10"), "{reason}");
    assert!(reason.contains(" bytes; `max_event_bytes` is 10000\nhelp: raise "), "{reason}");
    assert_eq!(read_plain(&cluster.bootstrap_servers(), 2).len(), 2);
}

/// librdkafka judges the size with what a record has around its parts. That is no surprise at the
/// limit.
#[test]
fn an_event_at_the_limit_is_sent() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    let short = KafkaTargetOptions::MAX_EVENT_BYTES - 1_000;
    assert_eq!(publish_one(&mut target, large(1, short)), delivered(0));
    let outcome = publish_one(&mut target, large(2, short + 1_000));
    assert!(matches!(outcome, Outcome::Unsendable { .. }), "{outcome:?}");
}

#[test]
fn an_event_that_the_topic_refuses_is_to_blame() {
    use RDKafkaRespErr::{
        RD_KAFKA_RESP_ERR_INVALID_RECORD as INVALID, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE as SIZE,
        RD_KAFKA_RESP_ERR_POLICY_VIOLATION as POLICY,
    };
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    cluster.request_errors(RDKafkaApiKey::Produce, &[SIZE]);
    let reason = rejected(publish_one(&mut target, large(1, 200_000)));
    assert!(reason.starts_with("the event has 200"), "{reason}");
    assert!(reason.contains("which is more than the topic `events.order` takes\nhelp: "));
    for error in [INVALID, POLICY] {
        let reason = rejected(answered(&cluster, &mut target, error));
        assert!(reason.starts_with("the event breaks a rule of the topic `events.order`: "));
    }
    assert_eq!(publish_one(&mut target, message(9)), delivered(0));
}

/// Brokers judge a request as a whole, so a small event may be refused for its neighbours.
#[test]
fn a_small_event_is_not_to_blame_for_the_size_of_a_request() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    let size = RDKafkaRespErr::RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE;
    let (reason, _) = unavailable(answered(&cluster, &mut target, size));
    assert!(reason.starts_with("the topic `events.order` takes no 131072 bytes"), "{reason}");
    assert!(reason.contains("help: raise `max.message.bytes`"), "{reason}");

    let properties = vec![KafkaProperty::new("batch.size", "100").unwrap()];
    let mut target =
        crate::target(KafkaTargetOptions { properties, ..options(&cluster.bootstrap_servers()) });
    assert!(rejected(answered(&cluster, &mut target, size)).contains("more than the topic"));
}

#[test]
fn other_errors_blame_no_event() {
    use RDKafkaRespErr as E;
    let cluster = cluster();
    for (error, words) in [
        (
            E::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            "the user of the target may not write to the topic `events.order`\nhelp: grant",
        ),
        (
            E::RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
            "the user of the target may not use an idempotent producer\nhelp: grant",
        ),
        (
            E::RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT,
            "the event cannot be written to the topic `events.order`: ",
        ),
    ] {
        let mut target = target(options(&cluster.bootstrap_servers()));
        assert_eq!(publish_one(&mut target, message(9)), delivered(0));
        let (reason, retry_after) = unavailable(answered(&cluster, &mut target, error));
        assert!(reason.starts_with(words), "{reason}");
        assert_eq!(retry_after, None);
    }
}

/// librdkafka sends these again by itself, in the time for the event.
#[test]
fn passing_errors_are_not_seen() {
    use RDKafkaRespErr::{
        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS as REPLICAS,
        RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION as LEADER,
        RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT as TIMEOUT,
    };
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    for error in [REPLICAS, LEADER, TIMEOUT] {
        assert_eq!(answered(&cluster, &mut target, error), delivered(0), "{error:?}");
    }
}

#[test]
fn an_unknown_topic_is_named() {
    let cluster = cluster();
    let unknown = RDKafkaRespErr::RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    cluster.topic_error(TOPIC, unknown).unwrap();
    let mut target = target(KafkaTargetOptions {
        timeout: Duration::from_secs(8),
        ..options(&cluster.bootstrap_servers())
    });
    let (reason, _) = unavailable(publish_one(&mut target, message(1)));
    assert!(reason.starts_with("the topic `events.order` does not exist\nhelp: "), "{reason}");
    cluster.topic_error(TOPIC, RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR).unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while publish_one(&mut target, message(1)) != delivered(0) {
        assert!(Instant::now() < until, "the target recovers");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn brokers_that_are_away_blame_no_event() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    assert_eq!(publish_one(&mut target, message(1)), delivered(0));
    cluster.broker_down(1).unwrap();
    let started = Instant::now();
    for outcome in publish(&mut target, (2..=500).map(message)) {
        let (reason, _) = unavailable(outcome);
        assert!(reason.starts_with("the brokers do not take the event within 3s"), "{reason}");
    }
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    cluster.broker_up(1).unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while publish_one(&mut target, message(2)) != delivered(0) {
        assert!(Instant::now() < until, "the target recovers");
    }
}

/// An error after which librdkafka sends nothing more with this producer.
#[test]
fn a_producer_that_has_failed_is_made_anew() {
    let cluster = cluster();
    let mut target = target(options(&cluster.bootstrap_servers()));
    for round in 1..=3 {
        assert_eq!(publish_one(&mut target, message(round)), delivered(0));
        let fatal = RDKafkaRespErr::RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER;
        let (reason, _) = unavailable(answered(&cluster, &mut target, fatal));
        assert!(!reason.contains(PAYLOAD), "{reason}");
        // It is in flight, or was handed over just before the error was known.
        let outcomes = publish(&mut target, (10..20).map(message));
        let is_known = |outcome: &Outcome| match outcome {
            Outcome::Unavailable { reason, .. } => {
                reason.starts_with("the producer cannot go on, and is made anew: ")
            }
            outcome => *outcome == delivered(0),
        };
        assert!(outcomes.iter().all(is_known), "{outcomes:?}");
    }
    assert!(publish(&mut target, (20..30).map(message)).iter().all(|it| *it == delivered(0)));
}

#[test]
fn what_is_in_flight_is_answered_when_the_target_ends() {
    let cluster = cluster();
    cluster.broker_round_trip_time(1, Duration::from_secs(2)).unwrap();
    let mut target = target(options(&cluster.bootstrap_servers()));
    let (sender, answers) = std::sync::mpsc::channel();
    for batch in (1..=100).map(|seq| crate::messages::batch([seq])) {
        use event_relay::targets::{Batch, Target};
        let sender = sender.clone();
        target.publish(Batch::new(batch, move |outcome| sender.send(outcome).unwrap()));
    }
    drop((target, sender));
    let outcomes: Vec<Outcome> = answers.iter().collect();
    assert_eq!(outcomes.len(), 100);
    for outcome in outcomes {
        let (reason, _) = unavailable(outcome);
        assert_eq!(reason, "the producer has ended; the event may have been written");
    }
}
