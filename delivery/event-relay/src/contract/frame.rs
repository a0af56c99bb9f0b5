//! An envelope as the flat line of the same record, by the table of keys.

use super::finding::ContractFinding;
use super::key;
use super::known::{CONTEXT, Known, Locked, PAYLOAD};
use event_grammar::fields::is_of_the_record;
use event_grammar::record::{Events, Key, KeyPlace, KeyType, RecordKey, Within, Written, members};
use serde_json::{Map, Value};

/// What the row of an event says beside its envelope.
pub(super) struct Row<'a> {
    pub(super) event: usize,
    pub(super) version: u32,
    pub(super) event_id: Option<&'a str>,
}

/// The line of the record; the envelope's own members are checked.
pub(super) fn line(
    envelope: Value,
    row: &Row<'_>,
    known: &Known,
    locked: &Locked,
) -> Result<Map<String, Value>, ContractFinding> {
    let Value::Object(mut envelope) = envelope else {
        return Err(ContractFinding::new("", "is not an object"));
    };
    let mut line = Map::new();
    let (mut context, mut payload) = (Map::new(), Map::new());
    for (of, place) in members(Within::Envelope) {
        let Some(value) = envelope.remove(place.name) else {
            if place.written == Written::Always {
                return Err(ContractFinding::new(format!("/{}", place.name), "is missing"));
            }
            continue;
        };
        let pointer = format!("/{}", place.name);
        match of.value {
            KeyType::Payload => payload = members_of(value, &pointer)?,
            KeyType::Object(Within::Context) => context = members_of(value, &pointer)?,
            _ => {
                agrees(of.key, &value, row, known, &pointer)?;
                key::check(of.value, &value, &pointer)?;
                move_to_line(of, place, value, locked, &mut line);
            }
        }
    }
    if let Some(name) = envelope.keys().next() {
        return Err(ContractFinding::undeclared("", name));
    }
    add_context(context, locked, &mut line)?;
    add_payload(payload, locked, &mut line)?;
    Ok(line)
}

fn members_of(value: Value, pointer: &str) -> Result<Map<String, Value>, ContractFinding> {
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(ContractFinding::new(pointer, "is not an object")),
    }
}

/// Checks that the envelope says what its row says.
fn agrees(
    key: Key,
    value: &Value,
    row: &Row<'_>,
    known: &Known,
    pointer: &str,
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
    if is_same {
        Ok(())
    } else {
        Err(ContractFinding::new(pointer, "is not what the outbox's row has"))
    }
}

/// Adds a member of the envelope to the line, if it has a place there.
fn move_to_line(
    of: &RecordKey,
    place: &KeyPlace,
    value: Value,
    locked: &Locked,
    line: &mut Map<String, Value>,
) {
    let Some(in_line) = of.place(Within::Line) else { return };
    let value = match of.key {
        Key::Event => Value::from(locked.key.event.as_str()),
        _ => value,
    };
    // More envelopes may have the key than lines. Where the schema of the line does not list it, or
    // lists a field of this name, the table has checked it.
    let is_for_more = place.events != in_line.events;
    let is_listed = || locked.revisions.iter().any(|revision| revision.lists(in_line.name));
    if !is_for_more || (is_listed() && !locked.payload.contains(in_line.name)) {
        line.insert(in_line.name.to_owned(), value);
    }
}

fn add_context(
    context: Map<String, Value>,
    locked: &Locked,
    line: &mut Map<String, Value>,
) -> Result<(), ContractFinding> {
    for (name, value) in context {
        let row = members(Within::Context).find(|(_, place)| place.name == name);
        let is_declared = locked.context.contains(&name);
        if let Some((of, place)) = row
            && !(place.events == Events::Undeclared && is_declared)
        {
            let pointer = format!("/{CONTEXT}/{}", place.name);
            key::check(of.value, &value, &pointer)?;
            if let Some(in_line) = of.place(Within::Line) {
                line.insert(in_line.name.to_owned(), value);
            }
        } else if is_declared {
            line.insert(name, value);
        } else {
            return Err(ContractFinding::undeclared(&format!("/{CONTEXT}"), &name));
        }
    }
    Ok(())
}

fn add_payload(
    payload: Map<String, Value>,
    locked: &Locked,
    line: &mut Map<String, Value>,
) -> Result<(), ContractFinding> {
    for (name, value) in payload {
        // The line would have the value as a key of the record, or as a field of the context.
        let is_declared = locked.payload.contains(&name);
        let is_elsewhere = is_of_the_record(&name) || locked.context.contains(&name);
        if (is_elsewhere && !is_declared) || line.contains_key(&name) {
            return Err(ContractFinding::undeclared(&format!("/{PAYLOAD}"), &name));
        }
        line.insert(name, value);
    }
    Ok(())
}
