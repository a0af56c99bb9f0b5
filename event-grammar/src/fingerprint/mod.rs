//! A number for a form: where it is the same, nothing need be compared.
//!
//! Declarations and locks give the same number for the same form: the first as constants, put
//! together from those of the types within, so that each type is walked once; the second in the
//! macro and the command ([`of_form`]). The order of fields and variants is no part of it.
//!
//! There are two numbers for every form. The *whole* one follows named types to their ends: it is
//! equal where what is written is equal, whatever the types are called. The *own* one takes a named
//! type by its name: it is equal where nothing changed but what such a type says itself.

mod written;

pub use written::{Named, of_form, of_member, of_path};

use crate::hash;

/// What a declaration says of a field, beside its type and beside `skip_none`.
#[derive(Clone, Copy, Debug)]
pub struct FieldWords<'a> {
    /// Its key.
    pub name: &'a str,
    /// What it is to the event: `entity`; empty for data.
    pub role: &'a str,
    /// What kind of it: `order`.
    pub argument: &'a str,
    /// The unit, or nothing.
    pub unit: &'a str,
    /// The mask, or nothing.
    pub mask: &'a str,
    /// Keys that are read as it.
    pub aliases: &'a [&'a str],
    /// Whether a missing field is read as the default.
    pub default: bool,
    /// Whether it is refused where it is not finite.
    pub finite: bool,
}

/// Joins two numbers; their order counts.
///
/// Both halves of the product are kept. Without the upper one a difference would only ever move
/// upwards, and the sum over two fields that hold one type would double it: from some depth on, a
/// change would leave no trace.
#[allow(clippy::cast_possible_truncation, reason = "the lower half is meant")]
#[allow(
    clippy::manual_rotate,
    reason = "to the compiler's interpreter a call costs as much as dozens of steps"
)]
pub const fn mix(a: u64, b: u64) -> u64 {
    let product = ((a << 23 | a >> 41) ^ b ^ 0xa076_1d64_78bd_642f) as u128 * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

/// Of names, whatever their order.
pub const fn names(names: &[&str]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < names.len() {
        sum = sum.wrapping_add(hash(names[at]));
        at += 1;
    }
    sum
}

/// Of what is said of a field.
pub const fn words(words: &FieldWords<'_>) -> u64 {
    let flags = words.default as u64 | (words.finite as u64) << 1;
    let said =
        mix(mix(mix(hash(words.role), hash(words.argument)), hash(words.unit)), hash(words.mask));
    mix(mix(hash(words.name), said), mix(names(words.aliases), flags))
}

/// Of a field: what is said of it, whether it is left out where it holds nothing, and the number of
/// its type.
pub const fn field(words: u64, skips: bool, of_type: u64) -> u64 {
    mix(mix(words, skips as u64), of_type)
}

/// Where an event has a field or a group from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The call that emits the event.
    Payload,
    /// What is bound when it is emitted.
    Context,
    /// What a unit of work adds to it, or does not.
    Wide,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 3] = [Self::Payload, Self::Context, Self::Wide];

    /// As in a lock; the mark of a field that has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payload => "payload",
            Self::Context => "context",
            Self::Wide => "wide",
        }
    }
}

/// Of fields, by where the event has them from. It may be applied to each or to their sum.
pub const fn placed(fields: u64, place: Place) -> u64 {
    match place {
        Place::Payload => fields,
        Place::Context => fields.wrapping_mul(0xd6e8_feb8_6659_fd93),
        Place::Wide => fields.wrapping_mul(0xa076_1d64_78bd_642f),
    }
}

/// Of a version of an event: what it is looked up by while compiling.
pub const fn version(event: &str, version: u32) -> u64 {
    mix(hash(event), version as u64)
}

/// Of an event, beside its fields: its name on the wire, the names that are read as it, and a bit
/// for each level that it can have.
pub const fn event(event_type: &str, aliases: &[&str], levels: u8) -> u64 {
    mix(mix(hash(event_type), names(aliases)), levels as u64)
}

/// Of `true` or `false`.
pub const BOOL: u64 = 1;
/// Of a number.
pub const FLOAT: u64 = 3;
/// Of any JSON value.
pub const ANY: u64 = 12;
/// Of a foreign type.
pub const OPAQUE: u64 = 13;

/// Of a whole number between two.
pub const fn of_integer(min: i64, max: u64) -> u64 {
    mix(mix(2, min.cast_unsigned()), max)
}

/// Of text of a format, by its place in [`FORMATS`](crate::form::FORMATS).
pub const fn of_text(format: u64) -> u64 {
    mix(4, format)
}

/// Of what may be `null`.
pub const fn of_optional(inner: u64) -> u64 {
    mix(5, inner)
}

/// Of a value that may be absent, `null` or there, from the number of what may be `null`.
pub const fn of_presence(optional: u64) -> u64 {
    mix(16, optional)
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

/// Of a list with a form per place.
pub const fn of_tuple(items: &[u64]) -> u64 {
    let (mut sum, mut at) = (0, 0);
    while at < items.len() {
        sum = mix(sum, items[at]);
        at += 1;
    }
    mix(9, sum)
}

/// Of an object, from the sum of its fields.
pub const fn of_object(fields: u64) -> u64 {
    mix(10, fields)
}

/// Of an enum, from the sum of its tagging and its variants.
pub const fn of_enum(variants: u64) -> u64 {
    mix(11, variants)
}

/// Of a type that is being described.
pub const fn of_recursive(name: &str) -> u64 {
    mix(14, hash(name))
}

/// Of a named type that is taken by its name: its path, and the numbers of its arguments.
pub const fn of_name(module: &str, ident: &str, arguments: u64) -> u64 {
    mix(mix(mix(15, hash(module)), hash(ident)), arguments)
}

/// Of how variants are told apart: nothing, a tag, a tag and the key of the content.
pub const fn of_tagging(tag: &str, content: &str) -> u64 {
    if tag.is_empty() {
        0
    } else if content.is_empty() {
        mix(1, hash(tag))
    } else {
        mix(mix(2, hash(tag)), hash(content))
    }
}

/// Of variants that nothing tells apart, in the place of [`of_tagging`].
pub const UNTAGGED: u64 = mix(3, 0);

/// Of what is said of a variant: its names, and whether it takes what is not known.
pub const fn variant_words(name: &str, aliases: &[&str], is_other: bool) -> u64 {
    mix(mix(hash(name), names(aliases)), is_other as u64)
}

/// Of a variant: what is said of it, and what it holds (0 for nothing, else by [`of_one`] or
/// [`of_members`]).
pub const fn of_variant(words: u64, content: u64) -> u64 {
    mix(words, content)
}

/// Of a variant that holds one value.
pub const fn of_one(value: u64) -> u64 {
    mix(1, value)
}

/// Of a variant that holds fields, from their sum.
pub const fn of_members(fields: u64) -> u64 {
    mix(2, fields)
}

#[cfg(test)]
mod tests {
    use super::{field, of_list, of_object, of_optional};

    /// Values nested so deep, each of which holds the next one twice.
    fn nested(depth: u32, innermost: u64) -> u64 {
        (0..depth).fold(innermost, |inner, _| {
            let (once, often) =
                (field(1, false, of_optional(inner)), field(2, false, of_list(inner)));
            of_object(once.wrapping_add(often))
        })
    }

    #[test]
    fn a_change_leaves_its_trace_however_deep_it_is() {
        for depth in [1, 10, 40, 64, 200, 1_000] {
            for bit in 0..u64::BITS {
                assert_ne!(
                    nested(depth, 7),
                    nested(depth, 7 ^ 1 << bit),
                    "{depth} deep, bit {bit}"
                );
            }
        }
    }
}
