//! Trying again what time may mend.

use super::{ErrorListener, Losses, Sink};
use crate::context::random;
use crate::record::Record;
use std::fmt;
use std::io::{self, ErrorKind};
use std::time::Duration;

/// Offers a record again when the sink behind it fails in a way that time may mend.
///
/// It waits between attempts, so it belongs behind [`Background`](crate::sink::Background), never where
/// an emitting thread would wait. The waits double, up to a longest, and each is shortened by
/// chance, by up to half: instances that lost the same server do not come back in one beat.
///
/// Tried again by default is what passes without anyone's doing: interrupted, would block, timed
/// out, the network's and the connection's errors, a busy resource. Not a full disk or a read-only
/// one, nor missing rights: they last longer than any wait that is bearable here, and every record
/// behind would wait as long. Not a broken pipe: its reader is gone for good. [`Retrying::when`]
/// decides otherwise.
///
/// The sink must take a record whole or not at all: one that fails in the middle of a record would
/// get its beginning twice. Panics are not tried again.
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
/// /// Fails every second time.
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
    /// Five attempts; waits of 50 ms, 100 ms, 200 ms and 400 ms between them, each shortened by up
    /// to half.
    pub fn new(sink: S) -> Self {
        Self {
            sink,
            attempts: 5,
            first_wait: Duration::from_millis(50),
            longest_wait: Duration::from_secs(2),
            may_pass,
        }
    }

    /// How often a record is offered at most, the first time included.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The wait before the second attempt, which doubles from then on, and the longest.
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        (self.first_wait, self.longest_wait) = (first, longest);
        self
    }

    /// Which errors are worth another attempt, in place of the default.
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

/// Between half of it and all of it.
fn shortened(wait: Duration) -> Duration {
    let half = wait / 2;
    // Sixteen bits of chance are enough to spread by.
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
