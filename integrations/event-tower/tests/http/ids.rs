//! Ids from outside are checked, kept or replaced, and given back.

use crate::server::{Server, names};
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use event_core::EventId;
use event_tower::{RequestEventsLayer, TrustedProxies};
use serde_json::Value;

fn given_back<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn is_generated(id: &str) -> bool {
    EventId::parse(id).is_some()
}

async fn ok() -> &'static str {
    "ok"
}

/// The same request as of the golden trace, with the status of the path.
#[tokio::test]
async fn t1_a_request_and_its_answer() {
    async fn status(code: axum::extract::Path<u16>) -> StatusCode {
        StatusCode::from_u16(*code).unwrap()
    }
    let proxies = ["127.0.0.0/8", "10.0.0.0/8"].map(|network| network.parse().unwrap());
    let layer =
        RequestEventsLayer::axum().trusted_proxies(TrustedProxies::x_forwarded_for(proxies));
    let server = Server::with(Router::new().route("/{code}", get(status)), layer).await;
    let headers = "x-request-id: rid-1\r\nx-correlation-id: cor-1\r\n\
                   x-forwarded-for: 8.8.8.8, 10.0.0.1\r\nuser-agent: golden\r\n";
    for (code, level) in [(200, "info"), (302, "info"), (418, "warning"), (503, "error")] {
        server.recorder.clear();
        let answer = server.get(&format!("/{code}?q=secret"), headers).await;
        assert_eq!(given_back(&answer, "x-request-id"), Some("rid-1"));
        assert_eq!(given_back(&answer, "x-correlation-id"), Some("cor-1"));
        let events = server.events(2).await;
        let end = format!("{level} request_finished");
        assert_eq!(names(&events), ["info request_started", end.as_str()]);
        for event in &events {
            let keys = ["request_id", "correlation_id", "ip", "method", "route", "query"];
            let found = keys.map(|key| event[key].as_str().unwrap());
            let expected = ["rid-1", "cor-1", "8.8.8.0/24", "GET", "/{code}", "[redacted]"];
            assert_eq!(found, expected);
            assert!(event["trace_id"].is_string() && !event.to_string().contains("secret"));
        }
        assert_eq!(
            (&events[0]["user_agent"], &events[1]["code"]),
            (&"golden".into(), &code.into())
        );
        assert!(events[0].get("discarded").is_none(), "all was valid");
    }
}

#[tokio::test]
async fn an_id_that_is_missing_or_not_valid_is_generated() {
    let server = Server::start(Router::new().route("/", get(ok))).await;
    let long = "a".repeat(129);
    for (id, reason) in [
        (None, None),
        (Some(""), Some("it is empty")),
        (Some(r#"rid-1{"inject":1}"#), Some("byte 5")),
        (Some("rid 1"), Some("byte 3")),
        (Some("rïd"), Some("byte 1")),
        (Some(long.as_str()), Some("longer than 128 bytes")),
    ] {
        server.recorder.clear();
        let header = id.map(|id| format!("x-request-id: {id}\r\n")).unwrap_or_default();
        let answer = server.get("/", &header).await;
        let events = server.events(2).await;
        let own = events[0]["request_id"].as_str().unwrap();
        assert!(is_generated(own), "{id:?}: {own}");
        assert_eq!(given_back(&answer, "x-request-id"), Some(own));
        assert_eq!(events[1]["request_id"], own);
        let note = events[0].get("discarded").and_then(Value::as_str);
        assert_eq!(note.is_some(), reason.is_some(), "{id:?}: {note:?}");
        assert!(note.unwrap_or_default().contains(reason.unwrap_or_default()), "{note:?}");
        assert!(!events[0].to_string().contains("inject"), "the text is nowhere");
    }
}

#[tokio::test]
async fn an_invalid_id_is_not_forwarded() {
    async fn seen(headers: HeaderMap) -> String {
        let text = |name: &str| headers.get(name).map_or("-", |value| value.to_str().unwrap());
        format!("id={} cor={}", text("x-request-id"), text("x-correlation-id"))
    }
    let server = Server::start(Router::new().route("/", get(seen))).await;
    let answer = server.get("/", "x-request-id: a b\r\nx-correlation-id: a b\r\n").await;
    let own = given_back(&answer, "x-request-id").unwrap();
    assert!(is_generated(own) && answer.ends_with(&format!("id={own} cor=-")), "{answer}");
    assert_eq!(given_back(&answer, "x-correlation-id"), None);
    let note = server.events(2).await[0]["discarded"].as_str().unwrap().to_owned();
    assert!(note.contains("`x-request-id`") && note.contains("`x-correlation-id`"), "{note}");
}

#[tokio::test]
async fn the_headers_have_the_names_that_the_team_gives_them() {
    let layer = RequestEventsLayer::axum()
        .request_id_header("x-amzn-trace-id".parse().unwrap())
        .correlation_id_header("x-cor".parse().unwrap());
    let server = Server::with(Router::new().route("/", get(ok)), layer).await;
    let answer = server.get("/", "x-amzn-trace-id: Root=1-6\r\nx-cor: c-1\r\n").await;
    assert_eq!(given_back(&answer, "x-amzn-trace-id"), Some("Root=1-6"));
    assert_eq!(given_back(&answer, "x-cor"), Some("c-1"));
    let events = server.events(2).await;
    assert_eq!(
        (&events[0]["request_id"], &events[0]["correlation_id"]),
        (&"Root=1-6".into(), &"c-1".into())
    );
}

/// A header of a caller that is no proxy counts for nothing.
#[tokio::test]
async fn a_forwarded_address_counts_only_through_a_trusted_peer() {
    let far = TrustedProxies::x_forwarded_for(["10.0.0.0/8".parse().unwrap()]);
    for layer in [RequestEventsLayer::axum(), RequestEventsLayer::axum().trusted_proxies(far)] {
        let server = Server::with(Router::new().route("/", get(ok)), layer).await;
        server.get("/", "x-forwarded-for: 8.8.8.8\r\nforwarded: for=8.8.8.8\r\n").await;
        assert_eq!(server.events(2).await[0]["ip"], "127.0.0.0/24");
    }
}
