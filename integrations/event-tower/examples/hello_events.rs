//! A hello world of axum with request events:
//! `cargo run -p event-tower --features axum --example hello_events`. `examples/hello.rs` is the
//! same one without; `tests/lines.rs` counts what is added.

use axum::extract::Path;
use axum::{Router, routing::get};
use event_core::{Emitter, sink::JsonLines};
use event_tower::RequestEventsLayer;
use std::net::SocketAddr;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let emitter = Emitter::builder().service("hello").sink(JsonLines::stdout()).build();
    let _guard = emitter.install().expect("no other emitter is installed");
    let app = Router::new().route("/hello/{name}", get(hello)).layer(RequestEventsLayer::axum());
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, app).await
}

async fn hello(Path(name): Path<String>) -> String {
    format!("Hello, {name}!")
}
