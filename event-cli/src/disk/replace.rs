//! Writing a file as a whole: beside it, then renamed onto it.

use super::litter;
use super::target::target;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// What is to survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasting {
    /// A process that is killed.
    Process,
    /// A machine that goes down too. It costs a wait for the disk for each file.
    Machine,
}

/// Writes beside the file, and renames: a reader sees the old file or the new one. Of a symbolic link, the file that it leads to is written.
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

/// Makes names in a directory lasting. Other systems than Unix do it by themselves, or offer no way.
pub(crate) fn sync(directory: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        return fs::File::open(directory)?.sync_all();
    }
    Ok(())
}
