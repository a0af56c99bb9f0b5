//! What a schema registry is given.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_core::meta::EventMeta;
use event_schema::{Contract, Dialect, Options, Rendering};
use schema_compat::{Readers, Rules, Verdict};
use serde_json::Value;

fn schema(event: &'static EventMeta, rendering: Rendering, contract: Contract) -> Value {
    let options = Options { dialect: Dialect::Draft07, rendering, contract, annotations: false };
    event_schema::schema(event, options).unwrap().to_value()
}

/// Opens every object that is closed in `registry` and not in `read`, and counts them.
fn open(locked: &mut Value, read: &Value) -> usize {
    let mut opened = 0;
    match (locked, read) {
        (Value::Object(locked), Value::Object(read)) => {
            if !read.contains_key("additionalProperties")
                && locked.get("additionalProperties") == Some(&false.into())
            {
                locked.remove("additionalProperties");
                opened += 1;
            }
            for (key, value) in locked {
                opened += read.get(key).map_or(0, |read| open(value, read));
            }
        }
        (Value::Array(locked), Value::Array(read)) => {
            opened +=
                locked.iter_mut().zip(read).map(|(locked, read)| open(locked, read)).sum::<usize>();
        }
        _ => {}
    }
    opened
}

#[test]
fn it_is_what_readers_accept_but_closed() {
    for rendering in Rendering::ALL {
        for event in fixture::CATALOG.events() {
            let read = schema(event, rendering, Contract::Read);
            let mut locked = schema(event, rendering, Contract::Registry);
            assert!(open(&mut locked, &read) > 0);
            locked["$id"] = read["$id"].clone();
            assert_eq!(locked, read);
        }
    }
}

#[test]
fn whatever_is_written_fits_it() {
    for rendering in Rendering::ALL {
        for event in fixture::CATALOG.events() {
            let [write, locked] = [Contract::Write, Contract::Registry]
                .map(|contract| schema(event, rendering, contract));
            let report = schema_compat::check(&write, &locked, Readers::New, Rules::Semantic);
            assert_eq!(
                report.verdict,
                Verdict::Compatible,
                "{} {rendering:?}: {report:#?}",
                event.name.snake
            );
        }
    }
}
