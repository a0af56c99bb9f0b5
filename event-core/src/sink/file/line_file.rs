//! A file that ends in whole lines, and that is reopened when it was renamed or removed.

use super::super::whole_lines::{Unwritten, WholeLines};
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// How often to check whether the path still names the file.
const CHECK: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct LineFile {
    path: PathBuf,
    lines: WholeLines<Arc<File>>,
    /// Pipes and devices are not regular: they cannot be truncated or made durable.
    is_regular: bool,
    /// The file's length if no other process has written to it; [`UNKNOWN`] after an error.
    len: u64,
    checked: Instant,
}

const UNKNOWN: u64 = u64::MAX;

/// Where the open file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At its path, as far as is known.
    Here,
    /// Renamed: later writes to it can be read under its new name.
    Moved,
    /// Removed: later writes to it are lost.
    Removed,
}

impl LineFile {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the file to append, and creates it if it is missing.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        open(path).map_err(|error| explained(path, &error))
    }

    /// Checks where the file is, and how it ends. Checks at most once a second whether its path
    /// names another file.
    pub(super) fn look(&mut self) -> Place {
        if !self.is_regular {
            return Place::Here;
        }
        let Ok(metadata) = self.lines.out().metadata() else { return Place::Removed };
        if has_no_name(&metadata) && is_another(&self.path, &metadata) {
            return Place::Removed;
        }
        if self.checked.elapsed() >= CHECK {
            self.trust_path();
            if is_another(&self.path, &metadata) {
                return Place::Moved;
            }
        }
        if metadata.len() != self.len {
            // Another process has written, perhaps half a line.
            self.len = metadata.len();
            self.lines.set_torn(ends_in_half(self.lines.out(), metadata.len()));
        }
        Place::Here
    }

    /// Assumes for a second that the path names the file.
    pub(super) fn trust_path(&mut self) {
        self.checked = Instant::now();
    }

    /// Appends whole lines in one write. If the write fails, half a line is cut off again, or ended
    /// before the next line.
    pub(super) fn append(&mut self, lines: &[u8]) -> Result<(), Unwritten> {
        let added = lines.len() as u64 + u64::from(self.lines.is_torn());
        let len = self.len.saturating_add(added);
        match self.lines.append(lines) {
            Ok(()) => {
                self.len = len;
                Ok(())
            }
            Err(unwritten) => {
                self.len = UNKNOWN;
                if unwritten.half > 0 && self.take_back(unwritten.half).is_ok() {
                    self.lines.set_torn(false);
                }
                Err(Unwritten { error: named(&self.path, &unwritten.error), ..unwritten })
            }
        }
    }

    fn take_back(&self, half: usize) -> io::Result<()> {
        let mut file = &**self.lines.out();
        let end = file.stream_position()?;
        if !self.is_regular || file.metadata()?.len() != end {
            // Another process has written after it.
            return Err(io::ErrorKind::Unsupported.into());
        }
        file.set_len(end.saturating_sub(half as u64))
    }

    /// Opens the path again.
    pub(super) fn reopen(&mut self) -> io::Result<()> {
        *self = Self::open(&self.path)?;
        Ok(())
    }

    /// The file, to make it durable; `None` for a pipe or a device.
    pub(super) fn durable(&self) -> Option<Arc<File>> {
        self.is_regular.then(|| self.lines.out().clone())
    }
}

/// The error, with the path of the file.
pub(super) fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}

fn open(path: &Path) -> io::Result<LineFile> {
    let mut file = to_append().open(path)?;
    let metadata = file.metadata()?;
    let is_regular = metadata.is_file();
    // A pipe must not be opened for reading: it would then always have a reader. A file may be
    // write-only for this process.
    if is_regular
        && let Ok(readable) = to_append().read(true).open(path)
        && readable.metadata().is_ok_and(|readable| is_same(&readable, &metadata))
    {
        file = readable;
    }
    // A process that was killed may have left half a line.
    let is_torn = is_regular && ends_in_half(&file, metadata.len());
    let mut lines = WholeLines::new(Arc::new(file));
    lines.set_torn(is_torn);
    Ok(LineFile {
        path: path.to_owned(),
        lines,
        is_regular,
        len: metadata.len(),
        checked: Instant::now(),
    })
}

fn to_append() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    // Opening a pipe without a reader is an error, instead of a wait for a reader.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    options
}

fn explained(path: &Path, error: &io::Error) -> io::Error {
    #[cfg(unix)]
    if error.raw_os_error() == Some(libc::ENXIO) && is_pipe(path) {
        let why = format!("`{}`: no process has opened the pipe to read it", path.display());
        return io::Error::new(io::ErrorKind::NotConnected, why);
    }
    named(path, error)
}

#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    path.metadata()
        .is_ok_and(|metadata| std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type()))
}

/// Whether the next line would be glued to half a line. If the end cannot be read, assumes so: an
/// empty line does less harm.
fn ends_in_half(file: &File, len: u64) -> bool {
    const TRIES: u32 = 3;
    let is_whole = |len| len == 0 || last_byte(file, len).is_ok_and(|byte| byte == b'\n');
    let mut len = len;
    for _ in 0..TRIES {
        if is_whole(len) {
            return false;
        }
        // Another process may be in the middle of a write, which already shows in the length.
        thread::sleep(Duration::from_millis(1));
        len = file.metadata().map_or(len, |metadata| metadata.len());
    }
    !is_whole(len)
}

fn last_byte(mut file: &File, len: u64) -> io::Result<u8> {
    let mut last = [0];
    file.seek(SeekFrom::Start(len - 1))?;
    file.read_exact(&mut last)?;
    Ok(last[0])
}

#[cfg(unix)]
fn has_no_name(open: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(open) == 0
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Whether the path names another file, or no file.
#[cfg(unix)]
fn is_another(path: &Path, open: &Metadata) -> bool {
    match path.metadata() {
        Ok(named) => !is_same(&named, open),
        Err(error) => {
            matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        }
    }
}

// On other systems the standard library does not identify files, and an open file cannot be
// removed.

#[cfg(not(unix))]
fn has_no_name(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(not(unix))]
fn is_another(_: &Path, _: &Metadata) -> bool {
    false
}
