//! The state that threads writing to one file share: the file and its buffer.

use super::Fsync;
use super::line_file::{LineFile, Place, named};
use crate::context::random::this_process;
use crate::value::time::Timestamp;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) struct State {
    pub(super) file: LineFile,
    pub(super) fsync: Fsync,
    pub(super) buffer: Vec<u8>,
    /// How many records are in the buffer.
    pub(super) buffered: u64,
    /// Whether the file has writes that are not durable yet.
    pub(super) is_dirty: bool,
    /// An error that lost no record. It is reported when the lock is free.
    pub(super) note: Option<io::Error>,
    /// The process whose records are in the buffer.
    process: u32,
    /// When the process was last checked, by the time of a record.
    seen: Timestamp,
    /// Whether this is a child of the process that opened the file. It has no timers.
    pub(super) is_forked: bool,
}

/// The memory that a written buffer keeps for the next lines, in bytes.
const SPARE: usize = 1 << 20;
/// How long a process is assumed to be the same, in microseconds of its records: less than any
/// `fork` takes.
const BELIEVED: u64 = 5;

impl State {
    pub(super) fn new(file: LineFile, fsync: Fsync) -> Self {
        Self {
            file,
            fsync,
            buffer: Vec::new(),
            buffered: 0,
            is_dirty: false,
            note: None,
            process: this_process(),
            seen: Timestamp::from_micros(0),
            is_forked: false,
        }
    }

    /// Checks the process if it may have forked since the last record.
    #[inline]
    pub(super) fn settle(&mut self, now: Timestamp) {
        if now.as_micros().abs_diff(self.seen.as_micros()) >= BELIEVED {
            self.seen = now;
            self.disinherit();
        }
    }

    /// Discards what a parent has buffered. The parent writes it itself.
    #[inline(never)]
    pub(super) fn disinherit(&mut self) {
        let process = this_process();
        if process != self.process {
            (self.process, self.is_forked) = (process, true);
            self.buffer.clear();
            self.buffered = 0;
        }
    }

    pub(super) fn push(&mut self, line: &[u8]) {
        self.buffer.extend_from_slice(line);
        self.buffered += 1;
    }

    /// Writes a line directly. The buffer is empty.
    pub(super) fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.find()?;
        self.is_dirty = true;
        self.file.append(line).map_err(|unwritten| unwritten.error)
    }

    /// Writes the buffer. Keeps the lines that could not be written.
    pub(super) fn write_buffer(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        self.disinherit();
        self.find()?;
        self.is_dirty = true;
        match self.file.append(&self.buffer) {
            Ok(()) => {
                self.buffer.clear();
                self.buffer.shrink_to(SPARE);
                self.buffered = 0;
                Ok(())
            }
            Err(unwritten) => {
                // A record is a line.
                let lines =
                    self.buffer.drain(..unwritten.whole).filter(|byte| *byte == b'\n').count();
                self.buffered -= lines as u64;
                Err(unwritten.error)
            }
        }
    }

    /// Reopens the path if the file was renamed or removed. If the path cannot be opened, records
    /// go on into a renamed file, and fail for a removed file.
    fn find(&mut self) -> io::Result<()> {
        match self.file.look() {
            Place::Here => Ok(()),
            Place::Moved => {
                self.follow();
                Ok(())
            }
            Place::Removed => self.file.reopen(),
        }
    }

    #[cold]
    fn follow(&mut self) {
        let left = self.take_unsynced();
        self.note = match self.file.reopen() {
            Ok(()) => left.and_then(|file| file.sync().err()),
            Err(error) => {
                self.is_dirty = true;
                let why =
                    format!("{error}; records go on into the file that was moved away from there");
                Some(io::Error::new(error.kind(), why))
            }
        };
    }

    /// The file, if it is to be made durable now.
    pub(super) fn take_unsynced(&mut self) -> Option<Unsynced> {
        let is_wanted = std::mem::take(&mut self.is_dirty) && self.fsync != Fsync::Never;
        let file = self.file.durable().filter(|_| is_wanted)?;
        Some(Unsynced { file, path: self.file.path().to_owned() })
    }

    /// Opens the path again. Returns the old file if it is to be made durable.
    pub(super) fn reopen(&mut self) -> io::Result<Option<Unsynced>> {
        // The buffer belongs to the open file. Lines that cannot be written there go to the next
        // file.
        self.file.trust_path();
        let _ = self.write_buffer();
        let left = self.take_unsynced();
        match self.file.reopen() {
            Ok(()) => Ok(left),
            Err(error) => {
                self.is_dirty = true;
                Err(error)
            }
        }
    }
}

/// A file with writes that are not durable yet.
pub(super) struct Unsynced {
    file: Arc<File>,
    path: PathBuf,
}

impl Unsynced {
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data().map_err(|error| named(&self.path, &error))
    }
}
