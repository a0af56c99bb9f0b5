//! Which left-out events the emitter has reported, and the thread that reports them.

use super::emission::EmissionEventSuppressed;
use super::state::{self, EventState};
use super::tally::{Counts, Outcome, Tallies};
use std::io;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The counts of the last report, and the thread that reports.
#[derive(Debug, Default)]
pub(super) struct Timer {
    said: Mutex<Vec<Counts>>,
    /// Dropped with the emitter; the thread notices that, and ends.
    stop: Mutex<Option<Sender<()>>>,
}

impl Timer {
    /// Calls `say` every `interval`, until `say` returns `false` or the emitter is dropped.
    pub(super) fn start(
        &self,
        interval: Duration,
        say: impl Fn() -> bool + Send + 'static,
    ) -> io::Result<()> {
        let (stop, stopped) = channel();
        let run = move || {
            while stopped.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) && say() {}
        };
        std::thread::Builder::new().name("event-core-timer".to_owned()).spawn(run)?;
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = Some(stop);
        Ok(())
    }

    /// The events that were left out since the last call. They count as reported at once, so that
    /// two concurrent reports do not report the same events.
    pub(super) fn take_unsaid(&self, tallies: &Tallies) -> Vec<EmissionEventSuppressed<'static>> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = tallies.counts();
        let unsaid = |(event, now): (&EventState, &Counts)| {
            let before = said.get(event.index).copied().unwrap_or_default();
            let since = |outcome| now.of(outcome) - before.of(outcome);
            let (sampled_out, limited) = (since(Outcome::SampledOut), since(Outcome::Limited));
            (sampled_out + limited > 0).then(|| EmissionEventSuppressed {
                event_name: event.meta.name.snake.into(),
                emitted: now.emitted() - before.emitted(),
                sampled_out,
                limited,
            })
        };
        let unsaid = state::all().into_iter().zip(&counts).filter_map(unsaid).collect();
        *said = counts;
        unsaid
    }
}
