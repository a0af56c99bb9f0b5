//! A file that is not written yet.

/// One file of an export, or one file beside a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path relative to the target directory, with `/` between names: `python/events.py`.
    pub path: String,
    /// The text of the file.
    pub contents: String,
}
