//! The fields of an event in `tracing`: their names from the descriptor, and their values from a
//! record.

use event_core::meta::shape::Shape;
use event_core::meta::{EventMeta, FieldMeta};
use event_core::record::Record;
use event_core::record::members::{TypedMember, TypedValue};
use event_grammar::record::{Key, Within};
use std::borrow::Cow;
use tracing_core::Level as TracingLevel;
use tracing_core::field::Value;

use crate::level::event_level;

/// The level of the event, where `tracing` has another one.
const EVENT_LEVEL: &str = "event_level";

/// The first fields, which are no members of a record.
const HEAD: [&str; 3] =
    [Key::Event.name(Within::Line), Key::Version.name(Within::Line), EVENT_LEVEL];

/// The members that every record may have. They come last, because most records have few of them.
/// The keys of the service are missing: they describe the process, as the resource of its subscriber
/// does.
const OF_EVERY_RECORD: [&str; 9] = [
    Key::Incomplete.name(Within::Line),
    Key::SampleRate.name(Within::Line),
    Key::SampleReason.name(Within::Line),
    Key::Actor.name(Within::Line),
    Key::TraceId.name(Within::Line),
    Key::SpanId.name(Within::Line),
    Key::ParentSpanId.name(Within::Line),
    Key::CorrelationId.name(Within::Line),
    Key::CausationId.name(Within::Line),
];

/// The fields of one event.
#[derive(Debug)]
pub(crate) struct Fields {
    names: Box<[&'static str]>,
    /// Whether the declared type has negative numbers: then each number is an `i64`, so that the
    /// type in `tracing` does not depend on the value.
    signed: Box<[bool]>,
}

impl Fields {
    pub(crate) fn of(meta: &EventMeta) -> Self {
        let declared = [meta.context_fields(), meta.fields(), meta.wide_fields()].concat();
        let declared = declared.iter().map(|field| (field.name, is_signed(field)));
        let undeclared = |name: &'static str| (name, false);
        let all = HEAD.into_iter().map(undeclared).chain(declared);
        let mut fields: Vec<(&'static str, bool)> = Vec::new();
        for (name, signed) in all.chain(OF_EVERY_RECORD.into_iter().map(undeclared)) {
            // A context may declare `correlation_id`, and an event `event_level`.
            if !fields.iter().any(|(known, _)| *known == name) {
                fields.push((name, signed));
            }
        }
        let (names, signed): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
        Self { names: names.into(), signed: signed.into() }
    }

    pub(crate) fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The values of a record that `tracing` gets at `level`, one for each name. `Null` means that
    /// the record has no value.
    pub(crate) fn values<'a>(
        &self,
        record: &Record<'a>,
        level: TracingLevel,
    ) -> Vec<TypedValue<'a>> {
        // Not `vec![..]`, which clones.
        let mut values: Vec<_> = self.names.iter().map(|_| TypedValue::Null).collect();
        let meta = record.meta();
        values[0] = TypedValue::Text(Cow::Borrowed(meta.name.snake));
        values[1] = TypedValue::Unsigned(meta.version.into());
        if event_level(level) != record.level() {
            values[2] = TypedValue::Text(Cow::Borrowed(record.level().as_str()));
        }
        let mut next = HEAD.len();
        for member in record.members() {
            if let Some(at) = self.position(&member.key(), next) {
                values[at] = scalar(&member, self.signed[at]);
                next = at + 1;
            }
        }
        values
    }

    /// The position of a name. The members of a payload have the order of the names, so the search
    /// begins behind the last one.
    fn position(&self, key: &str, next: usize) -> Option<usize> {
        if self.names.get(next).is_some_and(|name| *name == key) {
            return Some(next);
        }
        let (before, behind) = self.names.split_at(next);
        let found = |names: &[&str]| names.iter().position(|name| *name == key);
        found(behind).map(|at| next + at).or_else(|| found(before))
    }
}

/// Whether the field's numbers may be negative.
fn is_signed(field: &FieldMeta) -> bool {
    matches!(field.shape.bare(), Shape::Integer { min, .. } if *min < 0)
}

/// The value as one of the types that `tracing` has. Lists and objects are JSON text.
fn scalar<'a>(member: &TypedMember<'a>, signed: bool) -> TypedValue<'a> {
    match member.value() {
        TypedValue::Unsigned(number) if signed => {
            i64::try_from(number).map_or(TypedValue::Unsigned(number), TypedValue::Signed)
        }
        TypedValue::List(_) | TypedValue::Object(_) => {
            TypedValue::Text(Cow::Borrowed(member.json()))
        }
        value => value,
    }
}

/// The value for `tracing`. `None` if there is none.
pub(crate) fn recorded<'v>(value: &'v TypedValue<'_>) -> Option<&'v dyn Value> {
    match value {
        TypedValue::Bool(value) => Some(value),
        TypedValue::Signed(value) => Some(value),
        TypedValue::Unsigned(value) => Some(value),
        TypedValue::Float(value) => Some(value),
        TypedValue::Text(Cow::Borrowed(value)) => Some(value),
        TypedValue::Text(Cow::Owned(value)) => Some(value),
        _ => None,
    }
}
