//! Locked versions of the blocks stay readable, and the lock matches the declarations.
#![allow(missing_docs, unreachable_pub, reason = "a test, with the command's file as a module")]

#[allow(dead_code, reason = "its `main` is the command's")]
#[path = "../examples/events.rs"]
mod events;

event_cli::lock_tests!(events::WebEvent, events::CATALOG);
