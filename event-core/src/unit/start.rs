//! The context and the time in which an operation or a unit of work began.

use crate::context::{Context, ContextGuard};
use crate::emit::{self, Emitter};
use std::time::Duration;

/// The context and the time in which an operation or a unit of work began.
pub(crate) struct Start {
    context: Context,
    /// The emitter whose clock is read at the start and at the end: two clocks may have different
    /// origins.
    emitter: Option<Emitter>,
    time: Duration,
}

impl Start {
    pub(crate) fn now() -> Self {
        let emitter = Emitter::current();
        Self { context: Context::current(), time: monotonic(emitter.as_ref()), emitter }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        monotonic(self.emitter.as_ref()).saturating_sub(self.time)
    }

    /// Binds the context of the start, and nothing else, until the guard is dropped.
    pub(crate) fn enter(&self) -> ContextGuard {
        self.context.enter()
    }
}

/// A monotonic clock, so that setting the clock does not change the elapsed time.
fn monotonic(emitter: Option<&Emitter>) -> Duration {
    emitter.map_or_else(emit::monotonic, Emitter::monotonic)
}
