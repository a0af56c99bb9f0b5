//! Where records go.

use crate::meta::EventMeta;
use crate::time::Timestamp;
use event_grammar::Level;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// One encoded event, lent to the sinks.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    meta: &'static EventMeta,
    level: Level,
    occurred_at: Timestamp,
    /// The line and its line break.
    line: &'a [u8],
    /// Where the event's own fields begin in the line, at the comma before the first.
    payload: usize,
}

impl<'a> Record<'a> {
    pub(super) const fn new(
        meta: &'static EventMeta,
        level: Level,
        occurred_at: Timestamp,
        line: &'a [u8],
        payload: usize,
    ) -> Self {
        Self { meta, level, occurred_at, line, payload }
    }

    /// What the event is declared as.
    pub const fn meta(&self) -> &'static EventMeta {
        self.meta
    }

    /// The level of this one.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// When it was emitted.
    pub const fn occurred_at(&self) -> Timestamp {
        self.occurred_at
    }

    /// The flat line: one JSON object, then a line break.
    pub const fn line(&self) -> &'a [u8] {
        self.line
    }

    /// The flat line as text, without the line break.
    pub fn text(&self) -> &'a str {
        // The encoder copies text and ASCII only.
        str::from_utf8(self.line).unwrap_or_default().trim_end_matches('\n')
    }

    /// The event's own fields, as the members of a JSON object without its braces.
    pub fn payload(&self) -> &'a [u8] {
        let members = &self.line[self.payload..self.line.len() - "}\n".len()];
        members.strip_prefix(b",").unwrap_or(members)
    }
}

/// Somewhere that records go.
///
/// A sink is called from every thread that emits, one record at a time; it must not wait for long.
pub trait Sink: Send + Sync {
    /// Takes one record.
    ///
    /// # Errors
    ///
    /// When it cannot; the emitter counts the record as failed and goes on.
    fn write(&self, record: &Record<'_>) -> io::Result<()>;

    /// Hands on what is buffered.
    ///
    /// # Errors
    ///
    /// When it cannot.
    fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes each record's line to a writer.
pub struct JsonLines<W: Write + Send> {
    out: Mutex<W>,
}

impl<W: Write + Send> JsonLines<W> {
    /// To any writer. One record is one `write_all`; put a `BufWriter` around what is slow.
    pub const fn new(out: W) -> Self {
        Self { out: Mutex::new(out) }
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
        self.out.lock().unwrap_or_else(PoisonError::into_inner).write_all(record.line())
    }

    fn flush(&self) -> io::Result<()> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

impl<W: Write + Send> fmt::Debug for JsonLines<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}
