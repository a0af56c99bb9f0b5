//! Context: what is bound where, over threads and tasks, panics and cancellation, and held against
//! a model.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

#[path = "context/model.rs"]
mod model;

use event_core::{Context, InContext, Recorder, assert_emitted, assert_emitted_in_order, events};
use std::time::Duration;

events!(
    #[domain(optional(action, status))]
    pub enum Work {
        Do,
    }

    #[event(info, context(Request, User))]
    pub struct WorkDo {
        pub n: u32,
    }

    #[group(context)]
    pub struct Request {
        pub request_id: Option<u32>,
    }

    #[group(context)]
    pub struct User {
        pub user_id: Option<u32>,
    }
);

fn request(id: u32) -> Request {
    Request { request_id: Some(id) }
}

fn user(id: u32) -> User {
    User { user_id: Some(id) }
}

/// What is bound here, as an event says it.
fn bound() -> [Option<u32>; 2] {
    let recorder = Recorder::new();
    let _recording = recorder.enter();
    emit_work_do(WorkDo { n: 0 });
    let line: serde_json::Value = serde_json::from_str(&recorder.lines()[0]).unwrap();
    ["request_id", "user_id"]
        .map(|key| line.get(key)?.as_u64().map(|id| u32::try_from(id).unwrap()))
}

const NOTHING: [Option<u32>; 2] = [None, None];

#[test]
fn a4_bind_unbind_and_bind_again() {
    assert_eq!(bound(), NOTHING);
    let first = request(1).enter();
    assert_eq!(bound(), [Some(1), None]);
    let second = user(2).enter();
    assert_eq!(bound(), [Some(1), Some(2)]);
    // To unbind is to drop the guard: what was never bound has none, so there is nothing to get
    // wrong.
    drop(first);
    assert_eq!(bound(), [None, Some(2)]);
    let again = request(3).enter();
    assert_eq!(bound(), [Some(3), Some(2)]);
    let over = request(4).enter();
    assert_eq!(bound(), [Some(4), Some(2)]);
    drop(over);
    assert_eq!(bound(), [Some(3), Some(2)], "what was bound before holds again");
    drop((second, again));
    assert_eq!(bound(), NOTHING);
}

#[test]
fn f1_the_inner_binding_holds_against_the_outer() {
    let _outer = request(1).enter();
    {
        let _inner = request(2).enter();
        assert_eq!(bound(), [Some(2), None]);
    }
    assert_eq!(bound(), [Some(1), None]);
    // What an event is given at the call is its own field: a context group with that key does not
    // build (ui/group/repeats_context).
    let ((), recorder) = Recorder::capture(|| emit_work_do(WorkDo { n: 7 }));
    assert!(recorder.lines()[0].ends_with(r#""request_id":1,"n":7}"#), "{recorder:?}");
    // One binding holds per group, whole: a `None` within is not filled from outside.
    let _inner = Request { request_id: None }.enter();
    assert_eq!(bound(), NOTHING);
}

#[test]
fn f2_an_empty_context_leaves_the_old_one_as_it_was() {
    let _bound = request(1).enter();
    let old = Context::current();
    {
        let _fresh = Context::empty().enter();
        assert_eq!(bound(), NOTHING);
        let _user = user(2).enter();
        assert_eq!(bound(), [None, Some(2)]);
        let _old = old.enter();
        assert_eq!(bound(), [Some(1), None]);
    }
    assert_eq!(bound(), [Some(1), None]);
    let with = old.with(&user(3));
    assert_eq!(bound(), [Some(1), None], "a context is a value: to add to it changes nothing");
    let _with = with.enter();
    assert_eq!(bound(), [Some(1), Some(3)]);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(3).enable_time().build().unwrap()
}

async fn tick() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

/// As [`bound`], before and behind a point where the task may change its thread.
async fn bound_twice() -> [Option<u32>; 2] {
    let before = bound();
    tick().await;
    assert_eq!(bound(), before);
    before
}

#[test]
fn f3_a_task_and_a_thread_start_empty_and_carry_what_they_are_given() {
    let _bound = request(1).enter();
    let context = Context::current();
    assert_eq!(std::thread::spawn(bound).join().unwrap(), NOTHING);
    let carried = std::thread::spawn(move || {
        let _bound = context.enter();
        bound()
    });
    assert_eq!(carried.join().unwrap(), [Some(1), None]);

    let current = async { bound_twice().await }.in_current_context();
    runtime().block_on(async {
        assert_eq!(tokio::spawn(bound_twice()).await.unwrap(), NOTHING);
        assert_eq!(tokio::spawn(current).await.unwrap(), [Some(1), None]);
        assert_eq!(
            tokio::spawn(bound_twice().in_context(&user(2))).await.unwrap(),
            [None, Some(2)]
        );
        let joined = tokio::join!(
            bound_twice().in_context(&user(3)),
            bound_twice().in_context(&user(4)).in_context(&request(5)),
            bound_twice().within(Context::empty()),
            bound_twice(),
        );
        assert_eq!(joined, ([Some(1), Some(3)], [Some(5), Some(4)], NOTHING, [Some(1), None]));
    });
    assert_eq!(bound(), [Some(1), None]);
}

#[test]
fn many_tasks_keep_their_context_over_threads() {
    runtime().block_on(async {
        let tasks = (0..64).map(|id| {
            let task = async move {
                for _ in 0..5 {
                    assert_eq!(bound_twice().await, [Some(id), None]);
                }
            };
            tokio::spawn(task.in_context(&request(id)))
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        assert_eq!(tokio::spawn(async { bound() }).await.unwrap(), NOTHING);
    });
}

/// Emits when it is dropped.
struct EmitsAtTheEnd(u32);

impl Drop for EmitsAtTheEnd {
    fn drop(&mut self) {
        emit_work_do(WorkDo { n: self.0 });
    }
}

#[test]
fn a_future_that_is_cancelled_ends_within_its_context() {
    let recorder = Recorder::new();
    let pending = |n| async move {
        let _ends = EmitsAtTheEnd(n);
        std::future::pending::<()>().await;
    };
    let _recording = recorder.enter();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        tokio::select! {
            biased;
            () = pending(1).in_context(&request(1)) => unreachable!("it is never ready"),
            () = tick() => {}
        }
        let late =
            tokio::time::timeout(Duration::from_millis(1), pending(2).in_context(&request(2)))
                .await;
        assert!(late.is_err());
        let task = tokio::spawn(pending(3).in_context(&request(3)).in_context(&recorder));
        tick().await;
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        // Never polled: what it holds is dropped in its context all the same.
        let ends = EmitsAtTheEnd(4);
        drop(async move { drop(ends) }.in_context(&request(4)));
    });
    let seen: Vec<_> = recorder.lines().iter().map(|line| payload(line)).collect();
    let expected =
        [(1, 1), (2, 2), (3, 3), (4, 4)].map(|(id, n)| format!(r#""request_id":{id},"n":{n}}}"#));
    assert_eq!(seen, expected);
    assert_eq!(bound(), NOTHING);
}

/// What stands behind the time.
fn payload(line: &str) -> String {
    line.split_once("Z\",").unwrap().1.to_owned()
}

#[test]
fn a_panic_leaves_nothing_bound() {
    let panicked = std::panic::catch_unwind(|| {
        let _bound = request(1).enter();
        panic!("on purpose");
    });
    assert!(panicked.is_err());
    assert_eq!(bound(), NOTHING);
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
        let panics = async { panic!("on purpose") };
        let task: tokio::task::JoinHandle<()> = tokio::spawn(panics.in_context(&request(2)));
        assert!(task.await.unwrap_err().is_panic());
        assert_eq!(
            tokio::spawn(async { bound() }).await.unwrap(),
            NOTHING,
            "the worker has nothing bound"
        );
    });
}

#[test]
fn guards_may_be_dropped_in_any_order() {
    let ((), recorder) = Recorder::capture(|| {
        let (outer, inner) = (request(1).enter(), request(2).enter());
        let fresh = Context::empty().enter();
        let user = user(3).enter();
        drop(outer);
        assert_eq!(bound(), [None, Some(3)]);
        drop(fresh);
        assert_eq!(bound(), [Some(2), Some(3)], "what the fresh scope hid shows again");
        drop(inner);
        assert_eq!(bound(), [None, Some(3)]);
        drop(user);
        emit_work_do(WorkDo { n: 9 });
    });
    assert_emitted!(recorder, WorkDo { n: 9 }, times = 1);
    assert_emitted_in_order!(recorder, exactly[WorkDo]);
}

/// A guard over an `.await`, as it should not be written.
#[expect(
    clippy::await_holding_invalid_type,
    reason = "what `clippy.toml` warns of; unfulfilled, it no longer does"
)]
async fn holds_a_guard(user_id: u32) -> [[Option<u32>; 2]; 3] {
    let _held = user(user_id).enter();
    let before = bound();
    tokio::task::yield_now().await;
    let between = bound();
    tokio::task::yield_now().await;
    [before, between, bound()]
}

#[test]
#[expect(
    clippy::await_holding_invalid_type,
    reason = "what `clippy.toml` warns of; unfulfilled, it no longer does"
)]
fn a_guard_over_an_await_stays_with_the_future_that_runs_in_a_context() {
    let _around = request(9).enter();
    let joined = runtime().block_on(async {
        let joined = tokio::join!(
            holds_a_guard(1).in_context(&request(1)),
            holds_a_guard(2).in_current_context(),
            async {
                let _held = request(3).enter();
                holds_a_guard(3).in_context(&user(0)).await
            }
            .within(Context::empty()),
        );
        assert_eq!(bound(), [Some(9), None], "nothing is left on the thread");
        joined
    });
    assert_eq!(joined.0, [[Some(1), Some(1)]; 3]);
    assert_eq!(joined.1, [[Some(9), Some(2)]; 3]);
    assert_eq!(joined.2, [[Some(3), Some(3)]; 3]);
}

#[test]
fn a_future_that_waits_with_a_guard_leaves_nothing_when_it_is_dropped() {
    use std::pin::pin;
    use std::task::{self, Poll, Waker};
    let cx = &mut task::Context::from_waker(Waker::noop());
    {
        let mut waiting = pin!(holds_a_guard(1).in_context(&request(1)));
        assert_eq!(waiting.as_mut().poll(cx), Poll::Pending);
        assert_eq!(bound(), NOTHING);
    }
    assert_eq!(bound(), NOTHING);

    // The guard is handed out, and dropped while the future waits: what it bound is not bound
    // again.
    let handed = std::cell::RefCell::new(None);
    let mut waiting = pin!(
        async {
            *handed.borrow_mut() = Some(user(1).enter());
            tokio::task::yield_now().await;
            bound()
        }
        .in_context(&request(1))
    );
    assert_eq!(waiting.as_mut().poll(cx), Poll::Pending);
    drop(handed.take());
    assert_eq!(waiting.as_mut().poll(cx), Poll::Ready([Some(1), None]));
    assert_eq!(bound(), NOTHING);

    // A guard that is forgotten goes with its future, to another thread too.
    let mut forgotten = Box::pin(
        async {
            std::mem::forget(user(1).enter());
            tokio::task::yield_now().await;
            bound()
        }
        .in_context(&request(1)),
    );
    assert_eq!(forgotten.as_mut().poll(cx), Poll::Pending);
    assert_eq!(bound(), NOTHING);
    let there = std::thread::spawn(move || {
        forgotten.as_mut().poll(&mut task::Context::from_waker(Waker::noop()))
    });
    assert_eq!(there.join().unwrap(), Poll::Ready([Some(1), Some(1)]));
}
