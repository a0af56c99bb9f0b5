//! Servers that are away, silent or killed.

use crate::broker::{Broker, LONG, deliver, publish, send, target};
use crate::messages::{delivered, message, unavailable};
use event_relay::targets::Outcome;
use event_relay::targets::nats::{NatsTargetOptions, Servers};
use std::net::TcpListener;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(500);

#[test]
fn a_server_that_is_not_there_at_the_start() {
    let Some(broker) = Broker::with_stream() else { return };
    broker.nats.kill();
    let mut target = target(NatsTargetOptions { timeout: SHORT, ..broker.options() });
    let (reason, _) = unavailable(publish(&mut target, 1));
    let url = broker.nats.url();
    assert!(reason.starts_with(&format!("cannot connect to `{url}`: `{url}`: ")), "{reason}");
    assert!(reason.contains("Connection refused"), "{reason}");
    broker.nats.restart();
    deliver(&mut target, 1);
    assert_eq!(broker.count(), 1);
}

#[test]
fn a_name_that_no_server_has() {
    let servers = Servers::parse("nats://no-such-host.invalid").unwrap();
    let options = NatsTargetOptions { timeout: SHORT, ..NatsTargetOptions::new(servers) };
    let (reason, _) = unavailable(publish(&mut target(options), 1));
    assert!(reason.starts_with("cannot connect to `nats://no-such-host.invalid`: DNS"), "{reason}");
}

#[test]
fn something_that_is_not_a_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let servers = format!("nats://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            use std::io::Write;
            let _ = connection.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let servers = Servers::parse(&servers).unwrap();
    let options = NatsTargetOptions { timeout: SHORT, ..NatsTargetOptions::new(servers) };
    let (reason, _) = unavailable(publish(&mut target(options), 1));
    assert!(reason.contains("IO error"), "{reason}");
}

#[test]
fn the_second_server_is_used_if_the_first_is_away() {
    let Some(broker) = Broker::with_stream() else { return };
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let servers = Servers::parse(&format!("nats://{closed}, {}", broker.nats.url())).unwrap();
    let mut target = target(NatsTargetOptions::new(servers));
    assert_eq!(publish(&mut target, 1), delivered(0));
}

/// Sends the places again that are not delivered, one after the other. Returns the duplicates.
fn send_again(
    target: &mut event_relay::targets::nats::NatsTarget,
    places: Vec<i64>,
    limit: Duration,
) -> usize {
    let (until, mut duplicates) = (Instant::now() + limit, 0);
    for seq in places {
        loop {
            assert!(Instant::now() < until);
            match publish(target, seq) {
                Outcome::Delivered { duplicates: more } => {
                    duplicates += more;
                    break;
                }
                Outcome::Unavailable { .. } => std::thread::sleep(Duration::from_millis(50)),
                refused => panic!("{refused:?}"),
            }
        }
    }
    duplicates
}

#[test]
fn a_silent_server_loses_nothing() {
    let Some(broker) = Broker::with_stream() else { return };
    let mut target = target(broker.options());
    assert_eq!(publish(&mut target, 1), delivered(0));
    broker.nats.pause();
    let (started, outcomes) = (Instant::now(), send(&mut target, (2..=257).map(message)));
    let mut again = Vec::new();
    for _ in 2..=257 {
        let (seq, outcome) = outcomes.recv_timeout(LONG).unwrap();
        let (reason, _) = unavailable(outcome);
        let url = broker.nats.url();
        let words =
            format!("no acknowledgement within 5s from `{url}`\nhelp: look whether the stream ");
        assert!(reason.starts_with(&words), "{reason}");
        again.push(seq);
    }
    let took = started.elapsed();
    assert!(took > Duration::from_secs(4) && took < Duration::from_secs(7), "{took:?}");
    std::thread::sleep(Duration::from_secs(1));
    broker.nats.resume();
    // What the server had in its sockets is in the stream: each of them is a duplicate.
    assert_eq!(send_again(&mut target, again, LONG), 256);
    assert_eq!(broker.count(), 257);
}

#[test]
fn a_killed_server_loses_nothing() {
    let Some(broker) = Broker::with_stream() else { return };
    let mut target = target(broker.options());
    for round in 0..3 {
        let places = round * 1000 + 1..=round * 1000 + 1000;
        let outcomes = send(&mut target, places.clone().map(message));
        let first = outcomes.recv_timeout(LONG).unwrap();
        assert!(matches!(first.1, Outcome::Delivered { .. }), "{first:?}");
        broker.nats.kill();
        broker.nats.restart();
        let mut again = Vec::new();
        for _ in 1..1000 {
            let (seq, outcome) = outcomes.recv_timeout(LONG).unwrap();
            if !matches!(outcome, Outcome::Delivered { .. }) {
                let (reason, _) = unavailable(outcome);
                assert!(!reason.contains("no stream"), "{reason}");
                again.push(seq);
            }
        }
        send_again(&mut target, again, LONG);
        assert_eq!(broker.count(), u64::try_from(*places.end()).unwrap());
    }
}

#[test]
fn a_target_that_is_dropped_answers_nothing_more() {
    let Some(broker) = Broker::with_stream() else { return };
    let mut target = target(broker.options());
    publish(&mut target, 1);
    broker.nats.pause();
    let outcomes = send(&mut target, [message(2)]);
    drop(target);
    let (reason, _) = unavailable(outcomes.recv_timeout(LONG).unwrap().1);
    assert_eq!(reason, "the target gave no answer");
    broker.nats.resume();
}
