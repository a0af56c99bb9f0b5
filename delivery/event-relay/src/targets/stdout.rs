//! Events as lines of the standard output.
//!
//! [`StdoutTarget`] writes one envelope a line (NDJSON), each batch as a whole.
//!
//! # Guarantees
//!
//! - A delivered event was taken by the pipe, the terminal or the file behind the standard output.
//!   What the reader does with it is unknown: for events that must not be lost, use a
//!   [file](super::file).
//! - A batch that fails midway is written again: its first events are there twice. If only the
//!   beginning of a line was written, a line break ends it first.
//! - A closed pipe makes the target unavailable. It loses nothing.

use super::{BlockingTarget, Limits, Outcome, lines};
use crate::message::Message;
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Writes events to the standard output. See the [module](self).
pub struct StdoutTarget(Mutex<Output>);

struct Output {
    writer: Box<dyn Write + Send>,
    /// Whether the last line has no line break.
    is_torn: bool,
}

impl StdoutTarget {
    /// The standard output of this process.
    ///
    /// # Errors
    ///
    /// If the process has none.
    pub fn new() -> io::Result<Self> {
        Ok(Self::to(writer()?))
    }

    fn to(writer: Box<dyn Write + Send>) -> Self {
        Self(Mutex::new(Output { writer, is_torn: false }))
    }
}

/// `io::stdout` keeps what it could not write, and writes it later: a batch would be there twice.
#[cfg(unix)]
fn writer() -> io::Result<Box<dyn Write + Send>> {
    use std::os::fd::AsFd;
    let stdout = io::stdout().as_fd().try_clone_to_owned()?;
    Ok(Box::new(std::fs::File::from(stdout)))
}

#[cfg(not(unix))]
fn writer() -> io::Result<Box<dyn Write + Send>> {
    Ok(Box::new(io::stdout()))
}

impl Output {
    fn write(&mut self, batch: &[Arc<Message>]) -> io::Result<()> {
        let mut lines = lines::of(batch.iter().map(|message| &**message));
        if self.is_torn {
            lines.insert(0, b'\n');
        }
        let mut rest = &*lines;
        while !rest.is_empty() {
            match self.writer.write(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(written) => {
                    self.is_torn = rest[written - 1] != b'\n';
                    rest = &rest[written..];
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.writer.flush()
    }
}

impl BlockingTarget for StdoutTarget {
    /// One batch at a time, of 500 events or 1 MiB.
    fn limits(&self) -> Limits {
        Limits { in_flight: 1, events: 500, bytes: 1 << 20 }
    }

    fn publish(&self, batch: &[Arc<Message>]) -> Outcome {
        if let Some(reason) = lines::refusal(batch) {
            return Outcome::Unsendable { reason };
        }
        let mut output = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match output.write(batch) {
            Ok(()) => Outcome::Delivered { duplicates: 0 },
            Err(error) => {
                let help = match error.kind() {
                    ErrorKind::BrokenPipe => {
                        "\nhelp: its reader has ended; start both again, nothing is lost"
                    }
                    _ => "",
                };
                let reason = format!("cannot write to the standard output: {error}{help}");
                Outcome::Unavailable { reason, retry_after: None }
            }
        }
    }
}

impl fmt::Debug for StdoutTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StdoutTarget")
    }
}
