//! The header of a record, and the place of the event's fields in it.

use super::{DecodeError, Event};
use crate::value::read::{Object, ReadError, ReadErrorKind};
use event_grammar::record::{Key, Within};
use std::borrow::Cow;

/// The event's name and version in a line or an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name, as written: either spelling, or an alias.
    pub event: String,
    /// The version. 1 if the record has none.
    pub version: u32,
}

/// Decodes a flat line, or an envelope, of one event.
pub(super) fn decode_one<E: Event>(text: &str) -> Result<E, DecodeError> {
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

/// Adds `payload` to the path of an error in an envelope.
pub(crate) fn in_payload(error: ReadError, is_envelope: bool) -> ReadError {
    if is_envelope { error.in_field(PAYLOAD) } else { error }
}

/// The parts of a record.
pub(crate) struct Found<'de> {
    /// The event's name, as written.
    pub(crate) name: Cow<'de, str>,
    /// The version. 1 if the record has none.
    pub(crate) version: u32,
    /// The event's own fields. In a line, the other members are among them.
    pub(crate) fields: Object<'de>,
    /// The members of an envelope besides the payload. `None` for a line.
    pub(crate) around: Option<Object<'de>>,
}

const LINE_EVENT: &str = Key::Event.name(Within::Line);
const LINE_VERSION: &str = Key::Version.name(Within::Line);
const ENVELOPE_EVENT: &str = Key::Event.name(Within::Envelope);
const ENVELOPE_VERSION: &str = Key::Version.name(Within::Envelope);
pub(crate) const PAYLOAD: &str = Key::Payload.name(Within::Envelope);
pub(crate) const CONTEXT: &str = Key::Context.name(Within::Envelope);

impl<'de> Found<'de> {
    pub(crate) fn new(text: &'de str) -> Result<Self, DecodeError> {
        let object = Object::parse(text).map_err(DecodeError::Line)?;
        if !object.has(LINE_EVENT) && object.has(ENVELOPE_EVENT) {
            Self::in_envelope(object).map_err(DecodeError::Envelope)
        } else {
            Self::in_line(object).map_err(DecodeError::Line)
        }
    }

    fn in_line(mut object: Object<'de>) -> Result<Self, ReadError> {
        let (name, version) = header(LINE_EVENT, LINE_VERSION, &mut object)?;
        Ok(Self { name, version, fields: object.into_line(), around: None })
    }

    fn in_envelope(mut object: Object<'de>) -> Result<Self, ReadError> {
        let (name, version) = header(ENVELOPE_EVENT, ENVELOPE_VERSION, &mut object)?;
        let payload = object.take(PAYLOAD, &[])?.ok_or(ReadError::new(ReadErrorKind::Missing));
        let fields = payload
            .and_then(|payload| payload.object())
            .map_err(|error| error.in_field(PAYLOAD))?;
        Ok(Self { name, version, fields: fields.into_event(), around: Some(object) })
    }
}

/// The name, and the version. The version is 1 if the record has none.
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
