//! The events of the examples: requests, streamed responses and tasks, in the order and with the
//! keys of the systems that they are taken from, without the defects of those systems.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

#[allow(dead_code, reason = "its `main` is the example's")]
#[path = "../../../examples/src/bin/request_lifecycle.rs"]
mod request_lifecycle;
#[allow(dead_code, reason = "its `main` is the example's")]
#[path = "../../../examples/src/bin/worker.rs"]
mod worker;

use catalog::{
    context::TaskContext,
    error::ErrorDetails,
    payment::{PaymentProcessFailed, emit_payment_process_failed},
    task::{TaskEnqueued, emit_task_enqueued},
};
use event_core::unit::{Either, Interrupted, elapsed};
use event_core::{Begins, Event, InContext, Level, Recorder};
use event_tower::RequestContext;
use event_tower::request::{
    RequestCancelled, RequestFailed, RequestFinished, RequestOutcome, RequestStarted,
};
use serde_json::Value;
use std::{collections::BTreeSet, error::Error, fmt, time::Duration};

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

/// The lines that `play` emits.
fn lines<F: Future>(play: F) -> Vec<Value> {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    block_on(play);
    drop(scope);
    recorder.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The names of the events whose key `key` is `value`, in order.
fn names<'a>(lines: &'a [Value], key: &str, value: &str) -> Vec<&'a str> {
    lines
        .iter()
        .filter(|line| line[key] == value)
        .map(|line| line["event"].as_str().unwrap())
        .collect()
}

fn keys(line: &Value) -> BTreeSet<&str> {
    line.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn d5_d6_every_request_and_every_answer_ends_once() {
    let lines = lines(request_lifecycle::play());
    assert_eq!(names(&lines, "request_id", "req_1"), ["request_started", "request_finished"]);
    assert_eq!(names(&lines, "request_id", "req_2"), ["request_started", "request_finished"]);
    assert_eq!(names(&lines, "request_id", "req_3"), ["request_started", "request_failed"]);
    assert_eq!(names(&lines, "request_id", "req_4"), ["request_started", "request_cancelled"]);
    assert_eq!(
        names(&lines, "request_id", "req_5"),
        ["request_started", "request_finished", "streaming_started", "streaming_cancelled"]
    );
    assert_eq!(lines.len(), 12, "and nothing else");
}

#[test]
fn d2_the_keys_of_a_request() {
    let lines = lines(request_lifecycle::play());
    let of = |name: &str| keys(lines.iter().find(|line| line["event"] == name).unwrap());
    let with = |own: &[&'static str]| {
        let bound =
            ["event", "version", "level", "timestamp", "actor", "request_id", "user_id", "ip"];
        bound.into_iter().chain(own.iter().copied()).collect::<BTreeSet<_>>()
    };
    assert_eq!(of("request_started"), with(&["method", "route", "query", "user_agent"]));
    assert_eq!(
        of("request_finished"),
        with(&["code", "outcome", "method", "route", "query", "duration_ms"])
    );
    assert_eq!(of("request_failed"), with(&["code", "method", "route", "error", "duration_ms"]));
    assert_eq!(of("request_cancelled"), with(&["method", "route", "duration_ms"]));
    let first = lines
        .iter()
        .find(|line| line["request_id"] == "req_1" && line["event"] == "request_finished")
        .unwrap();
    assert_eq!(
        [&first["method"], &first["route"], &first["query"]],
        ["GET", "/orders/{id}", "[redacted]"]
    );
    let secret = lines.iter().any(|line| line.to_string().contains("tok_9f"));
    assert!(!secret, "a query string may hold secrets, and is not written");
}

fn finished(code: u16) -> RequestFinished<'static> {
    RequestFinished {
        code,
        outcome: RequestOutcome::of(code),
        method: "GET".into(),
        route: "/".into(),
        query: None,
        body_bytes: None,
        duration_ms: elapsed(),
    }
}

#[test]
fn d7_the_level_follows_from_the_status() {
    let level = |code| finished(code).level().as_str();
    assert_eq!(
        [100, 200, 301, 404, 418, 503].map(level),
        ["info", "info", "info", "warning", "warning", "error"]
    );
    assert_eq!(RequestStarted::META.level.reachable(), [Level::Info]);
    assert_eq!(RequestCancelled::META.level.reachable(), [Level::Warning]);
    assert_eq!(RequestFailed::META.level.reachable(), [Level::Error]);
}

#[test]
fn d6_what_a_cancelled_request_had_bound_does_not_reach_the_next() {
    async fn serve(id: &str, correlation_id: Option<&str>, patience: Duration) {
        let context = RequestContext {
            request_id: id.into(),
            correlation_id: correlation_id.map(Into::into),
            user_id: None,
            ip: None,
        };
        let served = async {
            let operation = RequestStarted {
                method: "GET".into(),
                route: "/".into(),
                query: None,
                user_agent: None,
                discarded: None,
            }
            .start(|why| match why {
                Interrupted::Dropped => Either::Left(RequestCancelled {
                    method: None,
                    route: None,
                    duration_ms: elapsed(),
                }),
                Interrupted::Panicked => {
                    let (method, route) = ("GET".into(), "/".into());
                    Either::Right(RequestFailed {
                        code: 500,
                        method,
                        route,
                        query: None,
                        exception: None,
                        error: None,
                        duration_ms: elapsed(),
                    })
                }
            });
            tokio::time::sleep(Duration::from_millis(20)).await;
            operation.finish(finished(200));
        };
        let _ = tokio::time::timeout(patience, served.in_context(&context)).await;
    }
    let lines = lines(async {
        // One after the other in one task, as on a kept-alive connection.
        serve("req_1", Some("cor_1"), Duration::from_millis(5)).await;
        serve("req_2", None, Duration::from_secs(60)).await;
    });
    assert_eq!(names(&lines, "correlation_id", "cor_1"), ["request_started", "request_cancelled"]);
    assert_eq!(names(&lines, "request_id", "req_2"), ["request_started", "request_finished"]);
    assert!(lines[2..].iter().all(|line| line.get("correlation_id").is_none()));
}

#[test]
fn d9_a_task_is_run_in_a_context_of_its_own() {
    let lines = lines(worker::play());
    assert_eq!(
        names(&lines, "task_id", "task_1"),
        ["task_started", "task_enqueued", "task_succeeded"]
    );
    assert_eq!(names(&lines, "task_id", "task_6"), ["task_started", "task_succeeded"]);
    let sixth = lines.iter().find(|line| line["task_id"] == "task_6").unwrap();
    assert_eq!(
        (&sixth["parent_task_id"], &sixth["caller"]["started_by"]),
        (&"task_1".into(), &"scheduler".into())
    );
    let not_found = lines.iter().find(|line| line["event"] == "task_not_found").unwrap();
    assert_eq!(not_found["task_id"], "task_4", "its own, not the one of the task before");
    let traces: BTreeSet<&str> =
        lines.iter().map(|line| line["trace_id"].as_str().unwrap()).collect();
    assert_eq!(traces.len(), 1, "the trace crosses the queue");
    let enqueued = lines.iter().filter(|line| line["event"] == "task_enqueued").count();
    assert_eq!(enqueued, 6, "each once");
}

#[test]
fn d8_a_task_may_be_enqueued_by_what_is_no_task() {
    let ((), recorder) = Recorder::capture(|| {
        let enqueued = || TaskEnqueued {
            child_task_id: "task_1".into(),
            child_task_name: "billing.close_month".into(),
            routing_key: None,
            priority: None,
        };
        emit_task_enqueued(enqueued());
        let _task = TaskContext { task_id: "task_0".into() }.enter();
        emit_task_enqueued(enqueued());
    });
    let ids = recorder
        .lines()
        .iter()
        .map(|line| line.contains(r#""task_id":"task_0""#))
        .collect::<Vec<_>>();
    assert_eq!(ids, [false, true]);
    assert_eq!(recorder.incidents(), [], "nothing that the event needs is missing");
}

#[test]
fn d10_every_end_of_a_task() {
    let lines = lines(worker::play());
    let end = |task: &str| {
        lines
            .iter()
            .rfind(|line| line["task_id"] == task && line["event"] != "task_enqueued")
            .unwrap()
    };
    let of =
        |task: &str| (end(task)["event"].as_str().unwrap(), end(task)["level"].as_str().unwrap());
    assert_eq!(of("task_1"), ("task_succeeded", "info"));
    assert_eq!(of("task_3"), ("task_failed", "info"), "expected");
    assert_eq!(of("task_4"), ("task_not_found", "error"));
    assert_eq!(of("task_5"), ("task_revoked", "warning"));
    assert_eq!(
        names(&lines, "task_id", "task_2"),
        ["task_started", "task_retrying", "task_started", "task_succeeded"]
    );
    let retrying = lines.iter().find(|line| line["event"] == "task_retrying").unwrap();
    assert_eq!(retrying["level"], "warning");
    for line in lines.iter().filter(|line| line["event"] == "task_succeeded") {
        assert!(line["duration_ms"].as_f64().unwrap() >= 2.0, "{line}");
    }
}

#[test]
fn a14_an_error_is_told_with_its_sources() {
    #[derive(Debug)]
    struct Gateway<E>(E);
    impl<E: Error + 'static> fmt::Display for Gateway<E> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the gateway did not answer")
        }
    }
    impl<E: Error + 'static> Error for Gateway<E> {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }
    let error = Gateway(std::io::Error::other(Gateway("x".parse::<u8>().unwrap_err())));
    let lines = lines(async {
        emit_payment_process_failed(PaymentProcessFailed {
            order_id: Some("ord_1".into()),
            amount: None,
            reason: None,
            error_code: None,
            cause: ErrorDetails::from(&error),
            user_id: None,
            request_id: None,
            exc_info: None,
        });
    });
    assert_eq!(lines[0]["error_type"], "Gateway");
    assert_eq!(
        lines[0]["error_message"],
        "the gateway did not answer: the gateway did not answer: invalid digit found in string"
    );
}
