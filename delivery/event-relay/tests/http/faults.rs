//! A receiver that is gone, slow, or broken.

use crate::messages::{delivered, publish, unavailable};
use crate::{options, target};
use event_relay::targets::http::{Endpoint, HttpTargetOptions};
use receiver::{Answer, Receiver};
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(300);

#[test]
fn no_connection() {
    // A port below 1024 that no one listens on: a free one might be taken by another test.
    let closed = Endpoint::parse("http://127.0.0.1:1/events").unwrap();
    let (reason, pause) = unavailable(publish(&target(HttpTargetOptions::new(closed)), [1]));
    assert!(reason.starts_with("`http://127.0.0.1:1/events` cannot be reached: "), "{reason}");
    assert_eq!(pause, None);

    // A reserved name (RFC 6761).
    let unknown = Endpoint::parse("http://receiver.invalid/events").unwrap();
    let (reason, _) = unavailable(publish(&target(HttpTargetOptions::new(unknown)), [1]));
    assert!(reason.starts_with("`http://receiver.invalid/events` cannot be reached"), "{reason}");
}

#[test]
fn no_answer_in_time() {
    let receiver = Receiver::start();
    let target = target(HttpTargetOptions { timeout: SHORT, ..options(&receiver) });
    receiver.script([Answer::Late(SHORT * 10)]);
    let started = Instant::now();
    let (reason, _) = unavailable(publish(&target, [1]));
    let url = receiver.url("/events");
    assert_eq!(reason, format!("`{url}` does not answer within 300ms"));
    assert!(started.elapsed() < SHORT * 5, "{:?}", started.elapsed());
    assert_eq!(publish(&target, [1]), delivered(0), "the next attempt has a new connection");
}

#[test]
fn a_broken_answer() {
    let receiver = Receiver::start();
    let target = target(options(&receiver));
    let url = receiver.url("/events");
    receiver.script([Answer::Cut, Answer::Noise]);
    let (cut, _) = unavailable(publish(&target, [1]));
    assert_eq!(cut, format!("`{url}` breaks the connection"));
    let (noise, _) = unavailable(publish(&target, [1]));
    assert_eq!(noise, format!("`{url}` answers something that is not HTTP"));
    assert_eq!(publish(&target, [1]), delivered(0));
}

/// The receiver has the event when it sends the status.
#[test]
fn the_body_of_an_answer_changes_nothing() {
    let receiver = Receiver::start();
    let target = target(options(&receiver));
    let body =
        |status, length| Answer::Status { status, headers: Vec::new(), body: "x".repeat(length) };
    receiver.script([Answer::CutBody, body(200, 1), body(200, 5 << 20)]);
    for _ in 0..3 {
        let started = Instant::now();
        assert_eq!(publish(&target, [1]), delivered(0));
        assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    }
    let started = Instant::now();
    receiver.script([Answer::LateBody(Duration::from_secs(60))]);
    assert_eq!(publish(&target, [1]), delivered(0));
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}
