//! The private headers of wevt 0.0.2: which trace a call is part of, and what started the caller's
//! unit of work.

mod incoming;
mod originator;
mod outgoing;
mod rule;
mod trace_id;

pub(crate) use incoming::{caller, is_in};
pub use originator::{
    CronRun, HttpRequest, MessageReceived, Originator, OriginatorKind, ParentOriginator,
};
pub(crate) use outgoing::Sent;
pub use rule::WevtRule;

/// The trace.
pub(crate) const TRACE_ID: &str = "x-wevt-trace-id";
/// What started the caller's unit of work.
pub(crate) const ORIGINATOR: &str = "x-wevt-originator";
