//! How a file is written.

use super::FileLines;
use std::io;
use std::path::Path;
use std::time::Duration;

/// When what is written is made durable against a crash of the machine (`fsync`). Against a crash
/// of the process alone what is written is safe without it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fsync {
    /// When the system gets to it: up to half a minute on Linux.
    #[default]
    Never,
    /// Before the call that emits returns; nothing is buffered then. Milliseconds for each record
    /// on most disks.
    EveryRecord,
    /// So long after something was written, on a thread of its own, and on flush.
    Every(Duration),
    /// When the emitter is flushed.
    OnFlush,
}

/// How a [`FileLines`] is opened.
#[derive(Clone, Debug, Default)]
pub struct FileOptions {
    pub(super) envelopes: bool,
    pub(super) fsync: Fsync,
    pub(super) buffer: usize,
    pub(super) interval: Option<Duration>,
}

impl FileOptions {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Writes envelopes instead of flat lines.
    #[must_use]
    pub fn envelopes(mut self) -> Self {
        self.envelopes = true;
        self
    }

    /// When what is written is made durable; never, when this is not called.
    #[must_use]
    pub fn fsync(mut self, fsync: Fsync) -> Self {
        self.fsync = fsync;
        self
    }

    /// Collects lines and writes them together: before they would be more than `bytes`, when the
    /// first has waited for `interval`, and on flush. A process that is killed loses what is
    /// collected, so no more than either. Without this each record is written before the call that
    /// emits returns.
    #[must_use]
    pub fn buffer(mut self, bytes: usize, interval: Duration) -> Self {
        (self.buffer, self.interval) = (bytes, Some(interval));
        self
    }

    /// Opens the file to append to it, and creates it where it is missing; its directory must
    /// exist.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, which the error says with its path;
    /// [`io::ErrorKind::NotConnected`] for a named pipe that no process has open to read. When a
    /// thread that watches the time cannot be started.
    pub fn open(self, path: impl AsRef<Path>) -> io::Result<FileLines> {
        FileLines::open_with(&self, path.as_ref())
    }
}
