//! Why what is being written must not leave.

use crate::read::MAX_DEPTH;
use std::fmt;

/// What is wrong with the value of a field, named by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The field's declaration excludes the value, as `#[field(finite)]` excludes NaN.
    Excluded(&'static str),
    /// The value is nested deeper than a reader accepts: [`MAX_DEPTH`] levels.
    TooDeep(&'static str),
    /// The value could not be written: its `Serialize` or its `Display` returned an error.
    Unwritable(&'static str),
    /// The event's table of transitions has no such step.
    IllegalTransition {
        /// The state before, as it would be written; `null` for none.
        from: &'static str,
        /// The state after.
        to: &'static str,
    },
}

impl Refusal {
    /// The field's key.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Excluded(field) | Self::TooDeep(field) | Self::Unwritable(field) => field,
            Self::IllegalTransition { .. } => "after",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Excluded(field) => write!(f, "its field `{field}` has a value that its declaration excludes"),
            Self::TooDeep(field) => {
                write!(f, "the value of its field `{field}` is nested deeper than {MAX_DEPTH} levels")
            }
            Self::Unwritable(field) => write!(
                f,
                "`Serialize` or `Display` of the value of its field `{field}` returned an error; give the field a type that can always be written as JSON (keys of maps must be text, integers or truth values)"
            ),
            Self::IllegalTransition { from, to } => write!(f, "its table of transitions has no step `{from} -> {to}`"),
        }
    }
}

/// The name in `,"name":`.
pub(crate) fn name_in(key: &'static str) -> &'static str {
    key.strip_prefix(",\"").and_then(|key| key.strip_suffix("\":")).unwrap_or(key)
}
