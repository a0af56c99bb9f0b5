//! What is wrong with a header: its name, the member, and the broken rule. Never its value, which
//! may be sensitive, or made to attack a reader of the log.

#[cfg(feature = "wevt")]
use crate::wevt::WevtRule;
use event_core::context::trace::{Extracted, InvalidTrace, TraceRule};
use std::fmt;

/// A header, or a member of a header, that was left out.
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
    /// A `traceparent`, a `tracestate`, a trace id or a span id must follow W3C Trace Context.
    Trace(TraceRule),
    /// The header must occur only once.
    Repeated,
    /// The header has no meaning without another header.
    Alone {
        /// The header that is missing or invalid.
        needs: &'static str,
    },
    /// The list has too many members.
    TooManyMembers {
        /// The maximum number of members.
        most: usize,
    },
    /// The header, or the accepted part of it, is too long.
    TooLong {
        /// The maximum length, in bytes.
        most: usize,
    },
    /// A member of a list must be a key, `=` and a value.
    Member,
    /// The key must follow the grammar of its header.
    Key,
    /// The value must follow the grammar of its header.
    Value,
    /// A property must follow the grammar of its header.
    Property,
    /// A key must occur only once in the list.
    Duplicate,
    /// Baggage that begins with `{` must be a JSON object.
    Object,
    /// A header of wevt must follow wevt's rules.
    #[cfg(feature = "wevt")]
    Wevt(WevtRule),
}

impl InvalidHeader {
    pub(crate) const fn new(header: &'static str, rule: HeaderRule) -> Self {
        Self { header, member: None, rule }
    }

    pub(crate) const fn in_member(header: &'static str, member: usize, rule: HeaderRule) -> Self {
        Self { header, member: Some(member), rule }
    }

    /// The header's name, in lower case.
    pub const fn header(&self) -> &'static str {
        self.header
    }

    /// The position of the member in the header's list, from 1; `None` if the error is about the
    /// whole header.
    pub const fn member(&self) -> Option<usize> {
        self.member
    }

    /// The broken rule.
    pub const fn rule(&self) -> HeaderRule {
        self.rule
    }
}

impl From<InvalidTrace> for InvalidHeader {
    fn from(invalid: InvalidTrace) -> Self {
        Self {
            header: invalid.header(),
            member: invalid.member(),
            rule: HeaderRule::Trace(invalid.rule()),
        }
    }
}

/// Returns the accepted value, and adds the reasons of the rest to `discarded`.
pub(crate) fn keep<T, E: Into<InvalidHeader>>(
    extracted: Extracted<T, E>,
    discarded: &mut Vec<InvalidHeader>,
) -> T {
    discarded.extend(extracted.discarded.into_iter().map(Into::into));
    extracted.value
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
            Self::Repeated => "the header occurs more than once",
            Self::Member => "it is not a key, `=` and a value",
            Self::Key => "the key is empty or holds a character that keys may not hold",
            Self::Value => "the value holds a character that values may not hold",
            Self::Property => "a property holds a character that properties may not hold",
            Self::Duplicate => "the key occurs more than once in the list",
            Self::Object => "it begins with `{` and is not a JSON object",
            Self::Trace(rule) => return rule.fmt(f),
            Self::Alone { needs } => {
                return write!(f, "it means nothing without a valid `{needs}`");
            }
            Self::TooManyMembers { most } => return write!(f, "it has more than {most} members"),
            Self::TooLong { most } => return write!(f, "it is longer than {most} bytes"),
            #[cfg(feature = "wevt")]
            Self::Wevt(rule) => return rule.fmt(f),
        })
    }
}

impl std::error::Error for InvalidHeader {}

#[cfg(test)]
mod tests {
    use super::{HeaderRule, InvalidHeader};

    /// A type that is `Copy` and `'static` cannot contain text of the input.
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
