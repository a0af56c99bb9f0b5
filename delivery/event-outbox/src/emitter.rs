//! The emitter of an outbox, and what is called after a commit.

use crate::events::TxEvents;
use event_core::Emitter;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What an adapter's `Outbox` has for every driver: the emitter, and what is called after a commit.
#[derive(Clone)]
pub struct OutboxEmitter {
    emitter: Emitter,
    /// Called after a commit with events.
    wake: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl OutboxEmitter {
    /// Transactions have the records of `emitter`.
    pub fn new(emitter: Emitter) -> Self {
        Self { emitter, wake: None }
    }

    /// Calls `wake` after each commit that has written events. It must not block. If it panics,
    /// the commit is not affected.
    #[must_use]
    pub fn on_commit(self, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self { wake: Some(Arc::new(wake)), ..self }
    }

    /// The events of a transaction that begins.
    pub fn events(&self) -> TxEvents {
        TxEvents::new(&self.emitter)
    }

    /// A transaction is committed: delivers its records to the emitter's sinks, and calls what
    /// [`on_commit`](Self::on_commit) has set.
    pub fn committed(&self, events: TxEvents) {
        let written = events.committed();
        if let Some(wake) = self.wake.as_ref().filter(|_| written > 0) {
            // The change is committed: a caller that saw the panic would take it for rolled back.
            // The panic hook has printed it.
            let _ = catch_unwind(AssertUnwindSafe(|| wake()));
        }
    }
}

impl fmt::Debug for OutboxEmitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboxEmitter").field("emitter", &self.emitter).finish_non_exhaustive()
    }
}
