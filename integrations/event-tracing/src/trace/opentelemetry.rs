//! The trace of the current span of OpenTelemetry.

use event_core::context::trace::{SpanId, TraceContext, TraceId};
use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt;

/// The trace and the span of the current OpenTelemetry context, for
/// [`Builder::trace_source`](event_core::emit::Builder::trace_source). `None` if there is no span.
///
/// The layer of `tracing-opentelemetry` makes a span of `tracing` current when it is entered.
///
/// ```
/// use event_core::Emitter;
/// use event_tracing::{TracingSink, opentelemetry_trace};
///
/// let emitter =
///     Emitter::builder().trace_source(opentelemetry_trace).sink(TracingSink::new()).build();
/// # let _ = emitter;
/// ```
pub fn opentelemetry_trace() -> Option<TraceContext> {
    Context::map_current(|context| {
        if !context.has_active_span() {
            return None;
        }
        let span = context.span();
        let span = span.span_context();
        let trace_id = TraceId::from_u128(u128::from_be_bytes(span.trace_id().to_bytes()))?;
        let span_id = SpanId::from_u64(u64::from_be_bytes(span.span_id().to_bytes()))?;
        Some(TraceContext::new(trace_id, span_id).with_sampled(span.is_sampled()))
    })
}
