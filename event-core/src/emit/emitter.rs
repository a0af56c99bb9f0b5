//! The emitter, as programs hold it. Its other methods are in the files that build it, install it
//! and pass it events.

use super::Levels;
use super::inner::Inner;
use super::report::{Metrics, Report};
use super::slot::Slot;
use crate::value::isolation;
use std::fmt;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// Where events go: levels, and sinks that each get every record.
///
/// ```
/// use event_core::sink::JsonLines;
/// use event_core::{Emitter, Level};
///
/// let emitter = Emitter::builder().service("checkout").level(Level::Debug).sink(JsonLines::stdout()).build();
/// let guard = emitter.install().expect("no other emitter is installed");
/// // .. the program ..
/// let report = guard.finish();
/// assert_eq!(report.failed(), 0);
/// ```
#[derive(Clone)]
pub struct Emitter {
    pub(super) inner: Arc<Inner>,
}

impl Emitter {
    /// The levels that are emitted.
    pub fn levels(&self) -> Levels {
        self.inner.levels.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Flushes what the sinks have buffered.
    ///
    /// # Errors
    ///
    /// Returns the first error of a sink. The other sinks are flushed anyway.
    pub fn flush(&self) -> std::io::Result<()> {
        let mut first = Ok(());
        for flushed in self.inner.sinks.iter().map(Slot::flush) {
            let later =
                if first.is_ok() { std::mem::replace(&mut first, flushed) } else { flushed };
            isolation::let_go(later);
        }
        first
    }

    /// Counts what happened to the events so far.
    pub fn report(&self) -> Report {
        let counts = self.inner.tallies.counts();
        let mut report =
            Report::of(&counts, self.inner.count_suppressed, self.inner.sink_reports(&counts));
        report.left_behind = self.inner.has_left_behind();
        report
    }

    /// Counts what happened to the events so far, by event.
    pub fn metrics(&self) -> Metrics {
        let counts = self.inner.tallies.counts();
        Metrics::of(&counts, self.inner.sink_reports(&counts))
    }

    /// Time that never goes backward, by the emitter's clock.
    pub(crate) fn monotonic(&self) -> Duration {
        self.inner.monotonic()
    }
}

impl fmt::Debug for Emitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emitter")
            .field("levels", &self.levels())
            .field("report", &self.report())
            .finish_non_exhaustive()
    }
}
