//! What is read and what is not, of lines and envelopes that this library has written and that
//! others have.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

mod alternatives;
mod conditional;
mod declared;
mod nesting;
mod numbers;
mod one_event;
mod others;
mod texts;
