//! The end of the installed emitter: within a limit, whatever its sinks do; and what is emitted
//! after it.

use super::emitter::Inner;
use super::incident::{Incident, Topic};
use super::slot::Slot;
use super::{Emitter, Report, installed};
use crate::record::nesting::{self, Emission};
use crate::value::isolation;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The end of the installed emitter: keep it in `main`, and call [`Guard::finish`] at its end.
///
/// `let _ = emitter.install()?;` drops the guard at once. Nothing is lost by that: from then on
/// every record is flushed before the call that emits returns. That is slow, and reported once, as
/// [`Incident::GuardGone`].
#[must_use = "it ends the emitter when it is dropped; write `let guard = emitter.install()?;` in \
              `main`, and `guard.finish()` at its end"]
#[derive(Debug)]
pub struct Guard {
    emitter: Emitter,
    is_finished: bool,
}

/// How long something is waited for.
struct Deadline {
    limit: Duration,
    /// `None` for what is further away than the clock can say.
    until: Option<Instant>,
}

impl Deadline {
    fn after(limit: Duration) -> Self {
        Self { limit, until: Instant::now().checked_add(limit) }
    }

    /// Receives within the limit; `None` when that is over, or all senders are gone.
    fn receive(&self, from: &Receiver<()>) -> Option<()> {
        match self.until {
            Some(until) => from.recv_timeout(until.saturating_duration_since(Instant::now())).ok(),
            None => from.recv().ok(),
        }
    }
}

impl Guard {
    /// How long a guard waits for the sinks when nothing else is said.
    pub const LIMIT: Duration = Duration::from_secs(5);

    pub(super) const fn new(emitter: Emitter) -> Self {
        Self { emitter, is_finished: false }
    }

    /// Flushes, waits for the sinks no longer than [`Guard::LIMIT`], and says what became of the
    /// events.
    pub fn finish(self) -> Report {
        self.finish_within(Self::LIMIT)
    }

    /// As [`Guard::finish`], with another limit.
    ///
    /// It returns soon after the limit whatever a sink, a clock or a listener does. A thread that
    /// is stuck then is left behind, and the report says so: [`Report::left_behind`], and
    /// [`SinkReport::flush_error`](crate::SinkReport::flush_error) of a sink that is not flushed.
    /// Such a thread does not keep the process from ending.
    ///
    /// Events that are emitted afterwards are flushed one by one.
    pub fn finish_within(mut self, limit: Duration) -> Report {
        self.is_finished = true;
        self.emitter.end_within(limit);
        self.emitter.report()
    }

    /// The installed emitter.
    pub const fn emitter(&self) -> &Emitter {
        &self.emitter
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.is_finished {
            // The report goes nowhere; `finish` gives it.
            self.emitter.end_within(Self::LIMIT);
        }
    }
}

impl Emitter {
    /// Flushes every sink, and waits no longer than `limit`. What a sink has not flushed by then
    /// goes on in the background, and its
    /// [`SinkReport::flush_error`](crate::SinkReport::flush_error) says so until it is done.
    pub fn flush_within(&self, limit: Duration) {
        self.flush_until(&Deadline::after(limit), |_| true);
    }

    fn flush_until(&self, deadline: &Deadline, is_meant: fn(&Slot) -> bool) {
        let (done, flushed) = channel();
        let mut begun = Vec::new();
        for (place, slot) in self.inner.sinks.iter().enumerate().filter(|(_, slot)| is_meant(slot))
        {
            let (emitter, done, attempt) = (self.clone(), done.clone(), slot.flushes.begin());
            begun.push((slot, attempt));
            let flush = move || {
                // Its error is in the report.
                isolation::let_go(emitter.inner.sinks[place].flush_as(attempt));
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

    /// Says what was left out, and flushes. Every call of code of others is on a thread of its own.
    fn end_within(&self, limit: Duration) {
        let deadline = Deadline::after(limit);
        let (done, reported) = channel();
        let (emitter, attempt) = (self.clone(), self.inner.last_words.begin());
        let report = move || {
            emitter.report_suppressed();
            emitter.inner.last_words.end(attempt, None);
            let _ = done.send(());
        };
        match thread("event-core-end", report) {
            // A sink that is stuck takes half of the time at most: the others are flushed all the
            // same.
            Ok(_) => _ = Deadline::after(limit / 2).receive(&reported),
            Err(error) => self.inner.last_words.end(attempt, Some(error.to_string())),
        }
        // From here on each record is flushed when it is written: it comes before this flush, or is
        // flushed itself.
        self.inner.has_ended.store(true, Ordering::Relaxed);
        self.flush_until(&deadline, |_| true);
        self.inner.last_words.give_up(attempt, limit);
    }
}

fn thread(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(run)
}

impl Inner {
    /// Whether a thread that ends or flushes the emitter has been given up, and has not come to its
    /// end since.
    pub(super) fn has_left_behind(&self) -> bool {
        self.last_words.is_late() || self.sinks.iter().any(|sink| sink.flushes.is_late())
    }

    /// Flushes what was written after the end, on threads of their own: a sink that is stuck is
    /// waited for once, and not again.
    #[cold]
    #[inline(never)]
    pub(super) fn write_through(&self, emission: &Emission) {
        nesting::called();
        if emission.is_nested() {
            // The emission that it is nested in does it.
            return;
        }
        self.incidents.tell(Topic::GuardGone, || Incident::GuardGone);
        if let Some(emitter) =
            installed::emitter().filter(|emitter| std::ptr::eq(&raw const *emitter.inner, self))
        {
            emitter.flush_until(&Deadline::after(Guard::LIMIT), |slot| !slot.flushes.is_late());
        }
    }
}
