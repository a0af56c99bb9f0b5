//! Decodes a line or an envelope to the newest version of its event.

mod index;

#[doc(hidden)]
pub use index::Index;

pub use crate::event::{DecodeError, Header, UpcastFrom, VersionBefore};

use crate::event::{CONTEXT, Event, Found, PAYLOAD, in_payload};
use crate::model::meta::EventMeta;
use crate::value::read::{Object, ReadError, ReadErrorKind};
use event_grammar::record::{Within, has as is_of};

/// The treatment of keys that the event does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// Ignores unknown keys. A reader that must accept its writers' next version does this.
    #[default]
    Ignore,
    /// Refuses the record. Keys within the values of fields are not checked: an unknown key in a
    /// nested object or in a value of an untagged enum is ignored.
    Refuse,
}

/// Reads an event of one block into the catalog's enum. `wrap` is the block's variant of that enum.
#[doc(hidden)]
pub fn read_variant<P, C>(
    read: fn(usize, &mut Object<'_>) -> Option<Result<P, ReadError>>,
    wrap: fn(P) -> C,
    place: usize,
    object: &mut Object<'_>,
) -> Option<Result<C, ReadError>> {
    read(place, object).map(|event| event.map(wrap))
}

/// Reads an older version of an event into the block's enum. `wrap` is the event's variant of that
/// enum.
#[doc(hidden)]
pub fn read_older<E: Event, P>(
    version: u32,
    wrap: fn(E) -> P,
    object: &mut Object<'_>,
) -> Option<Result<P, ReadError>> {
    E::read_version(version, object).map(|event| event.map(wrap))
}

/// Decodes a flat line or an envelope. `read` comes from the catalog's enum; its arguments are the
/// index of the block, the index of the event, and the fields. A record with a key `event` is a
/// line; otherwise, a record with a key `event_type` is an envelope.
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
        // The event is in the catalog's lists but not in its enum: the macro reported an error
        // about it.
        None => return Err(DecodeError::UnknownEvent(header())),
        Some(event) => event.map_err(|error| in_payload(error, around.is_some())),
    };
    let event = event.and_then(|event| match unknown {
        Unknown::Ignore => Ok(event),
        Unknown::Refuse => refuse(&fields, around, place.meta).map(|()| event),
    });
    event.map_err(|error| DecodeError::Event { header: header(), error })
}

/// Refuses keys that are left after the fields were read and that are not declared.
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
