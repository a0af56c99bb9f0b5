//! One event of six fields as a log record, on each way that there is; and the current trace.

use crate::event::{Input, PaymentProcessFailed};
use crate::group::{Comparison, Contender, Group};
use crate::receiver;
use event_benches::Target;
use event_core::record::Record;
use event_core::sink::{Background, WhenFull};
use event_core::{Emitter, Sink};
use event_otel::{LoggerSink, OtlpHttp, current_trace};
use opentelemetry::logs::LoggerProvider as _;
use opentelemetry::trace::{TraceContextExt as _, Tracer as _, TracerProvider as _};
use opentelemetry::{Context, InstrumentationScope};
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogProcessor, SdkLogRecord, SdkLoggerProvider};
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::hint::black_box;
use std::io;
use std::time::Duration;
use tracing_subscriber::layer::SubscriberExt as _;

const NOTHING: &str = "nothing";
const PLAIN: &str = "event, a sink that does nothing";
const HTTP: &str = "event → queue → protobuf → HTTP";
const LOGGER: &str = "event → LoggerSink → SDK that does nothing";
const APPENDER: &str = "tracing::event! → appender → SDK that does nothing";

pub(crate) const RECORDS: Group = Group {
    name: "records",
    title: "## A log record of 6 fields",
    contenders: records,
    baseline: PLAIN,
    comparisons: &[
        Comparison::difference("OTLP record, all of it", HTTP, NOTHING, Target::AtMost(1_600.0)),
        Comparison::ratio("OTLP record ÷ the appender", HTTP, APPENDER, Target::AtMost(0.65)),
    ],
};

const ACTIVE: &str = "current_trace, a span is active";
const INACTIVE: &str = "current_trace, none is";

pub(crate) const TRACE: Group = Group {
    name: "trace",
    title: "## The trace of the active span",
    contenders: traces,
    baseline: NOTHING,
    comparisons: &[
        Comparison::difference("the active span", ACTIVE, NOTHING, Target::AtMost(50.0)),
        Comparison::difference("no active span", INACTIVE, NOTHING, Target::AtMost(50.0)),
    ],
};

struct Null;

impl Sink for Null {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        black_box(record.line());
        Ok(())
    }
}

/// A processor that takes a record and drops it.
#[derive(Debug)]
struct Drops;

impl LogProcessor for Drops {
    fn emit(&self, record: &mut SdkLogRecord, _: &InstrumentationScope) {
        black_box(record);
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

fn provider() -> SdkLoggerProvider {
    SdkLoggerProvider::builder().with_log_processor(Drops).build()
}

fn subscribed() -> tracing::subscriber::DefaultGuard {
    let bridge = OpenTelemetryTracingBridge::new(&provider());
    tracing::subscriber::set_default(tracing_subscriber::registry().with(bridge))
}

fn nothing() -> Contender {
    Contender::new(NOTHING, Input::new(), |input| {
        black_box(input);
    })
}

fn records() -> Vec<Contender> {
    let provider = provider();
    let address = receiver::start().expect("a port");
    let queue = Background::options().capacity(2_048).batch(512, Duration::from_secs(1));
    let http = OtlpHttp::new(&format!("http://{address}/v1/logs")).expect("a URL");
    let http = http.queue(queue.when_full(WhenFull::Block)).start().expect("a thread");
    vec![
        nothing(),
        event(PLAIN, Null),
        event(HTTP, http),
        event(LOGGER, LoggerSink::new(provider.logger("shop"))),
        // The subscriber of the thread only: one of the process would also see the others.
        Contender::within(APPENDER, Input::new(), subscribed, |input| {
            tracing::event!(
                name: "payment_process_failed",
                target: "event.payment",
                tracing::Level::ERROR,
                order_id = input.order_id.as_str(),
                reason = input.reason.as_str(),
                currency = input.currency.as_str(),
                amount = input.amount,
                attempt = input.attempt,
                waited_us = input.waited_us,
            );
        }),
    ]
}

fn event(name: &'static str, sink: impl Sink + 'static) -> Contender {
    let emitter = Emitter::builder().sink(sink).build();
    Contender::new(name, Input::new(), move |input| {
        emitter.emit(&PaymentProcessFailed::from(input));
    })
}

fn traces() -> Vec<Contender> {
    let active = || {
        let tracer = SdkTracerProvider::builder().build().tracer("shop");
        Context::current_with_span(tracer.start("checkout")).attach()
    };
    let ask = |_: &Input| drop(black_box(current_trace()));
    vec![
        nothing(),
        Contender::within(ACTIVE, Input::new(), active, ask),
        Contender::new(INACTIVE, Input::new(), ask),
    ]
}
