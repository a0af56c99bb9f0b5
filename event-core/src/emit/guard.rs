//! Installing an emitter, and ending the installed emitter within a time limit, whatever its sinks
//! do.

use super::ending::{self, Deadline};
use super::installed::{self, AlreadyInstalled};
use super::{Emitter, Report};
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Ends the installed emitter. Keep it in `main`, and call [`Guard::finish`] at the end of `main`.
///
/// `let _ = emitter.install()?;` drops the guard at once. No events are lost, but from then on
/// every record is flushed before the emitting call returns. That is slow, and is reported once, as
/// [`Incident::GuardGone`](crate::emit::Incident::GuardGone).
#[must_use = "it ends the emitter when it is dropped; write `let guard = emitter.install()?;` in \
              `main`, and `guard.finish()` at its end"]
#[derive(Debug)]
pub struct Guard {
    emitter: Emitter,
    is_finished: bool,
}

impl Guard {
    /// How long a guard waits for the sinks by default.
    pub const LIMIT: Duration = ending::LIMIT;

    /// Flushes the sinks, waits for them at most [`Guard::LIMIT`], and reports what happened to the
    /// events.
    pub fn finish(self) -> Report {
        self.finish_within(Self::LIMIT)
    }

    /// Like [`Guard::finish`], with another limit.
    ///
    /// Returns soon after the limit, whatever a sink, a clock or a listener does. A thread that is
    /// stuck by then is left behind, and the report says so: in [`Report::left_behind`], and in
    /// [`SinkReport::flush_error`](crate::emit::SinkReport::flush_error) of a sink that is not
    /// flushed. Such a thread does not keep the process from ending.
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
            // This report is lost. `finish` returns it.
            self.emitter.end_within(Self::LIMIT);
        }
    }
}

impl Emitter {
    /// Makes this the emitter that `emit_*` functions use, for the rest of the process.
    ///
    /// # Errors
    ///
    /// [`AlreadyInstalled`] if an emitter is installed already.
    pub fn install(self) -> Result<Guard, AlreadyInstalled> {
        installed::install(self.clone())?;
        Ok(Guard { emitter: self, is_finished: false })
    }

    /// Flushes every sink, and waits at most `limit`. A sink that needs longer goes on in the
    /// background; its [`SinkReport::flush_error`](crate::emit::SinkReport::flush_error) says so
    /// until it is done.
    pub fn flush_within(&self, limit: Duration) {
        self.inner.flush_until(&Deadline::after(limit), |_| true);
    }

    /// Reports what was left out, and flushes. Every call of foreign code runs on its own thread.
    fn end_within(&self, limit: Duration) {
        let deadline = Deadline::after(limit);
        let (done, reported) = channel();
        let (emitter, attempt) = (self.clone(), self.inner.last_words.begin());
        let report = move || {
            emitter.report_suppressed();
            emitter.inner.last_words.end(attempt, None);
            let _ = done.send(());
        };
        match ending::thread("event-core-end", report) {
            // A stuck sink takes at most half of the time, so that the others are still flushed.
            Ok(_) => _ = Deadline::after(limit / 2).receive(&reported),
            Err(error) => self.inner.last_words.end(attempt, Some(error.to_string())),
        }
        // From here on each record is flushed when it is written. So a record is either written
        // before the flush below, or flushed itself.
        self.inner.has_ended.store(true, Ordering::Relaxed);
        self.inner.flush_until(&deadline, |_| true);
        self.inner.last_words.give_up(attempt, limit);
    }
}
