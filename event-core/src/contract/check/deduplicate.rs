//! Checks the fields of a deduplication key: equal keys must mean equal facts.

use super::fields::words;
use super::text::Text;
use crate::model::meta::{EventMeta, FieldMeta, Member, Sensitivity};
use crate::model::shape::{EnumShape, Shape, Tagging, VariantContent};
use event_grammar::same;

/// Checks that `key` is a field of the event's payload that can be part of a deduplication key.
/// `near` is a field that an unknown key may be meant for, or empty.
///
/// # Panics
///
/// If it is not, while compiling.
#[track_caller]
pub const fn assert_deduplicates(event: &'static EventMeta, key: &str, near: &str) {
    let Some(field) = found(event.members, key) else { unknown(event, key, near) };
    assert_told_apart(field);
    assert_never_missing(field);
    assert_exact(field);
}

/// The field called `key`, also in groups.
const fn found(members: &'static [Member], key: &str) -> Option<&'static FieldMeta> {
    let mut at = 0;
    while at < members.len() {
        match &members[at] {
            Member::Field(field) if same(field.name, key) => return Some(field),
            Member::Field(_) => {}
            Member::Group(group) => {
                if let Some(field) = found(group.members, key) {
                    return Some(field);
                }
            }
        }
        at += 1;
    }
    None
}

#[track_caller]
const fn unknown(event: &EventMeta, key: &str, near: &str) -> ! {
    let text = Text::new().and("the deduplication key has `").and(key);
    let text = text.and("`, which is not a field of `").and(event.type_name);
    let text = text.and("` or of its groups");
    let text =
        if near.is_empty() { text } else { text.and(", did you mean `").and(near).and("`?") };
    panic!(
        "{}",
        text.and(
            "\nhelp: name a field of the event, or the key in JSON of a field of its groups; bound context and contributions are not part of the key"
        )
        .as_str()
    );
}

/// Two values under one mask may be written the same. A sensitive value in the clear would be in
/// the index of an outbox too.
#[track_caller]
const fn assert_told_apart(field: &FieldMeta) {
    let mask = match field.sensitivity {
        None => held_mask(field.shape),
        decided => decided,
    };
    let text = of_key(field);
    let text = match mask {
        None | Some(Sensitivity::Hash) => return,
        Some(Sensitivity::Clear { .. }) => {
            text.and("is sensitive and in the clear, and an outbox has keys in an index")
        }
        Some(mask) => text
            .and("has the mask `")
            .and(mask.as_str())
            .and("`, which may write different values the same"),
    };
    panic!("{}", text.and("\nhelp: mask it with `hash`, or name another field").as_str());
}

/// The mask of the value that a newtype holds.
const fn held_mask(shape: &'static Shape) -> Option<Sensitivity> {
    match shape {
        Shape::Optional(inner) => held_mask(inner),
        Shape::Newtype(newtype) => match newtype.sensitivity {
            None => held_mask(newtype.inner),
            decided => decided,
        },
        _ => None,
    }
}

/// Without the value, two different facts would have one key.
#[track_caller]
const fn assert_never_missing(field: &FieldMeta) {
    if field.shape.is_optional() {
        let text = of_key(field).and("is optional: all events without it would be one fact");
        panic!("{}", text.and("\nhelp: make it required, or name another field").as_str());
    }
}

/// A number with a fraction may be written as `null`, and a list, an object or a foreign type may be
/// equal in more than one way.
#[track_caller]
const fn assert_exact(field: &FieldMeta) {
    let is_exact = match field.shape.bare() {
        Shape::Bool | Shape::Integer { .. } | Shape::Text(_) => true,
        Shape::Enum(shape) => is_named(shape),
        _ => false,
    };
    if !is_exact {
        let what = match field.shape.bare() {
            Shape::Enum(_) => "an enum that is not of units",
            Shape::Struct(_) => "an object",
            _ => words(field.shape),
        };
        let text = of_key(field).and("is ").and(what).and(": a key is made of exact values");
        panic!(
            "{}",
            text.and(
                "\nhelp: name a field that is text, a whole number, a `bool` or an enum of units"
            )
            .as_str()
        );
    }
}

/// Whether every value of the enum is the name of a variant.
const fn is_named(shape: &EnumShape) -> bool {
    let mut at = 0;
    while at < shape.variants.len() {
        if !matches!(shape.variants[at].content, VariantContent::Unit) {
            return false;
        }
        at += 1;
    }
    !matches!(shape.tagging, Tagging::Untagged)
}

/// The beginning of each message about a field.
const fn of_key(field: &FieldMeta) -> Text {
    Text::new().and("field `").and(field.name).and("` of the deduplication key ")
}
