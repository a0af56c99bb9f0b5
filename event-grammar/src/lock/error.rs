//! What can be wrong with a lock, where, and what to do.

use std::fmt;

/// A lock that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: LockErrorKind,
}

/// What can be wrong with a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LockErrorKind {
    /// A merge that is not resolved.
    Conflict,
    /// The file ends before its last line.
    Truncated,
    /// Another format than the one that is known.
    Format {
        /// The number that it says.
        found: u32,
    },
    /// A line that is no member of a lock.
    Line {
        /// What it should have been.
        expected: &'static str,
    },
    /// A member that stands there twice.
    Twice {
        /// Which.
        key: String,
    },
    /// A member that is not known.
    Unknown {
        /// Which.
        key: String,
    },
    /// A member that is missing.
    Missing {
        /// The version.
        version: String,
        /// Which.
        key: &'static str,
    },
    /// A value that is none of its member's.
    Value {
        /// The member.
        key: String,
        /// What it should have been.
        expected: &'static str,
    },
    /// A type whose digest does not fit its form.
    Digest {
        /// The line's key.
        key: String,
    },
    /// A revision reaches a type that does not stand in the lock.
    NoType {
        /// The version.
        version: String,
        /// The type's digest.
        digest: String,
    },
    /// Lines that are all there, but in another order or spelling than the one that is written.
    Spelling,
    /// A version whose sum does not fit its lines.
    Sum {
        /// The version.
        version: String,
    },
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            LockErrorKind::Conflict => write!(f, "a merge conflict is not resolved"),
            LockErrorKind::Truncated => write!(f, "the file ends too early"),
            LockErrorKind::Format { found } => {
                write!(
                    f,
                    "the file has lock format {found}, and this version of event-core reads \
                     format {}",
                    super::FORMAT
                )
            }
            LockErrorKind::Line { expected } => write!(f, "expected {expected}"),
            LockErrorKind::Twice { key } => write!(f, "`{key}` stands there twice"),
            LockErrorKind::Unknown { key } => write!(f, "`{key}` is not known"),
            LockErrorKind::Missing { version, key } => write!(f, "`{version}` has no `{key}`"),
            LockErrorKind::Value { key, expected } => write!(f, "`{key}` should be {expected}"),
            LockErrorKind::Digest { key } => {
                write!(
                    f,
                    "the line `{key}` was changed by hand, or by a merge: its digest does not fit"
                )
            }
            LockErrorKind::NoType { version, digest } => {
                write!(f, "`{version}` uses a type with the digest {digest}, and no line has it")
            }
            LockErrorKind::Spelling => write!(f, "the line is not where, or not as, it is written"),
            LockErrorKind::Sum { version } => {
                write!(
                    f,
                    "the lines of `{version}` were changed by hand, or by a merge: their sum does \
                     not fit"
                )
            }
        }
    }
}

impl std::error::Error for LockError {}

impl LockError {
    /// What to do about it; `command` is what runs the catalog's command.
    pub fn help(&self, command: &str) -> String {
        let repair = format!("`EVENTS_LOCK=off {command} lock --repair`");
        match &self.kind {
            LockErrorKind::Conflict => format!(
                "keep the lines of both sides (`events.lock text eol=lf merge=union` in \
                 .gitattributes does it for you), then {repair}"
            ),
            LockErrorKind::Format { found } if *found > super::FORMAT => {
                "a newer version of event-core wrote the file; build with that version: `cargo \
                 update -p event-core`"
                    .to_owned()
            }
            LockErrorKind::Format { .. } | LockErrorKind::Truncated => {
                "restore the file from version control: `git checkout -- events.lock`".to_owned()
            }
            LockErrorKind::Digest { .. } | LockErrorKind::NoType { .. } => {
                "restore the line from version control: the form of a type is written by the tool \
                 only"
                    .to_owned()
            }
            LockErrorKind::Spelling => format!("{repair} writes it anew"),
            LockErrorKind::Sum { .. } => {
                format!(
                    "restore the lines from version control, or, if they are what you mean, \
                     {repair}"
                )
            }
            _ => format!(
                "restore the line from version control; a lock is written by {repair} only, never \
                 by hand"
            ),
        }
    }
}
