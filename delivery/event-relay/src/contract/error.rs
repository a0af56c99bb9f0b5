//! Why a lock cannot be used.

use std::fmt;
use std::path::{Path, PathBuf};

/// A lock, or a file beside it, that cannot be used: which, what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractError {
    path: PathBuf,
    what: String,
    help: String,
}

impl ContractError {
    pub(super) fn new(path: &Path, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { path: path.to_owned(), what: what.into(), help: help.into() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\nhelp: {}", self.path.display(), self.what, self.help)
    }
}

impl std::error::Error for ContractError {}
