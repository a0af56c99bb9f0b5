//! A writer that waits where another one says that it would block.

use std::io::{self, ErrorKind, Write};
use std::thread::sleep;
use std::time::Duration;

/// The first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_micros(100);
/// The longest wait.
const LONGEST: Duration = Duration::from_millis(20);

/// Makes a non-blocking writer a blocking one. A pipe is non-blocking for all processes that have it as soon as one of them says so, so a program need not
/// know that its standard output is.
///
/// It sleeps and tries again: to be woken by the system would take a dependency, or `unsafe`. While the other side reads, a pipe is refilled within a
/// millisecond; while it does not, there are fifty attempts a second.
#[derive(Debug)]
pub(super) struct Patient<W> {
    out: W,
    /// Whether what is written is flushed at once: a buffer that the writer has of its own may keep what would block.
    flushes: bool,
}

impl<W> Patient<W> {
    pub(super) const fn new(out: W) -> Self {
        Self { out, flushes: false }
    }

    pub(super) const fn flushing(out: W) -> Self {
        Self { out, flushes: true }
    }
}

impl<W: Write> Write for Patient<W> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match self.out.write(bytes) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => wait(|| self.out.write(bytes))?,
            written => written?,
        };
        if self.flushes {
            self.flush()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.out.flush() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => wait(|| self.out.flush()),
            flushed => flushed,
        }
    }
}

#[cold]
fn wait<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let mut pause = FIRST;
    loop {
        sleep(pause);
        match attempt() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => pause = LONGEST.min(2 * pause),
            done => return done,
        }
    }
}
