//! The private headers of wevt 0.0.2: the trace of a call, and the originator of the caller's unit
//! of work.

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

/// The header with the trace.
pub(crate) const TRACE_ID: &str = "x-wevt-trace-id";
/// The header with the originator of the caller's unit of work.
pub(crate) const ORIGINATOR: &str = "x-wevt-originator";
