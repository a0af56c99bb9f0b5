//! A line that says how far it is, on a terminal.

use crate::console::Console;

/// Shown on a terminal only: in a file it would be noise.
pub(crate) struct Progress {
    shown: bool,
    terminal: bool,
}

/// To the start of the line, and away with what is there.
const CLEAR: &str = "\r\x1b[2K";

impl Progress {
    pub(crate) const fn new(terminal: bool) -> Self {
        Self { shown: false, terminal }
    }

    pub(crate) fn show(
        &mut self,
        verb: &str,
        done: usize,
        of: usize,
        what: &str,
        console: &mut Console<'_>,
    ) {
        if self.terminal {
            self.shown = true;
            console.status(&format!("{CLEAR}{verb} {}/{of} {what}", done + 1));
        }
    }

    /// Makes room for what is said next.
    pub(crate) fn end(&mut self, console: &mut Console<'_>) {
        if self.shown {
            self.shown = false;
            console.status(CLEAR);
        }
    }
}
