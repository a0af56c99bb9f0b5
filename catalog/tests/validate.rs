//! `validate` against what it stands for: the readers of the events, and the exported schemas. It knows the descriptors only.
#![allow(clippy::unwrap_used, reason = "a test may")]

use catalog::{CATALOG, ReferenceEvent};
use event_cli::Env;
use event_core::meta::EventMeta;
use event_schema::{Contract, Form, Options, sample, schema};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The exit code, and the document.
fn validate(lines: &str, args: &[&str]) -> (u8, Value) {
    let args = ["validate", "--format", "json"].iter().chain(args).map(Into::into);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = event_cli::run_reading(&CATALOG, args, &mut lines.as_bytes(), &mut out, &mut err, &Env::default());
    assert!(err.is_empty(), "{}", String::from_utf8_lossy(&err));
    (code, serde_json::from_slice(&out).unwrap())
}

fn cloud_event(event: &EventMeta, data: &str) -> String {
    let data: Value = serde_json::from_str(data).unwrap();
    let kind = format!("{}.v{}", event.name.dotted, event.version);
    json!({ "specversion": "1.0", "id": "1", "source": "/shop", "type": kind, "data": data }).to_string()
}

#[test]
fn every_sample_in_every_form_is_valid() {
    let mut lines = Vec::new();
    for event in CATALOG.events() {
        for seed in 0..20 {
            let (line, envelope) = (sample::line(event, seed), sample::envelope(event, seed));
            lines.push(cloud_event(event, &sample::payload(event, seed)));
            lines.push(cloud_event(event, &envelope));
            lines.extend([line, envelope]);
        }
    }
    for contract in ["write", "read"] {
        let (code, said) = validate(&lines.join("\n"), &["--contract", contract]);
        assert_eq!(code, 0, "{:#}", said["findings"]);
        assert_eq!(said["summary"]["valid"], lines.len());
        let counted: u64 =
            said["summary"]["events"].as_array().unwrap().iter().map(|event| event["valid"].as_u64().unwrap()).sum();
        assert_eq!(counted, lines.len() as u64);
    }
}

/// The validators of what writers promise, by form and event.
static WRITTEN: LazyLock<HashMap<(bool, usize), jsonschema::Validator>> = LazyLock::new(|| {
    let mut validators = HashMap::new();
    for (at, event) in CATALOG.events().enumerate() {
        for (nested, form) in [(false, Form::Line), (true, Form::Envelope)] {
            let options = Options { contract: Contract::Write, form, ..Options::default() };
            let schema = schema(event, options).unwrap().to_value();
            let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
            validators.insert((nested, at), validator);
        }
    }
    validators
});

/// Something that may stand where something else should. No number with a fraction of zero: a schema takes it for an integer, a reader does not.
fn other_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![Just(-1_i64), Just(0), Just(1), Just(70_000), any::<i64>()].prop_map(Value::from),
        Just(json!(0.5)),
        prop_oneof![Just(""), Just("a"), Just("2026-11-21T00:00:00Z"), Just("info"), Just("12.50")]
            .prop_map(Value::from),
        Just(json!([])),
        Just(json!([1, "a"])),
        Just(json!({})),
        Just(json!({ "a": 1 })),
    ]
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value, pointer: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                places.push(pointer.clone());
                self::places(value, &pointer, places);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{at}");
                places.push(pointer.clone());
                self::places(value, &pointer, places);
            }
        }
        _ => {}
    }
}

#[derive(Clone, Debug)]
enum Change {
    Replace(Value),
    Remove,
    AddBeside,
}

/// Changes one place of a record; `None` where that would be another event.
fn changed(record: &Value, at: prop::sample::Index, change: &Change) -> Option<(Value, String)> {
    let mut all = Vec::new();
    places(record, "", &mut all);
    let pointer = at.get(&all).clone();
    if ["/event", "/version", "/event_type", "/event_version"].contains(&pointer.as_str()) {
        return None;
    }
    let mut record = record.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match change {
        Change::Replace(value) => *record.pointer_mut(&pointer).unwrap() = value.clone(),
        Change::Remove | Change::AddBeside => {
            let members = record.pointer_mut(parent).unwrap().as_object_mut()?;
            if matches!(change, Change::Remove) {
                members.remove(&key.replace("~1", "/").replace("~0", "~")).unwrap();
            } else {
                members.insert("not_declared".to_owned(), json!(1));
            }
        }
    }
    Some((record, pointer))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn what_is_valid_is_read_and_fits_the_schema(
        at: prop::sample::Index, seed in 0..40_u64, nested: bool, place: prop::sample::Index,
        change in prop_oneof![4 => other_value().prop_map(Change::Replace), 2 => Just(Change::Remove), 1 => Just(Change::AddBeside)],
    ) {
        let at = at.index(CATALOG.events().count());
        let event = CATALOG.events().nth(at).unwrap();
        let record = if nested { sample::envelope(event, seed) } else { sample::line(event, seed) };
        let Some((record, pointer)) = changed(&serde_json::from_str(&record).unwrap(), place, &change) else { return Ok(()) };
        let line = record.to_string();

        let (code, said) = validate(&line, &["--contract", "read"]);
        let read = ReferenceEvent::decode(&line);
        prop_assert_eq!(code == 0, read.is_ok(), "{}\n{:?}\n{:#}", line, read.err(), said["findings"]);

        let (code, said) = validate(&line, &["--contract", "write"]);
        let schema = &WRITTEN[&(nested, at)];
        let errors: Vec<_> = schema.iter_errors(&record).map(|error| format!("{}: {error}", error.instance_path())).collect();
        prop_assert_eq!(code == 0, errors.is_empty(), "{}\n{:?}\n{:#}", line, errors, said["findings"]);
        if code != 0 {
            // One change is told where it was made, or below or above it: at the variant that it makes impossible.
            let path = said["findings"][0]["path"].as_str().unwrap();
            let near = path.starts_with(&pointer) || pointer.starts_with(path) || path.rsplit_once('/').unwrap().0 == pointer.rsplit_once('/').unwrap().0;
            prop_assert!(near, "{} is told at {}", pointer, path);
        }
    }
}
