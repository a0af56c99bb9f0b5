//! An envelope as the flat line of the same record, by the table of keys.

use super::finding::ContractFinding;
use super::key::{self, Place};
use super::known::{CONTEXT, Known, Locked, PAYLOAD};
use event_grammar::fields::is_of_the_record;
use event_grammar::record::{Events, Key, KeyPlace, KeyType, RecordKey, Within, Written, members};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the row of an event says beside its envelope.
pub(super) struct Row<'a> {
    pub(super) event: usize,
    pub(super) version: u32,
    pub(super) event_id: Option<&'a str>,
}

/// The members of the line.
pub(super) type Line<'v> = BTreeMap<&'v str, &'v Value>;

/// The line of the record; the envelope's own members are checked.
pub(super) fn line<'v>(
    envelope: &'v Value,
    row: &Row<'_>,
    known: &Known,
    locked: &'v Locked,
) -> Result<Line<'v>, ContractFinding> {
    let Value::Object(envelope) = envelope else {
        return Err(ContractFinding::new("", "is not an object"));
    };
    let mut line = Line::new();
    let (mut context, mut payload) = (None, None);
    let mut count = 0;
    for (of, place) in members(Within::Envelope) {
        let at = Place::new(place.name);
        let Some(value) = envelope.get(place.name) else {
            if place.written == Written::Always {
                return Err(ContractFinding::new(at, "is missing"));
            }
            continue;
        };
        count += 1;
        match of.value {
            KeyType::Payload => payload = Some(key::as_object(value, at)?),
            KeyType::Object(Within::Context) => context = Some(key::as_object(value, at)?),
            _ => {
                agrees(of.key, value, row, known, at)?;
                key::check(of.value, value, at)?;
                add_own(of, place, value, locked, &mut line);
            }
        }
    }
    if count < envelope.len() {
        let is_key = |name: &str| members(Within::Envelope).any(|(_, place)| place.name == name);
        let unknown = envelope.keys().find(|name| !is_key(name)).map_or("", String::as_str);
        return Err(ContractFinding::undeclared("", unknown));
    }
    add_context(context.into_iter().flatten(), locked, &mut line)?;
    add_payload(payload.into_iter().flatten(), locked, &mut line)?;
    Ok(line)
}

/// Checks that the envelope says what its row says.
fn agrees(
    key: Key,
    value: &Value,
    row: &Row<'_>,
    known: &Known,
    at: Place<'_>,
) -> Result<(), ContractFinding> {
    let text = value.as_str();
    let is_same = match key {
        Key::Event => text.and_then(|name| known.event(name)) == Some(row.event),
        Key::Version => value.as_u64() == Some(row.version.into()),
        Key::EventId => row.event_id.is_none_or(|id| {
            // The letters of a UUID have no case (RFC 9562, section 4).
            text.is_some_and(|text| text.eq_ignore_ascii_case(id))
        }),
        _ => true,
    };
    if is_same { Ok(()) } else { Err(ContractFinding::new(at, "is not what the outbox's row has")) }
}

/// Adds a member of the envelope to the line, if it has a place there.
fn add_own<'v>(
    of: &RecordKey,
    place: &KeyPlace,
    value: &'v Value,
    locked: &'v Locked,
    line: &mut Line<'v>,
) {
    let Some(in_line) = of.place(Within::Line) else { return };
    let value = match of.key {
        Key::Event => &locked.name,
        _ => value,
    };
    // More envelopes may have the key than lines. Where the schema of the line does not list it, or
    // lists a field of this name, the table has checked it.
    let is_for_more = place.events != in_line.events;
    let is_listed = || locked.revisions.iter().any(|revision| revision.lists(in_line.name));
    if !is_for_more || (is_listed() && !locked.payload.contains(in_line.name)) {
        line.insert(in_line.name, value);
    }
}

fn add_context<'v>(
    context: impl Iterator<Item = (&'v String, &'v Value)>,
    locked: &Locked,
    line: &mut Line<'v>,
) -> Result<(), ContractFinding> {
    let object = Place::new(CONTEXT);
    for (name, value) in context {
        let row = members(Within::Context).find(|(_, place)| place.name == name);
        let is_declared = locked.context.contains(name);
        if let Some((of, place)) = row
            && !(place.events == Events::Undeclared && is_declared)
        {
            key::check(of.value, value, object.member(place.name))?;
            if let Some(in_line) = of.place(Within::Line) {
                line.insert(in_line.name, value);
            }
        } else if is_declared {
            line.insert(name, value);
        } else {
            return Err(ContractFinding::undeclared(&String::from(object), name));
        }
    }
    Ok(())
}

fn add_payload<'v>(
    payload: impl Iterator<Item = (&'v String, &'v Value)>,
    locked: &Locked,
    line: &mut Line<'v>,
) -> Result<(), ContractFinding> {
    for (name, value) in payload {
        // The line would have the value as a key of the record, or as a field of the context.
        let is_declared = locked.payload.contains(name);
        let is_elsewhere = || is_of_the_record(name) || locked.context.contains(name);
        if (!is_declared && is_elsewhere()) || line.contains_key(name.as_str()) {
            return Err(ContractFinding::undeclared(&format!("/{PAYLOAD}"), name));
        }
        line.insert(name, value);
    }
    Ok(())
}
