//! What a service of wevt is called with.

use super::{ORIGINATOR, Originator, TRACE_ID, trace_id};
use crate::Outgoing;
use event_core::context::trace::{ExternalId, TraceContext};

/// What is sent of the originator.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sent<'a> {
    Id(&'a ExternalId),
    Whole(&'a Originator),
}

impl<'a> Outgoing<'a> {
    /// The same call with the whole of what started the unit of work here.
    #[must_use]
    pub const fn with_originator(mut self, originator: &'a Originator) -> Self {
        self.originator = Some(Sent::Whole(originator));
        self
    }

    /// The same call with the id alone of what started the unit of work here: what wevt 0.0.2 takes
    /// for the parent's id as it is. It shows another team's service nothing more.
    #[must_use]
    pub const fn with_originator_id(mut self, id: &'a ExternalId) -> Self {
        self.originator = Some(Sent::Id(id));
        self
    }
}

impl Sent<'_> {
    /// Gives both headers to `set`: the one means nothing without the other.
    pub(crate) fn inject(self, context: &TraceContext, set: &mut impl FnMut(&'static str, &str)) {
        set(TRACE_ID, &trace_id::write(context.trace_id(), context.tracestate()));
        match self {
            Self::Id(id) => set(ORIGINATOR, id.as_str()),
            Self::Whole(originator) => set(ORIGINATOR, &originator.to_header()),
        }
    }
}
