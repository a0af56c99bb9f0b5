//! The trace of a record without a bound trace: the current trace of another tracing library.

use super::with_current;
use crate::context::trace::TraceContext;
use std::cell::OnceCell;

/// Returns the current trace of another library.
pub(crate) type TraceSource = dyn Fn() -> Option<TraceContext> + Send + Sync;

/// A trace source that is called at most once for each event: for the sample decision, or when the
/// record is written. An event that is off or limited does not call it.
pub(crate) struct AskedTrace<'a> {
    source: &'a TraceSource,
    answer: OnceCell<Option<TraceContext>>,
}

impl<'a> AskedTrace<'a> {
    pub(crate) const fn new(source: &'a TraceSource) -> Self {
        Self { source, answer: OnceCell::new() }
    }

    /// The source's trace. `None` if a trace is bound, because a bound trace replaces the source's
    /// trace.
    #[cold]
    pub(crate) fn get(&self) -> Option<&TraceContext> {
        let is_bound =
            with_current(|context| context.ambient().is_some_and(|bound| bound.trace().is_some()));
        if is_bound { None } else { self.answer.get_or_init(|| (self.source)()).as_ref() }
    }
}
