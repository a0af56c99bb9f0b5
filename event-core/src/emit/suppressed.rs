//! Saying what was left out, now and from time to time.

use super::Emitter;
use std::io;
use std::sync::Arc;
use std::time::Duration;

impl Emitter {
    /// Emits one [`EmissionEventSuppressed`](crate::emit::emission::EmissionEventSuppressed) for each
    /// event of which some were left out since the last time.
    pub fn report_suppressed(&self) {
        // Emitted without the timer's lock: a sink may be stuck.
        for event in self.inner.timer.take_unsaid(&self.inner.tallies) {
            self.emit(&event);
        }
    }

    /// Says it every `interval`, until the emitter is gone.
    pub(super) fn report_suppressed_every(&self, interval: Duration) -> io::Result<()> {
        let weak = Arc::downgrade(&self.inner);
        self.inner.timer.start(interval, move || {
            let emitter = weak.upgrade().map(|inner| Self { inner });
            emitter.inspect(Self::report_suppressed).is_some()
        })
    }
}
