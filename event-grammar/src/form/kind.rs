//! The kinds of a form.

use super::{end, equal, part, quoted_end};

/// The kind of a form.
#[derive(Clone, Copy, Debug)]
pub enum Kind<'a> {
    /// `true` or `false`.
    Bool,
    /// A whole number within these bounds, both included.
    Integer(i128, i128),
    /// A number.
    Float,
    /// Text in the format at this index of [`FORMATS`].
    Text(usize),
    /// A list; its items have this form.
    List(&'a [u8]),
    /// A list of a fixed length: the form of its items, and the length.
    Array(&'a [u8], &'a [u8]),
    /// A list with one form per position.
    Tuple(&'a [u8]),
    /// An object with any keys; its values have this form.
    Map(&'a [u8]),
    /// An object with these members.
    Object(&'a [u8]),
    /// The tagging, and the variants.
    Enum(&'a [u8], &'a [u8]),
    /// Any JSON value.
    Any,
    /// A foreign type that brings its own schema.
    Opaque,
    /// A type within its own description, by its name.
    Recursive(&'a [u8]),
    /// The members of a group. They are among the members of the type that has the group.
    Group(&'a [u8]),
    /// A type whose form is in the lock once, under its path: `shop::model::User`.
    Named(&'a [u8]),
    /// A form that this version of the reader does not know.
    Unknown,
}

/// Reads a form without `?`.
pub const fn kind(form: &[u8]) -> Kind<'_> {
    match form {
        [b'[', inner @ .., b']'] => {
            let to = end(inner, 0, false);
            if to < inner.len() {
                Kind::Array(part(inner, 0, to), part(inner, to + 1, inner.len()))
            } else {
                Kind::List(inner)
            }
        }
        [b'(', inner @ .., b')'] => Kind::Tuple(inner),
        [b'{', inner @ .., b'}'] => Kind::Object(inner),
        [b'^', name @ ..] => Kind::Recursive(name),
        [b'&', path @ ..] => Kind::Named(path),
        [b'.', b'.', b'{', inner @ .., b'}'] => Kind::Group(inner),
        [b'm', b'a', b'p', b'(', inner @ .., b')'] => Kind::Map(inner),
        [b'i', b'n', b't', b'(', range @ .., b')'] => range_of(range),
        [b'e', b'n', b'u', b'm', rest @ ..] => {
            let mut at = 0;
            while at < rest.len() && rest[at] != b'{' {
                at = if rest[at] == b'\'' { quoted_end(rest, at) + 1 } else { at + 1 };
            }
            if at >= rest.len() {
                return Kind::Unknown;
            }
            Kind::Enum(part(rest, 0, at), part(rest, at + 1, rest.len() - 1))
        }
        _ => word(form),
    }
}

const fn word(form: &[u8]) -> Kind<'_> {
    const WORDS: &[(&[u8], Kind<'_>)] = &[
        (b"bool", Kind::Bool),
        (b"f64", Kind::Float),
        (b"i8", Kind::Integer(i8::MIN as i128, i8::MAX as i128)),
        (b"i16", Kind::Integer(i16::MIN as i128, i16::MAX as i128)),
        (b"i32", Kind::Integer(i32::MIN as i128, i32::MAX as i128)),
        (b"i64", Kind::Integer(i64::MIN as i128, i64::MAX as i128)),
        (b"u8", Kind::Integer(0, u8::MAX as i128)),
        (b"u16", Kind::Integer(0, u16::MAX as i128)),
        (b"u32", Kind::Integer(0, u32::MAX as i128)),
        (b"u64", Kind::Integer(0, u64::MAX as i128)),
        (b"any", Kind::Any),
        (b"opaque", Kind::Opaque),
    ];
    let mut at = 0;
    while at < WORDS.len() {
        if equal(WORDS[at].0, form) {
            return WORDS[at].1;
        }
        at += 1;
    }
    let mut at = 0;
    while at < FORMATS.len() {
        if equal(FORMATS[at].as_bytes(), form) {
            return Kind::Text(at);
        }
        at += 1;
    }
    Kind::Unknown
}

/// The names of the text formats, in the order of `TextFormat` in event-core.
pub const FORMATS: &[&str] =
    &["text", "char", "date-time", "date", "uuid", "uri", "ipv4", "ipv6", "ip", "decimal"];

/// `1..5`
const fn range_of(range: &[u8]) -> Kind<'_> {
    let mut at = 0;
    while at + 1 < range.len() && !(range[at] == b'.' && range[at + 1] == b'.') {
        at += 1;
    }
    match (number(part(range, 0, at)), number(part(range, at + 2, range.len()))) {
        (Some(min), Some(max)) => Kind::Integer(min, max),
        _ => Kind::Unknown,
    }
}

const fn number(digits: &[u8]) -> Option<i128> {
    let (digits, sign) = match digits {
        [b'-', rest @ ..] => (rest, -1),
        digits => (digits, 1),
    };
    // More digits than a `u64` has: no tool of this project wrote it.
    if digits.is_empty() || digits.len() > 20 {
        return None;
    }
    let mut value = 0;
    let mut at = 0;
    while at < digits.len() {
        if !digits[at].is_ascii_digit() {
            return None;
        }
        value = value * 10 + (digits[at] - b'0') as i128;
        at += 1;
    }
    Some(sign * value)
}
