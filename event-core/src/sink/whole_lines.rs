//! Whole lines: an error in the middle of a line does not spoil the next line.

use std::io::{self, ErrorKind, Write};
use std::thread;
use std::time::Duration;

/// A writer of whole lines.
#[derive(Debug)]
pub(super) struct WholeLines<W> {
    out: W,
    /// Whether the output ends in half a line.
    is_torn: bool,
}

/// Lines that were not written completely.
#[derive(Debug)]
pub(super) struct Unwritten {
    pub(super) error: io::Error,
    /// How many bytes were written as whole lines.
    pub(super) whole: usize,
    /// How many bytes of the next line were written after them.
    pub(super) half: usize,
}

impl<W> WholeLines<W> {
    pub(super) const fn new(out: W) -> Self {
        Self { out, is_torn: false }
    }

    pub(super) const fn out(&self) -> &W {
        &self.out
    }

    pub(super) const fn is_torn(&self) -> bool {
        self.is_torn
    }

    /// Sets whether the writer ends in half a line, to which the next line must not be glued.
    pub(super) const fn set_torn(&mut self, is_torn: bool) {
        self.is_torn = is_torn;
    }
}

impl<W: Write> WholeLines<W> {
    /// Writes `lines`, in one call if the writer takes them in one. First ends half a line that an
    /// earlier error left.
    pub(super) fn append(&mut self, lines: &[u8]) -> Result<(), Unwritten> {
        if self.is_torn {
            waiting(|| self.out.write_all(b"\n")).map_err(|error| Unwritten {
                error,
                whole: 0,
                half: 0,
            })?;
            self.is_torn = false;
        }
        let mut written = 0;
        while written < lines.len() {
            let error = match waiting(|| self.out.write(&lines[written..])) {
                Ok(0) => ErrorKind::WriteZero.into(),
                Ok(count) => {
                    written = lines.len().min(written + count);
                    self.is_torn = lines[written - 1] != b'\n';
                    continue;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => error,
            };
            if self.is_torn && lines[written] == b'\n' {
                // Only the line break is missing. It is written before the next line, so this line
                // is whole.
                written += 1;
            }
            let whole =
                lines[..written].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            if whole < lines.len() {
                return Err(Unwritten { error, whole, half: written - whole });
            }
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        waiting(|| self.out.flush())
    }
}

/// Waits until the writer is ready, as a blocking writer does. Another process may have made a
/// shared pipe non-blocking.
fn waiting<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    const FIRST: Duration = Duration::from_micros(50);
    const LONGEST: Duration = Duration::from_millis(5);
    let mut wait = FIRST;
    loop {
        match attempt() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            done => return done,
        }
        thread::sleep(wait);
        wait = LONGEST.min(wait * 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Takes as many bytes as each step gives, fails at `None`, and sometimes is not ready.
    struct Flaky {
        steps: Vec<Option<usize>>,
        written: Vec<u8>,
    }

    impl Write for Flaky {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.steps.pop() {
                Some(None) => Err(ErrorKind::StorageFull.into()),
                Some(Some(0)) => Err(ErrorKind::Interrupted.into()),
                Some(Some(1)) => Err(ErrorKind::WouldBlock.into()),
                Some(Some(count)) => {
                    self.written.extend(bytes.iter().take(count));
                    Ok(count.min(bytes.len()))
                }
                None => {
                    self.written.extend(bytes);
                    Ok(bytes.len())
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    proptest! {
        /// Every line that counts as written is whole and in order. Everything else is half a line.
        #[test]
        fn what_is_written_is_whole(
            steps in proptest::collection::vec(proptest::option::of(0..40_usize), 0..30),
            lines in proptest::collection::vec("\\{[0-9]{0,30}\\}", 1..30),
            at_once in 1..4_usize,
        ) {
            let mut out = WholeLines::new(Flaky { steps, written: Vec::new() });
            let mut expected = Vec::new();
            for lines in lines.chunks(at_once) {
                let text = lines.join("\n") + "\n";
                let whole = match out.append(text.as_bytes()) {
                    Ok(()) => text.len(),
                    Err(unwritten) => unwritten.whole,
                };
                expected.extend(text[..whole].lines().map(str::to_owned));
            }
            let written = String::from_utf8(out.out.written.clone()).unwrap();
            let end = if written.ends_with('\n') || written.is_empty() { "" } else { "\n" };
            let text = written + end;
            let is_whole = |line: &&str| line.starts_with('{') && line.ends_with('}');
            prop_assert_eq!(text.lines().filter(is_whole).collect::<Vec<_>>(), expected);
            prop_assert!(!text.contains("}{"), "two lines in one");
        }
    }
}
