//! HTTP/2: many requests on one connection, and streams that the caller resets.

use crate::server::{Server, names};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::get;
use futures_util::{StreamExt, stream};
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::timeout;

async fn client(server: &Server) -> SendRequest<Empty<Bytes>> {
    let io = TokioIo::new(server.connect().await);
    let (client, connection) = http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    client
}

fn asked(path: &str, id: &str) -> Request<Empty<Bytes>> {
    let request = Request::get(format!("http://shop{path}")).header("x-request-id", id);
    request.body(Empty::new()).unwrap()
}

#[tokio::test]
async fn a_reset_cancels_the_request_and_no_other_one() {
    async fn slow() -> &'static str {
        tokio::time::sleep(Duration::from_millis(200)).await;
        "done"
    }
    let routes =
        Router::new().route("/slow", get(slow)).route("/never", get(std::future::pending::<()>));
    let server = Server::start(routes).await;
    let mut client = client(&server).await;
    let slow = tokio::spawn(client.send_request(asked("/slow", "rid-1")));
    // Given up, it is reset; the connection goes on.
    let never = client.send_request(asked("/never", "rid-2"));
    assert!(timeout(Duration::from_millis(50), never).await.is_err());
    let answer = slow.await.unwrap().unwrap().into_body().collect().await.unwrap().to_bytes();
    assert_eq!(answer, "done");
    let events = server.events(4).await;
    for (id, expected) in [
        ("rid-1", ["info request_started", "info request_finished"]),
        ("rid-2", ["info request_started", "warning request_cancelled"]),
    ] {
        let own: Vec<_> =
            events.iter().filter(|event| event["request_id"] == id).cloned().collect();
        assert_eq!(names(&own), expected);
    }
}

#[tokio::test]
async fn a_reset_cancels_the_stream() {
    async fn endless() -> Body {
        let first = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"12345"))]);
        Body::from_stream(first.chain(stream::pending()))
    }
    let server = Server::start(Router::new().route("/endless", get(endless))).await;
    let mut client = client(&server).await;
    let mut answer = client.send_request(asked("/endless", "rid-1")).await.unwrap();
    assert!(answer.body_mut().frame().await.unwrap().unwrap().is_data());
    drop(answer);
    let events = server.events(4).await;
    assert_eq!(names(&events)[3], "warning streaming_cancelled");
    assert_eq!(events[3]["bytes_sent"], 5);
}
