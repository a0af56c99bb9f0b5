//! Writes a complete file: first a temporary file beside it, then a rename. A symbolic link stays a
//! symbolic link; its target is written.

use super::litter;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What a written file must survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasting {
    /// The process is killed.
    Process,
    /// The machine crashes. This waits for the disk once per file.
    Machine,
}

/// Writes a temporary file and renames it: a reader sees the old file or the new one. If the path
/// is a symbolic link, its target is written.
pub(crate) fn replace(path: &Path, contents: &str, lasting: Lasting) -> io::Result<()> {
    let path = &target(path)?;
    let beside = litter::beside(path);
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(contents.as_bytes())?;
        if lasting == Lasting::Machine { file.sync_all() } else { Ok(()) }
    });
    written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        // The first error says why; a second error would only repeat it.
        let _ = fs::remove_file(&beside);
    })?;
    match path.parent() {
        Some(directory) if lasting == Lasting::Machine => sync(directory),
        _ => Ok(()),
    }
}

/// Makes the names in a directory survive a crash. Systems other than Unix do this themselves or
/// offer no way.
pub(crate) fn sync(directory: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        return fs::File::open(directory)?.sync_all();
    }
    Ok(())
}

/// The file that is written for `path`: the path itself, or the end of its symbolic links.
///
/// # Errors
///
/// If a link points to a missing file, or in a circle.
pub(crate) fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {
            fs::canonicalize(path).map_err(|error| dangling(path).unwrap_or(error))
        }
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(path.to_owned()),
    }
}

/// The error of a link that points to a missing file. `fs::read` reports a missing file, but the
/// link says that a file should be there.
pub(crate) fn dangling(path: &Path) -> Option<io::Error> {
    let link = fs::read_link(path).ok()?;
    let is_missing = fs::metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let what = format!("it is a symbolic link to `{}`, which does not exist", link.display());
    is_missing.then(|| io::Error::other(what))
}
