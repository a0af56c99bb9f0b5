//! Operations within operations, against a model.

use super::{PaymentProcessFailed, PaymentProcessSuccess, started, success, values};
use event_core::unit::elapsed;
use event_core::{Begins, Recorder};
use proptest::prelude::*;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::task::{Context, Waker};

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
    let tree = move |within: BoxedStrategy<Vec<Tree>>| {
        (outcome.clone(), any::<bool>(), any::<bool>(), within).prop_map(
            |(outcome, is_async, catches, within)| Tree { outcome, is_async, catches, within },
        )
    };
    tree(Just(Vec::new()).boxed())
        .prop_recursive(4, 40, 4, move |inner| tree(prop::collection::vec(inner, 0..4).boxed()))
}

/// Runs a tree. `path` names the operation: its begin and its end carry it.
fn run(tree: &Tree, path: &str) {
    let named = |end: &str| format!("{path} {end}");
    let operation = started(path).start(|interrupted| PaymentProcessFailed {
        reason: named(interrupted.as_str()).into(),
        took: elapsed(),
    });
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
        let recorder = Recorder::new();
        let scope = recorder.enter();
        quietly(|| run(&tree, "0"));
        drop(scope);
        let lines: Vec<String> = values(&recorder)
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
