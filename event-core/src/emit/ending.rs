//! Flushing within a time limit, whatever the sinks do: when the installed emitter ends, and after
//! that.

use super::incident::{Incident, Topic};
use super::inner::Inner;
use super::slot::Slot;
use crate::record::nesting::{self, Emission};
use crate::value::isolation;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long to wait for the sinks by default.
pub(super) const LIMIT: Duration = Duration::from_secs(5);

/// A time limit for waiting.
pub(super) struct Deadline {
    limit: Duration,
    /// `None` if the deadline is later than the clock can express.
    until: Option<Instant>,
}

impl Deadline {
    pub(super) fn after(limit: Duration) -> Self {
        Self { limit, until: Instant::now().checked_add(limit) }
    }

    /// Receives within the limit. Returns `None` when the limit is over, or all senders are gone.
    pub(super) fn receive(&self, from: &Receiver<()>) -> Option<()> {
        match self.until {
            Some(until) => from.recv_timeout(until.saturating_duration_since(Instant::now())).ok(),
            None => from.recv().ok(),
        }
    }
}

impl Inner {
    /// Flushes the selected sinks, each on its own thread, and waits until the deadline.
    pub(super) fn flush_until(self: &Arc<Self>, deadline: &Deadline, is_meant: fn(&Slot) -> bool) {
        let (done, flushed) = channel();
        let mut begun = Vec::new();
        for (place, slot) in self.sinks.iter().enumerate().filter(|(_, slot)| is_meant(slot)) {
            let (emitter, done, attempt) = (self.clone(), done.clone(), slot.flushes.begin());
            begun.push((slot, attempt));
            let flush = move || {
                // The error is in the report.
                isolation::let_go(emitter.sinks[place].flush_as(attempt));
                let _ = done.send(());
            };
            if let Err(error) = thread("event-core-flush", flush) {
                slot.flushes.end(attempt, Some(error.to_string()));
            }
        }
        drop(done);
        while deadline.receive(&flushed).is_some() {}
        for (slot, attempt) in begun {
            slot.flushes.give_up(attempt, deadline.limit);
        }
    }

    /// Flushes what was written after the end, on separate threads. A sink that is stuck is waited
    /// for only once.
    #[cold]
    #[inline(never)]
    pub(super) fn write_through(&self, emission: &Emission) {
        nesting::called();
        if emission.is_nested() {
            // The outer emission flushes.
            return;
        }
        self.incidents.tell(Topic::GuardGone, || Incident::GuardGone);
        if let Some(emitter) = self.shared.upgrade() {
            emitter.flush_until(&Deadline::after(LIMIT), |slot| !slot.flushes.is_late());
        }
    }
}

/// Starts a thread that is not joined.
pub(super) fn thread(
    name: &str,
    run: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(run)
}
