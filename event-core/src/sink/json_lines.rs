//! One JSON object per line, to any writer.

use super::whole_lines::WholeLines;
use super::{Sink, locking};
use crate::record::Record;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Writes each record as one line of JSON to a writer: the flat line, or the envelope.
///
/// A writer that takes half a line and then fails, as a disk does that is full, gets a line break
/// before the next one: what is whole stays readable.
///
/// ```
/// use event_core::sink::JsonLines;
/// use event_core::Emitter;
///
/// let emitter = Emitter::builder().sink(JsonLines::new(Vec::new()).envelopes()).build();
/// assert_eq!(emitter.report().sinks[0].name, "JsonLines");
/// ```
///
/// A writer that is not ready ([`WouldBlock`](io::ErrorKind::WouldBlock)) is waited for, as one
/// that blocks by itself: another process may have made the pipe non-blocking that is this one's
/// standard output.
///
/// A reader that is gone is no panic, as it is for `println!`, but an error of the sink: counted in
/// the report and reported once.
pub struct JsonLines<W: Write + Send> {
    out: Mutex<WholeLines<W>>,
    envelopes: bool,
    /// Whether each line is flushed: a buffer that the writer has of its own may keep the end of
    /// one.
    flushes: bool,
}

impl<W: Write + Send> JsonLines<W> {
    /// Flat lines, to any writer. One record is one call of `write`; put a `BufWriter` around what
    /// is slow.
    pub const fn new(out: W) -> Self {
        Self { out: Mutex::new(WholeLines::new(out)), envelopes: false, flushes: false }
    }

    /// Writes envelopes instead of flat lines.
    #[must_use]
    pub fn envelopes(mut self) -> Self {
        self.envelopes = true;
        self
    }

    fn out(&self) -> MutexGuard<'_, WholeLines<W>> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl JsonLines<io::Stdout> {
    /// To standard output.
    pub fn stdout() -> Self {
        // The standard library keeps the rest of a line that a non-blocking pipe did not take,
        // until something flushes it.
        Self { flushes: true, ..Self::new(io::stdout()) }
    }
}

impl JsonLines<io::Stderr> {
    /// To standard error.
    pub fn stderr() -> Self {
        Self::new(io::stderr())
    }
}

impl<W: Write + Send> Sink for JsonLines<W> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let line = if self.envelopes { record.envelope() } else { record.line() };
        let mut out = locking::lock(&self.out)?;
        out.append(line).map_err(|unwritten| unwritten.error)?;
        if self.flushes { out.flush() } else { Ok(()) }
    }

    fn flush(&self) -> io::Result<()> {
        self.out().flush()
    }
}

impl<W: Write + Send> fmt::Debug for JsonLines<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("envelopes", &self.envelopes).finish_non_exhaustive()
    }
}
