//! A secret in every sensitive field of every event appears in no output.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod declared;
mod everywhere;
mod trace;

use catalog::task::TaskSucceeded;
use catalog::{CATALOG, ReferenceEvent};
use event_core::decode::Unknown;
use event_core::meta::shape::Shape;
use event_core::meta::{EventMeta, FieldMeta};
use event_core::record::Record;
use event_core::sink::{Background, Batches, Callback, FileLines, JsonLines, Memory};
use event_core::{Catalog, Emitter, EventId, Level, Recorder, assert_emitted};
use event_schema::{Contract, Dialect, Options, Rendering, sample, schema};
use event_tower::RequestContext;
use event_tracing::TracingSink;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const SECRET: &str = "5ecretplanted";

/// The outputs that may show a part of an event, by name. A new output is one line.
fn outputs(event: &ReferenceEvent, line: &str) -> Vec<(&'static str, String)> {
    vec![
        ("line", emitted(event, |record| record.line().to_vec())),
        ("envelope", emitted(event, |record| record.envelope().to_vec())),
        ("debug", format!("{event:?}")),
        ("pretty debug", format!("{event:#?}")),
        (
            "debug of what was decoded",
            format!("{:?}", ReferenceEvent::decode_with(line, Unknown::Refuse)),
        ),
        ("every sink", through_every_sink(event)),
        ("subscriber of `tracing`", subscribed(event)),
        ("buffer", buffered(event)),
        ("message of a panic", message(|| panic!("{event:?}"))),
        ("difference that the recorder shows", difference(event)),
    ]
}

/// The outputs made from the catalog, while the secret is in the process.
fn catalog_outputs() -> Vec<(String, String)> {
    let mut outputs = vec![
        ("list".to_owned(), command(&["list"])),
        ("list for tools".to_owned(), command(&["list", "--format", "json"])),
        ("explain".to_owned(), command(&["explain"])),
        ("debug of the catalog".to_owned(), format!("{CATALOG:?}")),
    ];
    for event in CATALOG.events() {
        let name = format!("{}@{}", event.name.snake, event.version);
        outputs.push((format!("show {name}"), command(&["show", &name])));
        outputs.push((
            format!("show {name} for tools"),
            command(&["show", &name, "--format", "json"]),
        ));
        for options in every_options() {
            let schema = schema(event, options).unwrap();
            outputs.push((format!("schema of {name}, {options:?}"), schema.to_string()));
        }
    }
    outputs
}

fn every_options() -> Vec<Options> {
    let mut all = Vec::new();
    for dialect in Dialect::ALL {
        for contract in Contract::ALL {
            for rendering in Rendering::ALL {
                all.extend([true, false].map(|annotations| Options {
                    dialect,
                    contract,
                    rendering,
                    annotations,
                }));
            }
        }
    }
    all
}

fn command(args: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = args.iter().map(Into::into);
    let code = event_cli::run(&CATALOG, args, &mut out, &mut err, &event_cli::Env::default());
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&err));
    out.append(&mut err);
    String::from_utf8(out).unwrap()
}

/// A rendering, with the secret also in the context.
fn emitted(event: &ReferenceEvent, render: fn(&Record<'_>) -> Vec<u8>) -> String {
    let _request = RequestContext {
        request_id: "req_1".into(),
        correlation_id: None,
        user_id: None,
        ip: Some(SECRET.into()),
    }
    .enter();
    let memory = Memory::new();
    let builder = Emitter::builder().level(Level::Trace).ignore_rates().on_incident(|_| {});
    event.emit_to(&mut builder.sink(memory.clone()).build());
    String::from_utf8(render(&memory.records()[0].record())).unwrap()
}

/// The content, the debug output and the flushed records of a buffer.
fn buffered(event: &ReferenceEvent) -> String {
    let memory = Memory::new();
    let builder = Emitter::builder().level(Level::Trace).ignore_rates().on_incident(|_| {});
    let mut buffer = builder.sink(memory.clone()).build().buffer();
    event.emit_to(&mut buffer);
    let held = format!("{buffer:?}");
    buffer.flush();
    format!("{held}{:?}", memory.records())
}

/// What an emitter's sinks receive and keep, and the emitter's reports.
fn through_every_sink(event: &ReferenceEvent) -> String {
    let (written, memory) = (Written::default(), Memory::new());
    let called = written.clone();
    let path = std::env::temp_dir().join(format!("planted-{}.ndjson", EventId::new()));
    let mut emitter = Emitter::builder()
        .level(Level::Trace)
        .on_incident(|_| {})
        .sink(JsonLines::new(written.clone()))
        .sink(JsonLines::new(written.clone()).envelopes())
        .sink(FileLines::open(&path).unwrap())
        .sink(Background::new(memory.clone()).unwrap())
        .sink(Batches::new(written.clone(), 10, Duration::from_secs(60)).unwrap())
        .sink(Callback::new(move |record| {
            called.0.lock().unwrap().extend(format!("{record:?}").bytes());
        }))
        .build();
    event.emit_to(&mut emitter);
    emitter.flush().unwrap();
    let file = fs::read_to_string(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    format!("{written}{file}{:?}{emitter:?}", memory.records())
}

/// What a subscriber of `tracing` writes of an event's name, target and fields.
fn subscribed(event: &ReferenceEvent) -> String {
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let builder = Emitter::builder().level(Level::Trace).ignore_rates().on_incident(|_| {});
    let mut emitter = builder.sink(TracingSink::new()).build();
    tracing::subscriber::with_default(subscriber, || event.emit_to(&mut emitter));
    let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains(r#""fields":{"event":""#), "{written}");
    written
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The message of a failed assertion about recorded events.
fn difference(event: &ReferenceEvent) -> String {
    let recorder = Recorder::new();
    let bound = recorder.enter();
    event.emit_to(&mut Emitter::current().unwrap());
    drop(bound);
    let message = message(|| assert_emitted!(recorder, TaskSucceeded { duration_ms: Some(0.125) }));
    format!("{message}{:?}", recorder.records())
}

fn message(panics: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(panics)).unwrap_err();
    panic.downcast_ref::<String>().unwrap().clone()
}

/// The output of `validate` for a line that does not match its declaration.
fn validated(line: &str, format: &str) -> String {
    validated_by(&CATALOG, line, format)
}

fn validated_by(catalog: &'static Catalog, line: &str, format: &str) -> String {
    let args = ["validate", "--format", format].into_iter().map(Into::into);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let env = event_cli::Env::default();
    let code =
        event_cli::run_reading(catalog, args, &mut line.as_bytes(), &mut out, &mut err, &env);
    out.append(&mut err);
    let said = String::from_utf8(out).unwrap();
    assert_eq!(code, 100, "{said}");
    said
}

fn is_sensitive(field: &FieldMeta) -> bool {
    field.sensitivity.is_some()
}

/// A line of the event with `value` in the field.
fn plant(line: &mut Value, field: &FieldMeta, value: &Value) {
    let is_map = matches!(field.shape.bare(), Shape::Map(_));
    line[field.name] = if is_map { json!({ "key": value }) } else { value.clone() };
}

fn sample_of(event: &EventMeta) -> Value {
    serde_json::from_str(&sample::line(event, 0)).unwrap()
}

fn assert_hidden(name: &str, output: &str) {
    assert!(!output.is_empty(), "{name} is an output");
    assert!(!output.contains(SECRET), "{name}: {output}");
}

#[test]
fn a6_no_output_holds_what_a_sensitive_field_holds() {
    let mut planted = 0;
    for meta in CATALOG.events() {
        let mut line = sample_of(meta);
        for field in meta.fields().into_iter().filter(|field| is_sensitive(field)) {
            plant(&mut line, field, &json!(format!("{SECRET}@example.com")));
            planted += 1;
        }
        let line = line.to_string();
        let event = ReferenceEvent::decode(&line).unwrap();
        for (name, output) in outputs(&event, &line) {
            assert_hidden(&format!("{name} of {}", meta.name.snake), &output);
        }
    }
    assert!(planted >= 8, "only {planted} sensitive fields are left in the catalog");
    for (name, output) in catalog_outputs() {
        assert_hidden(&name, &output);
    }
}

#[test]
fn a6_no_error_of_decoding_holds_what_a_sensitive_field_holds() {
    let mut refused = 0;
    for meta in CATALOG.events() {
        for field in meta.fields().into_iter().filter(|field| is_sensitive(field)) {
            for wrong in [
                json!([[SECRET]]),
                json!({ "key": { "key": SECRET } }),
                json!([SECRET, 1, { "a": SECRET }]),
            ] {
                let mut line = sample_of(meta);
                line[field.name] = wrong;
                let whole = line.to_string();
                // Cut off after the secret, the line is not even JSON.
                let cut = whole.rfind(SECRET).unwrap() + SECRET.len();
                for line in [whole.as_str(), &whole[..cut]] {
                    let error = ReferenceEvent::decode(line).unwrap_err();
                    assert_hidden(field.name, &format!("{error} {error:?} {error:#?}"));
                    for format in ["human", "github", "json", "sarif"] {
                        assert_hidden(field.name, &validated(line, format));
                    }
                    refused += 1;
                }
            }
        }
    }
    assert!(refused >= 48, "only {refused} lines were refused");
}

/// Keys inside a sensitive field are as sensitive as the values.
#[test]
fn a6_no_finding_holds_a_key_within_a_sensitive_field() {
    for meta in CATALOG.events() {
        for field in meta.fields().into_iter().filter(|field| is_sensitive(field)) {
            let mut line = sample_of(meta);
            line[field.name] = json!({ SECRET: { SECRET: 1 } });
            assert_hidden(field.name, &validated(&line.to_string(), "json"));
            // A repeated key, which a `Value` cannot have.
            line[field.name] = json!("TWICE");
            let twice = format!(r#"{{"{SECRET}":"x","{SECRET}":"x"}}"#);
            let line = line.to_string().replace(r#""TWICE""#, &twice);
            assert_hidden(field.name, &validated(&line, "json"));
            let error = ReferenceEvent::decode(&line).unwrap_err();
            assert_hidden(field.name, &format!("{error} {error:?}"));
        }
    }
}

/// The same text in a field that is not sensitive is found in every output of an event: the tests
/// above can fail.
#[test]
fn a6_what_is_not_sensitive_is_found() {
    let meta = CATALOG.find("cache_miss").unwrap();
    let mut line = sample_of(meta);
    line["key"] = json!(SECRET);
    let line = line.to_string();
    for (name, output) in outputs(&ReferenceEvent::decode(&line).unwrap(), &line) {
        assert!(output.contains(SECRET), "{name}: {output}");
    }
}
