//! Where an event stands in a distributed trace, in the terms of W3C Trace Context, and how
//! processes tell each other.
//!
//! [`Incoming`] reads the headers of a request or a message, [`Outgoing`] writes those of a call.
//! Both are plain data: nothing here emits or binds anything.
//!
//! ```
//! use event_core::trace::{Headers, HttpRequest, Incoming, OriginatorKind, Outgoing};
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
//! // .. which starts a unit of work ..
//! let originator = incoming.originate(OriginatorKind::Http(Some(HttpRequest::new("POST", "/orders"))));
//!
//! // .. that calls another service.
//! let mut call: Vec<(&str, String)> = Vec::new();
//! let outgoing = Outgoing::new(&context).with_baggage(incoming.baggage()).with_originator(&originator);
//! outgoing.inject(|name, value| call.push((name, value.to_owned())));
//!
//! // The callee is in the same trace, below this span, and knows what started it all.
//! let callee = Incoming::extract(&call.iter().map(|(name, value)| (*name, value.as_str())).collect());
//! assert_eq!(callee.trace_id(), Some(context.trace_id()));
//! assert_eq!(callee.parent_span_id(), Some(context.span_id()));
//! assert_eq!(callee.baggage().get("tenant"), Some("acme"));
//! assert_eq!(callee.originator().unwrap().id(), originator.id());
//! ```
//!
//! Read are `traceparent`, `tracestate` and `baggage`; wevt's `x-wevt-trace-id` and
//! `x-wevt-originator`; and, where there is no `traceparent`, the `X-Trace-ID`, `X-Span-ID` and
//! `X-Trace-Baggage` of older services. Anyone can write any of them: every part is checked,
//! nothing is repeated in an [`InvalidHeader`], and nothing here is proof of who called.

mod baggage;
mod context;
mod external_id;
mod headers;
mod id;
mod incoming;
mod invalid;
mod originator;
mod outgoing;
mod state;
mod wevt;

pub use baggage::{Baggage, BaggageMember};
pub use context::{TraceContext, Traceparent};
pub use external_id::{ExternalId, InvalidId, request_id};
pub use headers::Headers;
pub use id::{SpanId, TraceId};
pub use incoming::Incoming;
pub use invalid::{Extracted, HeaderRule, InvalidHeader};
pub use originator::{
    CronRun, HttpRequest, MessageReceived, Originator, OriginatorKind, ParentOriginator, Redaction,
    redact_query,
};
pub use outgoing::Outgoing;
pub use state::TraceState;
