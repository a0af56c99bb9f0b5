//! What the subscribers of `tracing` get of an event: name, level, target, typed fields, masked.
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

mod captured;

use captured::{Capture, Value, text};
use event_core::context::trace::TraceContext;
use event_core::context::{Actor, CorrelationId};
use event_core::sink::{Background, Memory};
use event_core::{Emitter, Event, Level, Str, events};
use event_tracing::TracingSink;
use std::io::{self, Write};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use tracing::subscriber::with_default;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

events!(
    /// Taking money.
    #[domain]
    pub enum Payment {
        Process,
        Answer,
    }

    /// Who asks.
    #[group(context)]
    pub struct RequestContext<'a> {
        pub request_id: Str<'a>,
        pub tries: i64,
    }

    #[value]
    pub struct Place {
        pub city: String,
        pub floor: i8,
    }

    #[event(error, version = 3, context(RequestContext))]
    pub struct PaymentProcessFailed<'a> {
        #[entity]
        pub order_id: Str<'a>,
        pub amount_cents: i64,
        pub attempt: u32,
        pub share: f64,
        pub retried: bool,
        pub reason: Option<Str<'a>>,
        pub rules: Vec<Str<'a>>,
        pub place: Option<Place>,
        #[sensitive(last4)]
        pub card_number: Option<Str<'a>>,
        #[sensitive(email)]
        pub payer_email: Option<Str<'a>>,
        #[sensitive(redact)]
        pub api_token: Option<Str<'a>>,
    }

    #[event(critical)]
    pub struct PaymentProcessLost {}

    #[event(level = match status_code { 500.. => error, 400..=499 => warning, 300..=399 => info, 200..=299 => debug, _ => trace })]
    pub struct PaymentAnswerReceived {
        pub status_code: u16,
    }
);

events!(
    #[domain(optional(action))]
    pub enum Cache {}

    #[event(info)]
    pub struct CacheHit {
        pub key_bytes: u64,
    }
);

fn failed() -> PaymentProcessFailed<'static> {
    PaymentProcessFailed {
        order_id: "ord \"1\"".into(),
        amount_cents: 4_999,
        attempt: 2,
        share: 1.0,
        retried: false,
        reason: None,
        rules: vec!["velocity".into(), "geo".into()],
        place: Some(Place { city: "Ulm".to_owned(), floor: -1 }),
        card_number: Some("4242424242424242".into()),
        payer_email: Some("ada@example.org".into()),
        api_token: Some("77889911".into()),
    }
}

fn emitter(sink: TracingSink) -> Emitter {
    Emitter::builder().service("shop").level(Level::Trace).sink(sink).build()
}

/// What a subscriber gets while `emit` runs.
fn captured(emit: impl FnOnce()) -> Vec<captured::Captured> {
    let capture = Capture::default();
    with_default(Registry::default().with(capture.clone()), emit);
    capture.take()
}

#[test]
fn an_event_has_its_name_level_target_and_typed_fields() {
    let emitter = emitter(TracingSink::new());
    let events = captured(|| emitter.emit(&failed()));
    let [event] = &events[..] else { panic!("{events:?}") };

    assert_eq!(event.name(), "payment_process_failed");
    assert_eq!(event.metadata.target(), "event.payment");
    assert_eq!(event.level(), tracing::Level::WARN);
    assert_eq!(event.metadata.module_path(), Some(module_path!()));
    assert_eq!(event.metadata.line(), Some(PaymentProcessFailed::META.source.line));
    assert!(event.metadata.is_event());
    let expected = [
        ("event", text("payment_process_failed")),
        ("version", Value::U64(3)),
        ("event_level", text("error")),
        ("order_id", text("ord \"1\"")),
        ("amount_cents", Value::I64(4_999)),
        ("attempt", Value::U64(2)),
        ("share", Value::F64(1.0)),
        ("retried", Value::Bool(false)),
        ("rules", text(r#"["velocity","geo"]"#)),
        ("place", text(r#"{"city":"Ulm","floor":-1}"#)),
        ("card_number", text("****4242")),
        ("payer_email", text("a***@example.org")),
        ("api_token", text("[redacted]")),
    ];
    assert_eq!(event.fields, expected);
}

#[test]
fn a_field_has_one_type_whatever_its_value() {
    let emitter = emitter(TracingSink::new());
    for amount_cents in [i64::MIN, -1, 0, 1, i64::MAX] {
        let event = PaymentProcessFailed { amount_cents, ..failed() };
        let events = captured(|| emitter.emit(&event));
        assert_eq!(events[0].field("amount_cents"), Some(&Value::I64(amount_cents)));
    }
    for key_bytes in [0, u64::MAX] {
        let events = captured(|| emitter.emit(&CacheHit { key_bytes }));
        assert_eq!(events[0].field("key_bytes"), Some(&Value::U64(key_bytes)));
    }
    // JSON has no such number, and a `null` field is left out.
    let event = PaymentProcessFailed { share: f64::NAN, ..failed() };
    assert_eq!(captured(|| emitter.emit(&event))[0].field("share"), None);
}

#[test]
fn what_is_bound_are_fields_and_what_describes_the_process_is_not() {
    let emitter = emitter(TracingSink::new());
    let trace = TraceContext::new_root();
    let events = captured(|| {
        let _trace = trace.enter();
        let _correlation = CorrelationId("flow-1".into()).enter();
        let _actor = Actor::user("u_1").enter();
        let _request = RequestContext { request_id: "r_1".into(), tries: 1 }.enter();
        emitter.emit(&failed());
    });
    let event = &events[0];
    assert_eq!(event.field("trace_id"), Some(&text(&trace.trace_id().to_string())));
    assert_eq!(event.field("span_id"), Some(&text(&trace.span_id().to_string())));
    assert_eq!(event.field("correlation_id"), Some(&text("flow-1")));
    assert_eq!(event.field("actor"), Some(&text(r#"{"type":"user","id":"u_1"}"#)));
    assert_eq!(event.field("request_id"), Some(&text("r_1")));
    assert_eq!(event.field("tries"), Some(&Value::I64(1)));
    assert_eq!(event.field("service"), None);
}

#[test]
fn the_level_is_capped_at_warn_unless_asked() {
    let answers = [(503, "ERROR"), (404, "WARN"), (301, "INFO"), (200, "DEBUG"), (100, "TRACE")];
    let level_of = |sink: TracingSink, status_code| {
        let emitter = emitter(sink);
        let events = captured(|| emitter.emit(&PaymentAnswerReceived { status_code }));
        (events[0].level().to_string(), events[0].field("event_level").cloned())
    };
    for (status_code, level) in answers {
        let all = TracingSink::new().cap_level(Level::Critical);
        assert_eq!(level_of(all, status_code), (level.to_owned(), None), "{status_code}");
        let (capped, event_level) = if level == "ERROR" {
            ("WARN".to_owned(), Some(text("error")))
        } else {
            (level.to_owned(), None)
        };
        assert_eq!(level_of(TracingSink::default(), status_code), (capped, event_level));
    }
    let low = TracingSink::new().cap_level(Level::Debug);
    assert_eq!(level_of(low, 503), ("DEBUG".to_owned(), Some(text("error"))));

    // `tracing` has no level above `ERROR`.
    let emitter = emitter(TracingSink::new().cap_level(Level::Critical));
    let events = captured(|| emitter.emit(&PaymentProcessLost {}));
    assert_eq!(events[0].level(), tracing::Level::ERROR);
    assert_eq!(events[0].field("event_level"), Some(&text("critical")));
}

#[test]
fn a_filter_chooses_by_domain_and_level() {
    let filtered = |filter: &str| {
        let capture = Capture::default();
        let subscriber = Registry::default().with(EnvFilter::new(filter)).with(capture.clone());
        let emitter = emitter(TracingSink::new());
        with_default(subscriber, || {
            emitter.emit(&failed());
            emitter.emit(&CacheHit { key_bytes: 1 });
            emitter.emit(&PaymentAnswerReceived { status_code: 200 });
        });
        capture.take().iter().map(captured::Captured::name).collect::<Vec<_>>()
    };
    assert_eq!(
        filtered("trace"),
        ["payment_process_failed", "cache_hit", "payment_answer_received"]
    );
    assert_eq!(filtered("trace,event.payment=off"), ["cache_hit"]);
    assert_eq!(filtered("off,event.payment=warn"), ["payment_process_failed"]);
    assert_eq!(filtered("info"), ["payment_process_failed", "cache_hit"]);
    assert!(filtered("off").is_empty());
    // A filter of one layer leaves the others alone.
    let (all, some) = (Capture::default(), Capture::default());
    let subscriber = Registry::default()
        .with(some.clone().with_filter(EnvFilter::new("event.cache=info")))
        .with(all.clone());
    let emitter = emitter(TracingSink::new());
    with_default(subscriber, || {
        emitter.emit(&failed());
        emitter.emit(&CacheHit { key_bytes: 1 });
    });
    assert_eq!((all.take().len(), some.take().len()), (2, 1));
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn fmt_shows_the_name_and_the_fields_and_no_clear_value() {
    let (json, flat, plain) = (Written::default(), Written::default(), Written::default());
    let layer = || tracing_subscriber::fmt::layer().without_time().with_ansi(false);
    let subscriber = Registry::default().with(vec![
        layer().json().with_writer(json.clone()).boxed(),
        layer().json().flatten_event(true).with_writer(flat.clone()).boxed(),
        layer().with_writer(plain.clone()).with_file(true).boxed(),
    ]);
    let emitter = emitter(TracingSink::new());
    with_default(subscriber, || {
        tracing::info_span!("checkout", cart = 7).in_scope(|| emitter.emit(&failed()));
    });

    let line: serde_json::Value = serde_json::from_str(&json.text()).unwrap();
    assert_eq!(line["level"], "WARN");
    assert_eq!(line["target"], "event.payment");
    assert_eq!(line["span"]["cart"], 7);
    assert_eq!(line["fields"]["event"], "payment_process_failed");
    assert_eq!(line["fields"]["event_level"], "error");
    assert_eq!(line["fields"]["amount_cents"], 4_999);
    assert_eq!(line["fields"]["retried"], false);
    assert_eq!(line["fields"]["share"], 1.0);
    let line: serde_json::Value = serde_json::from_str(&flat.text()).unwrap();
    assert_eq!(line["event"], "payment_process_failed");
    assert_eq!(line["order_id"], "ord \"1\"");
    assert!(
        plain.text().contains(r#"event.payment: integrations/event-tracing/tests/sink.rs: event="payment_process_failed" version=3 event_level="error" order_id="ord \"1\"" amount_cents=4999"#),
        "{}",
        plain.text()
    );
    for clear in ["4242424242424242", "ada@", "77889911"] {
        for text in [json.text(), flat.text(), plain.text()] {
            assert!(!text.contains(clear), "{text}");
        }
    }
}

#[test]
fn each_copy_of_a_sink_passes_the_event_on_and_is_counted() {
    let capture = Capture::default();
    let memory = Memory::new();
    let emitter = Emitter::builder()
        .sink(TracingSink::new())
        .sink(memory.clone())
        .sink(Background::options().start(TracingSink::new()).unwrap())
        .build();
    with_default(Registry::default().with(capture.clone()), || emitter.emit(&failed()));
    emitter.flush().unwrap();
    // The thread in the background has no scoped subscriber.
    assert_eq!((capture.take().len(), memory.records().len()), (1, 1));
    assert_eq!(emitter.report().failed(), 0);
}

/// Emits when it is asked for its interest, and when it gets an event.
struct Emits(Emitter);

impl<S: tracing::Subscriber> Layer<S> for Emits {
    fn register_callsite(
        &self,
        metadata: &'static tracing::Metadata<'static>,
    ) -> tracing::subscriber::Interest {
        if metadata.target() == "event.payment" {
            self.0.emit(&CacheHit { key_bytes: 1 });
        }
        tracing::subscriber::Interest::always()
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "event.payment" {
            self.0.emit(&CacheHit { key_bytes: 2 });
            self.0.emit(&failed());
        }
    }
}

#[test]
fn a_subscriber_that_emits_does_not_hang() {
    let emitter = emitter(TracingSink::new());
    let capture = Capture::default();
    let subscriber = Registry::default().with(Emits(emitter.clone())).with(capture.clone());
    with_default(subscriber, || emitter.emit(&failed()));
    let events = capture.take();
    assert!(events.iter().any(|event| event.name() == "payment_process_failed"), "{events:?}");
}

/// Panics at every event.
struct Panics;

impl<S: tracing::Subscriber> Layer<S> for Panics {
    fn on_event(&self, _: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        panic!("a bug");
    }
}

#[test]
fn a_panic_of_a_subscriber_is_the_sinks_fault_only() {
    let memory = Memory::new();
    let emitter = Emitter::builder()
        .sink(TracingSink::new())
        .sink(memory.clone())
        .on_incident(|_| {})
        .build();
    with_default(Registry::default().with(Panics), || emitter.emit(&failed()));
    assert_eq!((emitter.report().failed(), memory.records().len()), (1, 1));
    assert_eq!(captured(|| emitter.emit(&failed())).len(), 1);
}

#[test]
fn threads_that_emit_at_once_lose_nothing_and_do_not_hang() {
    const THREADS: usize = 8;
    const EVENTS: u16 = 1_000;
    let emitter = emitter(TracingSink::new().cap_level(Level::Critical));
    let barrier = Arc::new(Barrier::new(THREADS));
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (emitter, barrier) = (emitter.clone(), Arc::clone(&barrier));
            thread::spawn(move || {
                captured(|| {
                    barrier.wait();
                    for status_code in 0..EVENTS {
                        emitter.emit(&PaymentAnswerReceived { status_code });
                    }
                })
                .len()
            })
        })
        .collect();
    let got: Vec<usize> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(got, [usize::from(EVENTS); THREADS]);
    assert_eq!(emitter.report().failed(), 0);
}
