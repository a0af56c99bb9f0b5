//! A text that is to be written.

/// One file: of an export, or beside a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the directory that it is written to, with `/` between names:
    /// `python/events.py`.
    pub path: String,
    /// What is in it.
    pub contents: String,
}
