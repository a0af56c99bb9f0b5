//! The recorder and its assertions: what is recorded and where, what may be written of an event,
//! and what a failure says.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

mod expectations;
mod failures;

use event_core::emit::Incident;
use event_core::{
    Change, Context, Emitter, InContext, Level, Recorder, Secret, Str, assert_emitted_in_order,
    assert_golden, events,
};
use std::net::IpAddr;
use std::sync::Barrier;

events!(
    #[domain(optional(action, status))]
    pub enum Payment {
        Process,
    }

    #[event(level = match attempt { 0 => trace, _ => error }, sample = 0 / 1, sample_errors)]
    pub struct PaymentProcessFailed<'a> {
        pub attempt: u32,
        pub reason: Option<Str<'a>>,
        pub order_id: String,
        #[sensitive(last4)]
        pub card_number: Option<Str<'a>>,
        #[sensitive(redact)]
        pub password: Secret<Str<'a>>,
        #[group]
        pub error: Problem<'a>,
    }

    #[group]
    pub struct Problem<'a> {
        pub message: Option<Str<'a>>,
        pub code: i64,
    }

    #[event(info, limit = "1/m")]
    pub struct PaymentProcessStarted {
        pub order_id: String,
    }

    #[event(debug, context(Caller))]
    pub struct PaymentProcessCompleted {
        pub share: f64,
        pub seats: Vec<u8>,
        pub tags: Vec<String>,
        #[field(public)]
        pub ip: IpAddr,
        pub address: Address,
        pub next: Option<u64>,
        #[transition]
        pub state: Change<State>,
        #[field(rename = "type")]
        pub kind: Option<State>,
        pub r#match: bool,
    }

    #[group(context)]
    pub struct Caller {
        pub caller: String,
    }

    #[value]
    pub struct Address {
        pub city: String,
        pub number: u16,
    }

    #[value]
    pub enum State {
        Open,
        Closed,
    }
);

fn failed() -> PaymentProcessFailed<'static> {
    PaymentProcessFailed {
        attempt: 2,
        reason: Some("insufficient_funds".into()),
        order_id: "ord_1".into(),
        card_number: Some("4242424242424242".into()),
        password: Secret::new("hunter2".into()),
        error: Problem { message: None, code: -7 },
    }
}

fn started(order_id: &str) {
    emit_payment_process_started(PaymentProcessStarted { order_id: order_id.to_owned() });
}

fn completed() -> PaymentProcessCompleted {
    PaymentProcessCompleted {
        share: 0.5,
        seats: vec![1, 2],
        tags: vec!["a".into(), "b".into()],
        ip: "203.0.113.77".parse().unwrap(),
        address: Address { city: "Ulm".into(), number: 3 },
        next: None,
        state: Change { before: State::Open, after: State::Closed },
        kind: Some(State::Open),
        r#match: true,
    }
}

/// Two started, one failed, one completed.
fn payments() -> Recorder {
    let ((), recorder) = Recorder::capture(|| {
        started("ord_1");
        emit_payment_process_failed(failed());
        started("ord_2");
        let _caller = Caller { caller: "till".into() }.enter();
        emit_payment_process_completed(completed());
    });
    recorder
}

#[test]
fn f6_parallel_threads_do_not_see_each_others_events() {
    const THREADS: usize = 8;
    const EVENTS: usize = 100;
    let barrier = Barrier::new(THREADS);
    std::thread::scope(|threads| {
        for thread in 0..THREADS {
            let barrier = &barrier;
            threads.spawn(move || {
                let recorder = Recorder::new();
                let _bound = recorder.enter();
                for at in 0..EVENTS {
                    barrier.wait();
                    started(&format!("{thread}/{at}"));
                }
                let ids: Vec<String> = recorder
                    .of::<PaymentProcessStarted>()
                    .unwrap()
                    .into_iter()
                    .map(|event| event.order_id)
                    .collect();
                assert_eq!(ids, (0..EVENTS).map(|at| format!("{thread}/{at}")).collect::<Vec<_>>());
            });
        }
    });
}

#[test]
fn f6_a_recorder_goes_where_the_context_goes() {
    let recorder = Recorder::new();
    let bound = recorder.enter();
    let context = Context::current();
    std::thread::spawn(|| started("lost")).join().unwrap();
    std::thread::spawn(move || {
        let _bound = context.enter();
        started("thread");
    })
    .join()
    .unwrap();
    let carried = async { started("carried") }.in_current_context();
    drop(bound);
    started("after");
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
        tokio::spawn(async { started("spawned without") }).await.unwrap();
        tokio::spawn(carried).await.unwrap();
        tokio::spawn(async { started("bound") }.in_context(&recorder)).await.unwrap();
    });
    assert_emitted_in_order!(
        recorder,
        exactly [
            PaymentProcessStarted { order_id: "thread" },
            PaymentProcessStarted { order_id: "carried" },
            PaymentProcessStarted { order_id: "bound" },
        ]
    );
}

#[test]
fn every_level_is_recorded_and_no_rate_holds() {
    let emit = || {
        for _ in 0..3 {
            emit_payment_process_failed(PaymentProcessFailed { attempt: 0, ..failed() });
            started("ord_1");
        }
    };
    let ((), recorder) = Recorder::capture(emit);
    assert_eq!(
        (recorder.count::<PaymentProcessFailed>(), recorder.count::<PaymentProcessStarted>()),
        (3, 3)
    );
    assert_eq!(recorder.records()[0].level(), Level::Trace);

    let sampled = Recorder::sampled();
    let _bound = sampled.enter();
    emit();
    assert_eq!(
        (sampled.count::<PaymentProcessFailed>(), sampled.count::<PaymentProcessStarted>()),
        (0, 1)
    );
}

#[test]
fn incidents_are_kept() {
    let ((), recorder) = Recorder::capture(|| {
        emit_payment_process_completed(completed());
        emit_payment_process_completed(completed());
    });
    let incidents = recorder.incidents();
    assert!(
        matches!(
            &incidents[..],
            [Incident::ContextMissing { event: "payment_process_completed", .. }]
        ),
        "{incidents:?}"
    );
    recorder.clear();
    assert_eq!((recorder.records().len(), recorder.incidents().len()), (0, 1));
    assert!(payments().incidents().is_empty());
}

#[test]
fn clones_share_and_a_recorder_is_a_sink() {
    let recorder = Recorder::new();
    let emitter = Emitter::builder().service("till").sink(recorder.clone()).build();
    emitter.emit(&PaymentProcessStarted { order_id: "ord_1".into() });
    assert!(recorder.lines()[0].contains(r#""service":"till""#));
    assert!(recorder.envelopes()[0].contains(r#""payload":{"order_id":"ord_1"}"#));
    assert_eq!(emitter.report().sinks[0].name, "Recorder");
    assert_eq!(format!("{recorder:?}"), format!("Recorder([{}])", recorder.lines()[0]));
}

#[test]
fn golden_lines_are_the_same_in_each_run() {
    let play = || {
        let recorder = Recorder::golden();
        let _bound = recorder.enter();
        started("ord_1");
        emit_payment_process_failed(failed());
        recorder
    };
    let recorder = play();
    assert_eq!((recorder.lines(), recorder.envelopes()), (play().lines(), play().envelopes()));
    let ids: Vec<String> =
        recorder.records().iter().map(|record| record.record().event_id().to_string()).collect();
    assert_eq!(
        ids,
        ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"]
    );
    assert_golden!(recorder, "tests/golden/payments.ndjson");
}

#[test]
fn a_golden_clock_goes_on_with_each_event() {
    let recorder = Recorder::golden();
    let _bound = recorder.enter();
    for _ in 0..3 {
        started("ord_1");
    }
    let times: Vec<i64> =
        recorder.records().iter().map(|record| record.occurred_at().as_micros()).collect();
    assert_eq!(times.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>(), [1_000, 1_000]);
}
