//! Whether a value is one that the table of keys allows.

use super::finding::ContractFinding;
use event_core::context::ActorKind;
use event_grammar::Level;
use event_grammar::record::{KeyType, Needed, Within, Written, is_trace_id, members};
use schema_compat::format;
use serde_json::{Map, Value};

/// The place of a member in an envelope. It is a text only where a finding needs one.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    within: Option<&'a Place<'a>>,
    name: &'a str,
}

impl<'a> Place<'a> {
    /// A member of the envelope.
    pub(super) const fn new(name: &'a str) -> Self {
        Self { within: None, name }
    }

    pub(super) const fn member(&'a self, name: &'a str) -> Self {
        Self { within: Some(self), name }
    }
}

impl From<Place<'_>> for String {
    /// As a JSON pointer.
    fn from(place: Place<'_>) -> Self {
        let within = place.within.map_or_else(Self::new, |within| (*within).into());
        format!("{within}/{}", place.name)
    }
}

/// Checks the value of a key. The name and the version of the event, the context and the payload
/// are checked elsewhere.
pub(super) fn check(of: KeyType, value: &Value, at: Place<'_>) -> Result<(), ContractFinding> {
    let text = value.as_str();
    let has = |name: &str| {
        let format = format::named(name);
        text.is_some_and(|text| format.is_none_or(|format| format.has(text) != Some(false)))
    };
    let (is_it, expected) = match of {
        KeyType::EventName | KeyType::EventVersion | KeyType::Payload => (true, ""),
        KeyType::Level => (text.and_then(Level::from_word).is_some(), "a level"),
        KeyType::Time => (has("date-time"), "a time in RFC 3339"),
        KeyType::Uuid => (has("uuid"), "a UUID"),
        KeyType::Position => (value.as_u64().is_some_and(|at| at > 0), "a whole number from 1"),
        KeyType::Share => {
            let share = value.as_f64();
            (share.is_some_and(|share| share > 0.0 && share <= 1.0), "a number above 0, up to 1")
        }
        KeyType::Bool => (value.is_boolean(), "`true` or `false`"),
        KeyType::Text | KeyType::EntityKind => (text.is_some(), "a text"),
        KeyType::TraceId { digits } => {
            (text.is_some_and(|text| is_trace_id(text, digits)), "an id of the W3C trace context")
        }
        KeyType::ProcessId => {
            let id = value.as_u64();
            (id.is_some_and(|id| u32::try_from(id).is_ok()), "a whole number of 32 bits")
        }
        KeyType::ActorKind => {
            let is_kind = |text: &str| ActorKind::ALL.iter().any(|kind| kind.as_str() == text);
            (text.is_some_and(is_kind), "a kind of actor")
        }
        // The lock does not say which type the event's field has.
        KeyType::EntityVersion => (text.is_some() || value.is_number(), "a text or a number"),
        KeyType::Object(within) => return object(within, value, at),
    };
    if is_it { Ok(()) } else { Err(ContractFinding::new(at, format!("is not {expected}"))) }
}

/// Checks an object that has keys of the table only.
fn object(within: Within, value: &Value, at: Place<'_>) -> Result<(), ContractFinding> {
    let object = as_object(value, at)?;
    let mut known = 0;
    for (row, place) in members(within) {
        match object.get(place.name) {
            Some(value) => {
                known += 1;
                check(row.value, value, at.member(place.name))?;
            }
            None if place.written == Written::Always || row.needed == Needed::Always => {
                return Err(ContractFinding::new(at.member(place.name), "is missing"));
            }
            None => {}
        }
    }
    if known == object.len() {
        return Ok(());
    }
    let is_key = |name: &str| members(within).any(|(_, place)| place.name == name);
    let unknown = object.keys().find(|name| !is_key(name)).map_or("", String::as_str);
    Err(ContractFinding::undeclared(&String::from(at), unknown))
}

/// The value as an object.
pub(super) fn as_object<'v>(
    value: &'v Value,
    at: Place<'_>,
) -> Result<&'v Map<String, Value>, ContractFinding> {
    value.as_object().ok_or_else(|| ContractFinding::new(at, "is not an object"))
}
