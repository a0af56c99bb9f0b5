//! Why a record is not decoded.

use super::Header;
use crate::value::read::{ReadError, ReadErrorKind};
use event_grammar::harmless;
use std::borrow::Cow;
use std::fmt;

/// How many characters of an event's name are shown, as a record has it.
const MOST_OF_NAME: usize = 128;

fn shown(name: &str) -> Cow<'_, str> {
    let shown = harmless(name, MOST_OF_NAME);
    if name.chars().nth(MOST_OF_NAME).is_some() { Cow::Owned(format!("{shown}…")) } else { shown }
}

/// Why a line or an envelope is not an event of the catalog, or not the event that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// It is not a JSON object with the keys that every line has.
    Line(ReadError),
    /// It has an envelope's `event_type`, and not the other keys that every envelope has.
    Envelope(ReadError),
    /// No event of the catalog has this name in this version.
    UnknownEvent(Header),
    /// [`Event::decode`](crate::Event::decode): it is another event, or a version of this one that
    /// the type does not read.
    OtherEvent {
        /// Which event it is.
        header: Header,
        /// The name of the event that was asked for.
        expected: &'static str,
        /// The versions that the type reads.
        versions: Vec<u32>,
    },
    /// The event's fields are not as declared. In an envelope they are found at `payload`.
    Event {
        /// Which event.
        header: Header,
        /// What is wrong.
        error: ReadError,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The keys that tell an envelope from a line are not found where the text is not read
            // to its end.
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
