//! The keys of a record around its payload, checked by the table of keys.

use super::known::Declared;
use super::shape;
use super::value::Check;
use super::violation::{State, Step, Violations};
use event_core::context::ActorKind;
use event_core::meta::Transition;
use event_core::meta::shape::{Shape, TextFormat};
use event_core::read::{Input, Object};
use event_core::{EventValue, Level};
use event_grammar::record::{Key, KeyType, Within, is_trace_id};

/// Checks the event's own fields, and the fields that a unit of work may add.
pub(super) fn payload(
    check: Check,
    event: &Declared,
    object: &mut Object<'_>,
    violations: &mut Violations,
) {
    check.fields(
        event.fields.iter().map(|field| (*field, check.requires(field))),
        object,
        violations,
    );
    transition(event, violations);
    // A reader reads the other fields only on request.
    if check.is_write() {
        check.fields(event.wide.iter().map(|field| (*field, false)), object, violations);
    }
}

/// Checks that the transition is in the event's table. Readers accept any transition: a stored
/// record may be older than the table.
fn transition(event: &Declared, violations: &mut Violations) {
    let steps = event.meta.transitions();
    if let (false, Some(State(from)), Some(State(to))) =
        (steps.is_empty(), violations.before, violations.after)
        && !Transition::allows(steps, from, to)
    {
        let mut pointer = violations.pointer();
        pointer.push_str("/after");
        violations.illegal = Some((pointer, from, to));
    }
}

/// Checks the keys of a flat line, except name and version.
pub(super) fn line(
    check: Check,
    event: &Declared,
    object: &mut Object<'_>,
    violations: &mut Violations,
) {
    payload(check, event, object, violations);
    // A reader ignores unknown keys.
    if check.is_write() {
        check.fields(event.context.iter().copied(), object, violations);
        check.keys(Within::Line, event, object, violations);
    }
}

/// Checks the keys of an envelope, except name and version.
pub(super) fn envelope(
    check: Check,
    event: &Declared,
    object: &mut Object<'_>,
    violations: &mut Violations,
) {
    const PAYLOAD: &str = Key::Payload.name(Within::Envelope);
    match object.take(PAYLOAD, &[]) {
        Ok(Some(input)) => violations.within(Step::Name(PAYLOAD), |violations| {
            if let Some(fields) = Check::object(input, violations) {
                let mut fields = fields.into_event();
                payload(check, event, &mut fields, violations);
                check.close(&fields, violations);
            }
        }),
        _ => violations.say_at(Step::Name(PAYLOAD), "is missing"),
    }
    if check.is_write() {
        check.keys(Within::Envelope, event, object, violations);
    }
}

impl Check {
    /// Checks the keys of an object of the record that allows no other keys.
    fn keys(
        self,
        within: Within,
        event: &Declared,
        object: &mut Object<'_>,
        violations: &mut Violations,
    ) {
        for key in event.keys.iter().filter(|key| key.place.within == within) {
            match object.take(key.place.name, &[]) {
                Ok(Some(input)) => violations.within(Step::Name(key.place.name), |violations| {
                    self.key(key.value, event, input, violations);
                }),
                _ if key.is_required => {
                    violations.say_at(Step::Name(key.place.name), "is missing");
                }
                _ => {}
            }
        }
        self.close(object, violations);
    }

    /// Checks the value of a key.
    fn key(self, of: KeyType, event: &Declared, input: Input<'_>, violations: &mut Violations) {
        const TIME: &Shape = &Shape::Text(TextFormat::DateTime);
        const UUID: &Shape = &Shape::Text(TextFormat::Uuid);
        const TEXT: &Shape = &Shape::Text(TextFormat::Plain);
        const POSITION: &Shape = &Shape::Integer { min: 1, max: u64::MAX };
        const PROCESS_ID: &Shape = &Shape::Integer { min: 0, max: u32::MAX as u64 };
        let mut is_shape = |shape| self.value(shape, true, input, violations);
        match of {
            KeyType::Time => is_shape(TIME),
            KeyType::Uuid => is_shape(UUID),
            KeyType::Text => is_shape(TEXT),
            KeyType::Bool => is_shape(&Shape::Bool),
            KeyType::Position => is_shape(POSITION),
            KeyType::ProcessId => is_shape(PROCESS_ID),
            KeyType::EntityVersion => {
                if let Some(version) = event.meta.entity_version() {
                    is_shape(version.field.shape.bare());
                }
            }
            KeyType::Level => level(event, input, violations),
            KeyType::Share => share(input, violations),
            KeyType::TraceId { digits } => {
                let is_id = |text: &str| is_trace_id(text, digits);
                text("a W3C trace context id", is_id, input, violations);
            }
            KeyType::ActorKind => {
                let is_kind =
                    |text: &str| ActorKind::ALL.into_iter().any(|kind| kind.as_str() == text);
                text("a kind of actor", is_kind, input, violations);
            }
            KeyType::EntityKind => {
                if let Some((kind, _)) = event.meta.entity() {
                    text(&format!("`{kind}`"), |text| text == kind, input, violations);
                }
            }
            KeyType::Object(within) => {
                if let Some(object) = Self::object(input, violations) {
                    let mut object = object.into_event();
                    if within == Within::Context {
                        self.fields(event.context.iter().copied(), &mut object, violations);
                    }
                    self.keys(within, event, &mut object, violations);
                }
            }
            // The header and the payload are checked before the other keys.
            KeyType::EventName | KeyType::EventVersion | KeyType::Payload => {}
        }
    }
}

fn level(event: &Declared, input: Input<'_>, violations: &mut Violations) {
    let Some(word) = shape::text(input, violations) else { return };
    let reachable = event.meta.level.reachable();
    match Level::from_word(&word) {
        Some(level) if reachable.contains(&level) => {}
        Some(_) => {
            let words: Vec<_> = reachable.into_iter().map(Level::as_str).collect();
            violations.say(format!("the event never has this level, but {}", words.join(" or ")));
        }
        None => violations.say("the text is not a level"),
    }
}

fn share(input: Input<'_>, violations: &mut Violations) {
    const RANGE: &str = "the number is no share above 0, up to 1";
    match f64::read(input) {
        Ok(share) if share > 0.0 && share <= 1.0 => {}
        Ok(share) if share.is_nan() => shape::mismatch("a number", input, violations),
        Ok(_) => violations.say(RANGE),
        Err(_) if input.kind() == "a number" => violations.say(RANGE),
        Err(error) => violations.say_error(&error),
    }
}

/// Checks that the value is a text for which `fits` is true.
pub(super) fn text(
    expected: &str,
    fits: impl FnOnce(&str) -> bool,
    input: Input<'_>,
    violations: &mut Violations,
) {
    if shape::text(input, violations).is_some_and(|text| !fits(&text)) {
        violations.say(format!("the text is not {expected}"));
    }
}
