//! Why a file cannot be written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file cannot be opened or written. Every message names the file and says what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum FileError {
    /// The operating system refuses an operation on the file.
    Io {
        /// What was tried: `open`, `lock`, `read`, `cut` or `write`.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// Another process, or another target of this one, has locked the file.
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The path names a device, a pipe or a directory.
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The file holds something else than lines of JSON. It is left as it is.
    NotLines {
        /// The file.
        path: PathBuf,
    },
}

impl FileError {
    pub(super) fn io(operation: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io { operation, path: path.to_owned(), error }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { operation, path, error } => {
                write!(f, "cannot {operation} `{}`: {error}", path.display())?;
                help(error.kind()).map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
            }
            Self::InUse { path } => write!(
                f,
                "another relay writes `{}`\nhelp: stop it, or give each target a file of its own",
                path.display()
            ),
            Self::NotAFile { path } => write!(
                f,
                "`{}` is not a regular file\nhelp: name a file; a pipe is written by the target \
                 stdout",
                path.display()
            ),
            Self::NotLines { path } => write!(
                f,
                "`{}` is not a file of events: it is not made of lines of JSON\nhelp: name another \
                 file; this one is left as it is",
                path.display()
            ),
        }
    }
}

const fn help(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Some("free space; the relay tries again by itself")
        }
        io::ErrorKind::FileTooLarge => Some(
            "rename the file, or raise the limit on the size of files; the relay tries again by \
             itself",
        ),
        io::ErrorKind::NotFound => Some("make the directory; the relay makes only the file"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Some("let the relay's user read and write the file")
        }
        _ => None,
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::InUse { .. } | Self::NotAFile { .. } | Self::NotLines { .. } => None,
        }
    }
}
