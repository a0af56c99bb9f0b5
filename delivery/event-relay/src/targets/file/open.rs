//! The file while it is open and locked.

use super::FileTargetOptions;
use super::error::FileError;
use super::recent::Recent;
use super::tail::Tail;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

/// How often a file is opened that is renamed between its opening and its lock.
const ATTEMPTS: usize = 16;

/// A file that is open and locked. It is unlocked when it is dropped.
#[derive(Debug)]
pub(super) struct Opened {
    file: File,
    /// The length up to the end of the last line that was delivered.
    length: u64,
    pub(super) recent: Recent,
}

impl Opened {
    pub(super) fn open(options: &FileTargetOptions) -> Result<Self, FileError> {
        let path = &*options.path;
        let io = |operation| move |error| FileError::io(operation, path, error);
        let mut file = locked(path)?;
        let length = file.metadata().map_err(io("read"))?.len();
        let tail = Tail::read(&mut file, length).map_err(io("read"))?;
        let Tail { whole, recent } =
            tail.ok_or_else(|| FileError::NotLines { path: path.to_owned() })?;
        if whole < length {
            file.set_len(whole).map_err(io("cut"))?;
        }
        if options.fsync {
            // A killed relay may have left lines that are not on the disk yet. They count as
            // delivered when they are sent again.
            file.sync_data().map_err(io("write"))?;
            if length == 0 {
                sync_directory(path).map_err(io("write"))?;
            }
        }
        Ok(Self { file, length: whole, recent })
    }

    /// Whether the path still names this file, as it was left.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        let (Ok(own), Ok(there)) = (self.file.metadata(), path.metadata()) else { return false };
        is_same(&own, &there) && there.len() == self.length
    }

    /// Appends lines. If it fails, a part of them may be in the file.
    pub(super) fn append(&mut self, lines: &[u8], fsync: bool) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(lines)?;
        if fsync {
            self.file.sync_data()?;
        }
        self.length += lines.len() as u64;
        Ok(())
    }

    /// Cuts off what an append that failed has left. Pages that could not be written to the disk
    /// must be written again: a second `fdatasync` would succeed without them.
    pub(super) fn take_back(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)
    }
}

/// Opens and locks the file that `path` names.
fn locked(path: &Path) -> Result<File, FileError> {
    let io = |operation| move |error| FileError::io(operation, path, error);
    for _ in 0..ATTEMPTS {
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(io("open"))?;
        let own = file.metadata().map_err(io("open"))?;
        if !own.is_file() {
            return Err(FileError::NotAFile { path: path.to_owned() });
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(FileError::InUse { path: path.to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(io("lock")(error)),
        }
        if path.metadata().is_ok_and(|there| is_same(&own, &there)) {
            return Ok(file);
        }
    }
    Err(io("open")(io::Error::other("it is renamed again and again")))
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// The standard library has no identity of files here: lengths are compared by the caller.
#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// Makes the name of a new file durable.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(directory.unwrap_or_else(|| Path::new(".")))?.sync_all()
}

/// A directory cannot be opened as a file here.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
