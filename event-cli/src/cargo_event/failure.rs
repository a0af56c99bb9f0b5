//! Why the program could not run.

/// Why the program could not run, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What is wrong, and where.
    pub(crate) what: String,
    /// What to write or run.
    pub(crate) help: String,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}
