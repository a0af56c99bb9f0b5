//! What a record says beside its event: the keys that `docs/envelope.md` lists.

use super::known::Declared;
use super::text_form::{is_trace_id, is_uuid};
use super::value::{self, Check, expect, integer, mismatch};
use super::violation::{State, Step, Violations};
use event_core::meta::{FieldMeta, Role, Transition};
use event_core::read::{Input, Object};
use event_core::{ActorKind, Level, Timestamp};

/// A key of a record, and what stands there.
type Key = (&'static str, Form);

/// What stands at a key of a record.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Time,
    Uuid,
    Truth,
    /// From 1: a place among others.
    Place,
    /// More than 0, at most 1.
    Share,
    /// A number of 32 bits.
    Process,
    /// A W3C id of so many digits.
    Trace(usize),
}

const IDS: &[Key] = &[("event_id", Form::Uuid), ("sequence", Form::Place)];
const END: &[Key] = &[("incomplete", Form::Truth), ("sample_reason", Form::Text)];
const AMBIENT: &[Key] = &[
    ("trace_id", Form::Trace(32)),
    ("span_id", Form::Trace(16)),
    ("parent_span_id", Form::Trace(16)),
    ("correlation_id", Form::Text),
    ("causation_id", Form::Text),
    ("service", Form::Text),
    ("service_version", Form::Text),
    ("environment", Form::Text),
    ("service_host", Form::Text),
    ("service_pid", Form::Process),
];

/// The event's own fields, and those that a unit of work may have added.
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
    // A reader looks for the others only when it is asked for them.
    if check.is_write() {
        check.fields(event.wide.iter().map(|field| (*field, false)), object, violations);
    }
}

/// The step is one of the event's table. Readers take any: what is stored may be older than the
/// table.
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

/// What stands beside the name and the version in a flat line.
pub(super) fn line(
    check: Check,
    event: &Declared,
    object: &mut Object<'_>,
    violations: &mut Violations,
) {
    payload(check, event, object, violations);
    if !check.is_write() {
        return;
    }
    let is_wide = !event.wide.is_empty();
    level(event, object, violations);
    keys(&[("timestamp", Form::Time)], true, object, violations);
    context_fields(check, event, object, violations);
    keys(IDS, false, object, violations);
    if is_wide {
        keys(END, false, object, violations);
    }
    if event.meta.sample.is_some() || is_wide {
        keys(&[("sample_rate", Form::Share)], event.meta.sample.is_some(), object, violations);
    }
    actor(object, violations);
    keys(AMBIENT, false, object, violations);
    check.close(object, violations);
}

/// What stands beside the name and the version in an envelope.
pub(super) fn envelope(
    check: Check,
    event: &Declared,
    object: &mut Object<'_>,
    violations: &mut Violations,
) {
    nested("payload", object, violations, |object, violations| {
        payload(check, event, object, violations);
        check.close(object, violations);
    });
    if !check.is_write() {
        return;
    }
    keys(
        &[("event_id", Form::Uuid), ("occurred_at", Form::Time), ("recorded_at", Form::Time)],
        true,
        object,
        violations,
    );
    level(event, object, violations);
    keys(&[("sequence", Form::Place), ("sample_reason", Form::Text)], false, object, violations);
    if !event.wide.is_empty() {
        keys(&[("incomplete", Form::Truth)], false, object, violations);
    }
    keys(&[("sample_rate", Form::Share)], event.meta.sample.is_some(), object, violations);
    actor(object, violations);
    entity(check, event, object, violations);
    nested("context", object, violations, |object, violations| {
        context_fields(check, event, object, violations);
        keys(AMBIENT, false, object, violations);
        check.close(object, violations);
    });
    check.close(object, violations);
}

/// The object at a key that must be there.
fn nested(
    key: &'static str,
    object: &mut Object<'_>,
    violations: &mut Violations,
    look: impl FnOnce(&mut Object<'_>, &mut Violations),
) {
    match object.take(key, &[]) {
        Ok(Some(input)) => violations.within(Step::Name(key), |violations| {
            if let Some(object) = Check::object(input, violations) {
                look(&mut object.into_event(), violations);
            }
        }),
        _ => violations.say_at(Step::Name(key), "is missing"),
    }
}

/// What the event declares stands in the place of what a record says by itself.
fn context_fields(
    check: Check,
    event: &Declared,
    object: &mut Object<'_>,
    violations: &mut Violations,
) {
    check.fields(event.context.iter().copied(), object, violations);
}

fn keys(keys: &[Key], are_required: bool, object: &mut Object<'_>, violations: &mut Violations) {
    for (key, form) in keys {
        match object.take(key, &[]) {
            Ok(Some(input)) => {
                violations.within(Step::Name(key), |violations| form.look(input, violations))
            }
            _ if are_required => violations.say_at(Step::Name(key), "is missing"),
            _ => {}
        }
    }
}

impl Form {
    fn look(self, input: Input<'_>, violations: &mut Violations) {
        match self {
            Self::Text => drop(value::text(input, violations)),
            Self::Time => text(
                "a time in RFC 3339",
                |text| Timestamp::parse(text).is_some(),
                input,
                violations,
            ),
            Self::Uuid => text("a hyphenated UUID", is_uuid, input, violations),
            Self::Trace(digits) => {
                text("a W3C trace context id", |text| is_trace_id(text, digits), input, violations);
            }
            Self::Truth => expect("a truth value", input, violations),
            Self::Place => integer(1, u64::MAX, input, violations),
            Self::Process => integer(0, u32::MAX.into(), input, violations),
            Self::Share if input.kind() == "a number" => {
                if !input.json().parse().is_ok_and(|share: f64| share > 0.0 && share <= 1.0) {
                    violations.say("the number is no share above 0, up to 1");
                }
            }
            Self::Share => mismatch("a number", input, violations),
        }
    }
}

/// Text of which `fits` holds.
pub(super) fn text(
    expected: &str,
    fits: impl FnOnce(&str) -> bool,
    input: Input<'_>,
    violations: &mut Violations,
) {
    if value::text(input, violations).is_some_and(|text| !fits(&text)) {
        violations.say(format!("the text is not {expected}"));
    }
}

fn level(event: &Declared, object: &mut Object<'_>, violations: &mut Violations) {
    let Ok(Some(input)) = object.take("level", &[]) else {
        return violations.say_at(Step::Name("level"), "is missing");
    };
    violations.within(Step::Name("level"), |violations| {
        let Some(word) = value::text(input, violations) else { return };
        let reachable = event.meta.level.reachable();
        match Level::from_word(&word) {
            Some(level) if reachable.contains(&level) => {}
            Some(_) => {
                let words: Vec<_> = reachable.into_iter().map(Level::as_str).collect();
                violations
                    .say(format!("the event never has this level, but {}", words.join(" or ")));
            }
            None => violations.say("the text is not a level"),
        }
    });
}

fn actor(object: &mut Object<'_>, violations: &mut Violations) {
    let Ok(Some(input)) = object.take("actor", &[]) else { return };
    violations.within(Step::Name("actor"), |violations| {
        let Some(mut members) = Check::object(input, violations) else { return };
        match members.take("type", &[]) {
            Ok(Some(kind)) => violations.within(Step::Name("type"), |violations| {
                let is_kind =
                    |text: &str| ActorKind::ALL.into_iter().any(|kind| kind.as_str() == text);
                text("a kind of actor", is_kind, kind, violations);
            }),
            _ => violations.say_at(Step::Name("type"), "is missing"),
        }
        keys(&[("id", Form::Text)], true, &mut members, violations);
        keys(&[("session_id", Form::Text)], false, &mut members, violations);
        for key in members.rest() {
            violations.undeclared(key);
        }
    });
}

/// What the event is about: taken from the field that says so, of the event itself, of its context,
/// or of what a unit of work may have added.
fn entity(check: Check, event: &Declared, object: &mut Object<'_>, violations: &mut Violations) {
    let kind = |field: &'static FieldMeta| match field.role {
        Role::Entity { kind } => Some((kind, field)),
        _ => None,
    };
    let always = event
        .fields
        .iter()
        .copied()
        .chain(event.context.iter().map(|(field, _)| *field))
        .find_map(kind);
    let Some((kind, _)) = always.or_else(|| event.wide.iter().copied().find_map(kind)) else {
        return;
    };
    let Ok(Some(input)) = object.take("entity", &[]) else {
        if always.is_some_and(|(_, field)| event_schema::is_always_a_scalar(field)) {
            violations.say_at(Step::Name("entity"), "is missing");
        }
        return;
    };
    let is_version = |field: &&'static FieldMeta| field.role == Role::EntityVersion;
    let own_version = event.fields.iter().copied().find(is_version);
    let version = own_version.or_else(|| event.wide.iter().copied().find(is_version));
    violations.within(Step::Name("entity"), |violations| {
        let Some(mut members) = Check::object(input, violations) else { return };
        match members.take("type", &[]) {
            Ok(Some(input)) => violations.within(Step::Name("type"), |violations| {
                text(&format!("`{kind}`"), |text| text == kind, input, violations);
            }),
            _ => violations.say_at(Step::Name("type"), "is missing"),
        }
        keys(&[("id", Form::Text)], true, &mut members, violations);
        if let Some(version) = version {
            match members.take("version", &[]) {
                Ok(Some(input)) => violations.within(Step::Name("version"), |violations| {
                    check.value(version.shape.bare(), true, input, violations);
                }),
                _ if own_version.is_some_and(event_schema::is_always_a_scalar) => {
                    violations.say_at(Step::Name("version"), "is missing");
                }
                _ => {}
            }
        }
        check.close(&members, violations);
    });
}
