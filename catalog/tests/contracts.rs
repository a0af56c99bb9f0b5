//! What is emitted is what the exported schemas say: every line of the example and generated lines of every event, by an independent validator, against both
//! contracts in both dialects. Lines that say something else fail.

#[allow(dead_code)]
#[path = "../examples/checkout.rs"]
mod checkout;

use catalog::CATALOG;
use event_core::Capture;
use event_core::meta::EventMeta;
use event_schema::{Contract, Dialect, Options, sample, schema_in};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::HashMap;

const SEEDS: u64 = 40;

fn validators(dialect: Dialect, contract: Contract) -> HashMap<(&'static str, u32), Validator> {
    let options = Options { dialect, contract, ..Options::default() };
    let validator = |event: &'static EventMeta| {
        let schema = schema_in(&CATALOG, event, options).expect("every event has a schema").to_value();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema);
        ((event.name.snake, event.version), validator.expect("a schema is one"))
    };
    CATALOG.events().map(validator).collect()
}

fn every_contract() -> impl Iterator<Item = (Dialect, Contract)> {
    Dialect::ALL.into_iter().flat_map(|dialect| Contract::ALL.map(|contract| (dialect, contract)))
}

fn assert_valid(validator: &Validator, line: &Value, context: &str) {
    let errors: Vec<String> = validator.iter_errors(line).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{context}: {errors:#?} in {line:#}");
}

#[test]
fn every_line_of_the_example_is_valid() {
    let capture = Capture::new();
    let scope = capture.enter();
    checkout::play();
    drop(scope);
    let records = capture.records();
    assert_eq!(records.len(), 23);
    for (dialect, contract) in every_contract() {
        let validators = validators(dialect, contract);
        for record in &records {
            let line: Value = serde_json::from_str(&record.line).unwrap();
            let validator = &validators[&(record.meta.name.snake, record.meta.version)];
            assert_valid(validator, &line, &format!("{dialect:?} {contract:?}"));
        }
    }
}

#[test]
fn generated_lines_of_every_event_are_valid() {
    for (dialect, contract) in every_contract() {
        let validators = validators(dialect, contract);
        for event in CATALOG.events() {
            for seed in 0..SEEDS {
                let line: Value = serde_json::from_str(&sample::line(event, seed)).unwrap();
                let validator = &validators[&(event.name.snake, event.version)];
                assert_valid(validator, &line, &format!("{dialect:?} {contract:?} seed {seed}"));
            }
        }
    }
}

#[test]
fn lines_that_say_something_else_are_not() {
    for dialect in Dialect::ALL {
        let (write, read) = (validators(dialect, Contract::Write), validators(dialect, Contract::Read));
        for event in CATALOG.events() {
            let key = (event.name.snake, event.version);
            let line: Value = serde_json::from_str(&sample::line(event, 0)).unwrap();
            let (write, read) = (&write[&key], &read[&key]);

            let mut strange = line.clone();
            strange["nobody_declared_this"] = json!(1);
            assert!(!write.is_valid(&strange) && read.is_valid(&strange), "{key:?}: an undeclared key");

            let mut renamed = line.clone();
            renamed["event"] = json!("payment_proces_failed");
            assert!(!write.is_valid(&renamed) && !read.is_valid(&renamed), "{key:?}: another name");

            let mut newer = line.clone();
            newer["version"] = json!(event.version + 1);
            assert!(!write.is_valid(&newer) && !read.is_valid(&newer), "{key:?}: another version");

            for field in event.fields() {
                let mut wrong = line.clone();
                // No field of the catalog is a list of lists.
                wrong[field.name] = json!([[]]);
                let any = matches!(field.name, "events");
                assert!(
                    any || !write.is_valid(&wrong) && !read.is_valid(&wrong),
                    "{key:?}: `{}` of another type",
                    field.name
                );

                let mut without = line.clone();
                without.as_object_mut().unwrap().remove(field.name);
                assert_eq!(write.is_valid(&without), !field.always_written(), "{key:?}: without `{}`", field.name);
                assert_eq!(read.is_valid(&without), !field.required(), "{key:?}: without `{}`", field.name);
            }
        }
    }
}
