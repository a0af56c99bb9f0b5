//! Writes whole files: a reader never sees an incomplete file.

use crate::context::random;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a temporary file and renames it, so that a reader sees either the old file or the new
/// one. A symbolic link is followed.
pub(super) fn replace(file: &Path, contents: &[u8]) -> io::Result<()> {
    let file = &if file.is_symlink() { fs::canonicalize(file)? } else { file.to_owned() };
    if let Some(directory) = file.parent() {
        fs::create_dir_all(directory)?;
    }
    let beside = file.with_extension(format!("{}-{:016x}.tmp", std::process::id(), random::u64()));
    fs::write(&beside, contents).and_then(|()| fs::rename(&beside, file)).inspect_err(|_| {
        // The first error explains the failure; an error here would only repeat it.
        let _ = fs::remove_file(&beside);
    })
}
