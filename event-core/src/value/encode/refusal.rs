//! Why an event is not emitted.

use crate::value::read::MAX_DEPTH;
use std::fmt;

/// How deep emissions may be nested: an event that is emitted while a sink writes another event has
/// depth 1. Deeper events are refused.
pub(crate) const MAX_NESTING: u8 = 4;

/// Why an event is not written. A field is named by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The field's declaration excludes the value, as `#[field(finite)]` excludes NaN.
    Excluded(&'static str),
    /// The value is nested deeper than a reader accepts: [`MAX_DEPTH`] levels.
    TooDeep(&'static str),
    /// The value could not be written: its `Serialize` or its `Display` returned an error.
    Unwritable(&'static str),
    /// The event's table of transitions does not have this step.
    IllegalTransition {
        /// The state before, as it would be written; `null` for none.
        from: &'static str,
        /// The state after.
        to: &'static str,
    },
    /// A value or a mask panicked while the event was encoded.
    Panicked,
    /// The event was emitted too deep within other emissions: a value or a sink emits events, which
    /// make it emit again.
    Nested,
}

impl Refusal {
    /// The field's key; empty if the field is not known.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Excluded(field) | Self::TooDeep(field) | Self::Unwritable(field) => field,
            Self::IllegalTransition { .. } => "after",
            Self::Panicked | Self::Nested => "",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Excluded(field) => {
                write!(f, "its field `{field}` has a value that its declaration excludes")
            }
            Self::TooDeep(field) => {
                write!(
                    f,
                    "the value of its field `{field}` is nested deeper than {MAX_DEPTH} levels"
                )
            }
            Self::Unwritable(field) => write!(
                f,
                "`Serialize` or `Display` of the value of its field `{field}` returned an error; \
                 give the field a type that can always be written as JSON (keys of maps must be \
                 text, integers or truth values)"
            ),
            Self::IllegalTransition { from, to } => {
                write!(f, "its table of transitions has no step `{from} -> {to}`")
            }
            Self::Panicked => {
                f.write_str("one of its values, or a mask, panicked while it was encoded")
            }
            Self::Nested => {
                write!(
                    f,
                    "it was emitted within other emissions, more than {MAX_NESTING} levels deep"
                )
            }
        }
    }
}

/// The name in `,"name":`.
pub(crate) fn name_in(key: &'static str) -> &'static str {
    key.strip_prefix(",\"").and_then(|key| key.strip_suffix("\":")).unwrap_or(key)
}
