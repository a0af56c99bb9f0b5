//! What is wrong with a header of wevt.

use event_core::context::trace::InvalidId;
use std::fmt;

/// The rule of wevt that a header breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WevtRule {
    /// An id is of the form that [`ExternalId`](event_core::context::trace::ExternalId) takes.
    Id(InvalidId),
    /// An originator is an id that begins with `orig_`, or a JSON object in base64url without
    /// padding.
    Originator,
    /// An originator is of version 1.
    Version,
    /// An originator has a time, in milliseconds since 1970, within the years 1 and 9999.
    Time,
    /// The details of an originator are those of its kind.
    Details,
}

impl fmt::Display for WevtRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id(error) => return write!(f, "the id is not taken: {error}"),
            Self::Originator => {
                "it is neither an id that begins with `orig_` nor JSON in base64url without padding"
            }
            Self::Version => "the originator is not of version 1",
            Self::Time => "the originator has no time in milliseconds",
            Self::Details => {
                "the originator's details are not those of its kind, and were left out"
            }
        })
    }
}
