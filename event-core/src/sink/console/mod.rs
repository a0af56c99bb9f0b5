//! Records for a person to read, on a terminal.

mod colour;
mod layout;
mod value;

use self::colour::Palette;
use super::whole_lines::WholeLines;
use super::{Sink, locking};
use crate::record::Record;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Writes each record as one aligned line that a person can read: for development.
///
/// The line has the time (UTC), the level, the name, the entity, and the members as `key=value`:
/// the event's own fields first, then the context. A text of several lines and a long value are
/// written below the line, indented. No value is cut. Use [`JsonLines`](super::JsonLines) if a
/// program reads the output: the layout of this sink may change in any release.
///
/// ```
/// use event_core::sink::Console;
/// use event_core::Emitter;
///
/// let emitter = Emitter::builder().sink(Console::stdout()).build();
/// assert_eq!(emitter.report().sinks[0].name, "Console");
/// ```
///
/// # Colours
///
/// [`Console::stdout`] and [`Console::stderr`] decide when they are called. The first rule that
/// applies holds:
///
/// 1. `NO_COLOR` is set and not empty: no colours.
/// 2. `CLICOLOR_FORCE` is set, not empty and not `0`: colours.
/// 3. The stream is a terminal, and `TERM` is not `dumb`: colours.
///
/// [`Console::colours`] overrides them.
///
/// # Safety of the terminal
///
/// A control character of a value never reaches the writer, so no value can move the cursor or
/// change the terminal. Neither does a mark that reverses the direction of text. They are written
/// as escapes (`\u{1b}`). Masked values are masked, as in every sink.
///
/// Errors of the writer are returned and counted, as by [`JsonLines`](super::JsonLines): a closed
/// reader does not end the program.
pub struct Console<W: Write + Send> {
    out: Mutex<WholeLines<W>>,
    palette: Palette,
    /// Whether each record is flushed, because the writer has a buffer of its own.
    flushes: bool,
}

impl<W: Write + Send> Console<W> {
    /// Writes to any writer, without colours. Each record is one call of `write`.
    pub const fn new(out: W) -> Self {
        Self { out: Mutex::new(WholeLines::new(out)), palette: Palette::PLAIN, flushes: false }
    }

    /// Turns colours on or off, whatever the environment and the stream are.
    #[must_use]
    pub fn colours(mut self, are_on: bool) -> Self {
        self.palette = Palette::coloured_if(are_on);
        self
    }

    fn out(&self) -> MutexGuard<'_, WholeLines<W>> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Console<io::Stdout> {
    /// Writes to standard output.
    pub fn stdout() -> Self {
        let out = io::stdout();
        let palette = Palette::coloured_if(colour::are_wanted(out.is_terminal()));
        Self { palette, flushes: true, ..Self::new(out) }
    }
}

impl Console<io::Stderr> {
    /// Writes to standard error.
    pub fn stderr() -> Self {
        let out = io::stderr();
        let palette = Palette::coloured_if(colour::are_wanted(out.is_terminal()));
        Self { palette, ..Self::new(out) }
    }
}

impl<W: Write + Send> Sink for Console<W> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let text = layout::text(record, &self.palette);
        let mut out = locking::lock(&self.out)?;
        out.append(text.as_bytes()).map_err(|unwritten| unwritten.error)?;
        if self.flushes { out.flush() } else { Ok(()) }
    }

    fn flush(&self) -> io::Result<()> {
        self.out().flush()
    }

    fn wants_members(&self) -> bool {
        true
    }
}

impl<W: Write + Send> fmt::Debug for Console<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console").field("palette", &self.palette).finish_non_exhaustive()
    }
}
