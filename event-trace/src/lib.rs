//! Propagation of a distributed trace between services: W3C Trace Context and Baggage.
//!
//! [`Incoming`] reads the headers of a request or a message, and [`Outgoing`] writes the headers of
//! a call. Both are plain data: this crate emits nothing and binds nothing. The trace itself is
//! event-core's [`TraceContext`](event_core::context::trace::TraceContext), which can be bound for
//! a scope.
//!
//! ```
//! use event_core::context::Bind;
//! use event_trace::{Headers, Incoming, Outgoing};
//!
//! // A request comes in ..
//! let request = [
//!     ("Host", "shop.example"),
//!     ("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
//!     ("Baggage", "tenant=acme,=broken"),
//! ];
//! let incoming = Incoming::extract(&Headers::from_iter(request));
//! let context = incoming.child();
//! assert_eq!(context.trace_id().to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
//! assert_eq!(incoming.parent_span_id().unwrap().to_string(), "00f067aa0ba902b7");
//! assert_eq!(incoming.discarded().len(), 1); // The second member has no key: something to count, or to log.
//!
//! // .. which is handled in its trace ..
//! let _bound = context.enter();
//!
//! // .. and calls another service.
//! let mut call: Vec<(&str, String)> = Vec::new();
//! let outgoing = Outgoing::new(&context).with_baggage(incoming.baggage());
//! outgoing.inject(|name, value| call.push((name, value.to_owned())));
//!
//! // The callee is in the same trace, below this span.
//! let callee = Incoming::extract(&call.iter().map(|(name, value)| (*name, value.as_str())).collect());
//! assert_eq!(callee.trace_id(), Some(context.trace_id()));
//! assert_eq!(callee.parent_span_id(), Some(context.span_id()));
//! assert_eq!(callee.baggage().get("tenant"), Some("acme"));
//! ```
//!
//! `Incoming` reads `traceparent`, `tracestate` and `baggage`. If there is no `traceparent`, it
//! reads `X-Trace-ID`, `X-Span-ID` and `X-Trace-Baggage` of older services. Any sender can write
//! any of these headers: every part is checked, an [`InvalidHeader`] contains no part of the input,
//! and no header proves who the caller is.
//!
//! With the feature `wevt`, wevt's `x-wevt-trace-id` and `x-wevt-originator` are read and written
//! too: `Originator` is the content of the second one.

mod baggage;
mod headers;
mod incoming;
mod invalid;
mod legacy;
mod outgoing;
mod redact;
mod request_id;
#[cfg(feature = "wevt")]
mod wevt;

pub use baggage::{Baggage, BaggageMember};
pub use headers::Headers;
pub use incoming::Incoming;
pub use invalid::{HeaderRule, InvalidHeader};
pub use outgoing::Outgoing;
pub use redact::{Redaction, redact_query};
pub use request_id::request_id;
#[cfg(feature = "wevt")]
pub use wevt::{
    CronRun, HttpRequest, MessageReceived, Originator, OriginatorKind, ParentOriginator, WevtRule,
};
