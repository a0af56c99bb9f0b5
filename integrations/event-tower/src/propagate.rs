//! The client's side: headers of a call to another service.

use crate::ids::put;
use event_core::context::CorrelationId;
use event_core::context::trace::{ExternalId, TraceContext};
use event_trace::Outgoing;
use http::{HeaderMap, HeaderName, HeaderValue};

pub(crate) const CORRELATION_ID: &str = "x-correlation-id";

/// Writes the bound trace and correlation id into the headers of a call to another service:
/// `traceparent`, `tracestate`, `x-correlation-id`. A value that is not bound is left out. A
/// correlation id that the callee would refuse is not written either.
///
/// Both reqwest and hyper have these headers:
///
/// ```
/// # fn call() -> Result<(), http::Error> {
/// let mut request = http::Request::get("http://stock.internal/items/7").body(())?;
/// event_tower::propagate(request.headers_mut());
/// # Ok(())
/// # }
/// # call().unwrap();
/// ```
pub fn propagate(headers: &mut HeaderMap) {
    if let Some(trace) = TraceContext::current() {
        Outgoing::new(&trace).inject(|name, value| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        });
    }
    let id = CorrelationId::current().map(|id| ExternalId::parse(id.0.as_str()));
    if let Some(Ok(id)) = id {
        put(headers, &HeaderName::from_static(CORRELATION_ID), &id);
    }
}
