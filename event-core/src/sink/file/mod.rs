//! One JSON object per line, to a file that lasts.

mod line_file;
mod options;

pub use options::{FileOptions, Fsync};

use super::listeners::Listeners;
use super::timer::Timer;
use super::{ErrorListener, Losses, Sink};
use crate::record::Record;
use line_file::LineFile;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Appends each record to a file as one line of JSON: the flat line, or the envelope.
///
/// ```
/// use event_core::emission::EmissionEventSuppressed;
/// use event_core::{Emitter, FileLines, Fsync};
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
/// The file is opened to append, and every write is of whole lines. Where one fails in the middle of a line, as on a full disk, the half line is cut off again,
/// or ended with a line break before the next. A file whose last line was torn, by a crash of the machine or the kill of a process, gets that line break when it
/// is opened. So a reader finds at most lines that do not parse, never two in one.
///
/// While the file cannot be written, buffered records wait and are tried again; what no longer fits is refused, and counted as failed.
///
/// # Rotation
///
/// On Unix the sink notices within a second of writing that the file was renamed or removed, and opens the path anew; elsewhere, or at once, by
/// [`FileLines::reopen`]. It installs no signal handler; with the `signal-hook` crate a program does that in three lines:
///
/// ```text
/// let file = Arc::new(FileLines::open("/var/log/shop/events.jsonl")?);
/// let mut signals = Signals::new([SIGHUP])?;
/// let reopened = file.clone();
/// std::thread::spawn(move || signals.forever().try_for_each(|_| reopened.reopen()));
/// let emitter = Emitter::builder().sink(file).build();
/// ```
///
/// # Forks
///
/// The thread that watches the time is not in a forked child: open the file after forking. Processes may share one file; each appends whole lines.
pub struct FileLines {
    shared: Arc<Shared>,
    /// Writes what is buffered.
    write_timer: Option<Timer>,
    /// Makes durable what is written.
    sync_timer: Option<Timer>,
}

struct Shared {
    envelopes: bool,
    fsync: Fsync,
    /// 0 for none.
    buffer_size: usize,
    state: Mutex<State>,
    listeners: Listeners,
    /// What waits, read without the lock.
    losses: Losses,
    path: PathBuf,
}

struct State {
    file: LineFile,
    buffer: Vec<u8>,
    /// How many records are in the buffer.
    buffered: u64,
    /// Whether something is to be made durable.
    is_dirty: bool,
}

impl FileLines {
    /// Opens a file as [`FileOptions`] does that nothing was said to: flat lines, each written at once, durable when the system gets to it.
    ///
    /// # Errors
    ///
    /// As [`FileOptions::open`].
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::options().open(path)
    }

    /// How the file is to be written.
    pub fn options() -> FileOptions {
        FileOptions::new()
    }

    fn open_with(options: &FileOptions, path: &Path) -> io::Result<Self> {
        let file = LineFile::open(path)?;
        let is_buffered = options.buffer > 0 && options.fsync != Fsync::EveryRecord;
        let shared = Arc::new(Shared {
            envelopes: options.envelopes,
            fsync: options.fsync,
            buffer_size: if is_buffered { options.buffer } else { 0 },
            state: Mutex::new(State { file, buffer: Vec::new(), buffered: 0, is_dirty: false }),
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

    /// Writes what is buffered, and opens the path anew: to be called when the file was moved away, on `SIGHUP` by custom.
    ///
    /// # Errors
    ///
    /// When the path cannot be opened; then the file that was open stays so. When what was buffered cannot be written, it waits for the new file.
    pub fn reopen(&self) -> io::Result<()> {
        let mut state = self.shared.state();
        let sync = state.reopen(self.shared.fsync);
        self.shared.losses.set_waiting(state.buffered);
        drop(state);
        let sync = sync?;
        sync_data(sync)
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

    /// Goes after the file when it was moved away. Where that fails, records go on into the file that is open.
    fn follow(&self, state: &mut State) -> io::Result<()> {
        if !state.file.has_moved() {
            return Ok(());
        }
        sync_data(state.reopen(self.fsync)?)
    }

    /// Takes one line: into the buffer, or to the file.
    fn take(&self, state: &mut State, line: &[u8]) -> io::Result<()> {
        if state.buffer.len() + line.len() > self.buffer_size {
            state.write_buffer()?;
        }
        if line.len() <= self.buffer_size {
            state.push(line);
            return Ok(());
        }
        state.write(line)?;
        if self.fsync == Fsync::EveryRecord {
            return sync_data(state.take_unsynced(self.fsync));
        }
        Ok(())
    }

    fn write_due(&self) -> bool {
        let mut state = self.state();
        let written = state.write_buffer();
        let waits = state.buffered > 0;
        self.losses.set_waiting(state.buffered);
        drop(state);
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
        let sync = state.take_unsynced(self.fsync);
        self.losses.set_waiting(state.buffered);
        // Not under the lock: it takes as long as the disk does.
        drop(state);
        written.and(sync_data(sync))
    }
}

impl State {
    fn push(&mut self, line: &[u8]) {
        self.buffer.extend_from_slice(line);
        self.buffered += 1;
    }

    /// Writes a line past the buffer, which is empty.
    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.is_dirty = true;
        self.file.append(line).map_err(|unwritten| unwritten.error)
    }

    /// Writes what is buffered; keeps what could not be written.
    fn write_buffer(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        self.is_dirty = true;
        let Err(unwritten) = self.file.append(&self.buffer) else {
            self.buffer.clear();
            self.buffered = 0;
            return Ok(());
        };
        // A record is a line.
        let lines = self.buffer.drain(..unwritten.whole).filter(|byte| *byte == b'\n').count();
        self.buffered -= lines as u64;
        Err(unwritten.error)
    }

    /// The file that is to be made durable now, if it is to be.
    fn take_unsynced(&mut self, fsync: Fsync) -> Option<Arc<File>> {
        let is_wanted = std::mem::take(&mut self.is_dirty) && fsync != Fsync::Never;
        self.file.durable().filter(|_| is_wanted)
    }

    /// Opens the path anew; says which file is to be made durable before it is left.
    fn reopen(&mut self, fsync: Fsync) -> io::Result<Option<Arc<File>>> {
        // What cannot be written here is written there.
        let _ = self.write_buffer();
        let left = self.take_unsynced(fsync);
        match self.file.reopen() {
            Ok(()) => Ok(left),
            Err(error) => {
                self.is_dirty = true;
                Err(error)
            }
        }
    }
}

fn sync_data(file: Option<Arc<File>>) -> io::Result<()> {
    file.map_or(Ok(()), |file| file.sync_data())
}

impl Sink for FileLines {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let shared = &*self.shared;
        let line = if shared.envelopes { record.envelope() } else { record.line() };
        let mut state = shared.state();
        let followed = shared.follow(&mut state);
        let (was_empty, was_dirty) = (state.buffer.is_empty(), state.is_dirty);
        let written = shared.take(&mut state, line);
        let begins = was_empty && !state.buffer.is_empty();
        let dirties = !was_dirty && (state.is_dirty || begins);
        shared.losses.set_waiting(state.buffered);
        drop(state);
        if let Some(timer) = self.write_timer.as_ref().filter(|_| begins) {
            timer.arm();
        }
        if let Some(timer) = self.sync_timer.as_ref().filter(|_| dirties) {
            timer.arm();
        }
        shared.tell(followed);
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
        // Written, not made durable unless that was asked for: `Fsync::Never` says so.
        let flushed = self.shared.flush();
        self.shared.tell(flushed);
    }
}

impl fmt::Debug for FileLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileLines")
            .field("path", &self.shared.path)
            .field("envelopes", &self.shared.envelopes)
            .field("fsync", &self.shared.fsync)
            .field("buffer", &self.shared.buffer_size)
            .finish_non_exhaustive()
    }
}
