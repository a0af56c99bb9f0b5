//! On the steady path an event allocates nothing: the buffer of its thread is reused.

use allocation_counter::measure;
use event_core::context::trace::TraceContext;
use event_core::context::{Actor, CorrelationId};
use event_core::sink::JsonLines;
use event_core::{Emitter, EventValue, Level, Str, Timestamp, events};
use std::net::{IpAddr, Ipv4Addr};

events!(
    /// Taking money.
    #[domain]
    pub enum Payment {
        /// Charge a customer.
        Process,
    }

    /// One field of every kind that allocates nothing itself.
    #[event(error, version = 12, context(RequestContext))]
    pub struct PaymentProcessFailed<'a> {
        /// Order being charged.
        #[entity]
        pub order_id: Str<'a>,
        /// Longer than a short text, and to be escaped.
        pub message: Str<'a>,
        /// In units of the currency.
        pub amount: f64,
        /// Which attempt.
        pub attempt: u32,
        /// In minor units.
        pub amount_cents: i64,
        /// Whether it will be tried again.
        pub retried: bool,
        /// When the customer pressed the button.
        pub pressed_at: Timestamp,
        /// Gateway's reason.
        pub reason: Option<Str<'a>>,
        /// What was tried before.
        pub tried: Vec<u16>,
        /// Where it was shipped to.
        pub place: Place,
        /// Card used.
        #[sensitive(last4)]
        pub card_number: Str<'a>,
        /// Who pays.
        #[sensitive(email)]
        pub payer_email: Str<'a>,
        /// Who pays, as a key.
        #[sensitive(hash)]
        pub payer_key: Str<'a>,
        /// Where they are.
        #[sensitive(ip)]
        pub payer_ip: IpAddr,
        /// Where they were.
        #[sensitive(ip)]
        pub former_ip: Str<'a>,
    }

    /// Below the level that is emitted.
    #[event(debug)]
    pub struct PaymentProcessSkipped<'a> {
        /// Order being charged.
        pub order_id: Str<'a>,
    }

    /// None is kept.
    #[event(info, sample = 0 / 1)]
    pub struct PaymentProcessDelayed {
        /// Which attempt.
        pub attempt: u32,
    }

    /// One is kept.
    #[event(info, limit = "1/h")]
    pub struct PaymentProcessResumed {
        /// Which attempt.
        pub attempt: u32,
    }

    /// What is bound.
    #[group(context)]
    pub struct RequestContext<'a> {
        /// Id of the request.
        pub request_id: Str<'a>,
    }
);

/// A place.
#[derive(EventValue)]
pub struct Place {
    /// Its number.
    pub room: u32,
}

fn failed<'a>(order_id: &'a str, message: &'a str, tried: Vec<u16>) -> PaymentProcessFailed<'a> {
    PaymentProcessFailed {
        order_id: order_id.into(),
        message: message.into(),
        amount: 129.95,
        attempt: 3,
        amount_cents: -12_995,
        retried: true,
        pressed_at: Timestamp::from_micros(951_825_600_000_001),
        reason: Some("insufficient_funds".into()),
        tried,
        place: Place { room: 7 },
        card_number: "4242 4242 4242 4242".into(),
        payer_email: "ada@example.com".into(),
        payer_key: "ada".into(),
        payer_ip: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 77)),
        former_ip: "2001:db8:1:2::77".into(),
    }
}

/// Allocations of `f` on this thread, when it is called again.
fn allocations(mut f: impl FnMut()) -> u64 {
    f();
    measure(f).count_total
}

#[test]
fn an_event_allocates_nothing() {
    let emitter =
        Emitter::builder().level(Level::Info).sink(JsonLines::new(std::io::sink())).build();
    let guard = emitter.install().expect("the first in this process");
    let emit = || {
        emit_payment_process_failed(failed(
            "ord_1",
            "the gateway said \"no\",\nand then nothing more",
            vec![],
        ));
    };
    assert_eq!(allocations(emit), 0, "without context");

    let context = RequestContext { request_id: "req_1".into() }.enter();
    assert_eq!(allocations(emit), 0, "with context");
    drop(context);

    let disabled =
        || emit_payment_process_skipped(PaymentProcessSkipped { order_id: "ord_1".into() });
    assert_eq!(allocations(disabled), 0, "disabled");
    assert_eq!(guard.finish().emitted, 4);
}

#[test]
fn an_event_to_an_emitter_of_its_own_allocates_nothing() {
    let emitter = Emitter::builder().sink(JsonLines::new(std::io::sink())).build();
    let event = failed("ord_1", "no", vec![1, 2, 3]);
    assert_eq!(allocations(|| emitter.emit(&event)), 0);
}

#[test]
fn an_envelope_allocates_nothing() {
    let emitter = Emitter::builder()
        .service("shop")
        .ids_in_lines()
        .sink(JsonLines::new(std::io::sink()).envelopes())
        .sink(JsonLines::new(std::io::sink()))
        .build();
    let event = failed("ord_1", "no", vec![]);
    let _bound = [
        RequestContext { request_id: "req_1".into() }.enter(),
        Actor::user("usr_1").session("ses_1").enter(),
        TraceContext::new_root().enter(),
        CorrelationId("ord_1".into()).enter(),
    ];
    assert_eq!(allocations(|| emitter.emit(&event)), 0);
}

#[test]
fn what_is_left_out_allocates_nothing() {
    let emitter = Emitter::builder()
        .level(Level::Debug)
        .count_suppressed()
        .sink(JsonLines::new(std::io::sink()))
        .build();
    assert_eq!(
        allocations(|| emitter.emit(&PaymentProcessDelayed { attempt: 1 })),
        0,
        "sampled out"
    );
    let trace = TraceContext::new_root().enter();
    assert_eq!(
        allocations(|| emitter.emit(&PaymentProcessDelayed { attempt: 1 })),
        0,
        "sampled out with its trace"
    );
    drop(trace);
    emitter.emit(&PaymentProcessResumed { attempt: 1 });
    assert_eq!(allocations(|| emitter.emit(&PaymentProcessResumed { attempt: 1 })), 0, "limited");
    emitter.set_levels(Level::Error);
    assert_eq!(
        allocations(|| emitter.emit(&PaymentProcessResumed { attempt: 1 })),
        0,
        "suppressed, and counted"
    );
    let report = emitter.report();
    assert_eq!((report.sampled_out, report.limited, report.suppressed), (4, 2, Some(2)));
}

#[test]
fn allocations_are_counted() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1_u8)))), 1);
}
