//! What a call to another service is sent with.

use crate::Baggage;
use crate::headers::{BAGGAGE, TRACEPARENT, TRACESTATE};
#[cfg(feature = "wevt")]
use crate::wevt::Sent;
use event_core::context::trace::TraceContext;

/// What a call to another service is sent with: the trace, and what is added to it.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    context: &'a TraceContext,
    baggage: Option<&'a Baggage>,
    #[cfg(feature = "wevt")]
    pub(crate) originator: Option<Sent<'a>>,
}

impl<'a> Outgoing<'a> {
    /// A call from a place in a trace: the callee's parent is the span that is open there.
    pub const fn new(context: &'a TraceContext) -> Self {
        Self {
            context,
            baggage: None,
            #[cfg(feature = "wevt")]
            originator: None,
        }
    }

    /// The same call with baggage.
    #[must_use]
    pub const fn with_baggage(mut self, baggage: &'a Baggage) -> Self {
        self.baggage = Some(baggage);
        self
    }

    /// Gives each header to `set`: `traceparent`; `tracestate` and `baggage` unless they are empty.
    /// With the feature `wevt`, `x-wevt-trace-id` and `x-wevt-originator` too, where an originator is
    /// sent.
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
