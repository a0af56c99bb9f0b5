//! The trace that the crate `opentelemetry` has active.

use event_core::context::trace::{SpanId, TraceContext, TraceId};
use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt as _;

/// The active span of the crate `opentelemetry`, for `Builder::trace_source`. Events without a bound
/// trace then carry its ids. `None` if no span is active.
///
/// ```
/// use event_core::Emitter;
/// use event_core::sink::JsonLines;
///
/// let emitter = Emitter::builder().trace_source(event_otel::current_trace).sink(JsonLines::stdout()).build();
/// # let _ = emitter;
/// ```
///
/// Spans of the crate `tracing` are active there if the layer of `tracing-opentelemetry` is
/// installed. The `tracestate` is not copied, because a record does not have it.
pub fn current_trace() -> Option<TraceContext> {
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
