//! From a line or an envelope to the newest version of the event that it holds.

mod error;
mod index;

pub use error::DecodeError;
pub use index::Index;

use crate::event::Event;
use crate::meta::EventMeta;
use crate::read::{Object, ReadError, ReadErrorKind};
use std::borrow::Cow;

/// What to do about keys that the event does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// Leave them: what a reader does that must outlive its writers' next version.
    #[default]
    Ignore,
    /// Refuse the record. Keys within the values of fields are not looked at: an unknown key in a
    /// nested object or in a value of an untagged enum is ignored.
    Refuse,
}

/// What a line or an envelope says about the event before its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name, as written: either spelling, or an alias.
    pub event: String,
    /// The version; 1 where it is missing.
    pub version: u32,
}

/// The keys of a line beside those that tell its event, its context, and the event's own fields.
const LINE: &[&str] = &[
    "level",
    "timestamp",
    "event_id",
    "sequence",
    "incomplete",
    "sample_rate",
    "sample_reason",
    "actor",
];
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
    "parent_span_id",
    "correlation_id",
    "causation_id",
    "service",
    "service_version",
    "environment",
    "service_host",
    "service_pid",
];

/// Reads an event of one block of a catalog into the catalog's enum, of which `wrap` is the block's
/// variant.
pub fn read_variant<P, C>(
    read: fn(usize, &mut Object<'_>) -> Option<Result<P, ReadError>>,
    wrap: fn(P) -> C,
    place: usize,
    object: &mut Object<'_>,
) -> Option<Result<C, ReadError>> {
    read(place, object).map(|event| event.map(wrap))
}

/// Reads an older version of an event of a block into the block's enum, of which `wrap` is the
/// event's variant.
pub fn read_older<E: Event, P>(
    version: u32,
    wrap: fn(E) -> P,
    object: &mut Object<'_>,
) -> Option<Result<P, ReadError>> {
    E::read_version(version, object).map(|event| event.map(wrap))
}

/// Decodes a flat line, or an envelope, with `read`, which a catalog's enum brings: it is given the
/// places of the block and of the event in it. What has a key `event` is a line; else, what has a
/// key `event_type` is an envelope.
///
/// # Errors
///
/// See [`DecodeError`].
pub fn decode<T>(
    text: &str,
    unknown: Unknown,
    index: &Index,
    read: fn(usize, usize, &mut Object<'_>) -> Option<Result<T, ReadError>>,
) -> Result<T, DecodeError> {
    let Found { name, version, mut fields, around } = Found::new(text)?;
    let header = || Header { event: name.clone().into_owned(), version };
    let place = index.find(&name, version).ok_or_else(|| DecodeError::UnknownEvent(header()))?;
    let event = match read(place.block, place.event, &mut fields) {
        // An event that is in the catalog's lists and not in its enum: one that was reported, and
        // did not build.
        None => return Err(DecodeError::UnknownEvent(header())),
        Some(event) => event.map_err(|error| in_payload(error, around.is_some())),
    };
    let event = event.and_then(|event| match unknown {
        Unknown::Ignore => Ok(event),
        Unknown::Refuse => refuse(&fields, around, place.meta).map(|()| event),
    });
    event.map_err(|error| DecodeError::Event { header: header(), error })
}

/// Decodes a flat line, or an envelope, of one event.
pub(crate) fn decode_one<E: Event>(text: &str) -> Result<E, DecodeError> {
    let Found { name, version, mut fields, around } = Found::new(text)?;
    let header = || Header { event: name.clone().into_owned(), version };
    let is_it = E::READS.iter().any(|meta| meta.answers_to(&name));
    match is_it.then(|| E::read_version(version, &mut fields)).flatten() {
        Some(Ok(event)) => Ok(event),
        Some(Err(error)) => {
            Err(DecodeError::Event { header: header(), error: in_payload(error, around.is_some()) })
        }
        None => Err(DecodeError::OtherEvent {
            header: header(),
            expected: E::NAME,
            versions: E::READS.iter().map(|meta| meta.version).collect(),
        }),
    }
}

/// In an envelope, the event's fields are at `payload`.
fn in_payload(error: ReadError, is_envelope: bool) -> ReadError {
    if is_envelope { error.in_field(PAYLOAD) } else { error }
}

/// Where a record says what.
struct Found<'de> {
    /// The event's name, as written.
    name: Cow<'de, str>,
    /// The version; 1 where it is missing.
    version: u32,
    /// The event's own fields; in a line, what else there is stands among them.
    fields: Object<'de>,
    /// What an envelope has around them.
    around: Option<Object<'de>>,
}

const PAYLOAD: &str = "payload";
const CONTEXT: &str = "context";

impl<'de> Found<'de> {
    fn new(text: &'de str) -> Result<Self, DecodeError> {
        let object = Object::parse(text).map_err(DecodeError::Line)?;
        if !object.has("event") && object.has("event_type") {
            Self::in_envelope(object).map_err(DecodeError::Envelope)
        } else {
            Self::in_line(object).map_err(DecodeError::Line)
        }
    }

    fn in_line(mut object: Object<'de>) -> Result<Self, ReadError> {
        let (name, version) = header("event", "version", &mut object)?;
        Ok(Self { name, version, fields: object.into_line(), around: None })
    }

    fn in_envelope(mut object: Object<'de>) -> Result<Self, ReadError> {
        let (name, version) = header("event_type", "event_version", &mut object)?;
        let payload = object.take(PAYLOAD, &[])?.ok_or(ReadError::new(ReadErrorKind::Missing));
        let fields = payload
            .and_then(|payload| payload.object())
            .map_err(|error| error.in_field(PAYLOAD))?;
        Ok(Self { name, version, fields: fields.into_event(), around: Some(object) })
    }
}

/// The name, and the version: 1 where it is missing.
fn header<'de>(
    event: &str,
    version: &str,
    object: &mut Object<'de>,
) -> Result<(Cow<'de, str>, u32), ReadError> {
    let missing = || ReadError::new(ReadErrorKind::Missing);
    let name = object.take(event, &[])?.ok_or_else(missing).and_then(|name| name.text());
    let number = object
        .take(version, &[])?
        .filter(|version| !version.is_null())
        .map_or(Ok(1), |number| number.version());
    Ok((
        name.map_err(|error| error.in_field(event))?,
        number.map_err(|error| error.in_field(version))?,
    ))
}

/// Refuses what is left and is not declared, once the fields have been read.
fn refuse(
    fields: &Object<'_>,
    around: Option<Object<'_>>,
    event: &'static EventMeta,
) -> Result<(), ReadError> {
    let (bound, added) = (event.context_fields(), event.wide_fields());
    let is_added =
        |key: &str| added.iter().any(|field| field.name == key || field.aliases.contains(&key));
    let is_bound =
        |key: &str| AMBIENT.contains(&key) || bound.iter().any(|field| field.name == key);
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
