//! The headers of a call to another service.

use crate::Baggage;
use crate::headers::{BAGGAGE, TRACEPARENT, TRACESTATE};
#[cfg(feature = "wevt")]
use crate::wevt::Sent;
use event_core::context::trace::TraceContext;

/// The headers of a call to another service: the trace, and optional parts.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    context: &'a TraceContext,
    baggage: Option<&'a Baggage>,
    #[cfg(feature = "wevt")]
    pub(crate) originator: Option<Sent<'a>>,
}

impl<'a> Outgoing<'a> {
    /// A call from a place in a trace: the current span becomes the callee's parent.
    pub const fn new(context: &'a TraceContext) -> Self {
        Self {
            context,
            baggage: None,
            #[cfg(feature = "wevt")]
            originator: None,
        }
    }

    /// Adds baggage to the call.
    #[must_use]
    pub const fn with_baggage(mut self, baggage: &'a Baggage) -> Self {
        self.baggage = Some(baggage);
        self
    }

    /// Passes each header to `set`: `traceparent`; `tracestate` and `baggage` unless they are
    /// empty. With the feature `wevt`, also `x-wevt-trace-id` and `x-wevt-originator` if there is
    /// an originator.
    pub fn inject(&self, mut set: impl FnMut(&'static str, &str)) {
        set(TRACEPARENT, &self.context.traceparent().to_string());
        let state = self.context.tracestate();
        if !state.is_empty() {
            set(TRACESTATE, &state.to_string());
        }
        if let Some(baggage) = self.baggage.filter(|baggage| !baggage.is_empty()) {
            set(BAGGAGE, &baggage.to_string());
        }
        #[cfg(feature = "wevt")]
        if let Some(originator) = self.originator {
            originator.inject(self.context, &mut set);
        }
    }
}
