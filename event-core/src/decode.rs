//! From a line to the newest version of the event that it holds.

use crate::catalog::Catalog;
use crate::meta::EventMeta;
use crate::read::{Input, Object, ReadError, ReadErrorKind};
use crate::value::Str;
use std::fmt;

/// What to do about keys that the event does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// Leave them: what a reader does that must outlive its writers' next version.
    #[default]
    Ignore,
    /// Refuse the line.
    Refuse,
}

/// What a flat line says about the event before its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name, as written: either rendering, or an alias.
    pub event: String,
    /// The version; 1 where it is missing.
    pub version: u32,
}

/// Why a line is not an event of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// It is not a JSON object with the keys that every line has.
    Line(ReadError),
    /// No event of the catalog has this name in this version.
    UnknownEvent(Header),
    /// The event's fields are not as declared.
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
            Self::Line(error) => write!(f, "not an event line: {error}"),
            Self::UnknownEvent(header) => {
                write!(f, "no event `{}` of version {} is declared", header.event.escape_debug(), header.version)
            }
            Self::Event { header, error } => write!(f, "event `{}` v{}: {error}", header.event, header.version),
        }
    }
}

impl std::error::Error for DecodeError {}

/// The keys of a line beside the event's own fields and its context.
const HEADER: [&str; 3] = ["level", "timestamp", "sample_rate"];

/// Whether the version of an event that `meta` describes is the one of this name and version; `events` are those of its part.
pub fn is_asked_for(meta: &EventMeta, events: &[&EventMeta], name: &str, version: u32) -> bool {
    // An alias is the event's, whichever of its versions declares it.
    let answers = || events.iter().any(|other| other.name == meta.name && other.answers_to(name));
    meta.version == version && (meta.answers_to(name) || answers())
}

/// Reads an event of one part of a catalog into the catalog's enum, of which `wrap` is the part's variant.
pub fn read_variant<P, C>(
    read: fn(&str, u32, &mut Object<'_>) -> Option<Result<P, ReadError>>,
    wrap: fn(P) -> C,
    name: &str,
    version: u32,
    object: &mut Object<'_>,
) -> Option<Result<C, ReadError>> {
    read(name, version, object).map(|event| event.map(wrap))
}

/// Decodes a flat line with `read`, which a catalog's enum brings.
///
/// # Errors
///
/// See [`DecodeError`].
pub fn decode<T>(
    line: &str,
    unknown: Unknown,
    catalog: &Catalog,
    read: fn(&str, u32, &mut Object<'_>) -> Option<Result<T, ReadError>>,
) -> Result<T, DecodeError> {
    let (header, mut object) = header(line).map_err(DecodeError::Line)?;
    let event = match read(&header.event, header.version, &mut object) {
        None => return Err(DecodeError::UnknownEvent(header)),
        Some(Err(error)) => return Err(DecodeError::Event { header, error }),
        Some(Ok(event)) => event,
    };
    if unknown == Unknown::Refuse {
        let context = catalog.find_version(&header.event, header.version).map(EventMeta::context_fields);
        let is_context = |key: &str| context.iter().flatten().any(|field| field.name == key);
        let stranger = object.rest().find(|key| !HEADER.contains(key) && !is_context(key)).map(str::to_owned);
        if let Some(key) = stranger {
            let error = ReadError::new(ReadErrorKind::Unknown).in_field(&key);
            return Err(DecodeError::Event { header, error });
        }
    }
    Ok(event)
}

fn header(line: &str) -> Result<(Header, Object<'_>), ReadError> {
    let mut object = Input::parse(line)?.object()?;
    let event = object.read::<Str<'_>>("event")?.into_string();
    let version = object.read::<Option<u32>>("version")?.unwrap_or(1);
    Ok((Header { event, version }, object))
}
