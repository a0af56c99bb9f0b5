//! What the emitter has said of events that were left out, and the thread that says it.

use super::emission::EmissionEventSuppressed;
use super::state::{self, EventState};
use super::tally::{Counts, Outcome, Tallies};
use std::io;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What was said last, and the thread that says it.
#[derive(Debug, Default)]
pub(super) struct Timer {
    said: Mutex<Vec<Counts>>,
    /// Gone with the emitter: the thread notices, and ends.
    stop: Mutex<Option<Sender<()>>>,
}

impl Timer {
    /// Calls `say` every `interval`, until that is false or the emitter is gone.
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

    /// What was left out since the last time. What is taken counts as said, so that two that report
    /// at once do not say the same.
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
