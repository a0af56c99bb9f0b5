//! What is wrong with a header: which one, where, and the rule that it breaks. Never its value,
//! which may be sensitive or made to harm whoever reads the log.

use super::external_id::InvalidId;
use std::fmt;

/// A header, or a member of one, that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidHeader {
    header: &'static str,
    member: Option<usize>,
    rule: HeaderRule,
}

/// The rule that a header breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderRule {
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
    /// The header stands there once.
    Repeated,
    /// The header means nothing without another.
    Alone {
        /// The header that is missing, or was not taken.
        needs: &'static str,
    },
    /// The list has no more members than this.
    TooManyMembers {
        /// The most that are taken.
        most: usize,
    },
    /// The header, or what is kept of it, is no longer than this.
    TooLong {
        /// The most, in bytes.
        most: usize,
    },
    /// A member of a list is a key, `=` and a value.
    Member,
    /// The key follows the grammar of its header.
    Key,
    /// The value follows the grammar of its header.
    Value,
    /// A property follows the grammar of its header.
    Property,
    /// A key stands in the list once.
    Duplicate,
    /// Baggage that begins with `{` is a JSON object.
    Object,
    /// An originator is an id that begins with `orig_`, or a JSON object in base64url without
    /// padding.
    Originator,
    /// An originator is of version 1.
    OriginatorVersion,
    /// An originator has a time, in milliseconds since 1970, within the years 1 and 9999.
    OriginatorTime,
    /// The details of an originator are those of its kind.
    OriginatorDetails,
    /// An id from outside is of the form that [`ExternalId`](super::ExternalId) takes.
    Id(InvalidId),
}

/// What could be taken from a header, and what could not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted<T> {
    /// What was taken.
    pub value: T,
    /// What was left out, and why.
    pub discarded: Vec<InvalidHeader>,
}

impl InvalidHeader {
    pub(super) const fn new(header: &'static str, rule: HeaderRule) -> Self {
        Self { header, member: None, rule }
    }

    pub(super) const fn in_member(header: &'static str, member: usize, rule: HeaderRule) -> Self {
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
    pub const fn rule(&self) -> HeaderRule {
        self.rule
    }
}

impl<T> Extracted<T> {
    /// What was taken; adds what was left out to `discarded`.
    pub(super) fn keep(self, discarded: &mut Vec<InvalidHeader>) -> T {
        discarded.extend(self.discarded);
        self.value
    }
}

impl fmt::Display for InvalidHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "header `{}`", self.header)?;
        if let Some(member) = self.member {
            write!(f, ", member {member}")?;
        }
        write!(f, ": {}", self.rule)
    }
}

impl fmt::Display for HeaderRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "the version is not two lowercase hex digits below `ff`",
            Self::Length => "it is not 55 characters long",
            Self::Separator => "its parts are not separated by `-`",
            Self::TraceId => "the trace id is not 32 lowercase hex digits, or is zero",
            Self::SpanId => "the span id is not 16 lowercase hex digits, or is zero",
            Self::Flags => "the flags are not two lowercase hex digits",
            Self::Repeated => "it stands there more than once",
            Self::Member => "it is not a key, `=` and a value",
            Self::Key => {
                "the key holds a character that keys may not hold, or is empty or too long"
            }
            Self::Value => {
                "the value holds a character that values may not hold, or is empty or too long"
            }
            Self::Property => "a property holds a character that properties may not hold",
            Self::Duplicate => "the key stands there more than once",
            Self::Object => "it begins with `{` and is not a JSON object",
            Self::Originator => {
                "it is neither an id that begins with `orig_` nor JSON in base64url without padding"
            }
            Self::OriginatorVersion => "the originator is not of version 1",
            Self::OriginatorTime => "the originator has no time in milliseconds",
            Self::OriginatorDetails => {
                "the originator's details are not those of its kind, and were left out"
            }
            Self::Alone { needs } => {
                return write!(f, "it means nothing without a valid `{needs}`");
            }
            Self::TooManyMembers { most } => return write!(f, "it has more than {most} members"),
            Self::TooLong { most } => return write!(f, "it is longer than {most} bytes"),
            Self::Id(error) => return write!(f, "the id is not taken: {error}"),
        })
    }
}

impl std::error::Error for InvalidHeader {}

#[cfg(test)]
mod tests {
    use super::{HeaderRule, InvalidHeader};

    /// What is `Copy` and `'static` owns no text and borrows none from input.
    const fn holds_no_input<T: Copy + 'static>() {}

    #[test]
    fn an_error_names_header_member_and_rule() {
        const { holds_no_input::<InvalidHeader>() };
        let error = InvalidHeader::in_member("baggage", 3, HeaderRule::TooLong { most: 8192 });
        assert_eq!(error.to_string(), "header `baggage`, member 3: it is longer than 8192 bytes");
        let error = InvalidHeader::new("tracestate", HeaderRule::Alone { needs: "traceparent" });
        assert_eq!(
            error.to_string(),
            "header `tracestate`: it means nothing without a valid `traceparent`"
        );
        assert_eq!((error.header(), error.member()), ("tracestate", None));
    }
}
