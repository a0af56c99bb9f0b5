//! Errors of decoding.

use super::Header;
use crate::value::read::{ReadError, ReadErrorKind};
use event_grammar::harmless;
use std::borrow::Cow;
use std::fmt;

/// The maximum number of characters of an event's name in a message.
const MOST_OF_NAME: usize = 128;

fn shown(name: &str) -> Cow<'_, str> {
    let shown = harmless(name, MOST_OF_NAME);
    if name.chars().nth(MOST_OF_NAME).is_some() { Cow::Owned(format!("{shown}…")) } else { shown }
}

/// The reason why a record is not an event of the catalog, or not the requested event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The text is not a JSON object with the keys of a line.
    Line(ReadError),
    /// The text has an envelope's `event_type`, but lacks another key of an envelope.
    Envelope(ReadError),
    /// No event of the catalog has this name in this version.
    UnknownEvent(Header),
    /// [`Event::decode`](crate::Event::decode) only: the record is another event, or a version of
    /// this event that the type does not read.
    OtherEvent {
        /// The event of the record.
        header: Header,
        /// The name of the requested event.
        expected: &'static str,
        /// The versions that the type reads.
        versions: Vec<u32>,
    },
    /// The event's fields do not match its declaration. In an envelope, the path begins with
    /// `payload`.
    Event {
        /// The event of the record.
        header: Header,
        /// The error.
        error: ReadError,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // If the text is nested too deep, it was not read to its end, so the keys that tell an
            // envelope from a line are unknown.
            Self::Line(error) if *error.kind() == ReadErrorKind::TextTooDeep => {
                write!(f, "not an event line or an event envelope: {error}")
            }
            Self::Line(error) => write!(f, "not an event line: {error}"),
            Self::Envelope(error) => write!(f, "not an event envelope: {error}"),
            Self::UnknownEvent(header) => {
                write!(
                    f,
                    "no event `{}` of version {} is declared",
                    shown(&header.event),
                    header.version
                )
            }
            Self::OtherEvent { header, expected, versions } => {
                write!(f, "the record is event `{}` v{}", shown(&header.event), header.version)?;
                write!(f, ", expected `{expected}`")?;
                for (at, version) in versions.iter().enumerate() {
                    write!(f, "{} v{version}", if at == 0 { "" } else { " or" })?;
                }
                Ok(())
            }
            Self::Event { header, error } => {
                write!(f, "event `{}` v{}: {error}", header.event, header.version)
            }
        }
    }
}

impl std::error::Error for DecodeError {}
