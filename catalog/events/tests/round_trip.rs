//! Written records can be read again, in both renderings: lines and envelopes of every event are
//! decoded to their types, emitted again, and compared.

use catalog::{CATALOG, ReferenceEvent};
use event_core::decode::Unknown;
use event_core::meta::EventMeta;
use event_core::record::OwnedRecord;
use event_core::{Emitter, Level};
use event_schema::sample;
use serde_json::{Value, json};
use std::sync::LazyLock;

const SEEDS: u64 = 100;

fn parse(text: &[u8]) -> Value {
    serde_json::from_slice(text).expect("a record is JSON")
}

fn decode(text: &str) -> ReferenceEvent {
    ReferenceEvent::decode_with(text, Unknown::Refuse)
        .unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// Emits every event, with or without context.
static EMITTER: LazyLock<Emitter> = LazyLock::new(|| {
    Emitter::builder().level(Level::Trace).ignore_rates().on_incident(|_| {}).build()
});

fn emit(event: &ReferenceEvent) -> OwnedRecord {
    let mut buffer = EMITTER.buffer();
    event.emit_to(&mut buffer);
    let record = buffer.records()[0].clone();
    buffer.discard();
    record
}

/// Compares the emitted fields with the fields that were read.
fn assert_same(event: &EventMeta, again: &Value, first: &Value, text: &str) {
    // A mask hides more of a masked value.
    for field in event.fields().iter().filter(|field| field.sensitivity.is_none()) {
        // A number that is not finite is written as `null`, which an `Option` reads as `None` and
        // may leave out.
        let value =
            |object: &Value| object.get(field.name).filter(|value| !value.is_null()).cloned();
        assert_eq!(value(again), value(first), "`{}` of {text}", field.name);
    }
}

/// Older versions are no longer written; `tests/lock.rs` tests reading their samples.
fn newest() -> impl Iterator<Item = &'static EventMeta> {
    CATALOG.events().filter(|event| event.latest)
}

#[test]
fn every_event_reads_back_as_it_was_written() {
    for event in newest() {
        for seed in 0..SEEDS {
            let text = sample::line(event, seed);
            let decoded = decode(&text);
            assert_eq!(decoded.meta().name, event.name);
            let (again, first) = (parse(emit(&decoded).record().line()), parse(text.as_bytes()));
            assert_eq!(again["level"], first["level"], "{text}");
            assert_same(event, &again, &first, &text);
        }
    }
}

#[test]
fn b1_every_envelope_reads_back_as_it_was_written() {
    for event in newest() {
        for seed in 0..SEEDS {
            let text = sample::envelope(event, seed);
            let decoded = decode(&text);
            assert_eq!(decoded.meta().name, event.name);
            let record = emit(&decoded);
            let (again, first) = (parse(record.record().envelope()), parse(text.as_bytes()));
            for key in ["event_type", "event_version", "level"] {
                assert_eq!(again[key], first[key], "`{key}` of {text}");
            }
            assert_same(event, &again["payload"], &first["payload"], &text);
            let entity_is_its_own = first["payload"].as_object().is_some_and(|payload| {
                event.fields().iter().any(|field| {
                    event_schema::role(field.role) == Some("entity")
                        && payload.contains_key(field.name)
                })
            });
            if entity_is_its_own {
                assert_eq!(again["entity"], first["entity"], "{text}");
            }
        }
    }
}

#[test]
fn both_renderings_decode_to_equal_events() {
    for event in CATALOG.events() {
        for seed in 0..SEEDS {
            let [line, envelope] = [sample::line(event, seed), sample::envelope(event, seed)]
                .map(|text| decode(&text));
            // Compared as text, because decoded events need not be comparable.
            assert_eq!(format!("{line:?}"), format!("{envelope:?}"), "{}", event.name.snake);
            assert_eq!(line.level(), envelope.level());
            // After one emission, both renderings read as the same event.
            let record = emit(&line);
            let lent = record.record();
            let [again, nested] =
                [lent.line(), lent.envelope()].map(|text| decode(str::from_utf8(text).unwrap()));
            assert_eq!(format!("{again:?}"), format!("{nested:?}"));
        }
    }
}

#[test]
fn aliases_and_dotted_names_are_read() {
    for event in CATALOG.events() {
        let line = sample::line(event, 0);
        for name in event.aliases.iter().copied().chain([event.name.dotted]) {
            let renamed = line.replacen(event.name.snake, name, 1);
            let decoded = ReferenceEvent::decode(&renamed)
                .unwrap_or_else(|error| panic!("{error} in {renamed}"));
            assert_eq!(decoded.meta().name, event.name);
        }
        let envelope = parse(sample::envelope(event, 0).as_bytes());
        for name in event.aliases.iter().copied().chain([event.name.snake]) {
            let mut renamed = envelope.clone();
            renamed["event_type"] = name.into();
            assert_eq!(decode(&renamed.to_string()).meta().name, event.name);
        }
    }
}

#[test]
fn a_strict_reader_says_which_key_of_an_envelope_is_not_declared() {
    let event = CATALOG.find("order.payment.submitted").unwrap();
    let envelope = parse(sample::envelope(event, 0).as_bytes());
    for (at, path) in
        [("", "stranger"), ("/context", "context.stranger"), ("/payload", "payload.stranger")]
    {
        let mut strange = envelope.clone();
        strange.pointer_mut(at).unwrap()["stranger"] = json!("4242");
        let text = strange.to_string();
        assert!(ReferenceEvent::decode(&text).is_ok(), "others ignore it");
        let error = ReferenceEvent::decode_with(&text, Unknown::Refuse).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("event `order.payment.submitted` v1: `{path}`: is not declared")
        );
    }
}

#[test]
fn a_key_event_decides_for_a_line() {
    let line = r#"{"event":"cache_miss","key":"a","event_type":"order.fulfilled","payload":{}}"#;
    assert_eq!(ReferenceEvent::decode(line).unwrap().meta().name.snake, "cache_miss");
}

const SECRET: &str = "4242424242424242";

/// Each text is refused with its message, and the message does not contain the secret.
fn assert_refused<const N: usize>(cases: [(String, &str); N]) {
    for (text, message) in cases {
        let Err(error) = ReferenceEvent::decode(&text) else { panic!("it is read: {text}") };
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains(SECRET));
    }
}

#[test]
fn what_is_not_an_event_says_so_and_never_what_it_holds() {
    assert_refused([
        (
            format!(
                "{{\"event\":\"payment_process_started\",\"version\":1,\"amount\":{{\"x\":\"{SECRET}\"}}}}"
            ),
            "event `payment_process_started` v1: `amount`: expected text, found an object",
        ),
        (
            format!(
                "{{\"event\":\"payment_process_started\",\"version\":1,\"amount\":\"{SECRET}x\"}}"
            ),
            "event `payment_process_started` v1: `amount`: the text is not a decimal number",
        ),
        (
            "{\"event\":\"payment_process_started\",\"version\":9}".to_owned(),
            "no event `payment_process_started` of version 9 is declared",
        ),
        (
            format!("{{\"event\":\"payment_process_started\",\"card_number\":\"{SECRET}"),
            "not an event line: not JSON, at line 1 column 67",
        ),
        ("[]".to_owned(), "not an event line: expected an object, found a list"),
        ("{}".to_owned(), "not an event line: `event`: missing"),
    ]);
}

#[test]
fn what_is_not_an_envelope_says_so_and_never_what_it_holds() {
    assert_refused([
        (
            format!("{{\"event_type\":\"order.fulfilled\",\"order_id\":\"{SECRET}\"}}"),
            "not an event envelope: `payload`: missing",
        ),
        (
            format!("{{\"event_type\":\"order.fulfilled\",\"payload\":\"{SECRET}\"}}"),
            "not an event envelope: `payload`: expected an object, found text",
        ),
        (
            "{\"event_type\":{}}".to_owned(),
            "not an event envelope: `event_type`: expected text, found an object",
        ),
        (
            format!(
                "{{\"event_type\":\"order.fulfilled\",\"event_version\":\"one\",\"payload\":{{\"order_id\":\"{SECRET}\"}}}}"
            ),
            "not an event envelope: `event_version`: the text is not an integer of 32 bits, not \
             negative",
        ),
        (
            "{\"event_type\":\"order.fulfiled\",\"payload\":{}}".to_owned(),
            "no event `order.fulfiled` of version 1 is declared",
        ),
        (
            format!(
                "{{\"event_type\":\"order.fulfilled\",\"payload\":{{\"order_id\":[\"{SECRET}\"]}}}}"
            ),
            "event `order.fulfilled` v1: `payload.order_id`: expected text, found a list",
        ),
        (
            format!(
                "{{\"event_type\":\"order.fulfilled\",\"order_id\":\"{SECRET}\",\"payload\":{{}}}}"
            ),
            "event `order.fulfilled` v1: `payload.order_id`: missing",
        ),
    ]);
}
