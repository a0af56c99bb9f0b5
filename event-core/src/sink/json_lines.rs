//! One JSON object per line, to any writer.

use super::Sink;
use crate::record::Record;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// Writes each record as one line of JSON to a writer: the flat line, or the envelope.
pub struct JsonLines<W: Write + Send> {
    out: Mutex<W>,
    envelopes: bool,
}

impl<W: Write + Send> JsonLines<W> {
    /// Flat lines, to any writer. One record is one `write_all`; put a `BufWriter` around what is slow.
    pub const fn new(out: W) -> Self {
        Self { out: Mutex::new(out), envelopes: false }
    }

    /// Writes envelopes instead of flat lines.
    #[must_use]
    pub fn envelopes(mut self) -> Self {
        self.envelopes = true;
        self
    }
}

impl JsonLines<io::Stdout> {
    /// To standard output.
    pub fn stdout() -> Self {
        Self::new(io::stdout())
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
        self.out.lock().unwrap_or_else(PoisonError::into_inner).write_all(line)
    }

    fn flush(&self) -> io::Result<()> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

impl<W: Write + Send> fmt::Debug for JsonLines<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("envelopes", &self.envelopes).finish_non_exhaustive()
    }
}
