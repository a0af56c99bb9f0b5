//! The fingerprint of a form: if two fingerprints are equal, the forms need no comparison.
//!
//! A declaration and a lock give the same fingerprint for the same form. For a declaration it is a
//! constant, computed from the constants of the nested types, so that each type is walked once. For
//! a lock the macro and the command compute it ([`of_form`]). The order of fields and variants does
//! not change it.
//!
//! Every form has two fingerprints. The *whole* fingerprint follows named types to their ends: it
//! is equal if the written values are equal, whatever the types are called. The *own* fingerprint
//! takes a named type by its name: a change within that type does not change it.

mod written;

pub use written::{Named, of_form, of_member, of_path};

use crate::hash;

/// The words that a declaration says about a field, except its type and `skip_none`.
#[derive(Clone, Copy, Debug)]
pub struct FieldWords<'a> {
    /// The key of the field.
    pub name: &'a str,
    /// The role of the field: `entity`; empty for data.
    pub role: &'a str,
    /// The argument of the role: `order`.
    pub argument: &'a str,
    /// The unit; empty if there is none.
    pub unit: &'a str,
    /// The mask; empty if there is none.
    pub mask: &'a str,
    /// Other keys under which the field is read.
    pub aliases: &'a [&'a str],
    /// Whether a missing field is read as the default.
    pub default: bool,
    /// Whether a value that is not finite is refused.
    pub finite: bool,
}

/// Combines two numbers; their order counts.
///
/// Both halves of the product are kept. Without the upper half, a difference would only move
/// towards the upper bits. The sum over two fields of one type would then double the difference at
/// each level, and from some depth on a change would be lost.
#[allow(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
#[allow(
    clippy::manual_rotate,
    reason = "to the compiler's interpreter a call costs as much as dozens of steps"
)]
pub const fn mix(a: u64, b: u64) -> u64 {
    let product = ((a << 23 | a >> 41) ^ b ^ 0xa076_1d64_78bd_642f) as u128 * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

/// The fingerprint of a set of names; their order does not count.
pub const fn names(names: &[&str]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < names.len() {
        sum = sum.wrapping_add(hash(names[at]));
        at += 1;
    }
    sum
}

/// The fingerprint of the words of a field.
pub const fn words(words: &FieldWords<'_>) -> u64 {
    let flags = words.default as u64 | (words.finite as u64) << 1;
    let said =
        mix(mix(mix(hash(words.role), hash(words.argument)), hash(words.unit)), hash(words.mask));
    mix(mix(hash(words.name), said), mix(names(words.aliases), flags))
}

/// The fingerprint of a field, from the fingerprint of its words, whether an empty value is left
/// out, and the fingerprint of its type.
pub const fn field(words: u64, skips: bool, of_type: u64) -> u64 {
    mix(mix(words, skips as u64), of_type)
}

/// The source from which an event gets a field or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The call that emits the event.
    Payload,
    /// The context that is bound when the event is emitted.
    Context,
    /// A contribution to a unit of work, which may be missing.
    Wide,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 3] = [Self::Payload, Self::Context, Self::Wide];

    /// The word in a lock: the mark of a field from this place.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payload => "payload",
            Self::Context => "context",
            Self::Wide => "wide",
        }
    }
}

/// The fingerprint of fields with their place. It is linear: apply it to each field or to the sum
/// of the fields.
pub const fn placed(fields: u64, place: Place) -> u64 {
    match place {
        Place::Payload => fields,
        Place::Context => fields.wrapping_mul(0xd6e8_feb8_6659_fd93),
        Place::Wide => fields.wrapping_mul(0xa076_1d64_78bd_642f),
    }
}

/// The key under which the compile-time check looks up a version of an event.
pub const fn version(event: &str, version: u32) -> u64 {
    mix(hash(event), version as u64)
}

/// The fingerprint of an event without its fields: its name on the wire, its aliases, and one bit
/// for each level that it can have.
pub const fn event(event_type: &str, aliases: &[&str], levels: u8) -> u64 {
    mix(mix(hash(event_type), names(aliases)), levels as u64)
}

/// The fingerprint of `true` or `false`.
pub const BOOL: u64 = 1;
/// The fingerprint of a number.
pub const FLOAT: u64 = 3;
/// The fingerprint of any JSON value.
pub const ANY: u64 = 12;
/// The fingerprint of a foreign type.
pub const OPAQUE: u64 = 13;

/// The fingerprint of a whole number from `min` to `max`.
pub const fn of_integer(min: i64, max: u64) -> u64 {
    mix(mix(2, min.cast_unsigned()), max)
}

/// The fingerprint of text in a format, given by its index in [`FORMATS`](crate::form::FORMATS).
pub const fn of_text(format: u64) -> u64 {
    mix(4, format)
}

/// The fingerprint of a value that may be `null`.
pub const fn of_optional(inner: u64) -> u64 {
    mix(5, inner)
}

/// The fingerprint of a value that may be absent, `null` or present, from the fingerprint of the
/// value that may be `null`.
pub const fn of_presence(optional: u64) -> u64 {
    mix(16, optional)
}

/// The fingerprint of a list.
pub const fn of_list(item: u64) -> u64 {
    mix(6, item)
}

/// The fingerprint of a list with a fixed length.
pub const fn of_array(item: u64, len: usize) -> u64 {
    mix(mix(7, item), len as u64)
}

/// The fingerprint of an object with any keys.
pub const fn of_map(value: u64) -> u64 {
    mix(8, value)
}

/// The fingerprint of a list with one form per position.
pub const fn of_tuple(items: &[u64]) -> u64 {
    let (mut sum, mut at) = (0, 0);
    while at < items.len() {
        sum = mix(sum, items[at]);
        at += 1;
    }
    mix(9, sum)
}

/// The fingerprint of an object, from the sum of its fields.
pub const fn of_object(fields: u64) -> u64 {
    mix(10, fields)
}

/// The fingerprint of an enum, from the sum of its tagging and its variants.
pub const fn of_enum(variants: u64) -> u64 {
    mix(11, variants)
}

/// The fingerprint of a type within its own description.
pub const fn of_recursive(name: &str) -> u64 {
    mix(14, hash(name))
}

/// The fingerprint of a named type that is taken by its name, from its path and the fingerprint of
/// its arguments.
pub const fn of_name(module: &str, ident: &str, arguments: u64) -> u64 {
    mix(mix(mix(15, hash(module)), hash(ident)), arguments)
}

/// The fingerprint of a tagging: none, a tag, or a tag and a content key.
pub const fn of_tagging(tag: &str, content: &str) -> u64 {
    if tag.is_empty() {
        0
    } else if content.is_empty() {
        mix(1, hash(tag))
    } else {
        mix(mix(2, hash(tag)), hash(content))
    }
}

/// The fingerprint of variants without tagging, in place of [`of_tagging`].
pub const UNTAGGED: u64 = mix(3, 0);

/// The fingerprint of the words of a variant: its names, and whether the variant takes unknown
/// values.
pub const fn variant_words(name: &str, aliases: &[&str], is_other: bool) -> u64 {
    mix(mix(hash(name), names(aliases)), is_other as u64)
}

/// The fingerprint of a variant, from the fingerprint of its words and of its content (0 for none,
/// else [`of_one`] or [`of_members`]).
pub const fn of_variant(words: u64, content: u64) -> u64 {
    mix(words, content)
}

/// The fingerprint of the content of a variant that holds one value.
pub const fn of_one(value: u64) -> u64 {
    mix(1, value)
}

/// The fingerprint of the content of a variant that holds fields, from the sum of the fields.
pub const fn of_members(fields: u64) -> u64 {
    mix(2, fields)
}

#[cfg(test)]
mod tests {
    use super::{field, of_list, of_object, of_optional};

    /// Values nested to `depth`; each level holds the next level twice.
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
