//! Operations over futures: finished, dropped, cancelled.

use super::{PAUSE, Refused, begin_and_end, interrupted, refused, started, success};
use event_core::Begins;
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Poll, Waker};

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
    assert_eq!(
        (end["event"].as_str().unwrap(), polled),
        ("payment_process_success", Poll::Ready(Ok("ch_1".into())))
    );
    let (end, polled) = poll(Some(Err(Refused("no funds".into()))));
    assert_eq!(
        (end["reason"].as_str().unwrap(), polled),
        ("no funds", Poll::Ready(Err(Refused("no funds".into()))))
    );
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
        let poll = AssertUnwindSafe(|| {
            future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
        });
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
