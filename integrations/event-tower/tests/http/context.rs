//! What is bound while a request is served.

use crate::server::{Server, names};
use axum::Router;
use axum::routing::get;
use event_core::{ContextGroup, InContext, Str, events};
use event_tower::{RequestContext, RequestEventsLayer, UNMATCHED};
use std::collections::BTreeSet;
use tokio::io::AsyncWriteExt;

events!(
    /// Orders.
    #[domain]
    pub enum Order {
        /// Place one.
        Place,
    }

    /// Whose data it is.
    #[group(context)]
    pub struct Tenant<'a> {
        /// The organisation.
        pub tenant_id: Str<'a>,
    }

    /// An order is placed.
    #[event(info, optional_context(RequestContext, Tenant))]
    pub struct OrderPlaceCompleted;
);

async fn place() {
    emit_order_place_completed(OrderPlaceCompleted);
}

#[tokio::test]
async fn a_user_that_is_known_later_is_in_the_last_event() {
    async fn signed_in() {
        RequestContext::update(|request| request.user_id = Some("usr_7".into())).unwrap();
        tokio::task::yield_now().await;
    }
    let server = Server::start(Router::new().route("/", get(signed_in))).await;
    server.get("/", "").await;
    let events = server.events(2).await;
    assert_eq!((events[0].get("user_id"), &events[1]["user_id"]), (None, &"usr_7".into()));
}

#[tokio::test]
async fn a_group_of_the_teams_own_is_bound_beside_the_request() {
    let layer = RequestEventsLayer::axum().bind(|parts| {
        let tenant = parts.headers.get("x-tenant").and_then(|value| value.to_str().ok());
        Tenant { tenant_id: tenant.unwrap_or("none").to_owned().into() }
    });
    let server = Server::with(Router::new().route("/", get(place)), layer).await;
    server.get("/", "x-tenant: acme\r\nx-request-id: rid-1\r\n").await;
    let events = server.events(3).await;
    assert_eq!(names(&events)[1], "info order_place_completed");
    let bound = ["request_id", "tenant_id"].map(|key| events[1][key].as_str().unwrap());
    assert_eq!(bound, ["rid-1", "acme"]);
    assert!(events.iter().all(|event| event["trace_id"] == events[0]["trace_id"]));
}

#[tokio::test]
async fn a_spawned_task_has_the_context_if_it_is_asked_for() {
    async fn spawning() {
        // Without the context there is no recorder either: the event goes nowhere.
        tokio::spawn(async { assert!(RequestContext::current().is_none()) }).await.unwrap();
        tokio::spawn(place()).await.unwrap();
        tokio::spawn(place().in_current_context()).await.unwrap();
    }
    let server = Server::start(Router::new().route("/", get(spawning))).await;
    server.get("/", "x-request-id: rid-1\r\n").await;
    let events = server.events(3).await;
    assert_eq!(
        (&events[1]["event"], &events[1]["request_id"]),
        (&"order_place_completed".into(), &"rid-1".into())
    );
}

/// Two requests of one thread, polled in turn: each has its own context after each `.await`.
#[tokio::test]
async fn the_context_is_bound_on_each_poll() {
    async fn in_turn() -> String {
        let id = || RequestContext::current().unwrap().unwrap().request_id.as_str().to_owned();
        let before = id();
        for _ in 0..20 {
            tokio::task::yield_now().await;
            assert_eq!(id(), before);
        }
        before
    }
    let server = Server::start(Router::new().route("/", get(in_turn))).await;
    let one = server.get("/", "x-request-id: rid-1\r\n");
    let (one, two) = tokio::join!(one, server.get("/", "x-request-id: rid-2\r\n"));
    assert!(one.ends_with("rid-1") && two.ends_with("rid-2"), "{one}\n{two}");
    assert!(RequestContext::current().is_none(), "and nothing is left on the thread");
}

#[tokio::test]
async fn ten_thousand_paths_are_one_route() {
    let server = Server::start(Router::new().route("/orders/{id}", get(place))).await;
    let mut connection = server.connect().await;
    let (mut reading, mut writing) = connection.split();
    let paths = (0..10_000_u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let requests: Vec<String> = paths
        .map(|path| format!("GET /{path:x}/wp-login.php HTTP/1.1\r\nhost: shop\r\n\r\n"))
        .collect();
    let write = async {
        writing.write_all(requests.concat().as_bytes()).await.unwrap();
        writing
            .write_all(b"GET / HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
    };
    let mut sink = tokio::io::sink();
    let ((), read) = tokio::join!(write, tokio::io::copy(&mut reading, &mut sink));
    read.unwrap();
    let events = server.events(20_002).await;
    let routes: BTreeSet<_> = events.iter().map(|event| event["route"].as_str().unwrap()).collect();
    assert_eq!(routes, BTreeSet::from([UNMATCHED]));
    let methods: BTreeSet<_> =
        events.iter().map(|event| event["method"].as_str().unwrap()).collect();
    assert_eq!(methods, BTreeSet::from(["GET"]));
}

#[tokio::test]
async fn a_method_that_http_does_not_define_is_one_value() {
    let server = Server::start(Router::new()).await;
    for method in ["BREW", "X7F3"] {
        let request = format!("{method} / HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n");
        assert!(server.send(&request).await.starts_with("HTTP/1.1 404"));
    }
    let events = server.events(4).await;
    assert!(events.iter().all(|event| event["method"] == "_OTHER"), "{events:#?}");
}
