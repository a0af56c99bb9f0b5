//! An event on its way through `tracing` to OpenTelemetry: its log record, its trace, and the status
//! of the span around it.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

use event_core::Recorder;
use event_core::context::trace::TraceContext;
use event_core::{Emitter, Level, Str, events};
use event_tracing::{TracingSink, opentelemetry_trace};
use opentelemetry::logs::AnyValue;
use opentelemetry::trace::{
    SpanContext, SpanId, Status, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider,
};
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_sdk::logs::{InMemoryLogExporter, SdkLogRecord, SdkLoggerProvider};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing::subscriber::with_default;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::Registry;
use tracing_subscriber::layer::SubscriberExt;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        #[entity]
        pub order_id: Str<'a>,
        pub amount_cents: i64,
        pub attempt: u32,
        pub share: f64,
        pub retried: bool,
        pub rules: Vec<Str<'a>>,
        pub message: Str<'a>,
        #[sensitive(last4)]
        pub card_number: Str<'a>,
    }
);

fn failed() -> PaymentProcessFailed<'static> {
    PaymentProcessFailed {
        order_id: "ord_1".into(),
        amount_cents: 4_999,
        attempt: 2,
        share: 0.5,
        retried: true,
        rules: vec!["velocity".into()],
        message: "the gateway refused the charge".into(),
        card_number: "4242424242424242".into(),
    }
}

/// What the exporters of a service got.
struct Exported {
    logs: Vec<SdkLogRecord>,
    spans: Vec<SpanData>,
    memory: Recorder,
}

/// Runs a service with the layers of OpenTelemetry.
fn service(sink: TracingSink, run: impl FnOnce(&Emitter)) -> Exported {
    let (logs, spans) = (InMemoryLogExporter::default(), InMemorySpanExporter::default());
    let loggers = SdkLoggerProvider::builder().with_simple_exporter(logs.clone()).build();
    let tracers = SdkTracerProvider::builder().with_simple_exporter(spans.clone()).build();
    let subscriber = Registry::default()
        .with(tracing_opentelemetry::layer().with_tracer(tracers.tracer("test")))
        .with(OpenTelemetryTracingBridge::new(&loggers));
    let memory = Recorder::new();
    let emitter = Emitter::builder()
        .service("shop")
        .trace_source(opentelemetry_trace)
        .sink(memory.clone())
        .sink(sink)
        .build();
    with_default(subscriber, || run(&emitter));
    assert_eq!(emitter.report().failed(), 0);
    Exported {
        logs: logs.get_emitted_logs().unwrap().into_iter().map(|log| log.record).collect(),
        spans: spans.get_finished_spans().unwrap(),
        memory,
    }
}

fn attribute(log: &SdkLogRecord, name: &str) -> Option<AnyValue> {
    log.attributes_iter().find(|(key, _)| key.as_str() == name).map(|(_, value)| value.clone())
}

fn text(text: &str) -> AnyValue {
    AnyValue::String(text.to_owned().into())
}

#[test]
fn a_log_record_has_the_events_name_its_types_and_the_spans_trace() {
    let exported = service(TracingSink::new(), |emitter| {
        tracing::info_span!("checkout").in_scope(|| emitter.emit(&failed()));
    });
    let ([log], [span]) = (&exported.logs[..], &exported.spans[..]) else {
        panic!("{:?} {:?}", exported.logs, exported.spans)
    };

    assert_eq!(log.event_name(), Some("payment_process_failed"));
    assert_eq!(log.target().map(AsRef::as_ref), Some("event.payment"));
    assert_eq!(log.severity_text(), Some("WARN"));
    assert_eq!(log.body().cloned(), Some(text("the gateway refused the charge")));
    assert_eq!(attribute(log, "event"), Some(text("payment_process_failed")));
    assert_eq!(attribute(log, "event_level"), Some(text("error")));
    assert_eq!(attribute(log, "order_id"), Some(text("ord_1")));
    assert_eq!(attribute(log, "amount_cents"), Some(AnyValue::Int(4_999)));
    assert_eq!(attribute(log, "attempt"), Some(AnyValue::Int(2)));
    assert_eq!(attribute(log, "share"), Some(AnyValue::Double(0.5)));
    assert_eq!(attribute(log, "retried"), Some(AnyValue::Boolean(true)));
    assert_eq!(attribute(log, "rules"), Some(text(r#"["velocity"]"#)));
    assert_eq!(attribute(log, "card_number"), Some(text("****4242")));

    let (trace, spanned) = (span.span_context.trace_id(), span.span_context.span_id());
    let log_trace = log.trace_context().unwrap();
    assert_eq!((log_trace.trace_id, log_trace.span_id), (trace, spanned));
    let line = exported.memory.lines()[0].clone();
    assert!(line.contains(&format!(r#""trace_id":"{trace}","span_id":"{spanned}""#)), "{line}");

    for text in [format!("{:?}", exported.logs), format!("{:?}", exported.spans)] {
        assert!(!text.contains("event src/") && !text.contains("event integrations/"), "{text}");
        assert!(!text.contains("4242424242424242"), "{text}");
    }
    // What the same bridge makes of an event of `tracing::event!`.
    let exported = service(TracingSink::new(), |_| tracing::warn!("refused"));
    assert!(exported.logs[0].event_name().unwrap().starts_with("event integrations/"));
}

#[test]
fn a_business_failure_marks_the_span_only_if_that_is_asked() {
    let status = |sink: TracingSink| {
        let exported = service(sink, |emitter| {
            tracing::info_span!("checkout").in_scope(|| emitter.emit(&failed()));
        });
        exported.spans[0].status.clone()
    };
    assert_eq!(status(TracingSink::new()), Status::Unset);
    let marked = status(TracingSink::new().cap_level(Level::Error));
    assert!(matches!(marked, Status::Error { .. }), "{marked:?}");
}

#[test]
fn a_remote_parent_is_the_trace_of_the_records() {
    let remote = SpanContext::new(
        TraceId::from_hex("4bf92f3577b34da6a3ce929d0e0e4736").unwrap(),
        SpanId::from_hex("00f067aa0ba902b7").unwrap(),
        TraceFlags::SAMPLED,
        true,
        TraceState::default(),
    );
    let exported = service(TracingSink::new(), |emitter| {
        let span = tracing::info_span!("request");
        span.set_parent(opentelemetry::Context::new().with_remote_span_context(remote)).unwrap();
        let _entered = span.enter();
        emitter.emit(&failed());
        tracing::info_span!("query").in_scope(|| emitter.emit(&failed()));
        let outgoing = opentelemetry_trace().unwrap();
        assert!(outgoing.sampled());
        assert!(
            outgoing.traceparent().to_string().starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-")
        );
    });
    let lines = exported.memory.lines();
    assert_eq!(lines.len(), 2);
    for line in &lines {
        assert!(line.contains(r#""trace_id":"4bf92f3577b34da6a3ce929d0e0e4736""#), "{line}");
    }
    // The query ended first.
    for (line, span) in lines.iter().zip(exported.spans.iter().rev()) {
        assert!(
            line.contains(&format!(r#""span_id":"{}""#, span.span_context.span_id())),
            "{line}"
        );
    }
}

#[test]
fn there_is_no_trace_outside_of_a_span_and_a_bound_one_counts() {
    let bound = TraceContext::new_root();
    let exported = service(TracingSink::new(), |emitter| {
        emitter.emit(&failed());
        let _span = tracing::info_span!("checkout").entered();
        let _bound = bound.enter();
        emitter.emit(&failed());
    });
    let lines = exported.memory.lines();
    assert!(!lines[0].contains("trace_id"), "{}", lines[0]);
    assert!(lines[1].contains(&bound.trace_id().to_string()), "{}", lines[1]);
}
