//! Errors in a lock: what is wrong, where, and what to do.

use std::fmt;

/// A lock that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockError {
    /// The line, from 1.
    pub line: usize,
    /// The error.
    pub kind: LockErrorKind,
}

/// The kinds of error in a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LockErrorKind {
    /// A merge conflict that is not resolved.
    Conflict,
    /// The file ends before its last line.
    Truncated,
    /// A lock format that this version does not read.
    Format {
        /// The format number in the file.
        found: u32,
    },
    /// A line that is not a member of a lock.
    Line {
        /// The text that was expected.
        expected: &'static str,
    },
    /// A member that is written twice.
    Twice {
        /// The key of the member.
        key: String,
    },
    /// A member that is not known.
    Unknown {
        /// The key of the member.
        key: String,
    },
    /// A member that is missing.
    Missing {
        /// The version.
        version: String,
        /// The key of the member.
        key: &'static str,
    },
    /// An invalid value of a member.
    Value {
        /// The member.
        key: String,
        /// The value that was expected.
        expected: &'static str,
    },
    /// A type whose digest does not match its form.
    Digest {
        /// The line's key.
        key: String,
    },
    /// A revision reaches a type that is not in the lock.
    NoType {
        /// The version.
        version: String,
        /// The type's digest.
        digest: String,
    },
    /// A line in another order or spelling than the tool writes.
    Spelling,
    /// A version whose sum does not match its lines.
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
            LockErrorKind::Twice { key } => write!(f, "`{key}` is written twice"),
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
                write!(f, "`{version}` uses a type with the digest {digest}, which no line defines")
            }
            LockErrorKind::Spelling => write!(f, "the line is not as the tool writes it"),
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
    /// How to fix the error; `command` is the text that runs the catalog's command.
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
            LockErrorKind::Format { .. } => format!(
                "an older version of event-core wrote the file, and this one does not convert it; \
                 begin a new lock: remove `events.lock` and `events.lock.d`, then \
                 `EVENTS_LOCK=off {command} lock`"
            ),
            LockErrorKind::Truncated => {
                "restore the file from version control: `git checkout -- events.lock`".to_owned()
            }
            LockErrorKind::Digest { .. } | LockErrorKind::NoType { .. } => {
                "restore the line from version control: the form of a type is written by the tool \
                 only"
                    .to_owned()
            }
            LockErrorKind::Spelling => format!("{repair} writes the file again"),
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
