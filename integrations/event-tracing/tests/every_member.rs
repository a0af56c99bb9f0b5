//! Every member of a record is a field, whatever the event declares.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

mod captured;

use captured::{Capture, Value};
use event_core::context::trace::TraceContext;
use event_core::context::{Actor, CorrelationId};
use event_core::{Emit, Emitter, Level, Recorder, Str, Wide, events};
use event_tracing::TracingSink;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use tracing::subscriber::with_default;
use tracing_subscriber::Registry;
use tracing_subscriber::layer::SubscriberExt;

events!(
    #[domain]
    pub enum Request {
        Handle,
        Sample,
        Name,
    }

    #[group]
    pub struct UserContribution<'a> {
        pub user_id: Str<'a>,
        pub debt_cents: i64,
    }

    #[group]
    pub struct ChatContribution<'a> {
        #[field(rename = "chat\"Id")]
        pub chat_id: Str<'a>,
        pub words: u64,
    }

    #[group(context)]
    pub struct FlowContext<'a> {
        pub correlation_id: Str<'a>,
        pub step: i32,
    }

    #[event(info, wide(UserContribution, ChatContribution))]
    pub struct RequestHandleFinished<'a> {
        pub path: Str<'a>,
        pub code: u16,
    }

    #[event(info, sample = 1 / 1_000_000)]
    pub struct RequestSampleFinished {
        pub n: u8,
    }

    /// Names that are taken elsewhere, and more fields than an array of `tracing` has.
    #[event(critical, context(FlowContext))]
    pub struct RequestNameFailed {
        pub event_level: i64,
        pub target: String,
        pub message: String,
        pub r#type: i16,
        pub numbers: BTreeMap<String, f64>,
        pub f01: u8,
        pub f02: u8,
        pub f03: u8,
        pub f04: u8,
        pub f05: u8,
        pub f06: u8,
        pub f07: u8,
        pub f08: u8,
        pub f09: u8,
        pub f10: u8,
        pub f11: u8,
        pub f12: u8,
        pub f13: u8,
        pub f14: u8,
        pub f15: u8,
        pub f16: u8,
        pub f17: u8,
        pub f18: u8,
        pub f19: u8,
        pub f20: u8,
        pub f21: u8,
        pub f22: u8,
        pub f23: u8,
        pub f24: u8,
        pub f25: u8,
        pub f26: u8,
        pub f27: u8,
        pub f28: u8,
        pub f29: u8,
        pub f30: u8,
    }
);

/// The value as the line has it.
fn json(value: &Value) -> Json {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::I64(value) => (*value).into(),
        Value::U64(value) => (*value).into(),
        Value::F64(value) => (*value).into(),
        Value::Str(value) | Value::Debug(value) => value.as_str().into(),
    }
}

/// What `emit` emits, once as lines and once as fields.
fn both(emit: impl FnOnce(&Emitter)) -> Vec<(BTreeMap<String, Json>, BTreeMap<String, Json>)> {
    let (capture, recorder) = (Capture::default(), Recorder::new());
    let emitter = Emitter::builder()
        .service("shop")
        .service_version("1.2.3")
        .level(Level::Trace)
        .ignore_rates()
        .sink(TracingSink::new().cap_level(Level::Critical))
        .sink(recorder.clone())
        .build();
    with_default(Registry::default().with(capture.clone()), || {
        let _scope = emitter.enter();
        emit(&emitter);
    });
    let line = |line: &String| serde_json::from_str(line).unwrap();
    let fields = |event: captured::Captured| {
        let fields = event.fields.iter().map(|(name, value)| ((*name).to_owned(), json(value)));
        let all: BTreeMap<_, _> = fields.collect();
        assert_eq!(all.len(), event.fields.len(), "a field is there twice: {event:?}");
        all
    };
    recorder.lines().iter().map(line).zip(capture.take().into_iter().map(fields)).collect()
}

/// Each field has the value of the line's member; lists and objects as text.
fn assert_same(mut line: BTreeMap<String, Json>, mut fields: BTreeMap<String, Json>) {
    for key in ["level", "timestamp", "service", "service_version"] {
        assert!(line.remove(key).is_some(), "{key}");
    }
    line.retain(|_, value| !value.is_null());
    for (key, value) in &line {
        if value.is_object() || value.is_array() {
            let text = fields.get(key).and_then(Json::as_str).unwrap();
            let read = serde_json::from_str(text).unwrap();
            fields.insert(key.clone(), read);
        }
    }
    assert_eq!(fields, line);
}

#[test]
fn the_members_of_a_unit_of_work_are_fields() {
    let records = both(|_| {
        let unit = RequestHandleFinished::unit(|| RequestHandleFinished {
            path: "/chat".into(),
            code: 499,
        });
        unit.add(&ChatContribution { chat_id: "cht_1".into(), words: 90 });
        unit.add(&UserContribution { user_id: "u_1".into(), debt_cents: 5 });
        drop(unit);
        RequestHandleFinished { path: "/".into(), code: 200 }.emit();
        RequestSampleFinished { n: 1 }.emit();
    });
    assert_eq!(records.len(), 3);
    for (line, fields) in records.clone() {
        assert_same(line, fields);
    }
    assert_eq!(records[0].1["incomplete"], true);
    assert_eq!(records[0].1["chat\"Id"], "cht_1");
    assert_eq!(records[2].1["sample_rate"], 1.0);
}

#[test]
fn the_members_of_an_event_are_fields_whatever_their_names() {
    let event = RequestNameFailed {
        event_level: -3,
        target: "\u{1F600} \"quoted\"\n".to_owned(),
        message: "refused".to_owned(),
        r#type: 4,
        numbers: [("a".to_owned(), 0.5)].into(),
        f01: 1,
        f02: 2,
        f03: 3,
        f04: 4,
        f05: 5,
        f06: 6,
        f07: 7,
        f08: 8,
        f09: 9,
        f10: 10,
        f11: 11,
        f12: 12,
        f13: 13,
        f14: 14,
        f15: 15,
        f16: 16,
        f17: 17,
        f18: 18,
        f19: 19,
        f20: 20,
        f21: 21,
        f22: 22,
        f23: 23,
        f24: 24,
        f25: 25,
        f26: 26,
        f27: 27,
        f28: 28,
        f29: 29,
        f30: 30,
    };
    let trace = TraceContext::new_root().child();
    let records = both(|emitter| {
        let _trace = trace.enter();
        let _actor = Actor::user("u_1").enter();
        let _correlation = CorrelationId("flow-0".into()).enter();
        let _flow = FlowContext { correlation_id: "flow-1".into(), step: -1 }.enter();
        emitter.emit(&event);
    });
    let [(line, fields)] = &records[..] else { panic!("{records:?}") };
    assert_same(line.clone(), fields.clone());
    assert_eq!((&fields["correlation_id"], &fields["f30"]), (&"flow-1".into(), &30.into()));
    assert_eq!(fields["parent_span_id"], trace.parent_span_id().unwrap().to_string());
}
