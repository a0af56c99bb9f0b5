//! Where an operation goes between its begin and its end.

use super::{
    Deadline, PAUSE, PaymentProcessFailed, PaymentProcessStarted, begin_and_end, failed,
    interrupted, names, started, success, values,
};
use event_core::context::Actor;
use event_core::emit::Clock;
use event_core::unit::{Interrupted, Operation};
use event_core::{Begins, Emitter, Recorder, Timestamp};
use serde_json::Value;
use std::any::Any;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[test]
fn a10_an_operation_borrows_nothing_from_its_begin() {
    type Held =
        Operation<PaymentProcessStarted<'static>, fn(Interrupted) -> PaymentProcessFailed<'static>>;
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
    let recorder = Recorder::new();
    let scope = recorder.enter();
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
    let lines = values(&recorder);
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[1]["reason"], &lines[1]["duration_ms"]), (&"panicked".into(), &250.into()));
    assert_eq!((&lines[1]["actor"], lines[1]["actor"].is_object()), (&lines[0]["actor"], true));
    assert!(u128::from(lines[1]["took"].as_u64().unwrap()) >= PAUSE.as_micros());
}

#[test]
fn d6_what_an_operation_bound_does_not_leak() {
    let recorder = Recorder::new();
    let _scope = recorder.enter();
    let operation = {
        let _deadline = Deadline { duration_ms: 250 }.enter();
        started("ord_1").start(interrupted)
    };
    drop(operation);
    started("ord_2").start(interrupted).finish(failed("no funds"));
    let bound: Vec<Value> =
        values(&recorder).iter().map(|line| line["duration_ms"].clone()).collect();
    assert_eq!(bound, [30_000.into(), 250.into(), 30_000.into(), Value::Null]);
}

#[test]
fn a10_the_time_is_that_of_the_emitter_it_began_with() {
    /// Set back by an hour at every look; forward by 1.5 s for what takes time.
    struct Stepping(AtomicU64);
    impl Clock for Stepping {
        fn now(&self) -> Timestamp {
            Timestamp::from_micros(
                1_700_000_000_000_000
                    - 3_600_000_000 * self.0.load(Ordering::Relaxed).cast_signed(),
            )
        }

        fn monotonic(&self) -> Duration {
            Duration::from_millis(1_500)
                * u32::try_from(self.0.fetch_add(1, Ordering::Relaxed)).unwrap()
        }
    }
    let recorder = Recorder::new();
    let emitter =
        Emitter::builder().clock(Stepping(AtomicU64::new(0))).sink(recorder.clone()).build();
    let scope = emitter.enter();
    let operation = started("ord_1").start(interrupted);
    drop(scope);
    let _other = Recorder::new().enter();
    operation.finish(success());
    assert_eq!(values(&recorder)[1]["took_us"], 1_500_000);
}

#[test]
fn a10_an_operation_may_outlive_what_its_thread_has_bound() {
    thread_local! {
        static HELD: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
    }
    let recorder = Recorder::new();
    let bound = recorder.clone();
    let thread = std::thread::spawn(move || {
        // The slot is made before what is bound, and so is dropped after it.
        HELD.with_borrow(Option::is_none);
        let _scope = bound.enter();
        HELD.set(Some(Box::new(started("ord_1").start(interrupted))));
    });
    thread.join().unwrap();
    assert_eq!(names(&recorder)[0], "payment_process_started");
}
