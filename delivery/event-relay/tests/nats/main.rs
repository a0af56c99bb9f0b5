//! The NATS target against a real server.
#![allow(clippy::unwrap_used, unreachable_pub, dead_code, reason = "a test may")]

mod broker;
mod consumer;
mod credentials;
mod delivery;
mod faults;
#[path = "../messages/mod.rs"]
mod messages;
mod options;
mod order;
mod refusals;
#[path = "../relay/shop.rs"]
mod shop;
mod tls;
