//! Operations: one begin, one end, whatever happens in between.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

mod ends;
mod futures;
mod places;
mod trees;

use event_core::unit::{Interrupted, elapsed};
use event_core::{Recorder, Str, events};
use request::{RequestFailed, RequestFinished, RequestStarted};
use serde_json::Value;
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
fn values(recorder: &Recorder) -> Vec<Value> {
    recorder.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn names(recorder: &Recorder) -> Vec<String> {
    values(recorder).iter().map(|line| line["event"].as_str().unwrap().to_owned()).collect()
}

const PAUSE: Duration = Duration::from_millis(2);

/// What `work` leaves in the recorder: the begin, the end, and nothing else.
fn begin_and_end(work: impl FnOnce()) -> Value {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    let start = Instant::now();
    work();
    let most = start.elapsed();
    drop(scope);
    let mut lines = values(&recorder);
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
