//! Traces of spans that are in a registry only: no other library gives them ids.

use crate::bridging::Bridging;
use event_core::context::trace::TraceContext;
use std::cell::RefCell;
use tracing_core::dispatcher;
use tracing_subscriber::Registry;
use tracing_subscriber::registry::{LookupSpan, SpanRef};

/// The ids of a span, in its extensions.
struct SpanIds(TraceContext);

/// The trace and the span of the current span of `tracing`, for
/// [`Builder::trace_source`](event_core::emit::Builder::trace_source). `None` outside of a span, or
/// if the subscriber is not built on [`Registry`].
///
/// The ids are this crate's own. A span gets them the first time that they are asked for, and keeps
/// them in its extensions: the id of its root is the trace, and its parent is the parent span. It
/// needs no layer, so that a span that is entered costs what it costs without. If the service has
/// spans of OpenTelemetry, use `opentelemetry_trace` instead.
///
/// ```
/// use event_core::Emitter;
/// use event_tracing::{TracingSink, span_trace};
///
/// let emitter = Emitter::builder().trace_source(span_trace).sink(TracingSink::new()).build();
/// # let _ = emitter;
/// ```
pub fn span_trace() -> Option<TraceContext> {
    if Bridging::is_on()
        && let Some(Parent(trace)) = Received::parent()
    {
        return trace;
    }
    in_current_span(|span| trace_of(&span))
}

/// Gives the current span these ids, so that it is part of a trace that began in another service.
/// Call it first in the span of a request, with `Incoming::child` of the crate `event-trace`.
///
/// Returns `false` and changes nothing if there is no current span, if its subscriber is not built
/// on [`Registry`], or if the span has ids, because records may have them already.
///
/// ```
/// use event_trace::{Headers, Incoming};
/// use event_tracing::{set_span_trace, span_trace};
/// use tracing_subscriber::Registry;
///
/// let headers = [("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")];
/// let incoming = Incoming::extract(&Headers::from_iter(headers));
///
/// tracing::subscriber::with_default(Registry::default(), || {
///     tracing::info_span!("request").in_scope(|| {
///         assert!(set_span_trace(&incoming.child()));
///         assert_eq!(span_trace().unwrap().trace_id(), incoming.trace_id().unwrap());
///     });
/// });
/// ```
pub fn set_span_trace(trace: &TraceContext) -> bool {
    let is_new = in_current_span(|span| {
        let mut extensions = span.extensions_mut();
        let is_new = extensions.get_mut::<SpanIds>().is_none();
        if is_new {
            extensions.insert(SpanIds(trace.clone()));
        }
        is_new
    });
    is_new == Some(true)
}

#[inline]
fn in_current_span<T>(read: impl Fn(SpanRef<'_, Registry>) -> T) -> Option<T> {
    dispatcher::get_default(|subscriber| {
        let registry = subscriber.downcast_ref::<Registry>()?;
        let current = subscriber.current_span();
        Some(read(registry.span(current.id()?)?))
    })
}

/// The ids of a span. The span and its ancestors get those that they do not have.
#[inline]
fn trace_of<R: for<'a> LookupSpan<'a>>(span: &SpanRef<'_, R>) -> TraceContext {
    ids_of(span).unwrap_or_else(|| new_ids(span))
}

/// Not recursive, because spans may be nested more deeply than a stack is.
#[cold]
fn new_ids<R: for<'a> LookupSpan<'a>>(span: &SpanRef<'_, R>) -> TraceContext {
    let mut known = None;
    let mut unknown = Vec::new();
    for ancestor in span.scope() {
        known = ids_of(&ancestor);
        if known.is_some() {
            break;
        }
        unknown.push(ancestor);
    }
    for ancestor in unknown.iter().rev() {
        let ids = known.map_or_else(TraceContext::new_root, |parent| parent.child());
        known = Some(keep(ancestor, ids));
    }
    known.unwrap_or_else(TraceContext::new_root)
}

#[inline]
fn ids_of<R: for<'a> LookupSpan<'a>>(span: &SpanRef<'_, R>) -> Option<TraceContext> {
    span.extensions().get::<SpanIds>().map(|ids| ids.0.clone())
}

/// Gives a span these ids, unless another thread was first.
fn keep<R: for<'a> LookupSpan<'a>>(span: &SpanRef<'_, R>, ids: TraceContext) -> TraceContext {
    let mut extensions = span.extensions_mut();
    if let Some(first) = extensions.get_mut::<SpanIds>() {
        return first.0.clone();
    }
    extensions.insert(SpanIds(ids.clone()));
    ids
}

thread_local! {
    static RECEIVED: RefCell<Option<Parent>> = const { RefCell::new(None) };
}

/// The span that an event of `tracing` is in.
#[derive(Clone)]
struct Parent(Option<TraceContext>);

/// An event of `tracing` while it is emitted. `tracing` does not tell the current span while a
/// scoped subscriber handles an event, and the event may name another parent, so the layer keeps
/// the parent here.
pub(crate) struct Received(());

impl Received {
    /// Keeps the parent of an event until it is dropped.
    pub(crate) fn in_span<R: for<'a> LookupSpan<'a>>(span: Option<&SpanRef<'_, R>>) -> Self {
        Self::replace(Some(Parent(span.map(trace_of))));
        Self(())
    }

    /// The parent of the event that this thread emits. `None` if it emits none.
    fn parent() -> Option<Parent> {
        RECEIVED.try_with(|received| received.borrow().clone()).ok().flatten()
    }

    fn replace(parent: Option<Parent>) {
        let _ = RECEIVED.try_with(|received| received.replace(parent));
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        Self::replace(None);
    }
}
