//! Compares `validate`, which has only the descriptors, with the readers of the events and with the
//! exported schemas.
#![allow(
    missing_docs,
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::struct_excessive_bools,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

mod forms;
mod mutation;
mod verdicts;

use catalog::ReferenceEvent;
use event_cli::Env;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_schema::{Contract, Options, Rendering, sample, schema};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A catalog, its reader, and the validators of its write contract, by rendering and event.
struct Subject {
    catalog: &'static Catalog,
    reads: fn(&str) -> bool,
    written: HashMap<(bool, usize), jsonschema::Validator>,
}

static REFERENCE: LazyLock<Subject> =
    LazyLock::new(|| Subject::new(&catalog::CATALOG, |line| ReferenceEvent::decode(line).is_ok()));
static FORMS: LazyLock<Subject> =
    LazyLock::new(|| Subject::new(&forms::CATALOG, |line| forms::AnyForm::decode(line).is_ok()));

impl Subject {
    fn new(catalog: &'static Catalog, reads: fn(&str) -> bool) -> Self {
        let mut written = HashMap::new();
        for (at, event) in catalog.events().enumerate() {
            for (nested, rendering) in [(false, Rendering::Line), (true, Rendering::Envelope)] {
                let options =
                    Options { contract: Contract::Write, rendering, ..Options::default() };
                let schema = schema(event, options).unwrap().to_value();
                let validator =
                    jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
                written.insert((nested, at), validator);
            }
        }
        Self { catalog, reads, written }
    }
}

/// The exit code and the JSON document.
fn validate(catalog: &'static Catalog, lines: &str, args: &[&str]) -> (u8, Value) {
    let args = ["validate", "--format", "json"].iter().chain(args).map(Into::into);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = event_cli::run_reading(
        catalog,
        args,
        &mut lines.as_bytes(),
        &mut out,
        &mut err,
        &Env::default(),
    );
    assert!(err.is_empty(), "{}", String::from_utf8_lossy(&err));
    (code, serde_json::from_slice(&out).unwrap())
}

fn cloud_event(event: &EventMeta, data: &str) -> String {
    let data: Value = serde_json::from_str(data).unwrap();
    let kind = format!("{}.v{}", event.name.dotted, event.version);
    json!({ "specversion": "1.0", "id": "1", "source": "/shop", "type": kind, "data": data })
        .to_string()
}

#[test]
fn every_sample_in_every_form_is_valid() {
    for subject in [&REFERENCE, &FORMS] {
        let mut lines = Vec::new();
        for event in subject.catalog.events() {
            for seed in 0..20 {
                let (line, envelope) = (sample::line(event, seed), sample::envelope(event, seed));
                lines.push(cloud_event(event, &sample::payload(event, seed)));
                lines.push(cloud_event(event, &envelope));
                lines.extend([line, envelope]);
            }
        }
        for contract in ["write", "read"] {
            let (code, said) =
                validate(subject.catalog, &lines.join("\n"), &["--contract", contract]);
            assert_eq!(code, 0, "{:#}", said["findings"]);
            assert_eq!(said["summary"]["valid"], lines.len());
            let events = said["summary"]["events"].as_array().unwrap();
            assert_eq!(
                events.iter().map(|event| event["valid"].as_u64().unwrap()).sum::<u64>(),
                lines.len() as u64
            );
        }
    }
}

/// A value to put in the place of another value.
fn other_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![Just(-1_i64), Just(0), Just(1), Just(70_000), any::<i64>()]
            .prop_map(Value::from),
        prop_oneof![Just(0.5), Just(-0.0), Just(1.0), Just(100.0)].prop_map(Value::from),
        prop_oneof![Just(""), Just("a"), Just("2026-11-21T00:00:00Z"), Just("info"), Just("12.50")]
            .prop_map(Value::from),
        Just(json!([])),
        Just(json!([1, "a"])),
        Just(json!({})),
        Just(json!({ "a": 1 })),
        proptest::sample::select(TAGGED).prop_map(|json| serde_json::from_str(json).unwrap()),
    ]
}

/// Values that read as a variant in one of [`forms`], or almost.
const TAGGED: &[&str] = &[
    r#""Unit""#,
    r#""Newtype""#,
    r#""two""#,
    r#""deux""#,
    r#""dix""#,
    r#"{"Unit":1}"#,
    r#"{"Unit":null}"#,
    r#"{"Unit":{"first":"a"}}"#,
    r#"{"More":1}"#,
    r#"{"New":{"first":"a"}}"#,
    r#"{"two":{"first":"a"}}"#,
    r#"{"dix":null}"#,
    r#"{"Newtype":7}"#,
    r#"{"Newtype":-7}"#,
    r#"{"Newtype":7,"Unit":1}"#,
    r#"{"Old":{"first":"a","nick":null}}"#,
    r#"{"Struct":{"first":"a"}}"#,
    r#"{"kind":"OnTime"}"#,
    r#"{"kind":"OnTime","minutes":1}"#,
    r#"{"kind":"Late","minutes":3}"#,
    r#"{"kind":"Late","minutes":3,"why":null}"#,
    r#"{"kind":"Late","why":"snow"}"#,
    r#"{"kind":7}"#,
    r#"{"t":"Nothing"}"#,
    r#"{"t":"Nothing","c":1}"#,
    r#"{"t":"Nothing","c":null}"#,
    r#"{"t":"Nothing","c":{}}"#,
    r#"{"t":"Nothing","more":1}"#,
    r#"{"t":"More","c":[1]}"#,
    r#"{"t":"New","c":{"code":1}}"#,
    r#"{"t":"Text","c":"a"}"#,
    r#"{"t":"Text"}"#,
    r#"{"t":"Fields","c":{"code":1,"more":2}}"#,
    r#"{"t":"Fields","c":[]}"#,
    "[1,2]",
    "[1,2,3]",
    "[300,2,3]",
    r#"[1,"a"]"#,
    r#""203.0.113.7""#,
    r#""::1""#,
];

/// Every place in a value, as a JSON pointer.
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

/// Changes one place of a record; `None` if that would be another event.
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

fn what_is_valid_is_read_and_fits_the_schema(
    subject: &Subject,
    at: usize,
    seed: u64,
    nested: bool,
    place: prop::sample::Index,
    change: &Change,
) {
    let event = subject.catalog.events().nth(at).unwrap();
    let record = if nested { sample::envelope(event, seed) } else { sample::line(event, seed) };
    let Some((record, pointer)) = changed(&serde_json::from_str(&record).unwrap(), place, change)
    else {
        return;
    };
    let line = record.to_string();

    let (code, said) = validate(subject.catalog, &line, &["--contract", "read"]);
    assert_eq!(code == 0, (subject.reads)(&line), "{line}\n{:#}", said["findings"]);

    let (code, said) = validate(subject.catalog, &line, &["--contract", "write"]);
    let schema = &subject.written[&(nested, at)];
    let errors: Vec<_> = schema
        .iter_errors(&record)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(code == 0, errors.is_empty(), "{line}\n{errors:?}\n{:#}", said["findings"]);
    if code != 0 {
        // One change is reported where it was made, or below or above it: at the variant that no
        // longer matches.
        let path = said["findings"][0]["path"].as_str().unwrap();
        let siblings = path.rsplit_once('/').unwrap().0 == pointer.rsplit_once('/').unwrap().0;
        assert!(
            path.starts_with(&pointer) || pointer.starts_with(path) || siblings,
            "{pointer} is reported at {path}"
        );
    }
}

/// Every variant, or an almost correct one, in every place: random tests would take long to cover
/// them all.
#[test]
fn of_every_form_with_every_variant() {
    let event = FORMS.catalog.events().next().unwrap();
    let record: Value = serde_json::from_str(&sample::line(event, 1)).unwrap();
    let mut all = Vec::new();
    places(&record, "", &mut all);
    all.retain(|pointer| !["/event", "/version"].contains(&pointer.as_str()));
    let mut records = Vec::new();
    for pointer in &all {
        for json in TAGGED {
            let mut record = record.clone();
            *record.pointer_mut(pointer).unwrap() = serde_json::from_str(json).unwrap();
            records.push(record);
        }
    }
    let lines: Vec<_> = records.iter().map(Value::to_string).collect();
    for contract in ["write", "read"] {
        let (_, said) = validate(
            FORMS.catalog,
            &lines.join("\n"),
            &["--contract", contract, "--limit", "100000"],
        );
        let refused: HashSet<u64> = said["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == "error")
            .map(|finding| finding["line"].as_u64().unwrap())
            .collect();
        for ((number, line), record) in (1..).zip(&lines).zip(&records) {
            let fits = if contract == "read" {
                (FORMS.reads)(line)
            } else {
                FORMS.written[&(false, 0)].is_valid(record)
            };
            assert_eq!(!refused.contains(&number), fits, "{contract}: {line}");
        }
    }
}

/// A reader stops at the first mistake, and uses the same words as `validate`.
#[test]
fn content_of_a_unit_variant_is_refused_in_the_words_of_the_reader() {
    let event = FORMS.catalog.events().next().unwrap();
    let record: Value = serde_json::from_str(&sample::line(event, 1)).unwrap();
    for (field, json, path, said) in [
        ("external", r#"{"Unit":{"first":"a"}}"#, "external.Unit", "expected its name as text"),
        ("adjacent", r#"{"t":"Nothing","c":{"code":1}}"#, "adjacent.c", "expected no content"),
    ] {
        let mut record = record.clone();
        record[field] = serde_json::from_str(json).unwrap();
        let line = record.to_string();
        let error = forms::AnyForm::decode(&line).err().unwrap().to_string();
        assert_eq!(
            error,
            format!("event `form_fill` v1: `{path}`: the variant holds nothing: {said}")
        );
        let (_, found) = validate(FORMS.catalog, &line, &["--contract", "read"]);
        assert_eq!(found["findings"][0]["path"], format!("/{}", path.replace('.', "/")));
        assert!(
            found["findings"][0]["message"]
                .as_str()
                .unwrap()
                .ends_with(&format!("holds nothing: {said}")),
            "{found}"
        );
    }
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![4 => other_value().prop_map(Change::Replace), 2 => Just(Change::Remove), 1 => Just(Change::AddBeside)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn of_the_reference_catalog(at: prop::sample::Index, seed in 0..40_u64, nested: bool, place: prop::sample::Index, change in change()) {
        let at = at.index(REFERENCE.catalog.events().count());
        what_is_valid_is_read_and_fits_the_schema(&REFERENCE, at, seed, nested, place, &change);
    }

    #[test]
    fn of_every_form(seed in 0..400_u64, nested: bool, place: prop::sample::Index, change in change()) {
        what_is_valid_is_read_and_fits_the_schema(&FORMS, 0, seed, nested, place, &change);
    }
}
