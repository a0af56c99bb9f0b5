//! The trace of a record where none is bound: what another tracing library knows.

use super::with_current;
use crate::context::trace::TraceContext;
use std::cell::OnceCell;

/// Gives the trace that is current, by another library's account.
pub(crate) type TraceSource = dyn Fn() -> Option<TraceContext> + Send + Sync;

/// A source, asked at most once for one event: by the sample that the event is part of, or as its
/// record is written. What is off or limited asks nothing.
pub(crate) struct AskedTrace<'a> {
    source: &'a TraceSource,
    answer: OnceCell<Option<TraceContext>>,
}

impl<'a> AskedTrace<'a> {
    pub(crate) const fn new(source: &'a TraceSource) -> Self {
        Self { source, answer: OnceCell::new() }
    }

    /// The source's trace; none where a trace is bound, which holds against it.
    #[cold]
    pub(crate) fn get(&self) -> Option<&TraceContext> {
        let is_bound =
            with_current(|context| context.ambient().is_some_and(|bound| bound.trace().is_some()));
        if is_bound { None } else { self.answer.get_or_init(|| (self.source)()).as_ref() }
    }
}
