//! What is written reads back: lines of every event are decoded to their types, emitted again, and say the same.

use catalog::{CATALOG, ReferenceEvent};
use event_core::{Capture, Unknown};
use event_schema::sample;
use serde_json::Value;

const SEEDS: u64 = 100;

#[test]
fn every_event_reads_back_as_it_was_written() {
    for event in CATALOG.events() {
        // A mask shows less of what is masked already.
        let masked: Vec<&str> =
            event.fields().iter().filter(|field| field.sensitivity.is_some()).map(|field| field.name).collect();
        for seed in 0..SEEDS {
            let line = sample::line(event, seed);
            let decoded = ReferenceEvent::decode_with(&line, Unknown::Refuse);
            let decoded = decoded.unwrap_or_else(|error| panic!("{error} in {line}"));
            assert_eq!(decoded.meta().name, event.name);

            let mut capture = Capture::new();
            decoded.emit_to(&mut capture);
            let again: Value = serde_json::from_str(&capture.lines()[0]).unwrap();
            let first: Value = serde_json::from_str(&line).unwrap();
            assert_eq!(again["level"], first["level"], "{line}");
            for field in event.fields().iter().filter(|field| !masked.contains(&field.name)) {
                // A number that is not finite is written as `null`, which an `Option` reads as `None` and may leave out.
                let value = |line: &Value| line.get(field.name).filter(|value| !value.is_null()).cloned();
                assert_eq!(value(&again), value(&first), "`{}` of {line}", field.name);
            }
        }
    }
}

#[test]
fn aliases_and_dotted_names_are_read() {
    for event in CATALOG.events() {
        let line = sample::line(event, 0);
        for name in event.aliases.iter().copied().chain([event.name.dotted]) {
            let renamed = line.replacen(event.name.snake, name, 1);
            let decoded = ReferenceEvent::decode(&renamed).unwrap_or_else(|error| panic!("{error} in {renamed}"));
            assert_eq!(decoded.meta().name, event.name);
        }
    }
}

#[test]
fn what_is_not_an_event_says_so_and_never_what_it_holds() {
    let secret = "4242424242424242";
    let cases = [
        (
            format!("{{\"event\":\"payment_process_started\",\"version\":1,\"amount\":{{\"x\":\"{secret}\"}}}}"),
            "event `payment_process_started` v1: `amount`: expected text, found an object",
        ),
        (
            format!("{{\"event\":\"payment_process_started\",\"version\":1,\"amount\":\"{secret}x\"}}"),
            "event `payment_process_started` v1: `amount`: the text is not a decimal number",
        ),
        (
            "{\"event\":\"payment_process_started\",\"version\":9}".to_owned(),
            "no event `payment_process_started` of version 9 is declared",
        ),
        (
            format!("{{\"event\":\"payment_process_started\",\"card_number\":\"{secret}"),
            "not an event line: not JSON, at line 1 column 66",
        ),
        ("[]".to_owned(), "not an event line: expected an object, found a list"),
        ("{}".to_owned(), "not an event line: `event`: missing"),
    ];
    for (line, message) in cases {
        let error = ReferenceEvent::decode(&line).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains(secret));
    }
}
