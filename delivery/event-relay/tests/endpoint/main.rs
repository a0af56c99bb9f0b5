//! Metrics and health over real sockets: what is served, that Prometheus reads it, and what hostile
//! clients get.

mod client;
mod format;
mod hostile;
mod text;

use client::{Answer, send};
use event_core::Timestamp;
use event_relay::config::Listen;
use event_relay::metrics::{BacklogLimits, Metrics, MetricsServer};
use event_relay::source::{Backlog, ParkedState};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A server on a free port of this machine.
fn serve(metrics: &Arc<Metrics>) -> MetricsServer {
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let max_backlog = NonZeroU32::new(1_000);
    let listen = Listen { address, max_lag: Duration::from_secs(300), max_backlog };
    MetricsServer::start(listen, Arc::clone(metrics)).expect("a free port can be used")
}

/// A backlog whose oldest event was recorded so long ago.
fn backlog(age: Duration) -> Backlog {
    let micros = i64::try_from(age.as_micros()).expect("it is short");
    let oldest = Timestamp::from_micros(Timestamp::now().as_micros() - micros);
    let parked = ParkedState::ALL.into_iter().zip(1..).collect();
    let gap = Duration::from_millis(1_500);
    Backlog {
        low: 99,
        events: 7,
        oldest: Some(oldest),
        parked,
        gaps: 3,
        oldest_gap: Some(gap),
        is_moved: false,
    }
}

fn get(server: &MetricsServer, path: &str) -> Answer {
    send(server.address(), format!("GET {path} HTTP/1.1\r\nHost: relay\r\n\r\n").as_bytes())
}

#[test]
fn metrics_are_served() {
    let metrics = Arc::new(Metrics::new());
    metrics.target("billing").set_backlog(&backlog(Duration::ZERO));
    let server = serve(&metrics);
    let answer = get(&server, "/metrics");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(answer.body.contains("event_relay_cursor_seq{target=\"billing\"} 99\n"));
    assert_eq!(get(&server, "http://relay:9464/metrics?x=1").status, 200);
}

#[test]
fn head_is_get_without_the_body() {
    let server = serve(&Arc::new(Metrics::new()));
    for path in ["/metrics", "/healthz", "/nothing"] {
        let whole = get(&server, path);
        let head = send(server.address(), format!("HEAD {path} HTTP/1.1\r\n\r\n").as_bytes());
        assert_eq!((head.status, &*head.body), (whole.status, ""));
        assert_eq!(head.header("content-length"), whole.header("content-length"));
        assert_eq!(whole.header("content-length"), Some(&*whole.body.len().to_string()));
    }
}

#[test]
fn only_two_paths_and_two_methods() {
    let server = serve(&Arc::new(Metrics::new()));
    for path in ["/", "/metric", "/metrics/", "/healthz/../metrics", "*"] {
        assert_eq!(get(&server, path).status, 404, "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"] {
        let request = format!("{method} /metrics HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
        let answer = send(server.address(), request.as_bytes());
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn health_names_the_targets_that_lag() {
    let metrics = Arc::new(Metrics::new());
    let server = serve(&metrics);
    let health = || get(&server, "/healthz");
    assert_eq!((health().status, health().body), (200, "ok\n".to_owned()));
    metrics.target("billing").set_backlog(&backlog(Duration::from_millis(312_500)));
    metrics.target("archive").set_backlog(&backlog(Duration::from_secs(299)));
    assert_eq!((health().status, health().body), (503, "billing: 312 s behind\n".to_owned()));
    let many = |events| Backlog { events, ..backlog(Duration::from_secs(1)) };
    metrics.target("billing").set_backlog(&many(1_001));
    assert_eq!((health().status, health().body), (503, "billing: 1001 events behind\n".to_owned()));
    metrics.target("billing").set_backlog(&many(1_000));
    assert_eq!(health().status, 200);
    metrics.fail("the outbox has migration 3:\nupdate event-relay");
    metrics.fail("what follows from it");
    let fatal = "fatal: the outbox has migration 3:\\nupdate event-relay\n";
    assert_eq!((health().status, &*health().body), (503, fatal));
}

#[test]
fn a_clock_that_steps_back_is_no_lag() {
    let metrics = Metrics::new();
    metrics.target("billing").set_backlog(&backlog(Duration::ZERO));
    let past = Timestamp::from_micros(0);
    let limits = BacklogLimits { max_lag: Some(Duration::ZERO), max_backlog: None };
    assert_eq!(metrics.health(limits, past), Ok(()));
    assert!(
        metrics.render_at(past).contains("event_relay_lag_seconds{target=\"billing\"} 0.000000\n")
    );
}

#[test]
fn an_address_in_use_is_named() {
    let server = serve(&Arc::new(Metrics::new()));
    let listen =
        Listen { address: server.address(), max_lag: Duration::from_secs(1), max_backlog: None };
    let error = MetricsServer::start(listen, Arc::default()).expect_err("it is in use").to_string();
    assert!(
        error.starts_with(&format!("cannot serve metrics on {}: ", server.address())),
        "{error}"
    );
    assert!(error.contains("\n  help: another process has this address"), "{error}");
}

#[test]
fn a_stop_ends_open_connections_within_a_second() {
    for address in ["127.0.0.1:0", "0.0.0.0:0"] {
        let address = address.parse().expect("it is an address");
        let listen = Listen { address, max_lag: Duration::from_secs(1), max_backlog: None };
        let server = MetricsServer::start(listen, Arc::default()).expect("the port is free");
        let local = SocketAddr::from(([127, 0, 0, 1], server.address().port()));
        let idle: Vec<_> = (0..20).map(|_| client::connect(local)).collect();
        // All are accepted once a later one is answered.
        assert_eq!(send(local, b"GET /healthz HTTP/1.1\r\n\r\n").status, 503);
        let start = Instant::now();
        server.stop();
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
        assert!(std::net::TcpStream::connect(local).is_err(), "the port is free");
        drop(idle);
    }
}
