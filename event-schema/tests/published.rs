//! What a schema registry is given.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_core::meta::EventMeta;
use event_schema::compat::{self, Mode, Rules, Verdict};
use event_schema::{Contract, Dialect, Form, Options};
use serde_json::Value;

fn schema(event: &'static EventMeta, form: Form, contract: Contract) -> Value {
    let options = Options { dialect: Dialect::Draft07, form, contract, annotations: false };
    event_schema::schema(event, options).unwrap().to_value()
}

/// Opens every object that is closed in `published` and not in `read`, and counts them.
fn open(published: &mut Value, read: &Value) -> usize {
    let mut opened = 0;
    match (published, read) {
        (Value::Object(published), Value::Object(read)) => {
            if !read.contains_key("additionalProperties")
                && published.get("additionalProperties") == Some(&false.into())
            {
                published.remove("additionalProperties");
                opened += 1;
            }
            for (key, value) in published {
                opened += read.get(key).map_or(0, |read| open(value, read));
            }
        }
        (Value::Array(published), Value::Array(read)) => {
            opened += published
                .iter_mut()
                .zip(read)
                .map(|(published, read)| open(published, read))
                .sum::<usize>();
        }
        _ => {}
    }
    opened
}

#[test]
fn it_is_what_readers_accept_but_closed() {
    for form in Form::ALL {
        for event in fixture::CATALOG.events() {
            let read = schema(event, form, Contract::Read);
            let mut published = schema(event, form, Contract::Published);
            assert!(open(&mut published, &read) > 0);
            published["$id"] = read["$id"].clone();
            assert_eq!(published, read);
        }
    }
}

#[test]
fn whatever_is_written_fits_it() {
    for form in Form::ALL {
        for event in fixture::CATALOG.events() {
            let [write, published] = [Contract::Write, Contract::Published]
                .map(|contract| schema(event, form, contract));
            let report = compat::check(&write, &published, Mode::Backward, Rules::Semantic);
            assert_eq!(
                report.verdict,
                Verdict::Compatible,
                "{} {form:?}: {report:#?}",
                event.name.snake
            );
        }
    }
}
