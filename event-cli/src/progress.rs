//! How far a long run is: one line on a terminal, written over itself.

use std::io::Write;
use std::time::{Duration, Instant};

/// How often it is written.
const EVERY: Duration = Duration::from_millis(100);

/// Back to the beginning of the line, and nothing behind.
const CLEAR: &str = "\r\u{1b}[2K";

/// What is on the terminal's last line.
#[derive(Default)]
pub(crate) struct Progress {
    written: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// Shows how far it is, if it is time to. If standard error is closed, it is not
    /// shown.
    pub(crate) fn show(&mut self, err: &mut dyn Write, text: impl FnOnce() -> String) {
        if self.written.is_some_and(|written| written.elapsed() < EVERY) {
            return;
        }
        let _ = write!(err, "{CLEAR}{}", text()).and_then(|()| err.flush());
        (self.written, self.is_shown) = (Some(Instant::now()), true);
    }

    /// Takes it away, before something else is written.
    pub(crate) fn clear(&mut self, err: &mut dyn Write) {
        if std::mem::take(&mut self.is_shown) {
            let _ = err.write_all(CLEAR.as_bytes());
        }
    }
}
