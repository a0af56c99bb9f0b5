//! Real HTTP, through hyper and axum on loopback: what the layer emits for each thing that happens
//! to a request.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test, with a block of events"
)]

mod context;
mod defects;
mod hooks;
mod http2;
mod ids;
mod outcomes;
mod server;
mod streams;
mod traces;
