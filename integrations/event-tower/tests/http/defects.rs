//! What other systems get wrong, as requests that show it right.

use crate::server::{Server, names};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::routing::get;
use futures_util::stream;
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::convert::Infallible;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

/// django-structlog binds the header as it is, with its line breaks and its JSON.
#[tokio::test]
async fn a_request_id_writes_no_line_of_its_own() {
    let server = Server::start(Router::new().route("/", get(|| async { "ok" }))).await;
    let answer = server.get("/", "x-request-id: rid-1\n{\"inject\":1}\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400"), "the server refuses the line break: {answer}");
    let answer = server.get("/", "x-request-id: rid-1\\n{\"inject\":1}\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let events = server.events(2).await;
    assert!(!format!("{events:?}{answer}").contains("inject"), "{events:#?}");
    assert!(events[0]["discarded"].as_str().unwrap().contains("`x-request-id`"));
}

/// In django-structlog, a request after a cancelled one, in the same task, has its correlation id.
#[tokio::test]
async fn a_cancelled_request_leaves_nothing_to_the_next() {
    let routes = Router::new().route("/never", get(std::future::pending::<()>));
    let server = Server::start(routes.route("/", get(|| async { "ok" }))).await;
    let io = TokioIo::new(server.connect().await);
    let (mut client, connection) = http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    let asked = |path: &str| Request::get(format!("http://shop{path}"));
    let never = asked("/never").header("x-correlation-id", "cor-1").body(Empty::<Bytes>::new());
    let never = client.send_request(never.unwrap());
    assert!(timeout(Duration::from_millis(50), never).await.is_err());
    server.events(2).await;
    let next = client.send_request(asked("/").body(Empty::new()).unwrap()).await.unwrap();
    assert_eq!(next.into_body().collect().await.unwrap().to_bytes(), "ok");
    let events = server.events(4).await;
    let with = events.iter().map(|event| event.get("correlation_id").is_some());
    assert_eq!(with.collect::<Vec<_>>(), [true, true, false, false]);
    assert_eq!(names(&events)[1], "warning request_cancelled");
}

/// The same over a connection that is kept: the ids of one request are not the next one's.
#[tokio::test]
async fn a_kept_connection_keeps_no_ids() {
    let server = Server::start(Router::new().route("/", get(|| async { "ok" }))).await;
    let first =
        "GET / HTTP/1.1\r\nhost: shop\r\nx-correlation-id: cor-1\r\nx-request-id: rid-1\r\n\r\n";
    server.send(&format!("{first}GET / HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n")).await;
    let events = server.events(4).await;
    assert!(events[..2].iter().all(|event| event["correlation_id"] == "cor-1"));
    assert!(events[2..].iter().all(|event| event.get("correlation_id").is_none()));
    assert!(events[2..].iter().all(|event| event["request_id"] != "rid-1"));
}

/// In django-structlog, a stream whose caller goes away after one piece has no end.
#[tokio::test]
async fn a_stream_whose_caller_goes_away_has_an_end() {
    let body = || {
        Body::from_stream(stream::repeat_with(|| {
            Ok::<_, Infallible>(Bytes::from(vec![b'x'; 4096]))
        }))
    };
    let server = Server::start(Router::new().route("/", get(move || async move { body() }))).await;
    let mut connection = server.connect().await;
    connection.write_all(b"GET / HTTP/1.1\r\nhost: shop\r\n\r\n").await.unwrap();
    server.events(3).await;
    drop(connection);
    assert_eq!(names(&server.events(4).await)[3], "warning streaming_cancelled");
}

/// In an example of another system, a returned 503 is no error, and a raised 404 is one.
#[tokio::test]
async fn a_status_counts_however_it_is_returned() {
    async fn raised() -> Result<(), StatusCode> {
        Err(StatusCode::NOT_FOUND)
    }
    let routes = Router::new().route("/down", get(|| async { StatusCode::SERVICE_UNAVAILABLE }));
    let server = Server::start(routes.route("/raised", get(raised))).await;
    server.get("/down", "").await;
    server.get("/raised", "").await;
    let names = server.names(4).await;
    assert_eq!([&names[1], &names[3]], ["error request_finished", "warning request_finished"]);
}

/// django-structlog logs the query as it is.
#[tokio::test]
async fn a_query_is_masked() {
    let server = Server::start(Router::new().route("/", get(|| async { "ok" }))).await;
    server.get("/?token=tok_9f", "").await;
    let events = server.events(2).await;
    assert!(events.iter().all(|event| event["query"] == "[redacted]"), "{events:#?}");
}
