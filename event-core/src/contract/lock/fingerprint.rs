//! A number for everything that is compared: where it is the same, nothing need be.
//!
//! It is put together from the numbers of the types within, each of which is a constant of its
//! type, so that a type is walked once, however many events have it. A lock gives the same number
//! for the same form: [`event_grammar::fingerprint`].

use super::fields::{leaves_out, mask_of, role_of};
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, LevelRule, Member};
use crate::model::shape::{EnumShape, Shape, Tagging, TypeName, VariantContent, VariantShape};
use event_grammar::fingerprint::{self, FieldWords, Place, of_array, of_list, of_map, placed};

/// How far named types are followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follow {
    /// To their ends.
    Whole,
    /// Not at all: each is its name.
    Names,
}

/// The whole number of a shape.
pub const fn of_shape(shape: &'static Shape) -> u64 {
    number(shape, Follow::Whole)
}

/// The number of a shape in which a named type is its name.
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
    // A tuple has at most four places; a type may have more parameters.
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

/// Of an `Option`, from its inner shape and that one's number.
pub(crate) const fn of_optional(inner: &'static Shape, number: u64) -> u64 {
    if inner.is_optional() { number } else { fingerprint::of_optional(number) }
}

/// Of a `Presence`, from the number of the `Option` in it.
pub(crate) const fn of_presence(optional: u64) -> u64 {
    fingerprint::of_presence(optional)
}

/// Of an object's fields: of each what is said of it, which the macro has worked out, and the
/// number of its type.
pub const fn of_said(fields: &[(u64, u64)]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < fields.len() {
        let (words, number) = fields[at];
        sum = sum.wrapping_add(fingerprint::field(words, false, number));
        at += 1;
    }
    sum
}

/// The same of fields that skip `None`, with their shapes: only one that may be missing is left
/// out, which its shape tells.
pub const fn of_skipping(fields: &[(u64, u64, &'static Shape)]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < fields.len() {
        let (words, number, shape) = fields[at];
        sum = sum.wrapping_add(of_declared_field(words, number, shape));
        at += 1;
    }
    sum
}

/// Of an object, from the sums over its fields.
pub const fn of_struct(said: u64, skipping: u64) -> u64 {
    fingerprint::of_object(said.wrapping_add(skipping))
}

/// Of a group, from the sums over its fields and the numbers of the groups in it.
pub const fn of_members_and_groups(said: u64, skipping: u64, groups: &[u64]) -> u64 {
    said.wrapping_add(skipping).wrapping_add(total(groups))
}

/// Of a group whose fields all hold one type, from the number of that.
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

/// What a variant holds, from the sums over its fields.
pub const fn of_content(said: u64, skipping: u64) -> u64 {
    fingerprint::of_members(said.wrapping_add(skipping))
}

/// Of an enum: of how its variants are told apart, and of each variant what is said of it and what
/// it holds.
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

/// Of a field as a member of whatever has it, with the number of its type: what its place says is
/// added by [`placed`].
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
    // That a `Presence` may be absent, its own number says.
    let leaves_out = leaves_out(field) && !field.shape.is_presence();
    fingerprint::field(words, leaves_out, of_type)
}

/// Of a group's fields.
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

/// Of an event, walked to its end.
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

/// Of a field, from the number that the macro has worked out of what is said of it, and that of its
/// type.
pub const fn of_plain_field(words: u64, number: u64) -> u64 {
    fingerprint::field(words, false, number)
}

/// The same of a field that skips `None`: only one that may be missing is left out, which its shape
/// tells.
pub const fn of_declared_field(words: u64, number: u64, shape: &'static Shape) -> u64 {
    fingerprint::field(words, shape.is_optional() && !shape.is_presence(), number)
}

/// Of an event, from what it is beside its fields, each field's number, those of its groups, its
/// context groups and its wide groups.
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

/// The levels that a rule can give, a bit for each.
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
