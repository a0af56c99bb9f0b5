//! The command of this crate's blocks: `cargo run -p event-tower --example events -- check` compares
//! them with `events.lock`, and `lock` records a change.

use std::process::ExitCode;

event_core::catalog!(
    /// Everything that the layer emits.
    pub enum WebEvent {
        Request(event_tower::request::Request),
        Streaming(event_tower::streaming::Streaming),
    }
);

fn main() -> ExitCode {
    event_cli::main(&CATALOG)
}
