//! The HTTP target against a receiver over real sockets.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod cloud_events;
mod faults;
#[path = "../messages/mod.rs"]
mod messages;
mod options;
mod proxy;
mod secrets;
mod statuses;
#[cfg(feature = "https")]
mod tls;

use event_relay::targets::http::{ContentMode, Endpoint, HttpTarget, HttpTargetOptions};
use messages::{batch, delivered, publish};
use receiver::{Answer, Receiver};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const MODES: [ContentMode; 3] = [
    ContentMode::Structured,
    ContentMode::Binary,
    ContentMode::Batch { events: 100, bytes: 1 << 20 },
];

fn options(receiver: &Receiver) -> HttpTargetOptions {
    HttpTargetOptions::new(Endpoint::parse(&receiver.url("/events")).unwrap())
}

fn target(options: HttpTargetOptions) -> HttpTarget {
    HttpTarget::new(options).unwrap()
}

#[test]
fn each_mode_delivers() {
    let receiver = Receiver::start();
    for mode in MODES {
        let target = target(HttpTargetOptions { mode, ..options(&receiver) });
        assert_eq!(publish(&target, [7]), delivered(0));
        let requests = receiver.requests();
        assert_eq!(requests.len(), 1);
        let (request, events) = (&requests[0], receiver::events(&requests[0]));
        assert_eq!((&*request.method, &*request.target), ("POST", "/events"));
        assert_eq!(request.header("user-agent"), Some("event-relay/0.1.0"));
        assert_eq!((events.len(), &*events[0].id), (1, &*messages::id(7)));
        assert_eq!(events[0].sequence, "0000000000000000007");
    }
}

#[test]
fn a_batch_is_one_request_in_its_mode_only() {
    let receiver = Receiver::start();
    for (mode, expected) in MODES.into_iter().zip([3, 3, 1]) {
        let target = target(HttpTargetOptions { mode, ..options(&receiver) });
        assert_eq!(publish(&target, 1..=3), delivered(0));
        let requests = receiver.requests();
        assert_eq!(requests.len(), expected, "{mode:?}");
        let ids = requests.iter().flat_map(receiver::events).map(|event| event.id);
        assert_eq!(ids.collect::<Vec<_>>(), (1..=3).map(messages::id).collect::<Vec<_>>());
    }
}

#[test]
fn connections_are_used_again() {
    let receiver = Receiver::start();
    let target = target(options(&receiver));
    let long = Answer::Status { status: 202, headers: Vec::new(), body: "x".repeat(900) };
    receiver.script([Answer::status(204), long, Answer::status(503)]);
    for seq in 1..=4 {
        publish(&target, [seq]);
    }
    let connections = receiver.requests().iter().map(|request| request.connection).max();
    assert_eq!(connections, Some(0));
}

/// A receiver that closes idle connections costs no event and no pause.
#[test]
fn a_connection_that_was_closed_meanwhile_is_made_anew() {
    let receiver = Receiver::start();
    let target = target(options(&receiver));
    receiver.script([Answer::CutBody]);
    assert_eq!(publish(&target, [1]), delivered(0));
    assert_eq!(publish(&target, [2]), delivered(0));
    assert_eq!(receiver.requests().len(), 2);
}

#[test]
fn several_requests_are_in_flight() {
    use event_relay::targets::{Batch, Target, Workers};
    let receiver = Receiver::start();
    let late = Duration::from_millis(400);
    receiver.script(vec![Answer::Late(late); 8]);
    let target = target(HttpTargetOptions { in_flight: 8, ..options(&receiver) });
    let mut workers = Workers::start("http", target).unwrap();
    assert_eq!((workers.limits().in_flight, workers.limits().events), (8, 1));
    let (sender, answers) = mpsc::channel();
    let started = Instant::now();
    for seq in 1..=8 {
        let sender = sender.clone();
        workers.publish(Batch::new(batch([seq]), move |outcome| sender.send(outcome).unwrap()));
    }
    drop((workers, sender));
    assert!(answers.iter().all(|outcome| outcome == delivered(0)));
    assert!(started.elapsed() < late * 5, "{:?}", started.elapsed());
    assert_eq!(receiver.requests().len(), 8);
}
