//! Reporting the events that were left out, once or periodically.

use super::Emitter;
use std::io;
use std::sync::Arc;
use std::time::Duration;

impl Emitter {
    /// Emits one [`EmissionEventSuppressed`](crate::emit::emission::EmissionEventSuppressed) for
    /// each kind of event that lost some events since the last report.
    pub fn report_suppressed(&self) {
        // Emits without holding the timer's lock, because a sink may be stuck.
        for event in self.inner.timer.take_unsaid(&self.inner.tallies) {
            self.emit(&event);
        }
    }

    /// Reports every `interval`, until the emitter is dropped.
    pub(super) fn report_suppressed_every(&self, interval: Duration) -> io::Result<()> {
        let weak = Arc::downgrade(&self.inner);
        self.inner.timer.start(interval, move || {
            let emitter = weak.upgrade().map(|inner| Self { inner });
            emitter.inspect(Self::report_suppressed).is_some()
        })
    }
}
