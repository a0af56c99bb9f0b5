//! Clients that a server must survive.

use crate::client::{connect, receive, send};
use crate::{get, serve};
use event_core::Timestamp;
use event_relay::metrics::Metrics;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// More than the limit of a request, for machines under load.
const TIMEOUT: std::ops::Range<Duration> = Duration::from_secs(4)..Duration::from_secs(9);

#[test]
fn a_slow_request_ends_after_its_time_and_harms_no_other() {
    let server = serve(&Arc::new(Metrics::new()));
    let start = Instant::now();
    let slow = connect(server.address());
    let mut writer = slow.try_clone().expect("it can be cloned");
    let sends = thread::spawn(move || {
        let _ = writer.write_all(b"GET /metrics HTTP/1.1\r\nX: ");
        // A byte each 100 ms: a timeout for each read would never end this.
        while writer.write_all(b"a").is_ok() && start.elapsed() < TIMEOUT.end {
            thread::sleep(Duration::from_millis(100));
        }
    });
    assert_eq!(get(&server, "/healthz").status, 200);
    let answer = receive(&slow).expect("it is answered");
    assert_eq!(answer.status, 408);
    assert!(TIMEOUT.contains(&start.elapsed()), "{:?}", start.elapsed());
    sends.join().expect("it ends");
}

#[test]
fn a_request_may_come_in_pieces() {
    let server = serve(&Arc::new(Metrics::new()));
    let mut stream = connect(server.address());
    for byte in b"GET /healthz HTTP/1.1\r\n\r\n" {
        stream.write_all(&[*byte]).expect("the server reads");
        thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(receive(&stream).expect("it is answered").status, 200);
}

#[test]
fn a_large_head_is_refused() {
    let server = serve(&Arc::new(Metrics::new()));
    let with = |header: String| format!("GET /metrics HTTP/1.1\r\n{header}\r\n\r\n");
    let long = with(format!("X: {}", "a".repeat(8 << 10)));
    assert_eq!(send(server.address(), long.as_bytes()).status, 431);
    let endless = with(format!("X: {}", "a".repeat(1 << 20)));
    assert_eq!(send(server.address(), endless.as_bytes()).status, 431);
    assert_eq!(send(server.address(), with("X: a\r\n".repeat(100)).as_bytes()).status, 431);
    let path = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(9 << 10));
    assert_eq!(send(server.address(), path.as_bytes()).status, 431);
    assert_eq!(
        send(server.address(), with(format!("X: {}", "a".repeat(7 << 10))).as_bytes()).status,
        200
    );
}

#[test]
fn what_is_no_request_is_refused() {
    let server = serve(&Arc::new(Metrics::new()));
    let garbage: [&[u8]; 7] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /metrics\r\n\r\n",
        b"GET /metrics HTTP/9.9\r\n\r\n",
        b"GET /metrics HTTP/1.1\r\nX Y: a\r\n\r\n",
        b"\0\0\0\0\0\0\0\0",
        b"\xff\xfe\xfd\r\n\r\n",
    ];
    for bytes in garbage {
        let answer = send(server.address(), bytes);
        assert_eq!(answer.status, 400, "{}", bytes.escape_ascii());
    }
    assert_eq!(get(&server, "/metrics").status, 200);
}

#[test]
fn a_client_that_leaves_costs_nothing() {
    let server = serve(&Arc::new(Metrics::new()));
    for bytes in [&b""[..], b"GET", b"GET /metrics HTTP/1.1\r\n\r\n"] {
        for _ in 0..40 {
            let mut stream = connect(server.address());
            // The server may have refused the connection already, because it has no room.
            let _ = stream.write_all(bytes).and_then(|()| stream.shutdown(Shutdown::Both));
        }
    }
    until_served(|| get(&server, "/healthz").status);
}

/// Asks until the server has room again.
fn until_served(ask: impl Fn() -> u16) {
    let start = Instant::now();
    while ask() != 200 {
        assert!(start.elapsed() < Duration::from_secs(10), "the server has no room");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_body_and_a_second_request_are_ignored() {
    let server = serve(&Arc::new(Metrics::new()));
    let body = "x".repeat(32 << 10);
    let post = format!("POST /metrics HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    assert_eq!(send(server.address(), post.as_bytes()).status, 405);
    let twice = b"GET /healthz HTTP/1.1\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n";
    assert_eq!(send(server.address(), twice).body, "ok\n");
}

#[test]
fn of_a_hundred_connections_sixteen_are_served() {
    let server = serve(&Arc::new(Metrics::new()));
    let mut open: Vec<_> = (0..100).map(|_| connect(server.address())).collect();
    for stream in &mut open {
        // Of a refused connection the server has closed its side already.
        let _ = stream.write_all(b"GET /healthz HTTP/1.1\r\n");
    }
    // Those beyond are answered although their requests are not whole.
    let refused: Vec<u16> =
        open[16..].iter().map(|stream| receive(stream).map_or(0, |answer| answer.status)).collect();
    assert!(refused.iter().all(|status| *status == 503), "{refused:?}");
    for stream in &mut open[..16] {
        stream.write_all(b"\r\n").expect("it is open");
        let answer = receive(stream).expect("it is answered");
        assert_eq!((answer.status, &*answer.body), (200, "ok\n"));
    }
    drop(open);
    until_served(|| get(&server, "/healthz").status);
}

#[test]
fn a_client_that_does_not_read_loses_its_connection() {
    let metrics = Arc::new(Metrics::new());
    // Some megabytes, which no buffer between two sockets holds.
    for target in 0..80 {
        let target = metrics.target(&format!("target-{target}"));
        for name in 0..1_000 {
            target.published(&format!("shop.event{name}.completed"), 1, Timestamp::from_micros(0));
        }
    }
    let server = serve(&metrics);
    let start = Instant::now();
    let mut stream = connect(server.address());
    stream.write_all(b"GET /metrics HTTP/1.1\r\n\r\n").expect("the server reads");
    assert_eq!(get(&server, "/healthz").status, 200);
    thread::sleep(TIMEOUT.start + Duration::from_secs(3));
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    assert!(!bytes.ends_with(b"} 0\n"), "the answer was cut off");
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    let whole = get(&server, "/metrics");
    assert!(whole.body.len() > bytes.len(), "{} bytes of {}", bytes.len(), whole.body.len());
}
