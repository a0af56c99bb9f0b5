//! From a line or an envelope to the newest version of the event that it holds.

mod index;

#[doc(hidden)]
pub use index::Index;

pub use crate::event::{DecodeError, Header, UpcastFrom, VersionBefore};

use crate::event::{CONTEXT, Event, Found, PAYLOAD, in_payload};
use crate::model::meta::EventMeta;
use crate::value::read::{Object, ReadError, ReadErrorKind};
use event_grammar::record::{Within, has as is_of};

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

/// Reads an event of one block of a catalog into the catalog's enum, of which `wrap` is the block's
/// variant.
#[doc(hidden)]
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
#[doc(hidden)]
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
#[doc(hidden)]
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

/// Refuses what is left and is not declared, once the fields have been read.
fn refuse(
    fields: &Object<'_>,
    around: Option<Object<'_>>,
    event: &'static EventMeta,
) -> Result<(), ReadError> {
    let (bound, added) = (event.context_fields(), event.wide_fields());
    let is_added =
        |key: &str| added.iter().any(|field| field.name == key || field.aliases.contains(&key));
    let is_bound = |key: &str| bound.iter().any(|field| field.name == key);
    let Some(mut around) = around else {
        let is_known = |key: &str| is_of(Within::Line, key) || is_added(key) || is_bound(key);
        return refuse_others(fields, is_known);
    };
    refuse_others(fields, is_added).map_err(|error| error.in_field(PAYLOAD))?;
    if let Some(context) = around.take(CONTEXT, &[])? {
        let is_known = |key: &str| is_of(Within::Context, key) || is_bound(key);
        let context = context.object().and_then(|context| refuse_others(&context, is_known));
        context.map_err(|error| error.in_field(CONTEXT))?;
    }
    refuse_others(&around, |key| is_of(Within::Envelope, key))
}

fn refuse_others(object: &Object<'_>, is_known: impl Fn(&str) -> bool) -> Result<(), ReadError> {
    match object.rest().find(|key| !is_known(key)) {
        Some(key) => Err(ReadError::new(ReadErrorKind::Unknown).in_field(key)),
        None => Ok(()),
    }
}
