//! Why a `traceparent` or a `tracestate` was not taken: which header, where, and the rule that it
//! breaks. Never its value, which may be sensitive or made to harm whoever reads the log.

use std::fmt;

/// A `traceparent` or a `tracestate` that was not taken, or not as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidTrace {
    header: &'static str,
    member: Option<usize>,
    rule: TraceRule,
}

/// The rule of W3C Trace Context that a header breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TraceRule {
    /// The version of a `traceparent` is two lowercase hex digits, and not `ff`.
    Version,
    /// A `traceparent` is 55 characters long; from version 01 on, more may follow behind a `-`.
    Length,
    /// The parts of a `traceparent` are separated by `-`.
    Separator,
    /// A trace id is 32 lowercase hex digits, not all of them zero.
    TraceId,
    /// A span id is 16 lowercase hex digits, not all of them zero.
    SpanId,
    /// Flags are two lowercase hex digits.
    Flags,
    /// A `tracestate` has no more members than this.
    TooManyMembers {
        /// The most that are taken.
        most: usize,
    },
    /// A `tracestate`, or a member of one, is no longer than this.
    TooLong {
        /// The most, in bytes.
        most: usize,
    },
    /// A member of a `tracestate` is a key, `=` and a value.
    Member,
    /// The key of a member is 1 to 256 characters of `a-z 0-9 _ - * / @`, the first a letter or a
    /// digit.
    Key,
    /// The value of a member is 1 to 256 printable ASCII characters without `,` and `=`, the last
    /// of them no space.
    Value,
    /// A key is in a `tracestate` once.
    Duplicate,
}

/// What could be taken from a header, and what could not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted<T, E = InvalidTrace> {
    /// What was taken.
    pub value: T,
    /// What was left out, and why.
    pub discarded: Vec<E>,
}

impl InvalidTrace {
    pub(super) const fn new(header: &'static str, rule: TraceRule) -> Self {
        Self { header, member: None, rule }
    }

    pub(super) const fn in_member(header: &'static str, member: usize, rule: TraceRule) -> Self {
        Self { header, member: Some(member), rule }
    }

    /// The header's name, in lower case.
    pub const fn header(&self) -> &'static str {
        self.header
    }

    /// Which member of the header's list, from 1, where it is about one.
    pub const fn member(&self) -> Option<usize> {
        self.member
    }

    /// The rule that is broken.
    pub const fn rule(&self) -> TraceRule {
        self.rule
    }
}

impl fmt::Display for InvalidTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "header `{}`", self.header)?;
        if let Some(member) = self.member {
            write!(f, ", member {member}")?;
        }
        write!(f, ": {}", self.rule)
    }
}

impl fmt::Display for TraceRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "the version is not two lowercase hex digits below `ff`",
            Self::Length => "it is not 55 characters long",
            Self::Separator => "its parts are not separated by `-`",
            Self::TraceId => "the trace id is not 32 lowercase hex digits, or is zero",
            Self::SpanId => "the span id is not 16 lowercase hex digits, or is zero",
            Self::Flags => "the flags are not two lowercase hex digits",
            Self::Member => "it is not a key, `=` and a value",
            Self::Key => {
                "the key holds a character that keys may not hold, or is empty or too long"
            }
            Self::Value => {
                "the value holds a character that values may not hold, or is empty or too long"
            }
            Self::Duplicate => "the key is in the list more than once",
            Self::TooManyMembers { most } => return write!(f, "it has more than {most} members"),
            Self::TooLong { most } => return write!(f, "it is longer than {most} bytes"),
        })
    }
}

impl std::error::Error for InvalidTrace {}

#[cfg(test)]
mod tests {
    use super::{InvalidTrace, TraceRule};

    /// What is `Copy` and `'static` owns no text and borrows none from input.
    const fn holds_no_input<T: Copy + 'static>() {}

    #[test]
    fn an_error_names_header_member_and_rule() {
        const { holds_no_input::<InvalidTrace>() };
        let error = InvalidTrace::in_member("tracestate", 3, TraceRule::TooLong { most: 512 });
        assert_eq!(error.to_string(), "header `tracestate`, member 3: it is longer than 512 bytes");
        let error = InvalidTrace::new("traceparent", TraceRule::Version);
        assert_eq!(
            error.to_string(),
            "header `traceparent`: the version is not two lowercase hex digits below `ff`"
        );
        assert_eq!((error.header(), error.member()), ("traceparent", None));
    }
}
