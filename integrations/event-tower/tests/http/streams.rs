//! A streamed answer has exactly one begin and one end, after its request.

use crate::server::{Server, names, read_until};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::Response;
use axum::routing::get;
use event_core::Context;
use event_tower::request::{RequestFinished, RequestOutcome, emit_request_finished};
use futures_util::{StreamExt, stream};
use http_body::Frame;
use http_body_util::StreamBody;
use serde_json::Value;
use std::convert::Infallible;
use std::io;
use tokio::io::AsyncWriteExt;

const T2: [&str; 4] = [
    "info request_started",
    "info request_finished",
    "info streaming_started",
    "info streaming_finished",
];

fn pieces(count: usize) -> impl stream::Stream<Item = Result<Bytes, io::Error>> {
    stream::iter((0..count).map(|_| Ok(Bytes::from_static(b"12345"))))
}

async fn whole() -> Body {
    Body::from_stream(pieces(3))
}

/// Two pieces, and then nothing.
async fn endless() -> Body {
    Body::from_stream(pieces(2).chain(stream::pending()))
}

async fn broken() -> Body {
    let error = stream::iter([Err(io::Error::other("the disk is gone"))]);
    Body::from_stream(pieces(2).chain(error))
}

async fn panicking() -> Body {
    Body::from_stream(pieces(1).chain(stream::poll_fn(|_| panic!("no such row"))))
}

fn routes() -> Router {
    Router::new()
        .route("/whole", get(whole))
        .route("/endless", get(endless))
        .route("/broken", get(broken))
        .route("/panicking", get(panicking))
}

fn end(events: &[Value]) -> (&Value, u64) {
    let end = &events[3];
    (&end["error"], end["bytes_sent"].as_u64().unwrap())
}

#[tokio::test]
async fn t2_a_stream_is_finished_after_its_request() {
    let server = Server::start(routes()).await;
    let answer = server.get("/whole", "x-request-id: rid-1\r\n").await;
    assert_eq!(answer.matches("12345").count(), 3, "{answer}");
    let events = server.events(4).await;
    assert_eq!(names(&events), T2);
    assert_eq!(end(&events), (&Value::Null, 15));
    assert!(events[1].get("body_bytes").is_none(), "not known before it is sent");
    assert!(events.iter().all(|event| event["request_id"] == "rid-1"), "{events:#?}");
}

#[tokio::test]
async fn a_caller_that_goes_away_cancels_the_stream() {
    let server = Server::start(routes()).await;
    let mut connection = server.connect().await;
    connection.write_all(b"GET /endless HTTP/1.1\r\nhost: shop\r\n\r\n").await.unwrap();
    read_until(&mut connection, "12345").await;
    server.events(3).await;
    drop(connection);
    let events = server.events(4).await;
    assert_eq!(names(&events)[3], "warning streaming_cancelled");
    assert_eq!(end(&events), (&Value::Null, 10));
}

#[tokio::test]
async fn a_body_that_fails_fails_the_stream() {
    let server = Server::start(routes()).await;
    server.get("/broken", "").await;
    let events = server.events(4).await;
    assert_eq!(names(&events)[3], "error streaming_failed");
    assert_eq!(end(&events), (&"the disk is gone".into(), 10));
}

#[tokio::test]
async fn a_body_that_panics_fails_the_stream() {
    let server = Server::start(routes()).await;
    server.get("/panicking", "").await;
    let events = server.events(4).await;
    assert_eq!(names(&events)[3], "error streaming_failed");
    assert_eq!(end(&events), (&"panicked".into(), 5));
}

#[tokio::test]
async fn the_answer_to_head_is_not_streamed() {
    let server = Server::start(routes()).await;
    let asked = "HEAD /whole HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n";
    assert!(server.send(asked).await.ends_with("\r\n\r\n"));
    assert_eq!(server.names(2).await, T2[..2]);
}

/// A server asks for no piece after `content-length`, and for none after the trailers.
#[tokio::test]
async fn a_stream_ends_with_its_last_piece() {
    async fn counted() -> Response {
        let body = Body::from_stream(pieces(3).chain(stream::pending()));
        Response::builder().header(header::CONTENT_LENGTH, 15).body(body).unwrap()
    }
    async fn with_trailers() -> Body {
        let data = Frame::data(Bytes::from_static(b"12345"));
        let trailers =
            Frame::trailers([(header::ETAG, "x".parse().unwrap())].into_iter().collect());
        let frames = [data, trailers].map(Ok::<_, Infallible>);
        Body::new(StreamBody::new(stream::iter(frames).chain(stream::pending())))
    }
    let routes = Router::new().route("/counted", get(counted));
    let server = Server::start(routes.route("/trailers", get(with_trailers))).await;
    assert!(server.get("/counted", "").await.ends_with("123451234512345"));
    assert_eq!(server.names(4).await, T2);
    server.recorder.clear();
    let asked = "GET /trailers HTTP/1.1\r\nhost: shop\r\nconnection: close\r\nte: trailers\r\n\r\n";
    server.send(asked).await;
    assert_eq!(server.names(4).await, T2);
}

/// django-structlog logs `request_finished` before the body, and so do we; but what the body emits
/// has the request's context.
#[tokio::test]
async fn the_body_has_the_context_on_every_poll() {
    fn emit() {
        let (method, route) = ("GET".into(), "from the body".into());
        emit_request_finished(RequestFinished {
            code: 200,
            outcome: RequestOutcome::Answered,
            method,
            route,
            query: None,
            body_bytes: None,
            duration_ms: None,
        });
    }
    async fn emitting() -> Body {
        Body::from_stream(pieces(2).inspect(|_| emit()))
    }
    let server = Server::start(Router::new().route("/", get(emitting))).await;
    server.get("/", "x-request-id: rid-1\r\n").await;
    let events = server.events(6).await;
    assert!(events.iter().all(|event| event["request_id"] == "rid-1"), "{events:#?}");
    assert!(format!("{:?}", Context::current()) == "[]", "and this thread has none");
}
