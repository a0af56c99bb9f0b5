//! The headers of a call to a service that uses wevt.

use super::{ORIGINATOR, Originator, TRACE_ID, trace_id};
use crate::Outgoing;
use event_core::context::trace::{ExternalId, TraceContext};

/// The form in which the originator is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sent<'a> {
    Id(&'a ExternalId),
    Whole(&'a Originator),
}

impl<'a> Outgoing<'a> {
    /// Sends the whole originator of the unit of work here.
    #[must_use]
    pub const fn with_originator(mut self, originator: &'a Originator) -> Self {
        self.originator = Some(Sent::Whole(originator));
        self
    }

    /// Sends only the id of the originator of the unit of work here. wevt 0.0.2 takes the header's
    /// value unchanged as the parent's id. The id discloses nothing more to another team's service.
    #[must_use]
    pub const fn with_originator_id(mut self, id: &'a ExternalId) -> Self {
        self.originator = Some(Sent::Id(id));
        self
    }
}

impl Sent<'_> {
    /// Passes both headers to `set`: each has no meaning without the other.
    pub(crate) fn inject(self, context: &TraceContext, set: &mut impl FnMut(&'static str, &str)) {
        set(TRACE_ID, &trace_id::write(context.trace_id(), context.tracestate()));
        match self {
            Self::Id(id) => set(ORIGINATOR, id.as_str()),
            Self::Whole(originator) => set(ORIGINATOR, &originator.to_header()),
        }
    }
}
