//! Without a subscriber, or with one that does not want an event, the sink builds nothing.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

use allocation_counter::measure;
use event_core::{Emitter, Str, events};
use event_tracing::TracingSink;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tracing::subscriber::{Interest, with_default};
use tracing::{Event, Metadata, Subscriber, span};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub order_id: Str<'a>,
        pub amount_cents: i64,
    }
);

/// Counts what it is asked and what it gets.
#[derive(Clone)]
struct Counter {
    interest: fn() -> Interest,
    is_enabled: bool,
    asked: Arc<AtomicU64>,
    got: Arc<AtomicU64>,
}

impl Counter {
    fn new(interest: fn() -> Interest, is_enabled: bool) -> Self {
        Self { interest, is_enabled, asked: Arc::default(), got: Arc::default() }
    }

    fn counts(&self) -> (u64, u64) {
        (self.asked.load(Ordering::Relaxed), self.got.load(Ordering::Relaxed))
    }
}

impl Subscriber for Counter {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        (self.interest)()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.is_enabled
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, _: &Event<'_>) {
        self.got.fetch_add(1, Ordering::Relaxed);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// One test, because the interest in a callsite is that of all subscribers of the process.
#[test]
fn nothing_is_built_for_no_one() {
    let emitter = Emitter::builder().sink(TracingSink::new()).build();
    let emit = || {
        for amount_cents in 0..100 {
            emitter.emit(&PaymentProcessFailed { order_id: "ord \"1\"".into(), amount_cents });
        }
    };
    // The buffer of the thread grows once.
    emit();
    assert_eq!(measure(emit).count_total, 0, "no subscriber");

    // The interest is cached: it is asked once, when the callsite is registered.
    let uninterested = Counter::new(Interest::never, true);
    with_default(uninterested.clone(), || {
        emit();
        assert_eq!(measure(emit).count_total, 0, "no interest");
    });
    assert_eq!(uninterested.counts(), (0, 0));

    let refusing = Counter::new(Interest::sometimes, false);
    with_default(refusing.clone(), || {
        assert_eq!(measure(emit).count_total, 0, "asked each time");
    });
    assert_eq!(refusing.counts(), (100, 0));

    let sometimes = Counter::new(Interest::sometimes, true);
    with_default(sometimes.clone(), emit);
    assert_eq!(sometimes.counts(), (100, 100));

    let always = Counter::new(Interest::always, true);
    with_default(always.clone(), emit);
    assert_eq!(always.counts(), (0, 100));
    assert_eq!(emitter.report().failed(), 0);
}
