//! Where and when something began that will end.

use crate::context::{Context, ContextGuard};
use crate::emit::{self, Emitter};
use std::time::Duration;

/// Where and when an operation began, or a unit of work.
pub(crate) struct Start {
    context: Context,
    /// The one whose clock is asked, at the end too: two clocks need not begin together.
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

    /// Binds what was bound there, and nothing else, until the guard is dropped.
    pub(crate) fn enter(&self) -> ContextGuard {
        self.context.enter()
    }
}

/// A clock that is set does not change what something took.
fn monotonic(emitter: Option<&Emitter>) -> Duration {
    emitter.map_or_else(emit::monotonic, Emitter::monotonic)
}
