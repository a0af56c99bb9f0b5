//! What is wrong with a header of wevt.

use event_core::context::trace::InvalidId;
use std::fmt;

/// The rule of wevt that a header breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WevtRule {
    /// An id must be valid for [`ExternalId`](event_core::context::trace::ExternalId).
    Id(InvalidId),
    /// An originator must be an id that begins with `orig_`, or a JSON object in base64url without
    /// padding.
    Originator,
    /// An originator must have version 1.
    Version,
    /// An originator must have a time, in milliseconds since 1970, within the years 1 to 9999.
    Time,
    /// The details of an originator must fit its kind.
    Details,
}

impl fmt::Display for WevtRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id(error) => return write!(f, "the id is invalid: {error}"),
            Self::Originator => {
                "it is neither an id that begins with `orig_` nor JSON in base64url without padding"
            }
            Self::Version => "the version of the originator is not 1",
            Self::Time => "the originator has no time in milliseconds",
            Self::Details => "the originator's details do not fit its kind, and were left out",
        })
    }
}
