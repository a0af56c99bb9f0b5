//! Where a name leads: a symbolic link stays one, and what it points to is written.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The file that is written when `path` is: the path itself, or the end of its symbolic links.
///
/// # Errors
///
/// When a link points to nothing, or in a circle.
pub(crate) fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => fs::canonicalize(path).map_err(|error| dangling(path).unwrap_or(error)),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(path.to_owned()),
    }
}

/// The error of a link that points to nothing. `fs::read` says of one that there is no file, which is not so: somebody meant one.
pub(crate) fn dangling(path: &Path) -> Option<io::Error> {
    let link = fs::read_link(path).ok()?;
    let is_missing = fs::metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let what = format!("it is a symbolic link to `{}`, which does not exist", link.display());
    is_missing.then(|| io::Error::other(what))
}
