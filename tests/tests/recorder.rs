//! The recorder and its assertions: what is recorded and where, what may be written of an event,
//! and what a failure says.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::recorder::matching;
use event_core::{
    Change, Context, Emitter, InContext, Incident, Level, Recorder, Secret, Str, assert_emitted,
    assert_emitted_in_order, assert_golden, assert_not_emitted, events,
};
use std::cell::Cell;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Barrier, Once};

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

thread_local! {
    static PANICKED_AT: Cell<Option<u32>> = const { Cell::new(None) };
}

/// What the assertion says, and the line at which it panics.
fn failure(assertion: impl FnOnce()) -> (String, u32) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let here = info.location().filter(|location| location.file() == file!());
            PANICKED_AT.set(here.map(std::panic::Location::line));
            print(info);
        }));
    });
    let panicked =
        catch_unwind(AssertUnwindSafe(assertion)).expect_err("the assertion should fail");
    let message = panicked.downcast::<String>().expect("a message");
    (*message, PANICKED_AT.take().expect("the place is the assertion"))
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
fn what_is_expected_of_a_field() {
    let recorder = payments();
    let (reason, order_id) = (String::from("insufficient_funds"), String::from("ord_1"));
    assert_emitted!(recorder, PaymentProcessFailed);
    assert_emitted!(&recorder, PaymentProcessFailed { .. }, times = 1);
    assert_emitted!(
        recorder,
        PaymentProcessFailed { attempt: 2, reason: "insufficient_funds", order_id: "ord_1", .. }
    );
    assert_emitted!(
        recorder,
        PaymentProcessFailed { reason: Some("insufficient_funds"), order_id, .. }
    );
    assert_emitted!(recorder, PaymentProcessFailed { reason: &reason, .. });
    assert_emitted!(recorder, PaymentProcessFailed { reason, attempt: 1 + 1, .. });
    assert_emitted!(
        recorder,
        PaymentProcessFailed { card_number: "****4242", password: "[redacted]", .. }
    );
    assert_emitted!(recorder, PaymentProcessFailed { error.message: None, error.code: -7, .. });
    assert_emitted!(
        recorder,
        PaymentProcessFailed { card_number: matching(|card: &Option<Str<'_>>| card.is_some()), .. }
    );
    assert_emitted!(
        recorder,
        PaymentProcessCompleted {
            share: 0.5,
            seats: [1, 2],
            tags: ["a", "b"],
            ip: "203.0.113.77",
            ..
        }
    );
    assert_emitted!(
        recorder,
        PaymentProcessCompleted { address: Address { city: "Ulm".into(), number: 3 }, .. }
    );
    assert_emitted!(recorder, PaymentProcessCompleted { address.city: "Ulm", address.number: 3, next: None, .. });
    assert_emitted!(recorder, PaymentProcessCompleted { state.before: State::Open, kind: State::Open, r#match: true, .. });
    assert_emitted!(
        recorder,
        PaymentProcessCompleted {
            kind: Some(State::Open),
            share: matching(|share| *share < 1.0),
            ..
        }
    );
    assert_emitted!(recorder, PaymentProcessStarted, times = 2);
    assert_emitted!(recorder, PaymentProcessStarted { order_id: "ord_1" }, times = 1);
    assert_emitted!(recorder, PaymentProcessStarted { order_id: "ord_3" }, times = 0);

    assert_not_emitted!(recorder, PaymentProcessFailed { attempt: 3, .. });
    assert_not_emitted!(recorder, PaymentProcessFailed { reason: None, .. });
    assert_not_emitted!(recorder, PaymentProcessFailed { error.message: "", .. });
    assert_not_emitted!(recorder, PaymentProcessFailed { card_number: "4242424242424242", .. });
    assert_not_emitted!(recorder, PaymentProcessCompleted { tags: ["a"], .. });
    assert_not_emitted!(recorder, PaymentProcessCompleted { state.after: State::Open, .. });
    assert_not_emitted!(recorder, PaymentProcessCompleted { next: 0, .. });

    assert_emitted_in_order!(
        recorder,
        [PaymentProcessStarted, PaymentProcessStarted, PaymentProcessCompleted { .. }]
    );
    assert_emitted_in_order!(
        recorder,
        exactly [PaymentProcessStarted, PaymentProcessFailed { .. }, PaymentProcessStarted, PaymentProcessCompleted]
    );
}

const ALL: &str = r#"all of the 4 recorded events
    1 payment_process_started v1 info {"order_id":"ord_1"}
    2 payment_process_failed v1 error {"attempt":2,"reason":"insufficient_funds","order_id":"ord_1","card_number":"****4242","password":"[redacted]","message":null,"code":-7}
    3 payment_process_started v1 info {"order_id":"ord_2"}
    4 payment_process_completed v1 debug {"share":0.5,"seats":[1,2],"tags":["a","b"],"ip":"203.0.113.77","address":{"city":"Ulm","number":3},"next":null,"before":"Open","after":"Closed","type":"Open",".."#;

#[test]
fn a_failure_shows_what_came_closest() {
    let recorder = payments();
    let from = line!();
    let (message, at) = failure(|| {
        assert_emitted!(recorder, PaymentProcessFailed { attempt: 2, reason: "stolen", error.code: 0, .. });
    });
    let expected = r#"no recorded event is
    PaymentProcessFailed { attempt: 2, reason: "stolen", error.code: 0, .. }
closest: number 2
      attempt: 2
    ! reason: expected "stolen", found "insufficient_funds"
    ! error.code: expected 0, found -7
"#;
    assert_eq!(message, format!("{expected}{ALL}"));
    assert_eq!(at, from + 2, "the panic is at the assertion");
}

#[test]
fn a_failure_of_a_number_of_times() {
    let recorder = payments();
    let (message, _) = failure(|| assert_emitted!(recorder, PaymentProcessStarted, times = 3));
    assert_eq!(
        message,
        format!(
            "3 events expected, 2 recorded, of\n    PaymentProcessStarted\nrecorded: number 1, number 3\n{ALL}"
        )
    );
    let (message, _) =
        failure(|| assert_not_emitted!(recorder, PaymentProcessStarted { order_id: "ord_2" }));
    assert_eq!(
        message,
        format!(
            "recorded, though not expected: number 3 is\n    PaymentProcessStarted {{ order_id: \"ord_2\" }}\n{ALL}"
        )
    );
}

#[test]
fn a_failure_of_an_order_says_what_is_missing() {
    let recorder = payments();
    let (message, _) = failure(|| {
        assert_emitted_in_order!(
            recorder,
            [
                PaymentProcessFailed,
                PaymentProcessStarted { order_id: "ord_1" },
                PaymentProcessCompleted
            ]
        );
    });
    let expected = r#"events are not recorded in this order
    PaymentProcessFailed: number 2
    PaymentProcessStarted { order_id: "ord_1" }: missing
    PaymentProcessCompleted: not looked for
closest behind number 2: number 3
    ! order_id: expected "ord_1", found "ord_2"
"#;
    assert_eq!(message, format!("{expected}{ALL}"));

    let (message, _) =
        failure(|| assert_emitted_in_order!(recorder, exactly[PaymentProcessStarted]));
    let expected = "events are not recorded in this order, and no others\n    PaymentProcessStarted: number 1\nnumber 2 is one too many\n";
    assert_eq!(message, format!("{expected}{ALL}"));

    // What is there, but not here, is said to be where it is.
    let (message, _) =
        failure(|| assert_emitted_in_order!(recorder, exactly[PaymentProcessFailed]));
    assert!(
        message.contains("    PaymentProcessFailed: missing\nclosest: number 2\n"),
        "{message}"
    );
}

#[test]
fn a_failure_where_nothing_was_recorded() {
    let (message, _) = failure(|| assert_emitted!(Recorder::new(), PaymentProcessStarted));
    assert_eq!(
        message,
        "no recorded event is\n    PaymentProcessStarted\nnone is of `payment_process_started` v1\n\
         nothing was recorded; a thread or a task that is spawned records when it is given the context"
    );
}

#[test]
fn a_failure_never_shows_what_is_masked() {
    let recorder = payments();
    let (message, _) = failure(|| {
        assert_emitted!(
            recorder,
            PaymentProcessFailed {
                card_number: "4242424242424242",
                password: "hunter2",
                attempt: 2,
                ..
            }
        );
    });
    let expected = r#"no recorded event is
    PaymentProcessFailed { card_number: (masked), password: (masked), attempt: 2, .. }
closest: number 2
    ! card_number: found "****4242"; it is masked, and what is expected is not shown
    ! password: found "[redacted]"; it is masked, and what is expected is not shown
      attempt: 2
"#;
    assert_eq!(message, format!("{expected}{ALL}"));
}

#[test]
fn a_failure_tells_incidents_and_cuts_what_is_long() {
    let ((), recorder) = Recorder::capture(|| {
        for _ in 0..50 {
            started(&"é".repeat(200));
        }
        emit_payment_process_completed(completed());
    });
    let (message, _) = failure(|| assert_emitted!(recorder, PaymentProcessFailed));
    assert!(
        message.contains("\n    40 payment_process_started v1 info {\"order_id\":\"éé"),
        "{message}"
    );
    assert!(
        message.contains("éé..\n    and 11 more\nincident: event `payment_process_completed` ("),
        "{message}"
    );
    assert!(message.lines().all(|line| line.chars().count() < 400), "{message}");
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
