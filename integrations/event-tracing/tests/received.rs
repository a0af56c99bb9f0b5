//! Events of `tracing` as a declared event, and that nothing goes round in circles.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

mod captured;

use captured::{Capture, text};
use event_core::sink::{Background, Callback};
use event_core::{Emitter, Level, Recorder, Str, catalog, events};
use event_tracing::{
    CatchAll, Tracing, TracingEvent, TracingEventReceived, TracingSeverity, TracingSink,
    TracingValue, span_trace,
};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tracing::subscriber::with_default;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub order_id: Str<'a>,
    }
);

catalog!(
    pub enum ShopEvent {
        Payment(Payment),
        Tracing(Tracing),
    }
);

/// Held by each test. `tracing` keeps the interest of all subscribers in one place for the process:
/// while a subscriber of another test comes or goes, an event may be missed.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failed() -> PaymentProcessFailed<'static> {
    PaymentProcessFailed { order_id: "ord_1".into() }
}

fn received(line: &str) -> TracingEventReceived<'static> {
    match ShopEvent::decode(line).unwrap() {
        ShopEvent::Tracing(TracingEvent::EventReceived(event)) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_event_of_tracing_is_a_declared_event() {
    let _alone = alone();
    let recorder = Recorder::new();
    let _scope = recorder.enter();
    with_default(Registry::default().with(CatchAll::new()), || {
        tracing::warn!(
            target: "hyper::proto",
            retries = 3,
            large = u64::MAX,
            ratio = 0.5,
            odd = f64::INFINITY,
            keep_alive = true,
            peer = ?Some("h1"),
            user_password = "hunter2",
            api_token = 77_889_911,
            "connection {}",
            "closed",
        );
        tracing::error!("second");
    });

    let lines = recorder.lines();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].starts_with(r#"{"event":"tracing_event_received","version":1,"level":"warning""#)
    );
    assert!(lines[1].contains(r#""level":"error""#), "{}", lines[1]);
    let event = received(&lines[0]);
    assert!(event.severity == TracingSeverity::Warn);
    assert_eq!(&*event.target, "hyper::proto");
    assert_eq!(event.message.as_deref(), Some("connection closed"));
    assert!(event.file.unwrap().ends_with("received.rs") && event.line.is_some());
    let said = |said: &str| TracingValue::Text(said.to_owned());
    let expected = [
        ("api_token", said("[redacted]")),
        ("keep_alive", TracingValue::Bool(true)),
        ("large", TracingValue::Large(u64::MAX)),
        ("odd", said("inf")),
        ("peer", said("Some(\"h1\")")),
        ("ratio", TracingValue::Float(0.5)),
        ("retries", TracingValue::Integer(3)),
        ("user_password", said("[redacted]")),
    ];
    let expected = expected.map(|(key, value)| (key.to_owned(), value));
    assert!(event.fields == expected.into(), "{}", lines[0]);
    let second = received(&lines[1]);
    assert_eq!((second.fields.len(), &*second.target), (0, module_path!()));
}

#[test]
fn records_of_the_crate_log_keep_their_target() {
    let _alone = alone();
    let recorder = Recorder::new();
    let _scope = recorder.enter();
    with_default(Registry::default().with(CatchAll::new()), || {
        tracing::info!(
            target: "log",
            {
                "log.target" = "rustls::client",
                "log.module_path" = "rustls::client::hs",
                "log.file" = "hs.rs",
                "log.line" = 17,
            },
            "no cached session",
        );
    });
    let event = received(&recorder.lines()[0]);
    assert_eq!(&*event.target, "rustls::client");
    assert_eq!((event.file.as_deref(), event.line), (Some("hs.rs"), Some(17)));
    assert!(event.fields.is_empty());
}

#[test]
fn a_filter_chooses_what_is_received() {
    let _alone = alone();
    let recorder = Recorder::new();
    let _scope = recorder.enter();
    let wanted = Targets::new().with_target("hyper", tracing::Level::INFO);
    with_default(Registry::default().with(CatchAll::new().with_filter(wanted)), || {
        tracing::info!(target: "hyper::h1", "one");
        tracing::debug!(target: "hyper::h1", "two");
        tracing::info!(target: "sqlx", "three");
    });
    assert_eq!(recorder.lines().len(), 1);
}

/// The subscriber of the process. A scoped one would not do here: while it handles an event,
/// `tracing` drops what the same thread logs, so that no circle could begin.
fn subscribed() -> &'static Capture {
    static CAPTURE: OnceLock<Capture> = OnceLock::new();
    CAPTURE.get_or_init(|| {
        let capture = Capture::default();
        let subscriber = Registry::default().with(Logs).with(CatchAll::new()).with(capture.clone());
        tracing::subscriber::set_global_default(subscriber).unwrap();
        capture
    })
}

/// A layer that logs by `tracing` about each declared event that it gets, as an exporter may.
struct Logs;

impl<S: tracing::Subscriber> Layer<S> for Logs {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "event.payment" {
            tracing::info!(target: "exporter", "exported");
        }
    }
}

/// A service with both directions: the subscriber's events are emitted, and the emitter's records
/// go to the subscriber.
fn both(run: impl FnOnce()) -> (Vec<captured::Captured>, Vec<String>) {
    let (capture, recorder) = (subscribed(), Recorder::new());
    let emitter = Emitter::builder()
        .level(Level::Trace)
        .trace_source(span_trace)
        .sink(TracingSink::new())
        .sink(recorder.clone())
        .build();
    let scope = emitter.enter();
    run();
    drop(scope);
    assert_eq!(emitter.report().failed(), 0);
    (capture.take(), recorder.lines())
}

fn targets(captured: &[captured::Captured]) -> Vec<&'static str> {
    captured.iter().map(|event| event.metadata.target()).collect()
}

#[test]
fn a_declared_event_is_not_received_and_neither_is_what_is_logged_about_it() {
    let _alone = alone();
    let (captured, lines) = both(|| emit_payment_process_failed(failed()));
    assert_eq!(targets(&captured), ["exporter", "event.payment"]);
    assert_eq!(lines.len(), 1, "{lines:?}");
}

#[test]
fn the_events_of_another_version_of_the_sink_are_not_received() {
    let _alone = alone();
    let (captured, lines) = both(|| tracing::info!(target: "event.order", "by its target"));
    assert_eq!((captured.len(), lines.len()), (1, 0), "{lines:?}");
}

#[test]
fn a_received_event_does_not_go_back() {
    let _alone = alone();
    let (captured, lines) = both(|| tracing::info!(target: "hyper", "one"));
    assert_eq!(targets(&captured), ["hyper"]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!(received(&lines[0]).message.as_deref(), Some("one"));
}

#[test]
fn both_directions_at_once_give_each_event_once() {
    let _alone = alone();
    let (captured, lines) = both(|| {
        for _ in 0..50 {
            tracing::info!(target: "hyper", "one");
            emit_payment_process_failed(failed());
        }
    });
    let of = |target| targets(&captured).iter().filter(|known| **known == target).count();
    assert_eq!(
        (of("hyper"), of("event.payment"), of("exporter"), captured.len()),
        (50, 50, 50, 150)
    );
    let declared = lines.iter().filter(|line| line.contains("payment_process_failed")).count();
    assert_eq!((lines.len(), declared), (100, 50));
}

#[test]
fn a_received_event_does_not_go_back_through_a_queue() {
    let _alone = alone();
    let capture = subscribed();
    let queued = Background::options().start(TracingSink::new()).unwrap();
    let emitter = Emitter::builder().sink(queued).build();
    let scope = emitter.enter();
    tracing::info!(target: "queued", "one");
    emit_payment_process_failed(PaymentProcessFailed { order_id: "queued".into() });
    drop(scope);
    emitter.flush().unwrap();
    assert_eq!(emitter.report().emitted, 2);
    assert_eq!(capture.count(|event| event.metadata.target() == "queued"), 1);
    assert_eq!(capture.count(|event| event.field("order_id") == Some(&text("queued"))), 1);
    assert_eq!(capture.count(|event| event.metadata.target() == "event.tracing"), 0);
}

#[test]
fn sinks_that_log_do_not_feed_each_other() {
    let _alone = alone();
    subscribed();
    let calls = Arc::new(AtomicU64::new(0));
    let sink = || {
        let calls = Arc::clone(&calls);
        Callback::new(move |_| {
            calls.fetch_add(1, Ordering::Relaxed);
            tracing::info!("sent");
        })
    };
    let emitter = Emitter::builder().sink(sink()).sink(sink()).build();
    let _scope = emitter.enter();
    tracing::info!("begin");
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

#[test]
fn a_received_event_has_the_trace_of_its_span() {
    let _alone = alone();
    let trace = |line: &String| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        (line["trace_id"].as_str().unwrap().to_owned(), line["span_id"].to_string())
    };
    let in_a_span = || {
        let _span = tracing::info_span!("request").entered();
        tracing::info!(target: "hyper", "one");
        emit_payment_process_failed(failed());
        tracing::info!(target: "hyper", parent: None, "two");
    };
    let outside = || tracing::info!(target: "hyper", "three");
    for is_scoped in [false, true] {
        let (_, lines) = both(|| {
            if is_scoped {
                with_default(Registry::default().with(CatchAll::new()), || {
                    in_a_span();
                    outside();
                });
            } else {
                in_a_span();
                outside();
            }
        });
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert_eq!(trace(&lines[0]), trace(&lines[1]));
        for line in &lines[2..] {
            assert!(!line.contains("trace_id"), "{line}");
        }
    }
}
