//! A file that ends in whole lines, and is found again when it was moved away or removed.

use super::super::whole_lines::{Unwritten, WholeLines};
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// How often the path is asked whether it still names the file.
const CHECK: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct LineFile {
    path: PathBuf,
    lines: WholeLines<Arc<File>>,
    /// Not a pipe or a device, which have no end to be cut and nothing to be made durable.
    is_regular: bool,
    /// How long it is if nothing but this has written to it; [`UNKNOWN`] after an error.
    len: u64,
    checked: Instant,
}

const UNKNOWN: u64 = u64::MAX;

/// Where the file is that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At its path, as far as is known.
    Here,
    /// Elsewhere: what is written to it can be read there.
    Moved,
    /// Nowhere: what is written to it is lost.
    Removed,
}

impl LineFile {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens it to append, and creates it where it is missing.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        open(path).map_err(|error| explained(path, &error))
    }

    /// Looks where the file is, and how it ends. Whether its path names another one is asked at
    /// most once a second.
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
            // Somebody else has written, perhaps half a line.
            self.len = metadata.len();
            self.lines.set_torn(ends_in_half(self.lines.out(), metadata.len()));
        }
        Place::Here
    }

    /// Takes it that the path names the file, for a second.
    pub(super) fn trust_path(&mut self) {
        self.checked = Instant::now();
    }

    /// Appends whole lines in one write. Where that fails, what was written of half a line is taken
    /// back, or ended before the next.
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
            // Another process has written behind it.
            return Err(io::ErrorKind::Unsupported.into());
        }
        file.set_len(end.saturating_sub(half as u64))
    }

    /// Opens the path anew.
    pub(super) fn reopen(&mut self) -> io::Result<()> {
        *self = Self::open(&self.path)?;
        Ok(())
    }

    /// The file, for what is written to be made durable; nothing for a pipe or a device.
    pub(super) fn durable(&self) -> Option<Arc<File>> {
        self.is_regular.then(|| self.lines.out().clone())
    }
}

/// The error, and which file it is about.
pub(super) fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}

fn open(path: &Path) -> io::Result<LineFile> {
    let mut file = to_append().open(path)?;
    let metadata = file.metadata()?;
    let is_regular = metadata.is_file();
    // A pipe must not be opened to be read: then it has a reader for ever. A file may be one that
    // can be written only.
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
    // A pipe that nobody reads is an error, and not a wait for somebody who does.
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

/// Whether the next line would be glued to half of another. Where the end cannot be read, it may
/// be: an empty line does less harm.
fn ends_in_half(file: &File, len: u64) -> bool {
    const TRIES: u32 = 3;
    let is_whole = |len| len == 0 || last_byte(file, len).is_ok_and(|byte| byte == b'\n');
    let mut len = len;
    for _ in 0..TRIES {
        if is_whole(len) {
            return false;
        }
        // Another process may be in the middle of its write, which the length shows before it is
        // over.
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

/// Whether the path names another file, or none.
#[cfg(unix)]
fn is_another(path: &Path, open: &Metadata) -> bool {
    match path.metadata() {
        Ok(named) => !is_same(&named, open),
        Err(error) => {
            matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        }
    }
}

// Elsewhere the standard library does not say which file it is; an open file cannot be removed
// there.

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
