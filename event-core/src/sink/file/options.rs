//! Options for a file.

use super::FileLines;
use std::io;
use std::path::Path;
use std::time::Duration;

/// When written records are made durable against a crash of the machine (`fsync`). A crash of the
/// process alone does not lose written records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fsync {
    /// When the system does it: up to half a minute on Linux.
    #[default]
    Never,
    /// Before the emitting call returns. Nothing is buffered then. Costs milliseconds for each
    /// record on most disks.
    EveryRecord,
    /// This long after a write, on a separate thread, and on flush.
    Every(Duration),
    /// When the emitter is flushed.
    OnFlush,
}

/// Options for a [`FileLines`].
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

    /// Sets when written records are made durable. The default is [`Fsync::Never`].
    #[must_use]
    pub fn fsync(mut self, fsync: Fsync) -> Self {
        self.fsync = fsync;
        self
    }

    /// Collects lines and writes them together: before they exceed `bytes`, when the first has
    /// waited for `interval`, and on flush. A killed process loses the collected lines, so at most
    /// that much. Without this option each record is written before the emitting call returns.
    #[must_use]
    pub fn buffer(mut self, bytes: usize, interval: Duration) -> Self {
        (self.buffer, self.interval) = (bytes, Some(interval));
        self
    }

    /// Opens the file to append, and creates it if it is missing. Its directory must exist.
    ///
    /// # Errors
    ///
    /// Returns an error with the path if the file cannot be opened, or
    /// [`io::ErrorKind::NotConnected`] for a named pipe that no process reads. Returns an error if
    /// a timer thread cannot be spawned.
    pub fn open(self, path: impl AsRef<Path>) -> io::Result<FileLines> {
        FileLines::open_with(&self, path.as_ref())
    }
}
