//! Listeners for errors that no call returns.

use super::ErrorListener;
use crate::value::isolation;
use std::fmt;
use std::io;
use std::sync::{Mutex, PoisonError};

/// One listener for each emitter that the sink was added to.
#[derive(Default)]
pub(super) struct Listeners(Mutex<Vec<ErrorListener>>);

impl Listeners {
    pub(super) fn add(&self, listener: ErrorListener) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }

    /// Calls all listeners. The caller must not hold a lock of a sink, because a listener may emit.
    pub(super) fn tell(&self, error: &io::Error) {
        let listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for listener in listeners {
            // A panic in a listener must not end the writing thread.
            let _ = isolation::caught(|| listener(error));
        }
    }
}

impl fmt::Debug for Listeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listeners").finish_non_exhaustive()
    }
}
