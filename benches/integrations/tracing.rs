//! `tracing`: the sink, the trace sources, and the enter of a span.

use crate::group::{Comparison, Contender, Group};
use ::tracing::dispatcher::{self, Dispatch};
use ::tracing::field::{Field, Visit};
use ::tracing::{Event, Id, Subscriber};
use event_benches::Target;
use event_core::context::trace::TraceContext;
use event_core::emit::Builder;
use event_core::record::Record;
use event_core::{Emitter, Sink, Str, events};
use event_tracing::{CatchAll, TracingSink, opentelemetry_trace, span_trace};
use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::fmt;
use std::hint::black_box;
use std::io;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::{Layer, Registry};

events!(
    /// Taking money.
    #[domain]
    pub(crate) enum Payment {
        /// Charge a customer.
        Process,
    }

    /// The gateway refused the charge.
    #[event(warning)]
    pub(crate) struct PaymentProcessFailed<'a> {
        /// Order being charged.
        pub(crate) order_id: Str<'a>,
        /// Gateway's reason.
        pub(crate) reason: Str<'a>,
        /// Of the amount.
        pub(crate) currency: Str<'a>,
        /// In units of the currency.
        pub(crate) amount: f64,
        /// Which attempt.
        pub(crate) attempt: u32,
        /// Whether it will be tried again.
        pub(crate) retried: bool,
    }
);

struct Input {
    order_id: String,
    reason: String,
    currency: String,
    amount: f64,
    attempt: u32,
    retried: bool,
}

fn input() -> Input {
    Input {
        order_id: "ord_8f3a2c91".to_owned(),
        reason: "insufficient_funds".to_owned(),
        currency: "EUR".to_owned(),
        amount: 129.95,
        attempt: 3,
        retried: false,
    }
}

impl<'a> From<&'a Input> for PaymentProcessFailed<'a> {
    fn from(input: &'a Input) -> Self {
        Self {
            order_id: input.order_id.as_str().into(),
            reason: input.reason.as_str().into(),
            currency: input.currency.as_str().into(),
            amount: input.amount,
            attempt: input.attempt,
            retried: input.retried,
        }
    }
}

const LINE: &str = "event-core, one line to a null sink";
const PASSED: &str = "event-core, TracingSink";
const MACRO: &str = "tracing::event!";

pub(crate) const SINK: Group = Group {
    name: "tracing-sink",
    title: "## An event of 6 fields to a layer that visits every field",
    contenders: || {
        subscribe(Registry::default().with(Visits));
        emitted()
    },
    baseline: LINE,
    comparisons: &[Comparison::difference(
        "TracingSink − null sink",
        PASSED,
        LINE,
        Target::AtMost(4_000.0),
    )],
};

pub(crate) const SILENT: Group = Group {
    name: "tracing-silent",
    title: "## The same event without a subscriber",
    contenders: emitted,
    baseline: LINE,
    comparisons: &[Comparison::difference(
        "TracingSink − null sink, its marks of 6 members included",
        PASSED,
        LINE,
        Target::AtMost(200.0),
    )],
};

fn emitted() -> Vec<Contender> {
    vec![
        emitting(LINE, Emitter::builder().sink(Null)),
        emitting(PASSED, Emitter::builder().sink(TracingSink::new())),
        Contender::new(MACRO, input(), |input: &Input| {
            ::tracing::event!(
                target: "event.payment",
                ::tracing::Level::WARN,
                event = "payment_process_failed",
                version = 1_u64,
                order_id = input.order_id.as_str(),
                reason = input.reason.as_str(),
                currency = input.currency.as_str(),
                amount = input.amount,
                attempt = u64::from(input.attempt),
                retried = input.retried,
            );
        }),
    ]
}

const UNTRACED: &str = "in a span, no trace source";
const TRACED: &str = "in a span, with the trace source";
const ASKED: &str = "the trace source alone";

pub(crate) const TRACE: Group = Group {
    name: "trace",
    title: "## The trace of a span that a registry knows",
    contenders: || {
        subscribe(Registry::default());
        traced(span_trace)
    },
    baseline: UNTRACED,
    comparisons: &[SOURCE],
};

pub(crate) const OPENTELEMETRY: Group = Group {
    name: "opentelemetry-trace",
    title: "## The trace of a span of OpenTelemetry",
    contenders: || {
        let traces = SdkTracerProvider::builder().build();
        let spans = tracing_opentelemetry::layer().with_tracer(traces.tracer("bench"));
        subscribe(Registry::default().with(spans));
        traced(opentelemetry_trace)
    },
    baseline: UNTRACED,
    comparisons: &[SOURCE],
};

const SOURCE: Comparison = Comparison {
    what: "the trace source alone",
    above: ASKED,
    below: NOTHING,
    target: Target::AtMost(500.0),
    by: crate::group::By::Difference,
};

const NOTHING: &str = "nothing";

fn traced(source: fn() -> Option<TraceContext>) -> Vec<Contender> {
    // Entered until the process ends.
    std::mem::forget(::tracing::info_span!("request").entered());
    vec![
        emitting(UNTRACED, Emitter::builder().sink(Null)),
        emitting(TRACED, Emitter::builder().trace_source(source).sink(Null)),
        Contender::new(ASKED, source, |source| drop(black_box(source()))),
        Contender::new(NOTHING, (), |()| ()),
    ]
}

const BARE: &str = "a registry alone";
const USED: &str = "a registry, the span has ids";
const RECEIVING: &str = "a registry with the layer CatchAll";

pub(crate) const ENTER: Group = Group {
    name: "span-enter",
    title: "## Entering and leaving a span",
    contenders: || {
        let receiving = Registry::default().with(CatchAll::new());
        vec![
            entering(BARE, Dispatch::new(Registry::default()), false),
            entering(USED, Dispatch::new(Registry::default()), true),
            entering(RECEIVING, Dispatch::new(receiving), true),
        ]
    },
    baseline: BARE,
    comparisons: &[
        Comparison::difference("a span with ids − without", USED, BARE, Target::AtMost(0.0)),
        // What `Layered` costs with a layer that does nothing here.
        Comparison::difference("with CatchAll − without", RECEIVING, BARE, Target::AtMost(5.0)),
    ],
};

/// On the subscriber itself, because a process has one global one.
fn entering(name: &'static str, subscriber: Dispatch, has_ids: bool) -> Contender {
    let span: Option<Id> = dispatcher::with_default(&subscriber, || {
        let span = ::tracing::info_span!("request");
        if has_ids {
            black_box(span.in_scope(span_trace));
        }
        let id = span.id();
        std::mem::forget(span);
        id
    });
    Contender::new(name, span, move |span| {
        if let Some(span) = span {
            subscriber.enter(span);
            subscriber.exit(span);
        }
    })
}

/// A group is measured in a process of its own, so this is the first subscriber.
fn subscribe(subscriber: impl Subscriber + Send + Sync) {
    let set = ::tracing::subscriber::set_global_default(subscriber);
    assert!(set.is_ok(), "a group has one subscriber");
}

fn emitting(name: &'static str, emitter: Builder) -> Contender {
    let emitter = emitter.build();
    Contender::new(name, input(), move |input| {
        emitter.emit(&PaymentProcessFailed::from(input));
    })
}

/// Takes the line.
struct Null;

impl Sink for Null {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        black_box(record.line());
        Ok(())
    }
}

/// Visits every field.
struct Visits;

impl<S: Subscriber> Layer<S> for Visits {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut Visited);
    }
}

struct Visited;

impl Visit for Visited {
    fn record_bool(&mut self, _: &Field, value: bool) {
        black_box(value);
    }

    fn record_i64(&mut self, _: &Field, value: i64) {
        black_box(value);
    }

    fn record_u64(&mut self, _: &Field, value: u64) {
        black_box(value);
    }

    fn record_f64(&mut self, _: &Field, value: f64) {
        black_box(value);
    }

    fn record_str(&mut self, _: &Field, value: &str) {
        black_box(value);
    }

    fn record_debug(&mut self, _: &Field, value: &dyn fmt::Debug) {
        black_box(value);
    }
}
