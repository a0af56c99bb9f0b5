//! The trace, from one service into the next; and headers that are no trace.

use crate::server::Server;
use axum::Router;
use axum::http::{HeaderMap, Request, Response};
use axum::routing::get;
use event_core::context::trace::{ExternalId, TraceContext};
use event_tower::{RequestEventsLayer, propagate};
use event_trace::{Headers, Incoming};
use http::{HeaderName, HeaderValue};
use http_body_util::Empty;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[tokio::test]
async fn a_trace_goes_through_reqwest_into_the_next_service() {
    let stock = Server::start(Router::new().route("/", get(|| async { "7 left" }))).await;
    let next = format!("http://{}/", stock.address);
    let ask = move || async move {
        let mut request = reqwest::Request::new(reqwest::Method::GET, next.parse().unwrap());
        propagate(request.headers_mut());
        reqwest::Client::new().execute(request).await.unwrap().text().await.unwrap()
    };
    let shop = Server::start(Router::new().route("/", get(ask))).await;
    let headers =
        format!("traceparent: {PARENT}\r\ntracestate: a=1\r\nx-correlation-id: cor-1\r\n");
    assert!(shop.get("/", &headers).await.ends_with("7 left"));
    let (first, second) = (&shop.events(2).await[0], &stock.events(2).await[0]);
    for event in [first, second] {
        assert_eq!(event["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(event["correlation_id"], "cor-1");
    }
    assert_eq!(first["parent_span_id"], "00f067aa0ba902b7");
    assert_eq!(second["parent_span_id"], first["span_id"], "the next span is below this one");
}

#[tokio::test]
async fn a_trace_that_is_not_valid_is_not_used() {
    let server = Server::start(Router::new().route("/", get(|| async { "ok" }))).await;
    let zero = "traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01\r\n";
    server.get("/", zero).await;
    let event = server.events(2).await[0].clone();
    assert_ne!(event["trace_id"], "00000000000000000000000000000000");
    assert!(event["discarded"].as_str().unwrap().contains("`traceparent`"), "{event}");
}

#[tokio::test]
async fn the_trace_may_be_another_librarys() {
    let layer = RequestEventsLayer::axum().without_trace();
    let server = Server::with(Router::new().route("/", get(|| async { "ok" })), layer).await;
    server.get("/", &format!("traceparent: {PARENT}\r\n")).await;
    assert!(server.events(2).await.iter().all(|event| event.get("trace_id").is_none()));
}

/// A service that answers with the headers of a call that it would make.
#[derive(Clone)]
struct Calling;

impl Service<Request<()>> for Calling {
    type Response = Response<Empty<&'static [u8]>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        let mut answer = Response::new(Empty::new());
        propagate(answer.headers_mut());
        ready(Ok(answer))
    }
}

/// Numbers that are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// A valid value, with a few bytes changed, removed or added.
    fn mutated(&mut self, value: &str) -> HeaderValue {
        let mut bytes = value.as_bytes().to_vec();
        for _ in 0..self.below(4) {
            let at = self.below(bytes.len().max(1));
            let any = b" \t-0afF,=;:%\"{}\x80\xff~"[self.below(18)];
            match self.below(3) {
                0 if !bytes.is_empty() => bytes[at] = any,
                1 if !bytes.is_empty() => drop(bytes.remove(at)),
                _ => bytes.insert(at.min(bytes.len()), any),
            }
        }
        HeaderValue::from_bytes(&bytes).unwrap()
    }
}

#[tokio::test]
async fn a_hundred_thousand_mutated_headers_forward_nothing_invalid() {
    let mut service = RequestEventsLayer::new().layer(Calling);
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let (mut kept, mut replaced) = (0, 0);
    // Four headers each, and some of them twice.
    for _ in 0..25_000 {
        let mut request = Request::new(());
        let headers = request.headers_mut();
        for (name, value) in [
            ("traceparent", PARENT),
            ("tracestate", "a=1,b@c=2"),
            ("x-request-id", "rid-1"),
            ("x-correlation-id", "cor-1"),
        ] {
            for _ in 0..=numbers.below(8) / 7 {
                headers.append(HeaderName::from_static(name), numbers.mutated(value));
            }
        }
        let sent = headers.clone();
        let answer = service.call(request).await.unwrap();
        if is_continued(&sent, answer.headers()) { kept += 1 } else { replaced += 1 }
    }
    assert!(kept > 2_500 && replaced > 2_500, "both happen: {kept}, {replaced}");
}

/// Checks the headers of the call. Whether its trace is the caller's.
fn is_continued(sent: &HeaderMap, called: &HeaderMap) -> bool {
    let text = |headers: &HeaderMap, name: &str| {
        Some(String::from_utf8_lossy(headers.get(name)?.as_bytes()).into_owned())
    };
    let parent = text(called, "traceparent").unwrap();
    let state = text(called, "tracestate");
    let read = TraceContext::from_headers(&parent, state.as_deref()).unwrap();
    assert!(read.discarded.is_empty(), "{state:?}");
    let trace = read.value;
    for name in ["x-request-id", "x-correlation-id"] {
        let (sent, called) = (text(sent, name), text(called, name));
        match ExternalId::parse(&sent.unwrap()) {
            Ok(id) => assert_eq!(called.as_deref(), Some(id.as_str())),
            Err(_) => assert!(called.is_none_or(|id| ExternalId::parse(&id).is_ok())),
        }
    }
    let pairs = sent
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), str::from_utf8(value.as_bytes()).ok()?)));
    let incoming = Incoming::extract(&pairs.collect::<Headers<'_>>());
    assert!(incoming.trace_id().is_none_or(|id| id == trace.trace_id()));
    let is_continued = trace.trace_id().to_string() == PARENT[3..35];
    assert!(!is_continued || incoming.trace_id().is_some(), "an invalid one was continued");
    is_continued
}
