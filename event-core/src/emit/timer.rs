//! Saying from time to time what was left out.

use super::Emitter;
use super::emitter::Inner;
use super::state::{self, EventState};
use super::tally::{Counts, Outcome};
use crate::emit::emission::EmissionEventSuppressed;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// What was said last, and the thread that says it.
#[derive(Debug, Default)]
pub(super) struct Timer {
    said: Mutex<Vec<Counts>>,
    /// Gone with the emitter: the thread notices, and ends.
    stop: Mutex<Option<Sender<()>>>,
}

impl Timer {
    /// Says it every `interval`, until the emitter is gone.
    pub(super) fn start(emitter: &Emitter, interval: Duration) -> io::Result<()> {
        let (stop, stopped) = channel();
        let weak = Arc::downgrade(&emitter.inner);
        std::thread::Builder::new()
            .name("event-core-timer".to_owned())
            .spawn(move || run(&weak, interval, &stopped))?;
        *emitter.inner.timer.stop.lock().unwrap_or_else(PoisonError::into_inner) = Some(stop);
        Ok(())
    }

    /// Emits what was left out since the last time.
    pub(super) fn report(&self, emitter: &Emitter) {
        // Emitted without the lock: a sink may be stuck.
        for event in self.take_unsaid(emitter) {
            emitter.emit(&event);
        }
    }

    /// What was left out since the last time. What is taken counts as said, so that two that report
    /// at once do not say the same.
    fn take_unsaid(&self, emitter: &Emitter) -> Vec<EmissionEventSuppressed<'static>> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = emitter.inner.tallies.counts();
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

fn run(emitter: &Weak<Inner>, interval: Duration, stopped: &Receiver<()>) {
    while stopped.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
        let Some(inner) = emitter.upgrade() else { return };
        Emitter { inner }.report_suppressed();
    }
}
