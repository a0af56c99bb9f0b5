//! A directory of a test.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

/// A directory that is removed when it is dropped; if the test fails, it is left for a person.
#[derive(Debug)]
pub(super) struct Directory(PathBuf);

impl Directory {
    /// Makes a directory, empty.
    pub(super) fn new(path: PathBuf) -> Self {
        // Of an earlier run that failed.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = writeln!(io::stderr(), "see {}", self.0.display());
        } else {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}
