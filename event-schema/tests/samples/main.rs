//! Generated samples hold against the schemas, and mutated ones do not.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod contracts;
#[path = "../fixture/mod.rs"]
mod fixture;

use event_core::meta::EventMeta;
use event_schema::{Contract, Dialect, Options, Rendering, sample, schema};
use fixture::CATALOG;
use serde_json::{Value, json};

fn validator(event: &'static EventMeta, options: Options) -> jsonschema::Validator {
    let schema = schema(event, options).unwrap().to_value();
    jsonschema::meta::validate(&schema)
        .unwrap_or_else(|error| panic!("{}: {error}", event.name.snake));
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn every_options() -> Vec<Options> {
    let mut all = Vec::new();
    for dialect in Dialect::ALL {
        for contract in Contract::ALL {
            for rendering in Rendering::ALL {
                for annotations in [true, false] {
                    all.push(Options { dialect, contract, rendering, annotations });
                }
            }
        }
    }
    all
}

fn sample_of(event: &EventMeta, rendering: Rendering, seed: u64) -> Value {
    let line = match rendering {
        Rendering::Line => sample::line(event, seed),
        Rendering::Payload => sample::payload(event, seed),
        Rendering::Envelope => sample::envelope(event, seed),
    };
    serde_json::from_str(&line).unwrap()
}

#[test]
fn samples_fit() {
    for event in CATALOG.events() {
        for options in every_options() {
            let validator = validator(event, options);
            for seed in 0..100 {
                let sample = sample_of(event, options.rendering, seed);
                if let Err(error) = validator.validate(&sample) {
                    panic!(
                        "{} {options:?} seed {seed}: {error}, at {}\n{sample:#}",
                        event.name.snake,
                        error.instance_path()
                    );
                }
            }
        }
    }
}

#[test]
fn samples_are_the_same_for_the_same_seed() {
    let event = &fixture::SHAPE_CHECK_LOCKED;
    assert_eq!(sample::line(event, 7), sample::line(event, 7));
    assert_ne!(sample::line(event, 7), sample::line(event, 8));
    let event = &fixture::PAYMENT_PROCESS_FAILED;
    let (line, payload) =
        (sample_of(event, Rendering::Line, 7), sample_of(event, Rendering::Payload, 7));
    assert!(payload.as_object().unwrap().iter().all(|(key, value)| line[key] == *value));
    let envelope = sample_of(event, Rendering::Envelope, 7);
    assert_eq!(envelope["payload"], payload);
    assert_eq!(
        (&envelope["level"], &envelope["context"]["request_id"]),
        (&line["level"], &line["request_id"])
    );
}

/// Every object of a sample that the record brings or that holds the event's own: a pointer into
/// the sample, and one into its schema.
fn objects(rendering: Rendering) -> &'static [(&'static str, &'static str)] {
    match rendering {
        Rendering::Envelope => &[
            ("", ""),
            ("/actor", "/properties/actor"),
            ("/entity", "/properties/entity"),
            ("/context", "/properties/context"),
            ("/payload", "/properties/payload"),
        ],
        _ => &[("", ""), ("/actor", "/properties/actor")],
    }
}

#[test]
fn mutated_samples_do_not_fit() {
    let mut mutated = 0;
    for event in CATALOG.events() {
        for options in every_options() {
            let validator = validator(event, options);
            let schema = schema(event, options).unwrap().to_value();
            let mut sample = sample_of(event, options.rendering, 0);
            if options.rendering == Rendering::Line {
                sample["actor"] = json!({"type": "user", "id": "usr_7", "session_id": "ses_1"});
            }
            for (at, described_at) in objects(options.rendering) {
                let Some(object) = sample.pointer(at).and_then(Value::as_object) else { continue };
                let described = schema.pointer(described_at).unwrap();
                let with = |object: serde_json::Map<String, Value>| {
                    let mut mutated = sample.clone();
                    *mutated.pointer_mut(at).unwrap() = object.into();
                    validator.is_valid(&mutated)
                };
                for key in
                    described["required"].as_array().into_iter().flatten().filter_map(Value::as_str)
                {
                    let mut without = object.clone();
                    without.remove(key).unwrap();
                    assert!(!with(without), "{} {options:?} without {at}/{key}", event.name.snake);
                }
                for key in object.keys().filter(|key| !key.contains("anything")) {
                    let mut wrong = object.clone();
                    wrong.insert(key.clone(), json!([[{"not": "this"}]]));
                    assert!(
                        !with(wrong),
                        "{} {options:?} with a wrong {at}/{key}",
                        event.name.snake
                    );
                }
                let mut more = object.clone();
                more.insert("stranger".to_owned(), json!(1));
                assert_eq!(
                    with(more),
                    options.contract == Contract::Read,
                    "{} {options:?} {at}",
                    event.name.snake
                );
                mutated += 1;
            }
        }
    }
    // By options: two objects of each line, each payload, and of each envelope four, and the entity
    // of the three events that have one.
    assert_eq!(mutated, every_options().len() / Rendering::ALL.len() * (2 * 7 + 7 + 4 * 7 + 3));
}
