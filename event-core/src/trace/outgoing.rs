//! What a call to another service is sent with.

use super::baggage::Baggage;
use super::context::TraceContext;
use super::external_id::ExternalId;
use super::headers::{BAGGAGE, TRACEPARENT, TRACESTATE, WEVT_ORIGINATOR, WEVT_TRACE_ID};
use super::originator::Originator;
use super::wevt;

/// What a call to another service is sent with: the trace, and what is added to it.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    context: &'a TraceContext,
    baggage: Option<&'a Baggage>,
    originator: Option<SentOriginator<'a>>,
}

#[derive(Clone, Copy, Debug)]
enum SentOriginator<'a> {
    Id(&'a ExternalId),
    Whole(&'a Originator),
}

impl<'a> Outgoing<'a> {
    /// A call from a place in a trace: the callee's parent is the span that is open there.
    pub const fn new(context: &'a TraceContext) -> Self {
        Self { context, baggage: None, originator: None }
    }

    /// The same call with baggage.
    #[must_use]
    pub const fn with_baggage(mut self, baggage: &'a Baggage) -> Self {
        self.baggage = Some(baggage);
        self
    }

    /// The same call with the whole of what started the unit of work here.
    #[must_use]
    pub const fn with_originator(mut self, originator: &'a Originator) -> Self {
        self.originator = Some(SentOriginator::Whole(originator));
        self
    }

    /// The same call with the id alone of what started the unit of work here: what wevt 0.0.2 takes
    /// for the parent's id as it stands, and all that another team's service may be told.
    #[must_use]
    pub const fn with_originator_id(mut self, id: &'a ExternalId) -> Self {
        self.originator = Some(SentOriginator::Id(id));
        self
    }

    /// Gives each header to `set`: `traceparent`; `tracestate` and `baggage` unless they are empty;
    /// `x-wevt-trace-id` and `x-wevt-originator` where an originator is sent.
    pub fn inject(&self, mut set: impl FnMut(&'static str, &str)) {
        set(TRACEPARENT, &self.context.traceparent().to_string());
        let state = self.context.tracestate();
        if !state.is_empty() {
            set(TRACESTATE, &state.to_string());
        }
        if let Some(baggage) = self.baggage.filter(|baggage| !baggage.is_empty()) {
            set(BAGGAGE, &baggage.to_string());
        }
        let Some(originator) = self.originator else { return };
        set(WEVT_TRACE_ID, &wevt::trace_id(self.context.trace_id(), state));
        match originator {
            SentOriginator::Id(id) => set(WEVT_ORIGINATOR, id.as_str()),
            SentOriginator::Whole(originator) => set(WEVT_ORIGINATOR, &originator.to_header()),
        }
    }
}
