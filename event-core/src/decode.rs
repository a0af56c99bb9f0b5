//! From a line or an envelope to the newest version of the event that it holds.

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
    /// Refuse the record.
    Refuse,
}

/// What a line or an envelope says about the event before its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name, as written: either rendering, or an alias.
    pub event: String,
    /// The version; 1 where it is missing.
    pub version: u32,
}

/// Why a line or an envelope is not an event of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// It is not a JSON object with the keys that every line has.
    Line(ReadError),
    /// It has an envelope's `event_type`, and not the other keys that every envelope has.
    Envelope(ReadError),
    /// No event of the catalog has this name in this version.
    UnknownEvent(Header),
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
            Self::Line(error) => write!(f, "not an event line: {error}"),
            Self::Envelope(error) => write!(f, "not an event envelope: {error}"),
            Self::UnknownEvent(header) => {
                write!(f, "no event `{}` of version {} is declared", header.event.escape_debug(), header.version)
            }
            Self::Event { header, error } => write!(f, "event `{}` v{}: {error}", header.event, header.version),
        }
    }
}

impl std::error::Error for DecodeError {}

/// The keys of a line beside those that tell its event, its context, and the event's own fields.
const LINE: &[&str] =
    &["level", "timestamp", "event_id", "sequence", "incomplete", "sample_rate", "sample_reason", "actor"];
/// The keys of an envelope beside those that tell its event, its context, and its payload.
const ENVELOPE: &[&str] = &[
    "event_id",
    "occurred_at",
    "recorded_at",
    "level",
    "sequence",
    "incomplete",
    "sample_rate",
    "sample_reason",
    "actor",
    "entity",
];
/// The keys of the context that an event carries without declaring it.
const AMBIENT: &[&str] = &[
    "trace_id",
    "span_id",
    "correlation_id",
    "causation_id",
    "service",
    "service_version",
    "environment",
    "service_host",
    "service_pid",
];

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

/// Decodes a flat line, or an envelope, with `read`, which a catalog's enum brings. What has a key `event` is a line; else, what has a key `event_type` is an
/// envelope.
///
/// # Errors
///
/// See [`DecodeError`].
pub fn decode<T>(
    text: &str,
    unknown: Unknown,
    catalog: &Catalog,
    read: fn(&str, u32, &mut Object<'_>) -> Option<Result<T, ReadError>>,
) -> Result<T, DecodeError> {
    let object = Input::parse(text).and_then(|input| input.object()).map_err(DecodeError::Line)?;
    let has = |key| object.rest().any(|known| known == key);
    let found = if has("event_type") && !has("event") {
        Found::in_envelope(object).map_err(DecodeError::Envelope)
    } else {
        Found::in_line(object).map_err(DecodeError::Line)
    };
    let Found { header, mut fields, around } = found?;
    let event = match read(&header.event, header.version, &mut fields) {
        None => return Err(DecodeError::UnknownEvent(header)),
        Some(Err(error)) => {
            let error = if around.is_some() { error.in_field(PAYLOAD) } else { error };
            return Err(DecodeError::Event { header, error });
        }
        Some(Ok(event)) => event,
    };
    if unknown == Unknown::Refuse
        && let Err(error) = refuse(&fields, around, catalog.find_version(&header.event, header.version))
    {
        return Err(DecodeError::Event { header, error });
    }
    Ok(event)
}

/// Where a record says what.
struct Found<'de> {
    header: Header,
    /// The event's own fields; in a line, what else there is stands among them.
    fields: Object<'de>,
    /// What an envelope has around them.
    around: Option<Object<'de>>,
}

const PAYLOAD: &str = "payload";
const CONTEXT: &str = "context";

impl<'de> Found<'de> {
    fn in_line(mut object: Object<'de>) -> Result<Self, ReadError> {
        Ok(Self { header: Header::read("event", "version", &mut object)?, fields: object, around: None })
    }

    fn in_envelope(mut object: Object<'de>) -> Result<Self, ReadError> {
        let header = Header::read("event_type", "event_version", &mut object)?;
        let payload = object.take(PAYLOAD, &[])?.ok_or(ReadError::new(ReadErrorKind::Missing));
        let fields = payload.and_then(|payload| payload.object()).map_err(|error| error.in_field(PAYLOAD))?;
        Ok(Self { header, fields, around: Some(object) })
    }
}

impl Header {
    fn read(event: &str, version: &str, object: &mut Object<'_>) -> Result<Self, ReadError> {
        let event = object.read::<Str<'_>>(event)?.into_string();
        let version = object.read::<Option<u32>>(version)?.unwrap_or(1);
        Ok(Self { event, version })
    }
}

/// Refuses what is left and is not declared, once the fields have been read.
fn refuse(fields: &Object<'_>, around: Option<Object<'_>>, event: Option<&'static EventMeta>) -> Result<(), ReadError> {
    let bound = event.map(EventMeta::context_fields).unwrap_or_default();
    let added = event.map(EventMeta::wide_fields).unwrap_or_default();
    let is_added = |key: &str| added.iter().any(|field| field.name == key || field.aliases.contains(&key));
    let is_bound = |key: &str| AMBIENT.contains(&key) || bound.iter().any(|field| field.name == key);
    let Some(mut around) = around else {
        return refuse_others(fields, |key| LINE.contains(&key) || is_added(key) || is_bound(key));
    };
    refuse_others(fields, is_added).map_err(|error| error.in_field(PAYLOAD))?;
    if let Some(context) = around.take(CONTEXT, &[])? {
        let context = context.object().and_then(|context| refuse_others(&context, is_bound));
        context.map_err(|error| error.in_field(CONTEXT))?;
    }
    refuse_others(&around, |key| ENVELOPE.contains(&key))
}

fn refuse_others(object: &Object<'_>, is_known: impl Fn(&str) -> bool) -> Result<(), ReadError> {
    match object.rest().find(|key| !is_known(key)) {
        Some(key) => Err(ReadError::new(ReadErrorKind::Unknown).in_field(key)),
        None => Ok(()),
    }
}
