//! Emitted records match the exported schemas: every line and envelope of the example, with no
//! context and with all of it, and generated records of every event, by an independent validator,
//! against both contracts in both dialects. Records that differ are refused.
#![allow(clippy::unwrap_used, reason = "a test")]

#[allow(dead_code)]
#[path = "../../../examples/src/bin/checkout.rs"]
mod checkout;

use catalog::CATALOG;
use catalog::auth::{AuthLoginSuccess, emit_auth_login_success};
use catalog::context::CorrelationContext;
use catalog::request::{RequestReceived, emit_request_received};
use event_core::context::trace::TraceContext;
use event_core::context::{Actor, CausationId, CorrelationId};
use event_core::meta::EventMeta;
use event_core::record::{OwnedRecord, Record};
use event_core::{Emitter, Event, EventId, Level, Recorder, Sink, assert_emitted};
use event_schema::{Contract, Dialect, Options, Rendering, sample, schema};
use jsonschema::Validator;
use schema_compat::{Readers, Rules, Verdict};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};

const SEEDS: u64 = 40;
/// The renderings for sinks; both contain the payload.
const FORMS: [Rendering; 2] = [Rendering::Line, Rendering::Envelope];

type Validators = HashMap<(&'static str, u32), Validator>;

fn validators(rendering: Rendering, dialect: Dialect, contract: Contract) -> Validators {
    let options = Options { rendering, dialect, contract, ..Options::default() };
    let validator = |event: &'static EventMeta| {
        let schema = schema(event, options).expect("every event has a schema").to_value();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema);
        ((event.name.snake, event.version), validator.expect("a schema is one"))
    };
    CATALOG.events().map(validator).collect()
}

/// Every contract in every dialect, of both renderings.
fn every_contract() -> impl Iterator<Item = (Rendering, Dialect, Contract)> {
    let of_form = |rendering| {
        Dialect::ALL.into_iter().flat_map(move |dialect| {
            Contract::ALL.map(move |contract| (rendering, dialect, contract))
        })
    };
    FORMS.into_iter().flat_map(of_form)
}

fn assert_valid(validator: &Validator, value: &Value, context: &str) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{context}: {errors:#?} in {value:#}");
}

/// A sink that keeps its records.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<OwnedRecord>>>);

impl Sink for Kept {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        self.0.lock().unwrap().push(record.to_owned());
        Ok(())
    }
}

/// The example, and an event with a `correlation_id` in its context.
fn play() {
    checkout::play();
    let _request = CorrelationContext { correlation_id: "declared".into() }.enter();
    emit_request_received(RequestReceived { path: "/orders".into(), method: "GET".into() });
}

/// Plays the example with a default emitter.
fn plain() -> Vec<OwnedRecord> {
    let kept = Kept::default();
    let scope = Emitter::builder().level(Level::Debug).sink(kept.clone()).build().enter();
    play();
    drop(scope);
    kept.0.lock().unwrap().clone()
}

/// Plays the example with every possible context, and an emitter with every option.
fn full() -> Vec<OwnedRecord> {
    let kept = Kept::default();
    let builder =
        Emitter::builder().level(Level::Debug).sink(kept.clone()).ids_in_lines().service_pid();
    let builder = builder
        .service("checkout")
        .service_version("1.4.0")
        .environment("production")
        .service_host("web-1");
    let scope = builder.build().enter();
    let bound = [
        Actor::user("usr_7").session("ses_1").enter(),
        TraceContext::new_root().child().enter(),
        CorrelationId("ord \"☃\"".into()).enter(),
        CausationId::from(EventId::new()).enter(),
    ];
    play();
    drop(bound);
    drop(scope);
    kept.0.lock().unwrap().clone()
}

fn rendered(record: &OwnedRecord, rendering: Rendering) -> Value {
    let lent = record.record();
    serde_json::from_slice(if rendering == Rendering::Line { lent.line() } else { lent.envelope() })
        .unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a1_an_event_is_one_line_that_parses_and_is_valid() {
    let ((), recorder) = Recorder::capture(|| {
        emit_auth_login_success(AuthLoginSuccess {
            user_id: "usr_\n7".into(),
            duration_ms: Some(1.5),
        });
    });
    let lines = recorder.lines();
    assert!(lines.len() == 1 && !lines[0].contains('\n'), "{lines:?}");
    let line: Value = serde_json::from_str(&lines[0]).unwrap();
    for (rendering, dialect, contract) in
        every_contract().filter(|(rendering, ..)| *rendering == Rendering::Line)
    {
        let validator = &validators(rendering, dialect, contract)[&(AuthLoginSuccess::NAME, 1)];
        assert_valid(validator, &line, &format!("{dialect:?} {contract:?}"));
    }
    assert_emitted!(recorder, AuthLoginSuccess { user_id: "usr_\n7", duration_ms: 1.5 });
}

#[test]
fn every_record_of_the_example_is_valid() {
    for records in [plain(), full()] {
        assert_eq!(records.len(), 24);
        for (rendering, dialect, contract) in every_contract() {
            let validators = validators(rendering, dialect, contract);
            for record in &records {
                let validator = &validators[&(record.meta().name.snake, record.meta().version)];
                assert_valid(
                    validator,
                    &rendered(record, rendering),
                    &format!("{rendering:?} {dialect:?} {contract:?}"),
                );
            }
        }
    }
}

#[test]
fn everything_that_can_be_bound_is_in_the_full_example() {
    let records = full();
    let correlated = |record: &OwnedRecord| {
        rendered(record, Rendering::Envelope)["context"]["correlation_id"].clone()
    };
    assert_eq!(correlated(&records[0]), "ord \"☃\"");
    assert_eq!(correlated(&records[23]), "declared", "a declared field replaces the bound one");
    for record in records {
        let (line, envelope) =
            (rendered(&record, Rendering::Line), rendered(&record, Rendering::Envelope));
        for key in [
            "trace_id",
            "span_id",
            "parent_span_id",
            "correlation_id",
            "causation_id",
            "service",
            "service_version",
            "environment",
            "service_host",
            "service_pid",
        ] {
            assert!(!line[key].is_null() && line[key] == envelope["context"][key], "{key}: {line}");
        }
        for key in ["event_id", "sequence", "actor"] {
            assert!(!line[key].is_null() && line[key] == envelope[key], "{key}: {line}");
        }
    }
}

#[test]
fn b1_the_strong_envelope_has_exactly_its_keys() {
    let records = full();
    let submitted = records
        .iter()
        .find(|record| record.meta().name.dotted == "order.payment.submitted")
        .unwrap();
    let envelope = rendered(submitted, Rendering::Envelope);
    // `serde_json` sorts them.
    let of_the_record = [
        "actor",
        "context",
        "entity",
        "event_id",
        "event_type",
        "event_version",
        "level",
        "occurred_at",
        "payload",
        "recorded_at",
        "sequence",
    ];
    assert_eq!(keys(&envelope), of_the_record);
    assert_eq!(keys(&envelope["actor"]), ["id", "session_id", "type"]);
    assert_eq!(envelope["entity"], json!({"type": "order", "id": "ord_9f2c8a"}));
    let of_the_payload =
        ["after", "amount_cents", "before", "currency", "gateway", "idempotency_key", "order_id"];
    assert_eq!(keys(&envelope["payload"]), of_the_payload);
    for state in ["before", "after"] {
        assert_eq!(keys(&envelope["payload"][state]), ["payment_attempts", "status"]);
    }
    assert!(envelope["occurred_at"].as_str() <= envelope["recorded_at"].as_str());
}

fn sampled(event: &EventMeta, rendering: Rendering, seed: u64) -> Value {
    let text = if rendering == Rendering::Line {
        sample::line(event, seed)
    } else {
        sample::envelope(event, seed)
    };
    serde_json::from_str(&text).unwrap()
}

#[test]
fn generated_records_of_every_event_are_valid() {
    for (rendering, dialect, contract) in every_contract() {
        let validators = validators(rendering, dialect, contract);
        for event in CATALOG.events() {
            for seed in 0..SEEDS {
                let validator = &validators[&(event.name.snake, event.version)];
                let context = format!("{rendering:?} {dialect:?} {contract:?} seed {seed}");
                assert_valid(validator, &sampled(event, rendering, seed), &context);
            }
        }
    }
}

/// The keys of one rendering.
struct Names {
    rendering: Rendering,
    name: &'static str,
    version: &'static str,
    /// The place of the event's own fields.
    fields: &'static str,
    /// The other objects of the record, and the keys that a writer always writes in them.
    objects: &'static [(&'static str, &'static [&'static str])],
}

const NAMES: [Names; 2] = [
    Names {
        rendering: Rendering::Line,
        name: "event",
        version: "version",
        fields: "",
        objects: &[("", &["event", "version", "level", "timestamp"])],
    },
    Names {
        rendering: Rendering::Envelope,
        name: "event_type",
        version: "event_version",
        fields: "/payload",
        objects: &[
            (
                "",
                &[
                    "event_id",
                    "event_type",
                    "event_version",
                    "occurred_at",
                    "recorded_at",
                    "level",
                    "context",
                    "payload",
                ],
            ),
            ("/actor", &["type", "id"]),
            ("/entity", &["type", "id"]),
            ("/context", &[]),
            ("/payload", &[]),
        ],
    },
];

/// Proven by the checker, not by samples: every written record matches the schema for a registry.
#[test]
fn whatever_is_written_fits_what_a_registry_is_given() {
    for rendering in Rendering::ALL {
        for event in CATALOG.events() {
            let schema = |contract| {
                let options =
                    Options { rendering, dialect: Dialect::Draft07, contract, annotations: false };
                schema(event, options).unwrap().to_value()
            };
            let (write, locked) = (schema(Contract::Write), schema(Contract::Registry));
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

#[test]
fn records_that_say_something_else_are_not_valid() {
    for names in &NAMES {
        for dialect in Dialect::ALL {
            let [write, read] = [Contract::Write, Contract::Read]
                .map(|contract| validators(names.rendering, dialect, contract));
            for event in CATALOG.events() {
                let key = (event.name.snake, event.version);
                mutate(event, names, &write[&key], &read[&key]);
            }
        }
    }
}

fn mutate(event: &EventMeta, names: &Names, write: &Validator, read: &Validator) {
    let record = sampled(event, names.rendering, 0);
    let who = event.name.snake;
    let with = |at: &str, change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        let mut changed = record.clone();
        change(changed.pointer_mut(at).unwrap().as_object_mut().unwrap());
        (write.is_valid(&changed), read.is_valid(&changed))
    };
    let set = |at: &str, key: &str, value: Value| {
        with(at, &|object| drop(object.insert(key.to_owned(), value.clone())))
    };
    let without = |at: &str, key: &str| with(at, &|object| drop(object.remove(key)));

    assert_eq!(
        set("", names.name, json!("payment_proces_failed")),
        (false, false),
        "{who}: another name"
    );
    assert_eq!(
        set("", names.version, json!(event.version + 1)),
        (false, false),
        "{who}: another version"
    );
    for (at, always) in names.objects {
        let Some(object) = record.pointer(at).and_then(Value::as_object) else { continue };
        assert_eq!(
            set(at, "nobody_declared_this", json!(1)),
            (false, true),
            "{who}: an undeclared key in `{at}`"
        );
        for key in *always {
            assert!(!without(at, key).0, "{who}: without `{at}/{key}`");
        }
        // The types of fields are checked below; no key of the record is a list of lists.
        for key in object.keys().filter(|key| *at != names.fields || always.contains(&key.as_str()))
        {
            assert_eq!(
                set(at, key, json!([[]])),
                (false, false),
                "{who}: `{at}/{key}` of another type"
            );
        }
    }
    for field in event.fields() {
        // No field of the catalog is a list of lists, and the events of a batch may have any type.
        if field.name != "events" {
            let wrong = set(names.fields, field.name, json!([[]]));
            assert_eq!(wrong, (false, false), "{who}: `{}` of another type", field.name);
        }
        let expected = (!field.always_written(), !field.required());
        assert_eq!(without(names.fields, field.name), expected, "{who}: without `{}`", field.name);
    }
    for (group, is_needed) in event.context_groups() {
        let at = if names.rendering == Rendering::Line { "" } else { "/context" };
        for field in group.fields() {
            let expected = (!is_needed || !field.always_written(), true);
            assert_eq!(without(at, field.name), expected, "{who}: without `{}`", field.name);
        }
    }
}
