//! From the outbox to a target: one thread for each target, with a cursor of its own.
//!
//! [`Flow`](flow::Flow) knows which event may be sent now: it does no I/O, and tests hold it
//! against a model. [`Worker`](worker::Worker) reads, judges, publishes and commits.

mod answers;
mod backoff;
mod flow;
#[cfg(test)]
mod flow_model;
mod intake;
mod judge;
mod life;
mod options;
mod pause;
mod phase;
mod poll;
mod progress;
mod relay;
mod standby;
mod watch;
mod worker;

pub use judge::Retired;
pub use options::TargetOptions;
pub use relay::{Ended, Relay, RelayBuilder, StartError, Waker};
