//! The reason why a `traceparent` or a `tracestate` is invalid: the header, the member and the
//! broken rule. The header's value is never stored, because it may be sensitive, or an attack on
//! the readers of the log.

use std::fmt;

/// A `traceparent` or a `tracestate` that is invalid as a whole or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidTrace {
    header: &'static str,
    member: Option<usize>,
    rule: TraceRule,
}

/// A rule of W3C Trace Context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TraceRule {
    /// The version of a `traceparent` is two lowercase hex digits, and not `ff`.
    Version,
    /// A `traceparent` has 55 characters. From version 01 on, more may follow after a `-`.
    Length,
    /// The parts of a `traceparent` are separated by `-`.
    Separator,
    /// A trace id is 32 lowercase hex digits, not all of them zero.
    TraceId,
    /// A span id is 16 lowercase hex digits, not all of them zero.
    SpanId,
    /// Flags are two lowercase hex digits.
    Flags,
    /// A `tracestate` has a maximum number of members.
    TooManyMembers {
        /// The maximum number of members.
        most: usize,
    },
    /// A `tracestate` and each of its members have a maximum length.
    TooLong {
        /// The maximum length, in bytes.
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
    /// A key occurs once in a `tracestate`.
    Duplicate,
}

/// The valid and the invalid parts of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted<T, E = InvalidTrace> {
    /// The valid parts.
    pub value: T,
    /// The parts that were left out, each with the reason.
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

    /// The position of the invalid member in the header's list, from 1. `None` for an error about
    /// the whole header.
    pub const fn member(&self) -> Option<usize> {
        self.member
    }

    /// The broken rule.
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

    /// A type that is `Copy` and `'static` owns no text and borrows none from the input.
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
