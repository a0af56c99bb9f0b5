//! The hooks: when they are called, with what, and what their faults do.

use crate::server::{Server, names};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode};
use axum::routing::get;
use event_core::ContextGroup;
use event_tower::{Failure, RequestContext, RequestEventsLayer};
use futures_util::stream;
use std::io;
use std::sync::{Arc, Mutex};

/// What hooks were called with, in order.
#[derive(Clone, Default)]
struct Calls(Arc<Mutex<Vec<String>>>);

impl Calls {
    fn add(&self, call: String) {
        self.0.lock().unwrap().push(call);
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn layer(calls: &Calls) -> RequestEventsLayer {
    let [start, finish, failure, response] = [(); 4].map(|()| calls.clone());
    RequestEventsLayer::axum()
        .on_start(move |request, parts| {
            let is_bound = RequestContext::current().is_some();
            start.add(format!("start {} {} {is_bound}", request.route(), parts.uri.path()));
        })
        .on_finish(move |request, status| {
            RequestContext::update(|bound| bound.user_id = Some("usr_7".into())).unwrap();
            finish.add(format!("finish {} {status}", request.method()));
        })
        .on_failure(move |request, why| failure.add(format!("{} {why:?}", request.request_id())))
        .on_failure_response(move |request, head| {
            assert_eq!(head.headers["x-request-id"], request.request_id());
            head.headers.insert("x-sorry", HeaderValue::from_static("1"));
            response.add(format!("sorry {}", request.path()));
        })
}

async fn broken() -> StatusCode {
    panic!("no such year")
}

async fn broken_body() -> Body {
    let piece = Ok(Bytes::from_static(b"12345"));
    Body::from_stream(stream::iter([piece, Err(io::Error::other("the disk is gone"))]))
}

fn routes() -> Router {
    Router::new()
        .route("/orders/{id}", get(|| async { "ok" }))
        .route("/down", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
        .route("/broken", get(broken))
        .route("/body", get(broken_body))
}

#[tokio::test]
async fn d4_each_hook_is_called_in_its_place() {
    let calls = Calls::default();
    let server = Server::with(routes(), layer(&calls)).await;
    server.get("/orders/7", "").await;
    assert_eq!(calls.taken(), ["start /orders/{id} /orders/7 true", "finish GET 200 OK"]);
    assert_eq!(server.events(2).await[1]["user_id"], "usr_7", "the hook is before the event");

    let answer = server.get("/down", "x-request-id: rid-1\r\n").await;
    assert!(answer.contains("x-request-id: rid-1\r\n") && answer.contains("x-sorry: 1\r\n"));
    let expected =
        ["start /down /down true", "sorry /down", "finish GET 500 Internal Server Error"];
    assert_eq!(calls.taken(), expected);

    server.get("/broken", "x-request-id: rid-2\r\n").await;
    server.events(6).await;
    assert_eq!(calls.taken(), ["start /broken /broken true", "rid-2 Panicked"]);

    server.get("/body", "x-request-id: rid-3\r\n").await;
    server.events(10).await;
    assert_eq!(calls.taken()[2], format!("rid-3 {:?}", Failure::Body("the disk is gone")));
}

#[tokio::test]
async fn a_hook_that_panics_leaves_one_begin_and_one_end() {
    for layer in [
        RequestEventsLayer::axum().on_start(|_, _| panic!("start")),
        RequestEventsLayer::axum().on_finish(|_, _| panic!("finish")),
        RequestEventsLayer::axum().on_failure_response(|_, _| panic!("response")),
        RequestEventsLayer::axum().expected(|_, _| panic!("expected")),
        // While the handler's panic unwinds.
        RequestEventsLayer::axum()
            .on_start(|_, _| panic!("start"))
            .on_failure(|_, _| panic!("failure")),
    ] {
        let server = Server::with(routes(), layer).await;
        assert_eq!(server.get("/down", "").await, "");
        let events = server.events(2).await;
        assert_eq!(names(&events), ["info request_started", "error request_failed"]);
    }
}
