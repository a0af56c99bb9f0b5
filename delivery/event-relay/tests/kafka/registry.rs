//! Values in the wire frame of a schema registry.

use crate::cluster::{Cluster, cluster, read_plain};
use crate::messages::{delivered, message, rejected, unavailable};
use crate::{options, publish, publish_one, target};
use event_core::Secret;
use event_core::record::frame::{self, SchemaId};
use event_relay::Message;
use event_relay::targets::http::{Authorization, Endpoint};
use event_relay::targets::kafka::{KafkaRegistry, KafkaTargetOptions, SchemaSubject};
use receiver::{Answer, Receiver};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PLANTED: &str = "PLANTED-7f3a";

fn registry(receiver: &Receiver) -> KafkaRegistry {
    KafkaRegistry::new(Endpoint::parse(&receiver.url("/registry/")).unwrap())
}

fn framed(cluster: &Cluster, registry: KafkaRegistry) -> KafkaTargetOptions {
    KafkaTargetOptions { registry: Some(registry), ..options(&cluster.bootstrap_servers()) }
}

fn answer(status: u16, body: &str) -> Answer {
    Answer::Status { status, headers: Vec::new(), body: body.to_owned() }
}

const FOUND: &str = r#"{"subject":"s","version":3,"id":117,"schemaType":"JSON","schema":"{}"}"#;

#[test]
fn a_value_begins_with_the_id_of_its_schema() {
    let (cluster, receiver) = (cluster(), Receiver::start());
    receiver.script([answer(200, FOUND), answer(200, &FOUND.replace("117", "118"))]);
    let mut target = target(framed(&cluster, registry(&receiver)));
    let other = |seq| Message { event_version: 3, ..message(seq) };
    assert!(publish(&mut target, (1..=50).map(message)).iter().all(|it| *it == delivered(0)));
    assert!(publish(&mut target, (51..=99).map(other)).iter().all(|it| *it == delivered(0)));
    let asked = receiver.requests();
    let paths: Vec<&str> = asked.iter().map(|request| &*request.target).collect();
    let path = |version| {
        format!("/registry/subjects/order_payment_submitted.v{version}-value/versions/latest")
    };
    assert_eq!(paths, [path(2), path(3)], "each once");
    let records = read_plain(&cluster.bootstrap_servers(), 99);
    for record in &records {
        let (id, json) = frame::decode(&record.value).unwrap();
        let is_second = record.header("ce_dataschema").contains(":3:");
        assert_eq!(id, SchemaId(if is_second { 118 } else { 117 }));
        let seq = record.header("ce_sequence").parse().unwrap();
        assert_eq!(json, message(seq).envelope.as_bytes());
    }
    assert_eq!(records.len(), 99);
}

#[test]
fn a_subject_and_a_user_are_as_configured() {
    let (cluster, receiver) = (cluster(), Receiver::start());
    receiver.script([answer(200, FOUND)]);
    let password = Secret::new(PLANTED.to_owned());
    let mut target = target(framed(
        &cluster,
        KafkaRegistry {
            subject: SchemaSubject::parse("shop/{event}.v{version}").unwrap(),
            authorization: Some(Authorization::Basic { user: "relay".to_owned(), password }),
            ..registry(&receiver)
        },
    ));
    assert!(!format!("{target:?}").contains(PLANTED));
    assert_eq!(publish_one(&mut target, message(1)), delivered(0));
    let asked = receiver.requests();
    assert_eq!(
        asked[0].target,
        "/registry/subjects/shop%2Forder_payment_submitted.v2/versions/latest"
    );
    assert_eq!(asked[0].header("authorization"), Some("Basic cmVsYXk6UExBTlRFRC03ZjNh"));
}

#[test]
fn a_version_that_is_not_registered_is_refused_until_it_is() {
    let (cluster, receiver) = (cluster(), Receiver::start());
    let unknown = r#"{"error_code":40401,"message":"Subject 'PLANTED-7f3a' not found."}"#;
    receiver.script([answer(404, unknown), answer(200, FOUND)]);
    let mut target = target(framed(&cluster, registry(&receiver)));
    let reason = rejected(publish_one(&mut target, message(1)));
    let url = receiver.url("/registry/");
    assert_eq!(
        reason,
        format!(
            "the registry at `{url}` has no subject `order_payment_submitted.v2-value`\nhelp: \
             register the schema with the command `push` of the catalog"
        )
    );
    assert_eq!(publish_one(&mut target, message(1)), delivered(0));
}

#[test]
fn a_registry_that_is_away_blames_no_event() {
    let cluster = cluster();
    let current = Arc::new(Mutex::new(Answer::Cut));
    let answers = Arc::clone(&current);
    let receiver = Receiver::deciding(0, None, move |_| answers.lock().unwrap().clone());
    let mut target = target(framed(&cluster, registry(&receiver)));
    let no_registry = "without what a registry says\nhelp: give the URL up to";
    for (given, words) in [
        (Answer::status(503), "answers 503\nhelp: check the registry"),
        (answer(401, PLANTED), "answers 401\nhelp: check `auth` of the registry"),
        (answer(404, PLANTED), &*format!("answers 404 {no_registry}")),
        (answer(200, PLANTED), &*format!("answers 200 {no_registry}")),
        (answer(200, r#"{"id":-1}"#), &*format!("answers 200 {no_registry}")),
        (Answer::Cut, "breaks the connection"),
        (Answer::Noise, "is not HTTP"),
    ] {
        *current.lock().unwrap() = given;
        let (reason, _) = unavailable(publish_one(&mut target, message(1)));
        assert!(reason.contains(words) && reason.contains("/registry/`"), "{reason}");
        assert!(!reason.contains(PLANTED), "{reason}");
    }
    *current.lock().unwrap() = answer(200, FOUND);
    assert_eq!(publish_one(&mut target, message(1)), delivered(0));

    let gone = KafkaRegistry::new(Endpoint::parse("http://127.0.0.1:1/registry/").unwrap());
    let mut target = crate::target(framed(&cluster, gone));
    let (reason, _) = unavailable(publish_one(&mut target, message(1)));
    assert!(reason.contains("cannot be reached"), "{reason}");
}

/// A registry that hangs is asked once for all that waits.
#[test]
fn a_registry_that_hangs_is_not_asked_for_each_event() {
    let cluster = cluster();
    let late = Answer::Late(Duration::from_secs(1));
    let receiver = Receiver::deciding(0, None, move |_| late.clone());
    let mut target = target(framed(&cluster, registry(&receiver)));
    let started = Instant::now();
    let of = |version| Message { event_version: version, ..message(i64::from(version)) };
    for outcome in publish(&mut target, (1..=60).map(of)) {
        unavailable(outcome);
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert!((1..=5).contains(&receiver.requests().len()), "one for each round");
}
