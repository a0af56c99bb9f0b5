//! Events through the logs API of the crate `opentelemetry`, and its current span on events, with the
//! SDK of the OpenTelemetry project.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use event_core::context::Actor;
use event_core::context::trace::TraceContext;
use event_core::sink::Memory;
use event_core::{Emitter, Level, Timestamp, events};
use event_otel::{LoggerSink, current_trace};
use opentelemetry::logs::{AnyValue, LoggerProvider as _, Severity};
use opentelemetry::trace::{TraceContextExt as _, Tracer as _, TracerProvider as _};
use opentelemetry::{Context, Key};
use opentelemetry_sdk::logs::{InMemoryLogExporter, SdkLogRecord, SdkLoggerProvider};
use opentelemetry_sdk::trace::SdkTracerProvider;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::{Duration, SystemTime};

events!(
    #[domain]
    pub enum Order {
        Place,
        Ship,
    }

    #[event(warning)]
    pub struct OrderPlaceRejected {
        pub truth: bool,
        pub whole: i64,
        pub large: u64,
        pub double: f64,
        pub maybe: Option<u8>,
        pub any: Value,
    }

    #[event(trace)]
    pub struct OrderShipStarted {}

    #[event(debug)]
    pub struct OrderShipRequested {}

    #[event(info)]
    pub struct OrderShipCompleted {}

    #[event(error)]
    pub struct OrderShipFailed {}

    #[event(critical)]
    pub struct OrderPlaceFailed {}
);

fn logged(time: i64, emit: impl FnOnce(&Emitter)) -> Vec<SdkLogRecord> {
    let exporter = InMemoryLogExporter::default();
    let provider = SdkLoggerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let sink = LoggerSink::new(provider.logger("shop"));
    let time = Timestamp::from_micros(time);
    let builder = Emitter::builder().service("shop").level(Level::Trace).clock(move || time);
    emit(&builder.trace_source(current_trace).sink(sink).build());
    exporter.get_emitted_logs().unwrap().into_iter().map(|log| log.record).collect()
}

fn rejected() -> OrderPlaceRejected {
    let any = json!({ "a": [1, null, { "b": 2.5 }], "none": null });
    OrderPlaceRejected { truth: true, whole: -3, large: u64::MAX, double: 0.1, maybe: None, any }
}

fn attributes(log: &SdkLogRecord) -> Vec<(String, AnyValue)> {
    log.attributes_iter().map(|(key, value)| (key.to_string(), value.clone())).collect()
}

fn map(entries: impl IntoIterator<Item = (&'static str, AnyValue)>) -> AnyValue {
    let entries: HashMap<_, _> =
        entries.into_iter().map(|(key, value)| (Key::from(key), value)).collect();
    AnyValue::Map(Box::new(entries))
}

#[test]
fn a_record_has_its_name_its_times_and_typed_attributes() {
    let logs = logged(1_500_000, |emitter| {
        let _actor = Actor::user("u_1").enter();
        emitter.emit(&rejected());
    });
    let log = &logs[0];
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
    assert_eq!(log.event_name(), Some("order_place_rejected"));
    assert_eq!((log.timestamp(), log.observed_timestamp()), (Some(time), Some(time)));
    assert_eq!(
        (log.severity_number(), log.severity_text()),
        (Some(Severity::Warn), Some("warning"))
    );
    let mut attributes = attributes(log);
    let (key, uid) = attributes.remove(0);
    assert_eq!(key, "log.record.uid");
    assert!(matches!(uid, AnyValue::String(text) if text.as_str().len() == 36));
    let actor = map([("type", "user".into()), ("id", "u_1".into())]);
    let list = AnyValue::ListAny(Box::new(vec![1_i64.into(), map([("b", 2.5.into())])]));
    let expected: [(&str, AnyValue); 7] = [
        ("version", 1_i64.into()),
        ("actor", actor),
        ("truth", true.into()),
        ("whole", (-3_i64).into()),
        ("large", u64::MAX.to_string().into()),
        ("double", 0.1.into()),
        ("any", map([("a", list)])),
    ];
    assert_eq!(attributes, expected.map(|(key, value)| (key.to_owned(), value)));
}

#[test]
fn levels_are_severities() {
    let logs = logged(1, |emitter| {
        emitter.emit(&OrderShipStarted {});
        emitter.emit(&OrderShipRequested {});
        emitter.emit(&OrderShipCompleted {});
        emitter.emit(&rejected());
        emitter.emit(&OrderShipFailed {});
        emitter.emit(&OrderPlaceFailed {});
    });
    let severities: Vec<_> = logs.iter().filter_map(SdkLogRecord::severity_number).collect();
    let expected = [
        Severity::Trace,
        Severity::Debug,
        Severity::Info,
        Severity::Warn,
        Severity::Error,
        Severity::Fatal,
    ];
    assert_eq!(severities, expected);
}

#[test]
fn a_time_without_a_number_is_an_attribute() {
    let log = logged(-1, |emitter| emitter.emit(&OrderShipCompleted {})).remove(0);
    assert_eq!(log.timestamp(), None);
    let time = "1969-12-31T23:59:59.999999Z".into();
    assert!(attributes(&log).contains(&("timestamp".to_owned(), time)));
}

#[test]
fn the_current_span_is_on_the_event_and_a_bound_trace_is_before_it() {
    let provider = SdkTracerProvider::builder().build();
    let span = provider.tracer("shop").start("checkout");
    let bound = TraceContext::new_root();
    assert_eq!(current_trace(), None);
    let logs = logged(1, |emitter| {
        emitter.emit(&OrderShipCompleted {});
        let _active = Context::current_with_span(span).attach();
        emitter.emit(&OrderShipCompleted {});
        let here = Context::current();
        let active = here.span().span_context().clone();
        let current = current_trace().unwrap();
        assert_eq!(current.trace_id().to_string(), active.trace_id().to_string());
        assert_eq!(current.span_id().to_string(), active.span_id().to_string());
        assert_eq!(current.sampled(), active.is_sampled());
        let _bound = bound.enter();
        emitter.emit(&OrderShipCompleted {});
    });
    let ids: Vec<_> = logs
        .iter()
        .map(|log| log.trace_context().map(|trace| (trace.trace_id, trace.span_id)))
        .collect();
    assert_eq!(ids[0], None);
    assert_eq!(ids[2].unwrap().0.to_string(), bound.trace_id().to_string());
    assert_eq!(ids[2].unwrap().1.to_string(), bound.span_id().to_string());
    assert_ne!(ids[1], ids[2]);
    assert!(ids[1].is_some());
}

#[test]
fn a_span_of_a_remote_parent_is_copied_with_its_flags() {
    let memory = Memory::new();
    let emitter = Emitter::builder().trace_source(current_trace).sink(memory.clone()).build();
    let remote = opentelemetry::trace::SpanContext::new(
        opentelemetry::TraceId::from(0xabc),
        opentelemetry::SpanId::from(0xdef),
        opentelemetry::TraceFlags::NOT_SAMPLED,
        true,
        opentelemetry::trace::TraceState::default(),
    );
    let _active = Context::new().with_remote_span_context(remote).attach();
    assert!(!current_trace().unwrap().sampled());
    emitter.emit(&OrderShipCompleted {});
    let records = memory.records();
    assert_eq!(
        records[0].record().context_member("trace_id"),
        Some(r#""00000000000000000000000000000abc""#)
    );
}
