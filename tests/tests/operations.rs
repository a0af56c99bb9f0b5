//! Operations: one begin, one end, whatever happens in between.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::{
    Actor, Begins, Capture, Clock, Either, Elapsed, Emitter, Interrupted, Level, Operation, Str, TimeUnit, Timestamp,
    elapsed, events,
};
use proptest::prelude::*;
use serde_json::Value;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

events!(
    #[domain]
    pub enum Payment {
        Process,
        #[action(open_ended = "the provider never says that a refund succeeded")]
        Refund,
    }

    #[event(info)]
    pub struct PaymentProcessStarted<'a> {
        pub order_id: Str<'a>,
        /// How long the customer is ready to wait; no elapsed time.
        pub duration_ms: u64,
    }

    #[event(info)]
    pub struct PaymentProcessSuccess<'a> {
        pub order_id: Str<'a>,
        #[elapsed]
        pub took_us: u64,
        /// As it is given.
        pub duration_ms: u64,
    }

    #[event(error, context(Deadline))]
    pub struct PaymentProcessFailed<'a> {
        pub reason: Str<'a>,
        #[elapsed]
        #[field(unit = "us")]
        pub took: Option<u64>,
    }

    #[event(warning)]
    pub struct PaymentProcessCancelled {
        #[elapsed]
        pub took_s: f64,
    }

    #[event(info)]
    pub struct PaymentProcessRetrying;

    #[event(debug)]
    pub struct PaymentRefundInitiated;

    #[event(level = match took_ns { 0 => trace, _ => critical })]
    pub struct PaymentRefundFailed {
        #[elapsed]
        pub took_ns: u64,
    }

    /// What an event may carry under the name that others give to their elapsed time.
    #[group(context)]
    pub struct Deadline {
        pub duration_ms: u64,
    }
);

// A domain whose names have no action: what begins and what ends it share that.
mod request {
    event_core::events! {
        #[domain(optional(action))]
        pub enum Request {}

        #[event(info)]
        pub struct RequestStarted;

        #[event(level = if is_server_error { error } else { info })]
        pub struct RequestFinished {
            pub is_server_error: bool,
        }

        #[event(error)]
        pub struct RequestFailed;

        #[cfg(any())]
        #[event(error)]
        pub struct RequestRejected {
            #[elapsed]
            pub took_ms: u64,
        }
    }
}
use request::{RequestFailed, RequestFinished, RequestStarted};

fn started(order_id: &str) -> PaymentProcessStarted<'_> {
    PaymentProcessStarted { order_id: order_id.into(), duration_ms: 30_000 }
}

fn success() -> PaymentProcessSuccess<'static> {
    PaymentProcessSuccess { order_id: "ord_1".into(), took_us: elapsed(), duration_ms: 7 }
}

fn failed(reason: &str) -> PaymentProcessFailed<'_> {
    PaymentProcessFailed { reason: reason.into(), took: elapsed() }
}

fn interrupted(interrupted: Interrupted) -> PaymentProcessFailed<'static> {
    failed(interrupted.as_str())
}

/// The kept lines, as JSON.
fn values(capture: &Capture) -> Vec<Value> {
    capture.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn names(capture: &Capture) -> Vec<String> {
    values(capture).iter().map(|line| line["event"].as_str().unwrap().to_owned()).collect()
}

const PAUSE: Duration = Duration::from_millis(2);

/// What `work` leaves in the capture: the begin, the end, and nothing else.
fn begin_and_end(work: impl FnOnce()) -> Value {
    let capture = Capture::new();
    let scope = capture.enter();
    let start = Instant::now();
    work();
    let most = start.elapsed();
    drop(scope);
    let mut lines = values(&capture);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0]["event"], "payment_process_started");
    assert_eq!(lines[0]["duration_ms"], 30_000, "a begin's own field is left alone");
    let end = lines.remove(1);
    if let Some(took) = end.get("took_us").or_else(|| end.get("took")) {
        let took = u128::from(took.as_u64().unwrap());
        assert!((PAUSE.as_micros()..=most.as_micros()).contains(&took), "{took} µs");
    }
    end
}

#[derive(Debug, PartialEq)]
struct Refused(String);

fn refused(error: &Refused) -> PaymentProcessFailed<'static> {
    PaymentProcessFailed { reason: error.0.clone().into(), took: elapsed() }
}

#[test]
fn a10_exactly_one_begin_and_one_end() {
    let run = |result: Result<String, Refused>| {
        let mut passed = None;
        let end = begin_and_end(|| {
            let work = || {
                std::thread::sleep(PAUSE);
                result
            };
            passed = Some(started("ord_1").start(interrupted).run_sync(work, |_| success(), refused));
        });
        (end, passed.unwrap())
    };
    let (end, passed) = run(Ok("ch_1".into()));
    assert_eq!(passed, Ok("ch_1".into()));
    assert_eq!(end["event"], "payment_process_success");
    assert_eq!(end["duration_ms"], 7, "a field that is not `#[elapsed]` is left alone, whatever its name");

    let (end, passed) = run(Err(Refused("no funds".into())));
    assert_eq!(passed, Err(Refused("no funds".into())));
    assert_eq!((&end["event"], &end["reason"]), (&"payment_process_failed".into(), &"no funds".into()));

    let end = begin_and_end(|| {
        let _operation = started("ord_1").start(interrupted);
        std::thread::sleep(PAUSE);
    });
    assert_eq!((&end["event"], &end["reason"]), (&"payment_process_failed".into(), &"dropped".into()));

    let end = begin_and_end(|| {
        let panic = catch_unwind(|| {
            let work = || -> Result<(), Refused> {
                std::thread::sleep(PAUSE);
                panic!("the gateway's client has a defect")
            };
            started("ord_1").start(interrupted).run_sync(work, |()| success(), refused)
        });
        panic.unwrap_err();
    });
    assert_eq!((&end["event"], &end["reason"]), (&"payment_process_failed".into(), &"panicked".into()));

    let end = begin_and_end(|| {
        let operation = started("ord_1").start(interrupted);
        std::thread::sleep(PAUSE);
        operation.finish(success());
    });
    assert_eq!(end["event"], "payment_process_success");
}

#[test]
fn a10_a_panic_while_the_end_is_made_is_an_end() {
    let end = begin_and_end(|| {
        let made = |(): &()| -> PaymentProcessSuccess<'static> {
            std::thread::sleep(PAUSE);
            panic!("of a defect")
        };
        let run = || started("ord_1").start(interrupted).run_sync(|| Ok(()), made, refused);
        catch_unwind(run).unwrap_err();
    });
    assert_eq!(end["reason"], "panicked");
}

#[test]
fn a10_dropped_while_another_panic_unwinds_is_dropped() {
    struct Cleaner;
    impl Drop for Cleaner {
        fn drop(&mut self) {
            assert!(std::thread::panicking());
            let operation = started("ord_1").start(interrupted);
            std::thread::sleep(PAUSE);
            drop(operation);
        }
    }
    let end = begin_and_end(|| {
        let unwinding = || {
            let _cleaner = Cleaner;
            panic!("of a defect")
        };
        catch_unwind(unwinding).unwrap_err();
    });
    assert_eq!(end["reason"], "dropped");
}

#[test]
fn a10_one_of_two_ends() {
    let operation = |work: &dyn Fn()| {
        let end = begin_and_end(|| {
            let operation = started("ord_1").start(|interrupted| match interrupted {
                Interrupted::Dropped => Either::Left(PaymentProcessCancelled { took_s: elapsed() }),
                Interrupted::Panicked => Either::Right(failed("panicked")),
            });
            let run = AssertUnwindSafe(move || {
                std::thread::sleep(PAUSE);
                work();
                drop(operation);
            });
            let _ = catch_unwind(run);
        });
        (end["event"].clone(), end["took_s"].as_f64())
    };
    let (name, took) = operation(&|| ());
    assert_eq!(name, "payment_process_cancelled");
    assert!((0.002..1.0).contains(&took.unwrap()));
    assert_eq!(operation(&|| panic!("of a defect")).0, "payment_process_failed");

    let end = begin_and_end(|| {
        let operation = started("ord_1").start(interrupted);
        operation.finish(PaymentProcessRetrying);
    });
    assert_eq!(end["event"], "payment_process_retrying", "a neutral status ends what the caller says it ends");
}

#[test]
fn a10_a_bound_duration_stays_what_it_is() {
    let end = begin_and_end(|| {
        let _deadline = Deadline { duration_ms: 250 }.enter();
        let operation = started("ord_1").start(interrupted);
        std::thread::sleep(PAUSE);
        operation.finish(failed("too late"));
    });
    assert_eq!(end["duration_ms"], 250);
}

#[test]
fn a10_names_without_an_action() {
    let capture = Capture::new();
    let scope = capture.enter();
    let operation = RequestStarted.start(|_| RequestFailed);
    let result: Result<u16, ()> =
        operation.run_sync(|| Ok(503), |code| RequestFinished { is_server_error: *code >= 500 }, |()| RequestFailed);
    drop(scope);
    assert_eq!(result, Ok(503));
    assert_eq!(names(&capture), ["request_started", "request_finished"]);
    assert_eq!(capture.records()[1].level, Level::Error);
}

#[test]
fn a10_the_level_may_follow_from_the_elapsed_time() {
    let capture = Capture::new();
    let scope = capture.enter();
    let operation = PaymentRefundInitiated.start(|_| PaymentRefundFailed { took_ns: elapsed() });
    std::thread::sleep(PAUSE);
    drop(operation);
    drop(scope);
    assert_eq!(capture.records()[1].level, Level::Critical);
}

#[test]
fn a10_disabled_events_leave_the_result_alone() {
    let capture = Capture::new();
    let scope = Emitter::builder().level(Level::Error).sink(capture.clone()).build().enter();
    let result: Result<u8, Refused> = started("ord_1").start(interrupted).run_sync(|| Ok(3), |_| success(), refused);
    assert_eq!((result, capture.lines().len()), (Ok(3), 0));
    let result: Result<u8, Refused> =
        started("ord_1").start(interrupted).run_sync(|| Err(Refused("no funds".into())), |_| success(), refused);
    drop(scope);
    assert_eq!(result, Err(Refused("no funds".into())));
    assert_eq!(names(&capture), ["payment_process_failed"]);
}

#[test]
fn a10_an_operation_borrows_nothing_from_its_begin() {
    type Held = Operation<PaymentProcessStarted<'static>, fn(Interrupted) -> PaymentProcessFailed<'static>>;
    let end = begin_and_end(|| {
        let held: Held = {
            let order_id = String::from("ord_1");
            started(&order_id).start(interrupted)
        };
        std::thread::sleep(PAUSE);
        held.finish(success());
    });
    assert_eq!(end["event"], "payment_process_success");
}

#[test]
fn a10_an_operation_ends_where_it_began_on_whatever_thread() {
    let capture = Capture::new();
    let scope = capture.enter();
    let deadline = Deadline { duration_ms: 250 }.enter();
    let acting = Actor::user("usr_7").enter();
    let operation = started("ord_1").start(interrupted);
    drop((scope, deadline, acting));
    let thread = std::thread::spawn(move || {
        // Of what is bound here the end says nothing.
        let _deadline = Deadline { duration_ms: 3 }.enter();
        let _operation = operation;
        std::thread::sleep(PAUSE);
        panic!("of a defect");
    });
    thread.join().unwrap_err();
    let lines = values(&capture);
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[1]["reason"], &lines[1]["duration_ms"]), (&"panicked".into(), &250.into()));
    assert_eq!((&lines[1]["actor"], lines[1]["actor"].is_object()), (&lines[0]["actor"], true));
    assert!(u128::from(lines[1]["took"].as_u64().unwrap()) >= PAUSE.as_micros());
}

#[test]
fn d6_what_an_operation_bound_does_not_leak() {
    let capture = Capture::new();
    let _scope = capture.enter();
    let operation = {
        let _deadline = Deadline { duration_ms: 250 }.enter();
        started("ord_1").start(interrupted)
    };
    drop(operation);
    started("ord_2").start(interrupted).finish(failed("no funds"));
    let bound: Vec<Value> = values(&capture).iter().map(|line| line["duration_ms"].clone()).collect();
    assert_eq!(bound, [30_000.into(), 250.into(), 30_000.into(), Value::Null]);
}

#[test]
fn a10_the_time_is_that_of_the_emitter_it_began_with() {
    /// Set back by an hour at every look; forward by 1.5 s for what takes time.
    struct Stepping(AtomicU64);
    impl Clock for Stepping {
        fn now(&self) -> Timestamp {
            Timestamp::from_micros(1_700_000_000_000_000 - 3_600_000_000 * self.0.load(Ordering::Relaxed).cast_signed())
        }

        fn monotonic(&self) -> Duration {
            Duration::from_millis(1_500) * u32::try_from(self.0.fetch_add(1, Ordering::Relaxed)).unwrap()
        }
    }
    let capture = Capture::new();
    let emitter = Emitter::builder().clock(Stepping(AtomicU64::new(0))).sink(capture.clone()).build();
    let scope = emitter.enter();
    let operation = started("ord_1").start(interrupted);
    drop(scope);
    let _other = Capture::new().enter();
    operation.finish(success());
    assert_eq!(values(&capture)[1]["took_us"], 1_500_000);
}

#[test]
fn a10_an_operation_may_outlive_what_its_thread_has_bound() {
    thread_local! {
        static HELD: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
    }
    let capture = Capture::new();
    let bound = capture.clone();
    let thread = std::thread::spawn(move || {
        // The slot is made before what is bound, and so is dropped after it.
        HELD.with_borrow(Option::is_none);
        let _scope = bound.enter();
        HELD.set(Some(Box::new(started("ord_1").start(interrupted))));
    });
    thread.join().unwrap();
    assert_eq!(names(&capture)[0], "payment_process_started");
}

/// Ends when it is told to.
async fn charge(result: Option<Result<String, Refused>>) -> Result<String, Refused> {
    std::thread::sleep(PAUSE);
    match result {
        Some(result) => result,
        None => std::future::pending().await,
    }
}

/// One poll of an operation's future, which is dropped after it.
fn poll(result: Option<Result<String, Refused>>) -> (Value, Poll<Result<String, Refused>>) {
    let mut polled = Poll::Pending;
    let end = begin_and_end(|| {
        let operation = started("ord_1").start(interrupted);
        let mut future = Box::pin(operation.run(charge(result), |_| success(), refused));
        polled = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    });
    (end, polled)
}

#[test]
fn a10_a_future_ends_once() {
    let (end, polled) = poll(Some(Ok("ch_1".into())));
    assert_eq!((end["event"].as_str().unwrap(), polled), ("payment_process_success", Poll::Ready(Ok("ch_1".into()))));
    let (end, polled) = poll(Some(Err(Refused("no funds".into()))));
    assert_eq!((end["reason"].as_str().unwrap(), polled), ("no funds", Poll::Ready(Err(Refused("no funds".into())))));
}

#[test]
fn d6_a_dropped_future_ends_once() {
    let (end, polled) = poll(None);
    assert_eq!((end["reason"].as_str().unwrap(), polled), ("dropped", Poll::Pending));

    let end = begin_and_end(|| {
        let operation = started("ord_1").start(interrupted);
        let never_polled = operation.run(charge(None), |_| success(), refused);
        std::thread::sleep(PAUSE);
        drop(never_polled);
    });
    assert_eq!(end["reason"], "dropped");
}

#[test]
fn a10_a_panic_in_a_poll_ends_once() {
    let end = begin_and_end(|| {
        let operation = started("ord_1").start(interrupted);
        let work = async {
            std::thread::sleep(PAUSE);
            panic!("the gateway's client has a defect")
        };
        let mut future = Box::pin(operation.run(work, |(): &()| success(), refused));
        let poll = AssertUnwindSafe(|| future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
        catch_unwind(poll).unwrap_err();
    });
    assert_eq!(end["reason"], "panicked");
}

#[test]
fn d6_a_cancelled_task_ends_once() {
    let end = begin_and_end(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let task = tokio::spawn(async {
                let operation = started("ord_1").start(interrupted);
                operation.run(charge(None), |_| success(), refused).await
            });
            // The task gets to where it waits.
            tokio::task::yield_now().await;
            task.abort();
            assert!(task.await.unwrap_err().is_cancelled());
        });
    });
    assert_eq!(end["reason"], "dropped");

    let end = begin_and_end(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let operation = started("ord_1").start(interrupted);
        let run = operation.run(charge(None), |_| success(), refused);
        runtime.block_on(async { tokio::time::timeout(PAUSE, run).await.unwrap_err() });
    });
    assert_eq!(end["reason"], "dropped");
}

#[test]
fn a10_an_elapsed_time_saturates() {
    let took = Duration::new(3, 600_700_800);
    assert_eq!(u64::from_elapsed(took, TimeUnit::Nanoseconds), 3_600_700_800);
    assert_eq!(i32::from_elapsed(took, TimeUnit::Nanoseconds), i32::MAX);
    assert_eq!(u32::from_elapsed(took, TimeUnit::Microseconds), 3_600_700);
    assert_eq!(u8::from_elapsed(took, TimeUnit::Milliseconds), u8::MAX);
    assert_eq!(Option::<u8>::from_elapsed(took, TimeUnit::Seconds), Some(3));
    assert!((f64::from_elapsed(took, TimeUnit::Milliseconds) - 3_600.700_8).abs() < f64::EPSILON);
    for unit in [TimeUnit::Nanoseconds, TimeUnit::Microseconds, TimeUnit::Milliseconds] {
        assert_eq!(u64::from_elapsed(Duration::MAX, unit), u64::MAX);
        assert_eq!(i64::from_elapsed(Duration::MAX, unit), i64::MAX);
        assert!(f32::from_elapsed(Duration::MAX, unit).is_finite());
    }
    assert_eq!(u64::from_elapsed(Duration::MAX, TimeUnit::Seconds), u64::MAX);
    assert_eq!((elapsed::<i64>(), elapsed::<Option<f64>>()), (0, None));
}

/// What happens to one operation after those within it.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Ok,
    Err,
    Dropped,
    Panicked,
    /// Finished without `run_sync`.
    Finished,
}

#[derive(Clone, Debug)]
struct Tree {
    outcome: Outcome,
    is_async: bool,
    /// Whether it goes on after a panic of an operation within it.
    catches: bool,
    within: Vec<Tree>,
}

fn trees() -> impl Strategy<Value = Tree> {
    let outcome = prop_oneof![
        Just(Outcome::Ok),
        Just(Outcome::Err),
        Just(Outcome::Dropped),
        Just(Outcome::Panicked),
        Just(Outcome::Finished)
    ];
    let tree =
        move |within: BoxedStrategy<Vec<Tree>>| {
            (outcome.clone(), any::<bool>(), any::<bool>(), within)
                .prop_map(|(outcome, is_async, catches, within)| Tree { outcome, is_async, catches, within })
        };
    tree(Just(Vec::new()).boxed())
        .prop_recursive(4, 40, 4, move |inner| tree(prop::collection::vec(inner, 0..4).boxed()))
}

/// Runs a tree. `path` names the operation: its begin and its end carry it.
fn run(tree: &Tree, path: &str) {
    let named = |end: &str| format!("{path} {end}");
    let operation = started(path)
        .start(|interrupted| PaymentProcessFailed { reason: named(interrupted.as_str()).into(), took: elapsed() });
    let within = || {
        for (at, inner) in tree.within.iter().enumerate() {
            let path = format!("{path}.{at}");
            if tree.catches {
                let _ = catch_unwind(AssertUnwindSafe(|| run(inner, &path)));
            } else {
                run(inner, &path);
            }
        }
    };
    let result = || match tree.outcome {
        Outcome::Ok | Outcome::Finished => Ok(()),
        Outcome::Err => Err(()),
        Outcome::Dropped | Outcome::Panicked => panic!("of a defect"),
    };
    let completed = |(): &()| PaymentProcessSuccess { order_id: named("ok").into(), ..success() };
    let failed = |(): &()| PaymentProcessFailed { reason: named("err").into(), took: elapsed() };
    match (tree.outcome, tree.is_async) {
        (Outcome::Finished, _) => {
            within();
            operation.finish(PaymentProcessSuccess { order_id: named("ok").into(), ..success() });
        }
        (Outcome::Dropped, false) => {
            within();
            drop(operation);
        }
        (_, false) => {
            let work = || {
                within();
                result()
            };
            let _ = operation.run_sync(work, completed, failed);
        }
        (outcome, true) => {
            let work = async {
                within();
                if matches!(outcome, Outcome::Dropped) {
                    std::future::pending::<()>().await;
                }
                result()
            };
            let mut future = std::pin::pin!(operation.run(work, completed, failed));
            let polled = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert_eq!(polled.is_pending(), matches!(outcome, Outcome::Dropped));
        }
    }
}

/// What the lines of a tree must be: the begin, those within, the end. Answers whether it panics.
fn model(tree: &Tree, path: &str, lines: &mut Vec<String>) -> bool {
    lines.push(format!("{path} begins"));
    for (at, inner) in tree.within.iter().enumerate() {
        if model(inner, &format!("{path}.{at}"), lines) && !tree.catches {
            lines.push(format!("{path} panicked"));
            return true;
        }
    }
    let end = match tree.outcome {
        Outcome::Ok | Outcome::Finished => "ok",
        Outcome::Err => "err",
        Outcome::Dropped => "dropped",
        Outcome::Panicked => "panicked",
    };
    lines.push(format!("{path} {end}"));
    matches!(tree.outcome, Outcome::Panicked)
}

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Panics of this thread are not printed while `work` runs: many of them are meant.
fn quietly(work: impl FnOnce()) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                loud(panic);
            }
        }));
    });
    IS_QUIET.set(true);
    let _ = catch_unwind(AssertUnwindSafe(work));
    IS_QUIET.set(false);
}

proptest! {
    #[test]
    fn a10_nested_operations_are_nested_and_end_once(tree in trees()) {
        let capture = Capture::new();
        let scope = capture.enter();
        quietly(|| run(&tree, "0"));
        drop(scope);
        let lines: Vec<String> = values(&capture)
            .iter()
            .map(|line| match line["event"].as_str().unwrap() {
                "payment_process_started" => format!("{} begins", line["order_id"].as_str().unwrap()),
                "payment_process_success" => line["order_id"].as_str().unwrap().to_owned(),
                _ => line["reason"].as_str().unwrap().to_owned(),
            })
            .collect();
        let mut wanted = Vec::new();
        model(&tree, "0", &mut wanted);
        prop_assert_eq!(lines, wanted);
    }
}
