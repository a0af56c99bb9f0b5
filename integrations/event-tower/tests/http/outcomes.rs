//! Each request has exactly one begin and one end.

use crate::server::{Recorded, Server, names, read_until};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{any, get, post};
use event_core::Recorder;
use event_tower::RequestEventsLayer;
use http::Request;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use std::future::{Ready, ready};
use std::task::{Context, Poll};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tower_layer::Layer;
use tower_service::Service;

async fn status(code: axum::extract::Path<u16>) -> StatusCode {
    StatusCode::from_u16(*code).unwrap()
}

/// An answer never comes.
async fn never() -> StatusCode {
    std::future::pending().await
}

async fn broken() -> StatusCode {
    panic!("no such year")
}

#[tokio::test]
async fn d7_the_level_follows_from_the_status() {
    let server = Server::start(Router::new().route("/status/{code}", get(status))).await;
    let mut seen = 0;
    for (code, level) in [
        (200, "info"),
        (204, "info"),
        (301, "info"),
        (302, "info"),
        (404, "warning"),
        (418, "warning"),
        (500, "error"),
        (503, "error"),
    ] {
        let answer = server.get(&format!("/status/{code}"), "").await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {code}")), "{answer}");
        seen += 2;
        let events = server.events(seen).await;
        let end = &events[seen - 1];
        assert_eq!(names(&events[seen - 2..])[0], "info request_started");
        assert_eq!(names(&events[seen - 2..])[1], format!("{level} request_finished"));
        assert_eq!((&end["code"], &end["route"]), (&code.into(), &"/status/{code}".into()));
        assert!(end["duration_ms"].as_f64().unwrap() >= 0.0 && end["body_bytes"] == 0);
    }
}

#[tokio::test]
async fn an_expected_status_is_info() {
    let routes = Router::new().route("/health", get(|| async { StatusCode::SERVICE_UNAVAILABLE }));
    let routes = routes.route("/orders", get(|| async { StatusCode::SERVICE_UNAVAILABLE }));
    let layer = RequestEventsLayer::axum()
        .expected(|request, status| request.route() == "/health" && status == 503);
    let server = Server::with(routes, layer).await;
    server.get("/health", "").await;
    server.get("/orders", "").await;
    let events = server.events(4).await;
    assert_eq!(names(&events)[1], "info request_finished");
    assert_eq!((&events[1]["code"], &events[1]["outcome"]), (&503.into(), &"expected".into()));
    assert_eq!(names(&events)[3], "error request_finished");
    assert_eq!((&events[3]["code"], &events[3]["outcome"]), (&503.into(), &"broken".into()));
}

#[tokio::test]
async fn a_caller_that_goes_away_cancels_its_request() {
    let server = Server::start(Router::new().route("/orders/{id}", get(never))).await;
    let mut connection = server.connect().await;
    connection.write_all(b"GET /orders/7 HTTP/1.1\r\nhost: shop\r\n\r\n").await.unwrap();
    server.events(1).await;
    drop(connection);
    let events = server.events(2).await;
    assert_eq!(names(&events), ["info request_started", "warning request_cancelled"]);
    assert_eq!(
        (&events[1]["method"], &events[1]["route"]),
        (&"GET".into(), &"/orders/{id}".into())
    );
}

#[tokio::test]
async fn a_handler_that_panics_fails_its_request() {
    let server = Server::start(Router::new().route("/report", get(broken))).await;
    assert_eq!(server.get("/report", "").await, "");
    let events = server.events(2).await;
    assert_eq!(names(&events), ["info request_started", "error request_failed"]);
    assert_eq!((&events[1]["code"], &events[1]["error"]), (&500.into(), &"panicked".into()));
}

/// A service that has no answer.
#[derive(Clone)]
struct OutOfOrder;

impl<Q> Service<Request<Q>> for OutOfOrder {
    type Response = Response<Body>;
    type Error = &'static str;
    type Future = Ready<Result<Response<Body>, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Q>) -> Self::Future {
        ready(Err("the pool is empty"))
    }
}

/// In a server of hyper alone.
#[tokio::test]
async fn an_error_of_the_service_fails_its_request() {
    let recorder = Recorder::new();
    let service = Recorded::new(RequestEventsLayer::new().layer(OutOfOrder), &recorder);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let io = TokioIo::new(listener.accept().await.unwrap().0);
        let service = TowerToHyperService::new(service);
        let _ = hyper::server::conn::http1::Builder::new().serve_connection(io, service).await;
    });
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    connection.write_all(b"GET /x HTTP/1.1\r\nhost: shop\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    serving.await.unwrap();
    let lines = recorder.lines();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[1].contains(r#""event":"request_failed""#), "{}", lines[1]);
    assert!(lines[1].contains(r#""route":"unmatched""#), "{}", lines[1]);
    assert!(lines[1].contains(r#""error":"the pool is empty""#), "{}", lines[1]);
}

#[tokio::test]
async fn an_upgrade_is_finished_by_its_head() {
    async fn upgrade(request: axum::extract::Request) -> Response {
        tokio::spawn(async move {
            let mut io = TokioIo::new(hyper::upgrade::on(request).await.unwrap());
            let mut word = [0; 4];
            io.read_exact(&mut word).await.unwrap();
            io.write_all(&word).await.unwrap();
        });
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        answer.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("echo"));
        answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        answer
    }
    let server = Server::start(Router::new().route("/socket", any(upgrade))).await;
    let mut connection = server.connect().await;
    let asked =
        b"GET /socket HTTP/1.1\r\nhost: shop\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n";
    connection.write_all(asked).await.unwrap();
    read_until(&mut connection, "\r\n\r\n").await;
    connection.write_all(b"ping").await.unwrap();
    read_until(&mut connection, "ping").await;
    let events = server.events(2).await;
    assert_eq!(names(&events), ["info request_started", "info request_finished"]);
    assert_eq!(events[1]["code"], 101);
}

#[tokio::test]
async fn expect_100_continue_is_one_request() {
    let routes = Router::new().route("/upload", post(|body: String| async move { body }));
    let server = Server::start(routes).await;
    let mut connection = server.connect().await;
    let head = b"POST /upload HTTP/1.1\r\nhost: shop\r\nconnection: close\r\ncontent-length: 4\r\nexpect: 100-continue\r\n\r\n";
    connection.write_all(head).await.unwrap();
    read_until(&mut connection, "100 Continue\r\n\r\n").await;
    connection.write_all(b"data").await.unwrap();
    assert!(read_until(&mut connection, "data").await.starts_with("HTTP/1.1 200"));
    let events = server.events(2).await;
    assert_eq!(names(&events), ["info request_started", "info request_finished"]);
    assert_eq!((&events[1]["method"], &events[1]["body_bytes"]), (&"POST".into(), &4.into()));
}

/// The caller goes away between the head and the body that the handler waits for.
#[tokio::test]
async fn a_request_whose_body_stops_is_cancelled_or_refused_once() {
    let routes = Router::new().route("/upload", post(|body: String| async move { body }));
    let server = Server::start(routes).await;
    let mut connection = server.connect().await;
    let head = b"POST /upload HTTP/1.1\r\nhost: shop\r\ncontent-length: 4\r\n\r\nda";
    connection.write_all(head).await.unwrap();
    server.events(1).await;
    drop(connection);
    let names = server.names(2).await;
    let end = names[1].as_str();
    assert!(["warning request_cancelled", "warning request_finished"].contains(&end), "{end}");
}
