//! One JSON object per line, to any writer.

use super::whole_lines::WholeLines;
use super::{Sink, locking};
use crate::record::Record;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Writes each record as one line of JSON to a writer: the flat line, or the envelope.
///
/// If the writer takes half a line and then fails, as a full disk does, the next line begins with a
/// line break. So whole lines stay readable.
///
/// ```
/// use event_core::sink::JsonLines;
/// use event_core::Emitter;
///
/// let emitter = Emitter::builder().sink(JsonLines::new(Vec::new()).envelopes()).build();
/// assert_eq!(emitter.report().sinks[0].name, "JsonLines");
/// ```
///
/// If the writer is not ready ([`WouldBlock`](io::ErrorKind::WouldBlock)), the sink waits for it,
/// as for a blocking writer: another process may have made a shared standard output non-blocking.
///
/// `println!` panics if the reader is closed. This sink returns an error instead, which is counted
/// in the report and reported once.
pub struct JsonLines<W: Write + Send> {
    out: Mutex<WholeLines<W>>,
    envelopes: bool,
    /// Whether each line is flushed, because the writer's own buffer may keep the end of a line.
    flushes: bool,
}

impl<W: Write + Send> JsonLines<W> {
    /// Writes flat lines to any writer. Each record is one call of `write`; put a `BufWriter`
    /// around a slow writer.
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
    /// Writes flat lines to standard output.
    pub fn stdout() -> Self {
        // The standard library buffers the rest of a line that a non-blocking pipe did not take,
        // until the next flush.
        Self { flushes: true, ..Self::new(io::stdout()) }
    }
}

impl JsonLines<io::Stderr> {
    /// Writes flat lines to standard error.
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
