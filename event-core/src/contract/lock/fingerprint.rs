//! Fingerprints: a number for each thing that is compared. Equal numbers need no comparison.
//!
//! A number is computed from the numbers of the types within. Each type's number is a constant of
//! the type, so each type is walked once for all events. A lock gives the same number for the same
//! form: [`event_grammar::fingerprint`].

use super::fields::{leaves_out, mask_of, role_of};
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, LevelRule, Member};
use crate::model::shape::{EnumShape, Shape, Tagging, TypeName, VariantContent, VariantShape};
use event_grammar::fingerprint::{self, FieldWords, Place, of_array, of_list, of_map, placed};

/// How named types are followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follow {
    /// To their ends.
    Whole,
    /// Not at all: each named type is represented by its name.
    Names,
}

/// The number of a shape with all types followed.
pub const fn of_shape(shape: &'static Shape) -> u64 {
    number(shape, Follow::Whole)
}

/// The number of a shape when named types are represented by their names.
pub(super) const fn by_name(shape: &'static Shape) -> u64 {
    number(shape, Follow::Names)
}

const fn number(shape: &'static Shape, follow: Follow) -> u64 {
    if matches!(follow, Follow::Names)
        && let Some(ty) = shape.type_name()
        && !ty.ident.is_empty()
    {
        return of_type_name(ty);
    }
    match shape {
        Shape::Bool => fingerprint::BOOL,
        Shape::Integer { min, max } => fingerprint::of_integer(*min, *max),
        Shape::Float => fingerprint::FLOAT,
        Shape::Text(format) => fingerprint::of_text(*format as u64),
        Shape::Optional(inner) if matches!(inner, Shape::Optional(_)) => {
            of_presence(number(inner, follow))
        }
        Shape::Optional(inner) => {
            let says_more = match follow {
                Follow::Whole => !inner.is_optional(),
                Follow::Names => true,
            };
            if says_more {
                fingerprint::of_optional(number(inner, follow))
            } else {
                number(inner, follow)
            }
        }
        Shape::List(item) => of_list(number(item, follow)),
        Shape::Array { item, len } => of_array(number(item, follow), *len),
        Shape::Map(value) => of_map(number(value, follow)),
        Shape::Tuple(items) => tuple(items, follow),
        Shape::Newtype(newtype) => number(newtype.inner, follow),
        Shape::Struct(shape) => fingerprint::of_object(fields(shape.fields, follow)),
        Shape::Enum(shape) => enumeration(shape, follow),
        Shape::Any => fingerprint::ANY,
        Shape::Opaque(_) => fingerprint::OPAQUE,
        Shape::Recursive(recursion) => fingerprint::of_recursive(recursion.name),
    }
}

/// The number of a named type's name.
pub(super) const fn of_type_name(ty: &TypeName) -> u64 {
    let arguments = if ty.arguments.is_empty() { 0 } else { tuple(ty.arguments, Follow::Names) };
    fingerprint::of_name(ty.module, ty.ident, arguments)
}

const fn tuple(items: &[&'static Shape], follow: Follow) -> u64 {
    let mut numbers = [0; 16];
    let (mut sum, mut at) = (0, 0);
    // A tuple has at most four items, but a type may have more parameters.
    while at < items.len() {
        if at < numbers.len() {
            numbers[at] = number(items[at], follow);
        } else {
            sum = fingerprint::mix(sum, number(items[at], follow));
        }
        at += 1;
    }
    if items.len() > numbers.len() {
        return fingerprint::mix(fingerprint::of_tuple(&numbers), sum);
    }
    fingerprint::of_tuple(numbers.split_at(items.len()).0)
}

const fn fields(fields: &'static [FieldMeta], follow: Follow) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < fields.len() {
        sum = sum.wrapping_add(of_field(&fields[at], number(fields[at].shape, follow)));
        at += 1;
    }
    sum
}

const fn enumeration(shape: &'static EnumShape, follow: Follow) -> u64 {
    let (mut sum, mut at) = (of_tagging(shape.tagging), 0);
    while at < shape.variants.len() {
        let variant = &shape.variants[at];
        let content = match &variant.content {
            VariantContent::Unit => 0,
            VariantContent::Newtype(inner) => fingerprint::of_one(number(inner, follow)),
            VariantContent::Struct(members) => fingerprint::of_members(fields(members, follow)),
        };
        sum = sum.wrapping_add(of_variant(variant, content));
        at += 1;
    }
    fingerprint::of_enum(sum)
}

/// The number of an `Option`, from its inner shape and that shape's number.
pub(crate) const fn of_optional(inner: &'static Shape, number: u64) -> u64 {
    if inner.is_optional() { number } else { fingerprint::of_optional(number) }
}

/// The number of a `Presence`, from the number of the `Option` in it.
pub(crate) const fn of_presence(optional: u64) -> u64 {
    fingerprint::of_presence(optional)
}

/// The sum over an object's fields. Each field is a pair: the number of its words, which the macro
/// has computed, and the number of its type.
pub const fn of_said(fields: &[(u64, u64)]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < fields.len() {
        let (words, number) = fields[at];
        sum = sum.wrapping_add(fingerprint::field(words, false, number));
        at += 1;
    }
    sum
}

/// The sum over fields with `skip_none`, with their shapes. Only an optional field is left out, and
/// only the shape tells whether a field is optional.
pub const fn of_skipping(fields: &[(u64, u64, &'static Shape)]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < fields.len() {
        let (words, number, shape) = fields[at];
        sum = sum.wrapping_add(of_declared_field(words, number, shape));
        at += 1;
    }
    sum
}

/// The number of an object, from the sums over its fields.
pub const fn of_struct(said: u64, skipping: u64) -> u64 {
    fingerprint::of_object(said.wrapping_add(skipping))
}

/// The number of a group, from the sums over its fields and the numbers of the groups in it.
pub const fn of_members_and_groups(said: u64, skipping: u64, groups: &[u64]) -> u64 {
    said.wrapping_add(skipping).wrapping_add(total(groups))
}

/// The number of a group whose fields have the same type, from the type's number.
pub(crate) const fn of_alike(group: &'static GroupMeta, number: u64) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < group.members.len() {
        if let Member::Field(field) = &group.members[at] {
            sum = sum.wrapping_add(of_field(field, number));
        }
        at += 1;
    }
    sum
}

/// The number of a variant's content, from the sums over its fields.
pub const fn of_content(said: u64, skipping: u64) -> u64 {
    fingerprint::of_members(said.wrapping_add(skipping))
}

/// The number of an enum, from the number of its tagging, and the numbers of the words and the
/// content of each variant.
pub const fn of_variants(tagging: u64, variants: &[(u64, u64)]) -> u64 {
    let (mut sum, mut at) = (tagging, 0);
    while at < variants.len() {
        sum = sum.wrapping_add(fingerprint::of_variant(variants[at].0, variants[at].1));
        at += 1;
    }
    fingerprint::of_enum(sum)
}

const fn of_tagging(tagging: Tagging) -> u64 {
    match tagging {
        Tagging::External => fingerprint::of_tagging("", ""),
        Tagging::Internal { tag } => fingerprint::of_tagging(tag, ""),
        Tagging::Adjacent { tag, content } => fingerprint::of_tagging(tag, content),
        Tagging::Untagged => fingerprint::UNTAGGED,
    }
}

const fn of_variant(variant: &VariantShape, content: u64) -> u64 {
    fingerprint::of_variant(
        fingerprint::variant_words(variant.name, variant.aliases, variant.other),
        content,
    )
}

/// The number of a field as a member, with the number of its type. [`placed`] adds the place.
pub(super) const fn of_field(field: &FieldMeta, of_type: u64) -> u64 {
    let (role, argument) = role_of(field, Place::Payload);
    let unit = match field.unit {
        Some(unit) => unit,
        None => "",
    };
    let words = fingerprint::words(&FieldWords {
        name: field.name,
        role,
        argument,
        unit,
        mask: mask_of(field),
        aliases: field.aliases,
        default: field.default,
        finite: field.finite,
    });
    // The number of a `Presence` already says that the field may be absent.
    let leaves_out = leaves_out(field) && !field.shape.is_presence();
    fingerprint::field(words, leaves_out, of_type)
}

/// The number of a group.
pub const fn of_group(group: &'static GroupMeta) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < group.members.len() {
        sum = sum.wrapping_add(match &group.members[at] {
            Member::Field(field) => of_field(field, of_shape(field.shape)),
            Member::Group(inner) => of_group(inner),
        });
        at += 1;
    }
    sum
}

/// The number of an event, computed from the shapes.
pub const fn of_event(event: &'static EventMeta) -> u64 {
    let mut sum = of_head(event);
    let mut at = 0;
    while at < event.members.len() {
        sum = sum.wrapping_add(match &event.members[at] {
            Member::Field(field) => of_field(field, of_shape(field.shape)),
            Member::Group(group) => of_group(group),
        });
        at += 1;
    }
    let mut at = 0;
    while at < event.context.len() {
        sum = sum.wrapping_add(placed(of_group(event.context[at]), Place::Context));
        at += 1;
    }
    let mut at = 0;
    while at < event.wide.len() {
        sum = sum.wrapping_add(placed(of_group(event.wide[at]), Place::Wide));
        at += 1;
    }
    sum
}

/// The number of a field, from the number of its words, which the macro has computed, and the
/// number of its type.
pub const fn of_plain_field(words: u64, number: u64) -> u64 {
    fingerprint::field(words, false, number)
}

/// The number of a field with `skip_none`. Only an optional field is left out, and only the shape
/// tells whether a field is optional.
pub const fn of_declared_field(words: u64, number: u64, shape: &'static Shape) -> u64 {
    fingerprint::field(words, shape.is_optional() && !shape.is_presence(), number)
}

/// The number of an event, from the number of its head, the numbers of its fields and groups, and
/// those of its context groups and wide groups.
pub const fn of_declared(
    head: u64,
    fields: &[u64],
    groups: &[u64],
    context: &[u64],
    wide: &[u64],
) -> u64 {
    let of_groups = total(groups).wrapping_add(placed(total(context), Place::Context));
    head.wrapping_add(total(fields))
        .wrapping_add(of_groups)
        .wrapping_add(placed(total(wide), Place::Wide))
}

const fn total(numbers: &[u64]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < numbers.len() {
        sum = sum.wrapping_add(numbers[at]);
        at += 1;
    }
    sum
}

pub(super) const fn of_head(event: &EventMeta) -> u64 {
    fingerprint::event(event.name.dotted, event.aliases, levels(event.level))
}

/// The levels that a rule can give, one bit each.
pub(super) const fn levels(rule: LevelRule) -> u8 {
    let mut bits = 0;
    match rule {
        LevelRule::Fixed(level) => bits |= 1 << level as u8,
        LevelRule::ByField { arms, .. } => {
            let mut at = 0;
            while at < arms.len() {
                bits |= 1 << arms[at].1 as u8;
                at += 1;
            }
        }
    }
    bits
}
