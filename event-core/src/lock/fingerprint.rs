//! A number for everything that is compared: where it is the same, nothing need be.
//!
//! It is put together from the numbers of the types within, each of which is a constant of its type, so that a type is walked once, however many events have
//! it. The order of fields and variants is no part of it.

use super::fields::{Place, leaves_out, mask_of, role_of};
use crate::meta::{EventMeta, FieldMeta, GroupMeta, LevelRule, Member};
use crate::shape::{EnumShape, Shape, Tagging, VariantContent, VariantShape};
use event_grammar::hash;

const fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (a >> 31)
}

/// Of a shape, walked to its end.
pub const fn of_shape(shape: &'static Shape) -> u64 {
    match shape {
        Shape::Bool => 1,
        Shape::Integer { min, max } => mix(mix(2, min.cast_unsigned()), *max),
        Shape::Float => 3,
        Shape::Text(format) => mix(4, *format as u64),
        Shape::Optional(inner) => of_optional(of_shape(inner)),
        Shape::List(item) => of_list(of_shape(item)),
        Shape::Array { item, len } => of_array(of_shape(item), *len),
        Shape::Map(value) => of_map(of_shape(value)),
        Shape::Tuple(items) => {
            let (mut sum, mut at) = (0, 0);
            while at < items.len() {
                sum = mix(sum, of_shape(items[at]));
                at += 1;
            }
            mix(9, sum)
        }
        Shape::Newtype(newtype) => of_shape(newtype.inner),
        Shape::Struct(shape) => {
            let (mut sum, mut at) = (0_u64, 0);
            while at < shape.fields.len() {
                let field = &shape.fields[at];
                sum = sum.wrapping_add(of_field(field, Place::Payload, of_shape(field.shape)));
                at += 1;
            }
            mix(10, sum)
        }
        Shape::Enum(shape) => {
            let (mut sum, mut at) = (of_tagging(shape.tagging), 0);
            while at < shape.variants.len() {
                let variant = &shape.variants[at];
                let content = match &variant.content {
                    VariantContent::Unit => 0,
                    VariantContent::Newtype(inner) => mix(1, of_shape(inner)),
                    VariantContent::Struct(fields) => {
                        let (mut sum, mut at) = (0_u64, 0);
                        while at < fields.len() {
                            let field = &fields[at];
                            sum = sum.wrapping_add(of_field(field, Place::Payload, of_shape(field.shape)));
                            at += 1;
                        }
                        mix(2, sum)
                    }
                };
                sum = sum.wrapping_add(of_variant(variant, content));
                at += 1;
            }
            mix(11, sum)
        }
        Shape::Any => 12,
        Shape::Opaque(_) => 13,
        Shape::Recursive(recursion) => mix(14, hash(recursion.name)),
    }
}

/// Of what may be `null`.
pub const fn of_optional(inner: u64) -> u64 {
    mix(5, inner)
}

/// Of a list.
pub const fn of_list(item: u64) -> u64 {
    mix(6, item)
}

/// Of a list of a fixed length.
pub const fn of_array(item: u64, len: usize) -> u64 {
    mix(mix(7, item), len as u64)
}

/// Of an object with any keys.
pub const fn of_map(value: u64) -> u64 {
    mix(8, value)
}

/// Of a named type, from the numbers of what its fields and variants hold, in the order of their declaration.
pub const fn of_parts(shape: &'static Shape, parts: &[u64]) -> u64 {
    match shape {
        Shape::Newtype(_) => parts[0],
        Shape::Struct(shape) => mix(10, of_fields(shape.fields, parts, 0)),
        Shape::Enum(shape) => mix(11, of_variants(shape, parts)),
        other => of_shape(other),
    }
}

const fn of_fields(fields: &'static [FieldMeta], parts: &[u64], from: usize) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < fields.len() {
        sum = sum.wrapping_add(of_field(&fields[at], Place::Payload, parts[from + at]));
        at += 1;
    }
    sum
}

const fn of_variants(shape: &'static EnumShape, parts: &[u64]) -> u64 {
    let (mut sum, mut at, mut part) = (of_tagging(shape.tagging), 0, 0);
    while at < shape.variants.len() {
        let variant = &shape.variants[at];
        let content = match &variant.content {
            VariantContent::Unit => 0,
            VariantContent::Newtype(_) => {
                part += 1;
                mix(1, parts[part - 1])
            }
            VariantContent::Struct(fields) => {
                part += fields.len();
                mix(2, of_fields(fields, parts, part - fields.len()))
            }
        };
        sum = sum.wrapping_add(of_variant(variant, content));
        at += 1;
    }
    sum
}

const fn of_tagging(tagging: Tagging) -> u64 {
    match tagging {
        Tagging::External => 0,
        Tagging::Internal { tag } => mix(1, hash(tag)),
        Tagging::Adjacent { tag, content } => mix(mix(2, hash(tag)), hash(content)),
    }
}

const fn of_variant(variant: &VariantShape, content: u64) -> u64 {
    mix(mix(mix(hash(variant.name), content), of_names(variant.aliases)), variant.other as u64)
}

const fn of_names(names: &[&str]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < names.len() {
        sum = sum.wrapping_add(hash(names[at]));
        at += 1;
    }
    sum
}

const fn of_field(field: &FieldMeta, place: Place, shape: u64) -> u64 {
    let (role, argument) = role_of(field, place);
    let unit = match field.unit {
        Some(unit) => unit,
        None => "",
    };
    let flags = (field.default as u64) | (leaves_out(field) as u64) << 1 | (field.finite as u64) << 2;
    let words = mix(mix(mix(hash(role), hash(argument)), hash(unit)), hash(mask_of(field)));
    mix(mix(mix(hash(field.name), shape), words), mix(of_names(field.aliases), flags))
}

/// Of a group's fields, in order of declaration from the numbers of their types.
pub const fn of_group(group: &'static GroupMeta) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < group.members.len() {
        sum = sum.wrapping_add(match &group.members[at] {
            Member::Field(field) => of_field(field, Place::Payload, of_shape(field.shape)),
            Member::Group(inner) => of_group(inner),
        });
        at += 1;
    }
    sum
}

/// Of an event, walked to its end.
pub const fn of_event(event: &'static EventMeta) -> u64 {
    let mut sum = of_head(event);
    let mut at = 0;
    while at < event.members.len() {
        sum = sum.wrapping_add(match &event.members[at] {
            Member::Field(field) => of_field(field, Place::Payload, of_shape(field.shape)),
            Member::Group(group) => of_group(group),
        });
        at += 1;
    }
    let mut at = 0;
    while at < event.context.len() {
        sum = sum.wrapping_add(mix(1, of_group(event.context[at])));
        at += 1;
    }
    let mut at = 0;
    while at < event.wide.len() {
        sum = sum.wrapping_add(mix(2, of_group(event.wide[at])));
        at += 1;
    }
    sum
}

/// Of an event, from the numbers of its members and of its context groups and wide groups, in order of declaration.
pub const fn of_event_parts(event: &'static EventMeta, members: &[u64], context: &[u64], wide: &[u64]) -> u64 {
    let mut sum = of_head(event);
    let mut at = 0;
    while at < event.members.len() {
        sum = sum.wrapping_add(match &event.members[at] {
            Member::Field(field) => of_field(field, Place::Payload, members[at]),
            Member::Group(_) => members[at],
        });
        at += 1;
    }
    let mut at = 0;
    while at < context.len() {
        sum = sum.wrapping_add(mix(1, context[at]));
        at += 1;
    }
    let mut at = 0;
    while at < wide.len() {
        sum = sum.wrapping_add(mix(2, wide[at]));
        at += 1;
    }
    sum
}

const fn of_head(event: &EventMeta) -> u64 {
    mix(mix(hash(event.name.dotted), of_names(event.aliases)), levels(event.level) as u64)
}

/// The levels that a rule can give, a bit for each.
pub(super) const fn levels(rule: LevelRule) -> u8 {
    let mut bits = 0;
    match rule {
        LevelRule::Fixed(level) => bits |= 1 << level as u8,
        LevelRule::ByInteger { arms, otherwise, .. } => {
            bits |= 1 << otherwise as u8;
            let mut at = 0;
            while at < arms.len() {
                bits |= 1 << arms[at].2 as u8;
                at += 1;
            }
        }
        LevelRule::ByText { arms, otherwise, .. } => {
            bits |= 1 << otherwise as u8;
            let mut at = 0;
            while at < arms.len() {
                bits |= 1 << arms[at].1 as u8;
                at += 1;
            }
        }
        LevelRule::ByBool { yes, no, .. } => bits |= 1 << yes as u8 | 1 << no as u8,
    }
    bits
}
