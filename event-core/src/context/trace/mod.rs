//! A place in a distributed trace, as in W3C Trace Context, and ids from outside.
//!
//! Records and [`carry`](crate::context::carry)ied contexts hold these types. The crate
//! `event-trace` reads and writes the headers of requests and messages.
//!
//! ```
//! use event_core::context::Bind;
//! use event_core::context::trace::TraceContext;
//!
//! let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
//! let caller = TraceContext::from_headers(header, None)?.value;
//!
//! // Events emitted here have the caller's `trace_id`, and its `span_id` as `parent_span_id`.
//! let _bound = caller.child().enter();
//! assert_eq!(TraceContext::current().map(|here| here.trace_id()), Some(caller.trace_id()));
//! # Ok::<(), event_core::context::trace::InvalidTrace>(())
//! ```

mod external_id;
mod id;
mod invalid;
mod state;
mod trace_context;

pub use external_id::{ExternalId, InvalidId};
pub use id::{SpanId, TraceId};
pub use invalid::{Extracted, InvalidTrace, TraceRule};
pub use state::TraceState;
pub use trace_context::{TraceContext, Traceparent};
