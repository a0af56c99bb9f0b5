//! The progress of a long run: one line on a terminal, overwritten in place.

use std::io::Write;
use std::time::{Duration, Instant};

/// How often the line is written.
const EVERY: Duration = Duration::from_millis(100);

/// Moves to the beginning of the line and clears it.
const CLEAR: &str = "\r\u{1b}[2K";

/// The progress line of a terminal.
#[derive(Default)]
pub(crate) struct Progress {
    written: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// Writes the progress if enough time has passed. If standard error is closed, nothing is
    /// shown.
    pub(crate) fn show(&mut self, err: &mut dyn Write, text: impl FnOnce() -> String) {
        if self.written.is_some_and(|written| written.elapsed() < EVERY) {
            return;
        }
        let _ = write!(err, "{CLEAR}{}", text()).and_then(|()| err.flush());
        (self.written, self.is_shown) = (Some(Instant::now()), true);
    }

    /// Clears the line, before other output.
    pub(crate) fn clear(&mut self, err: &mut dyn Write) {
        if std::mem::take(&mut self.is_shown) {
            let _ = err.write_all(CLEAR.as_bytes());
        }
    }
}
