//! Writing a file as a whole: beside it, then renamed onto it. A symbolic link stays one, and the
//! file that it leads to is written.

use super::litter;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What is to survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasting {
    /// A process that is killed.
    Process,
    /// A machine that goes down too. It costs a wait for the disk for each file.
    Machine,
}

/// Writes beside the file, and renames: a reader sees the old file or the new one. Of a symbolic
/// link, the file that it leads to is written.
pub(crate) fn replace(path: &Path, contents: &str, lasting: Lasting) -> io::Result<()> {
    let path = &target(path)?;
    let beside = litter::beside(path);
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(contents.as_bytes())?;
        if lasting == Lasting::Machine { file.sync_all() } else { Ok(()) }
    });
    written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        // The first error says why; this one would only repeat it.
        let _ = fs::remove_file(&beside);
    })?;
    match path.parent() {
        Some(directory) if lasting == Lasting::Machine => sync(directory),
        _ => Ok(()),
    }
}

/// Makes names in a directory lasting. Other systems than Unix do it by themselves, or offer no
/// way.
pub(crate) fn sync(directory: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        return fs::File::open(directory)?.sync_all();
    }
    Ok(())
}

/// The file that is written when `path` is: the path itself, or the end of its symbolic links.
///
/// # Errors
///
/// When a link points to nothing, or in a circle.
pub(crate) fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {
            fs::canonicalize(path).map_err(|error| dangling(path).unwrap_or(error))
        }
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(path.to_owned()),
    }
}

/// The error of a link that points to nothing. `fs::read` reports it as a missing file, but a link
/// says that there should be one.
pub(crate) fn dangling(path: &Path) -> Option<io::Error> {
    let link = fs::read_link(path).ok()?;
    let is_missing = fs::metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let what = format!("it is a symbolic link to `{}`, which does not exist", link.display());
    is_missing.then(|| io::Error::other(what))
}
