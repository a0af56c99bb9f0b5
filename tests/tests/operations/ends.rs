//! Each way in which an operation ends, and what its end says.

use super::{
    Deadline, PAUSE, PaymentProcessCancelled, PaymentProcessRetrying, PaymentProcessSuccess,
    PaymentRefundFailed, PaymentRefundInitiated, Refused, RequestFailed, RequestFinished,
    RequestStarted, begin_and_end, failed, interrupted, names, refused, started, success,
};
use event_core::unit::{Either, Elapsed, Interrupted, TimeUnit, elapsed};
use event_core::{Begins, Emitter, Level, Recorder};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

#[test]
fn a10_exactly_one_begin_and_one_end() {
    let run = |result: Result<String, Refused>| {
        let mut passed = None;
        let end = begin_and_end(|| {
            let work = || {
                std::thread::sleep(PAUSE);
                result
            };
            passed =
                Some(started("ord_1").start(interrupted).run_sync(work, |_| success(), refused));
        });
        (end, passed.unwrap())
    };
    let (end, passed) = run(Ok("ch_1".into()));
    assert_eq!(passed, Ok("ch_1".into()));
    assert_eq!(end["event"], "payment_process_success");
    assert_eq!(
        end["duration_ms"], 7,
        "a field that is not `#[elapsed]` is left alone, whatever its name"
    );

    let (end, passed) = run(Err(Refused("no funds".into())));
    assert_eq!(passed, Err(Refused("no funds".into())));
    assert_eq!(
        (&end["event"], &end["reason"]),
        (&"payment_process_failed".into(), &"no funds".into())
    );

    let end = begin_and_end(|| {
        let _operation = started("ord_1").start(interrupted);
        std::thread::sleep(PAUSE);
    });
    assert_eq!(
        (&end["event"], &end["reason"]),
        (&"payment_process_failed".into(), &"dropped".into())
    );

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
    assert_eq!(
        (&end["event"], &end["reason"]),
        (&"payment_process_failed".into(), &"panicked".into())
    );

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
    assert_eq!(
        end["event"], "payment_process_retrying",
        "a neutral status ends what the caller says it ends"
    );
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
    let recorder = Recorder::new();
    let scope = recorder.enter();
    let operation = RequestStarted.start(|_| RequestFailed);
    let result: Result<u16, ()> = operation.run_sync(
        || Ok(503),
        |code| RequestFinished { is_server_error: *code >= 500 },
        |()| RequestFailed,
    );
    drop(scope);
    assert_eq!(result, Ok(503));
    assert_eq!(names(&recorder), ["request_started", "request_finished"]);
    assert_eq!(recorder.records()[1].level(), Level::Error);
}

#[test]
fn a10_the_level_may_follow_from_the_elapsed_time() {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    let operation = PaymentRefundInitiated.start(|_| PaymentRefundFailed { took_ns: elapsed() });
    std::thread::sleep(PAUSE);
    drop(operation);
    drop(scope);
    assert_eq!(recorder.records()[1].level(), Level::Critical);
}

#[test]
fn a10_disabled_events_leave_the_result_alone() {
    let recorder = Recorder::new();
    let scope = Emitter::builder().level(Level::Error).sink(recorder.clone()).build().enter();
    let result: Result<u8, Refused> =
        started("ord_1").start(interrupted).run_sync(|| Ok(3), |_| success(), refused);
    assert_eq!((result, recorder.lines().len()), (Ok(3), 0));
    let result: Result<u8, Refused> = started("ord_1").start(interrupted).run_sync(
        || Err(Refused("no funds".into())),
        |_| success(),
        refused,
    );
    drop(scope);
    assert_eq!(result, Err(Refused("no funds".into())));
    assert_eq!(names(&recorder), ["payment_process_failed"]);
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
