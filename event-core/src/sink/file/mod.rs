//! One JSON object per line, to a durable file.

mod line_file;
mod options;
mod state;

pub use options::{FileOptions, Fsync};

use super::listeners::Listeners;
use super::timer::Timer;
use super::{ErrorListener, Losses, Sink};
use crate::record::Record;
use line_file::LineFile;
use state::{State, Unsynced};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Appends each record to a file as one line of JSON: the flat line, or the envelope.
///
/// ```
/// use event_core::emit::emission::EmissionEventSuppressed;
/// use event_core::sink::{FileLines, Fsync};
/// use event_core::Emitter;
/// use std::time::Duration;
///
/// let path = std::env::temp_dir().join(format!("file-lines-{}.jsonl", std::process::id()));
/// let file = FileLines::options()
///     .buffer(64 * 1024, Duration::from_millis(200))
///     .fsync(Fsync::OnFlush)
///     .open(&path)?;
/// let emitter = Emitter::builder().sink(file).build();
/// emitter.emit(&EmissionEventSuppressed { event_name: "cache_hit".into(), emitted: 1, sampled_out: 9, limited: 0 });
/// emitter.flush()?;
/// assert_eq!(std::fs::read_to_string(&path)?.lines().count(), 1);
/// # std::fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Whole lines
///
/// The file is opened to append, and every write is one call with whole lines. If a write fails in
/// the middle of a line, as on a full disk, the half line is cut off again, or ended with a line
/// break before the next line. Half a line that a crash of the machine or a killed process left is
/// ended in the same way: when the file is opened, and before every write for which the file's
/// length shows that another process has written to it. So a reader finds at most lines that do not
/// parse, never two records in one line.
///
/// While the file cannot be written, buffered records wait and are tried again. A record that no
/// longer fits is refused, and counted as failed. Every error names the file.
///
/// # Several processes
///
/// Processes may share one file on a local file system: the system appends each write as a whole,
/// so lines do not mix. If a process is killed in the middle of a write, the other processes end
/// its half line. They miss it if they were already between the check of the length and their
/// write, which are two system calls. A process that may not read the file cannot check its end: it
/// begins a non-empty file with a line break, and also each write that follows a write of another
/// process. Over a network file system processes must not share a file.
///
/// # Rotation
///
/// On Unix a removed file is created again with the next write. If its path cannot be opened,
/// records fail. A renamed file is noticed within a second, and the path is opened again. If that
/// fails, records go on into the renamed file, where they can be read, and the error is reported.
/// On other systems, or to reopen at once, call [`FileLines::reopen`]. The sink installs no signal
/// handler. With the `signal-hook` crate a program does that in three lines:
///
/// ```text
/// let file = Arc::new(FileLines::open("/var/log/shop/events.jsonl")?);
/// let mut signals = Signals::new([SIGHUP])?;
/// let reopened = file.clone();
/// std::thread::spawn(move || signals.forever().try_for_each(|_| reopened.reopen()));
/// let emitter = Emitter::builder().sink(file).build();
/// ```
///
/// # Pipes and devices
///
/// `/dev/stdout`, a named pipe or another device is opened for writing only. `open` returns an
/// error for a named pipe that no process reads; it does not wait for a reader. A write waits while
/// the pipe is full, whether or not the pipe is non-blocking. When the reader closes the pipe, as
/// `head -1` does, every further record fails. Processes may share a pipe if their writes are no
/// longer than the system's `PIPE_BUF`, 4096 bytes on Linux.
///
/// # Forks
///
/// Open the file after forking: a forked child has no timer threads. A child that inherits an open
/// file drops the records that its parent has buffered, because the parent writes them. It writes
/// each of its own records at once. With `Fsync::Every`, only flushes make them durable in the
/// child.
pub struct FileLines {
    shared: Arc<Shared>,
    /// Writes the buffer when it is due.
    write_timer: Option<Timer>,
    /// Makes written records durable when that is due.
    sync_timer: Option<Timer>,
}

struct Shared {
    envelopes: bool,
    /// 0 if records are not buffered.
    buffer_size: usize,
    state: Mutex<State>,
    listeners: Listeners,
    /// The number of waiting records can be read without the lock.
    losses: Losses,
    path: PathBuf,
}

impl FileLines {
    /// Opens a file with the default [`FileOptions`]: flat lines, each written at once, made
    /// durable by the system at some time.
    ///
    /// # Errors
    ///
    /// As [`FileOptions::open`].
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::options().open(path)
    }

    /// Options for the file.
    pub fn options() -> FileOptions {
        FileOptions::new()
    }

    fn open_with(options: &FileOptions, path: &Path) -> io::Result<Self> {
        let file = LineFile::open(path)?;
        let is_buffered = options.buffer > 0 && options.fsync != Fsync::EveryRecord;
        let shared = Arc::new(Shared {
            envelopes: options.envelopes,
            buffer_size: if is_buffered { options.buffer } else { 0 },
            state: Mutex::new(State::new(file, options.fsync)),
            listeners: Listeners::default(),
            losses: Losses::new(),
            path: path.to_owned(),
        });
        let start = |interval: Duration, due: fn(&Shared) -> bool| {
            let shared = shared.clone();
            Timer::start(interval, move || due(&shared))
        };
        let write_timer = match options.interval.filter(|_| is_buffered) {
            Some(interval) => Some(start(interval, Shared::write_due)?),
            None => None,
        };
        let sync_timer = match options.fsync {
            Fsync::Every(interval) => Some(start(interval, Shared::sync_due)?),
            _ => None,
        };
        Ok(Self { shared, write_timer, sync_timer })
    }

    /// Writes the buffer, and opens the path again. Call it when the file was renamed, usually on
    /// `SIGHUP`.
    ///
    /// # Errors
    ///
    /// Returns an error if the path cannot be opened; the old file then stays open. If the buffer
    /// cannot be written, it waits for the new file.
    pub fn reopen(&self) -> io::Result<()> {
        let mut state = self.shared.state();
        let reopened = state.reopen();
        self.shared.leave(state);
        sync(reopened?)
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, done: io::Result<()>) {
        if let Err(error) = done {
            self.listeners.tell(&error);
        }
    }

    /// Releases the lock: updates the number of waiting records, and reports a noted error.
    fn leave(&self, mut state: MutexGuard<'_, State>) {
        let note = state.note.take();
        self.losses.set_waiting(state.buffered);
        drop(state);
        self.tell(note.map_or(Ok(()), Err));
    }

    /// Takes one line, into the buffer or to the file.
    fn take(&self, state: &mut State, line: &[u8]) -> io::Result<()> {
        let buffer_size = if state.is_forked { 0 } else { self.buffer_size };
        if state.buffer.len() + line.len() > buffer_size {
            state.write_buffer()?;
        }
        if line.len() <= buffer_size {
            state.push(line);
            return Ok(());
        }
        state.write(line)?;
        if state.fsync == Fsync::EveryRecord {
            return sync(state.take_unsynced());
        }
        Ok(())
    }

    fn write_due(&self) -> bool {
        let mut state = self.state();
        let written = state.write_buffer();
        let waits = state.buffered > 0;
        self.leave(state);
        self.tell(written);
        waits
    }

    fn sync_due(&self) -> bool {
        let synced = self.flush();
        let failed = synced.is_err();
        self.tell(synced);
        failed
    }

    fn flush(&self) -> io::Result<()> {
        let mut state = self.state();
        let written = state.write_buffer();
        let unsynced = state.take_unsynced();
        // Not under the lock, because it takes as long as the disk needs.
        self.leave(state);
        written.and(sync(unsynced))
    }
}

fn sync(unsynced: Option<Unsynced>) -> io::Result<()> {
    unsynced.map_or(Ok(()), |file| file.sync())
}

impl Sink for FileLines {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let shared = &*self.shared;
        let line = if shared.envelopes { record.envelope() } else { record.line() };
        let mut state = shared.state();
        if shared.buffer_size > 0 {
            state.settle(record.recorded_at());
        }
        let (was_empty, was_dirty) = (state.buffer.is_empty(), state.is_dirty);
        let written = shared.take(&mut state, line);
        let begins = was_empty && !state.buffer.is_empty();
        // A forked child has no timers.
        let dirties = !was_dirty && (state.is_dirty || begins) && !state.is_forked;
        shared.leave(state);
        if let Some(timer) = self.write_timer.as_ref().filter(|_| begins) {
            timer.arm();
        }
        if let Some(timer) = self.sync_timer.as_ref().filter(|_| dirties) {
            timer.arm();
        }
        written
    }

    fn flush(&self) -> io::Result<()> {
        self.shared.flush()
    }

    fn losses(&self) -> Losses {
        self.shared.losses.clone()
    }

    fn on_error(&self, listener: ErrorListener) {
        self.shared.listeners.add(listener);
    }
}

impl Drop for FileLines {
    fn drop(&mut self) {
        // Writes the buffer. Makes it durable only if the options say so.
        let flushed = self.shared.flush();
        self.shared.tell(flushed);
    }
}

impl fmt::Debug for FileLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileLines")
            .field("path", &self.shared.path)
            .field("envelopes", &self.shared.envelopes)
            .field("buffer", &self.shared.buffer_size)
            .finish_non_exhaustive()
    }
}
