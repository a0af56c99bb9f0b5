//! Retrying after temporary errors.

use super::{ErrorListener, Losses, Sink};
use crate::context::random;
use crate::record::Record;
use std::fmt;
use std::io::{self, ErrorKind};
use std::time::Duration;

/// Offers a record again when the wrapped sink fails with a temporary error.
///
/// It waits between attempts, so put it behind [`Background`](crate::sink::Background), not where
/// an emitting thread would wait. The waits double, up to a maximum. Each wait is shortened at
/// random, by up to half, so that instances that lost the same server do not all reconnect at once.
///
/// By default it retries errors that pass by themselves: interrupted, would block, timed out,
/// network and connection errors, a busy resource. It does not retry a full or read-only disk or
/// missing permissions: they last longer than any acceptable wait, and all later records would wait
/// as long. It does not retry a broken pipe: the reader is gone for good. [`Retrying::when`]
/// replaces this choice.
///
/// The sink must take a record whole or not at all. A sink that fails in the middle of a record
/// would get its beginning twice. Panics are not retried.
///
/// ```
/// use event_core::emit::emission::EmissionEventSuppressed;
/// use event_core::record::Record;
/// use event_core::sink::Retrying;
/// use event_core::{Emitter, Sink};
/// use std::io::{self, ErrorKind};
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use std::time::Duration;
///
/// /// Fails on every second call.
/// #[derive(Default)]
/// struct Shaky(AtomicU64);
///
/// impl Sink for Shaky {
///     fn write(&self, _: &Record<'_>) -> io::Result<()> {
///         let is_even = self.0.fetch_add(1, Ordering::Relaxed) % 2 == 0;
///         if is_even { Err(ErrorKind::TimedOut.into()) } else { Ok(()) }
///     }
/// }
///
/// let sink = Retrying::new(Shaky::default()).attempts(3).backoff(Duration::from_millis(1), Duration::from_millis(10));
/// let emitter = Emitter::builder().sink(sink).build();
/// emitter.emit(&EmissionEventSuppressed { event_name: "cache_hit".into(), emitted: 1, sampled_out: 9, limited: 0 });
/// assert_eq!(emitter.report().failed(), 0);
/// ```
pub struct Retrying<S> {
    sink: S,
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
    may_pass: fn(&io::Error) -> bool,
}

impl<S: Sink> Retrying<S> {
    /// Makes five attempts, with waits of 50 ms, 100 ms, 200 ms and 400 ms between them, each
    /// shortened by up to half.
    pub fn new(sink: S) -> Self {
        Self {
            sink,
            attempts: 5,
            first_wait: Duration::from_millis(50),
            longest_wait: Duration::from_secs(2),
            may_pass,
        }
    }

    /// Sets how often a record is offered at most, including the first time.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the wait before the second attempt, which then doubles, and the longest wait.
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        (self.first_wait, self.longest_wait) = (first, longest);
        self
    }

    /// Sets which errors are retried, in place of the default.
    #[must_use]
    pub fn when(mut self, may_pass: fn(&io::Error) -> bool) -> Self {
        self.may_pass = may_pass;
        self
    }

    fn retry(&self, attempt: impl Fn() -> io::Result<()>) -> io::Result<()> {
        let mut wait = self.first_wait;
        for _ in 1..self.attempts {
            match attempt() {
                Err(error) if (self.may_pass)(&error) => {}
                done => return done,
            }
            std::thread::sleep(shortened(wait.min(self.longest_wait)));
            wait = wait.saturating_mul(2);
        }
        attempt()
    }
}

fn may_pass(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Interrupted
            | ErrorKind::WouldBlock
            | ErrorKind::TimedOut
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionRefused
            | ErrorKind::NotConnected
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::ResourceBusy
    )
}

/// A random duration between half of `wait` and `wait`.
fn shortened(wait: Duration) -> Duration {
    let half = wait / 2;
    // Sixteen random bits are enough to spread the waits.
    let chance = u32::try_from(random::u64() >> 48).unwrap_or_default();
    half + half / (1 << 16) * chance
}

impl<S: Sink> Sink for Retrying<S> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        self.retry(|| self.sink.write(record))
    }

    fn flush(&self) -> io::Result<()> {
        self.retry(|| self.sink.flush())
    }

    fn end_batch(&self) -> io::Result<()> {
        self.retry(|| self.sink.end_batch())
    }

    fn name(&self) -> String {
        format!("Retrying({})", self.sink.name())
    }

    fn losses(&self) -> Losses {
        self.sink.losses()
    }

    fn wants_members(&self) -> bool {
        self.sink.wants_members()
    }

    fn on_error(&self, listener: ErrorListener) {
        self.sink.on_error(listener);
    }
}

impl<S: fmt::Debug> fmt::Debug for Retrying<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retrying")
            .field("sink", &self.sink)
            .field("attempts", &self.attempts)
            .field("first_wait", &self.first_wait)
            .field("longest_wait", &self.longest_wait)
            .finish_non_exhaustive()
    }
}
