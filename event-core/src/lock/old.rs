//! Reading forms, in a constant: where each part of a text ends.
//!
//! A form in a lock has passed its sum, so these functions need not report that one is malformed; whatever the bytes, they end.

use crate::shape::TextFormat;

/// A member of an object, or a variant.
#[derive(Clone, Copy)]
pub(super) struct OldMember<'a> {
    /// As written, in quotes if it needs them.
    pub(super) name: &'a [u8],
    /// A member's form; what a variant holds, brackets included.
    pub(super) form: &'a [u8],
    /// The marks after it, each after a space.
    pub(super) marks: &'a [u8],
    /// Where the next one begins.
    pub(super) next: usize,
}

/// From `from` up to `to`.
pub(super) const fn part(text: &[u8], from: usize, to: usize) -> &[u8] {
    if from >= to || to > text.len() {
        return &[];
    }
    text.split_at(to).0.split_at(from).1
}

/// Whether two texts are equal.
pub(super) const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

const fn begins(text: &[u8], with: &[u8]) -> bool {
    text.len() >= with.len() && equal(text.split_at(with.len()).0, with)
}

/// Where a part that begins at `from` ends: before a comma, a semicolon, a closing bracket or, if asked, a space outside of its own brackets.
pub(super) const fn end(text: &[u8], from: usize, at_space: bool) -> usize {
    let (mut at, mut depth) = (from, 0_usize);
    while at < text.len() {
        match text[at] {
            b'\'' => at = quoted_end(text, at),
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' | b'>' => {
                if depth == 0 {
                    return at;
                }
                depth -= 1;
            }
            b',' | b';' if depth == 0 => return at,
            b' ' if depth == 0 && at_space => return at,
            _ => {}
        }
        at += 1;
    }
    if at > text.len() { text.len() } else { at }
}

/// The place of the quote that closes the one at `from`.
const fn quoted_end(text: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while at < text.len() && text[at] != b'\'' {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    at
}

/// Where a name that begins at `from` ends.
const fn name_end(text: &[u8], from: usize) -> usize {
    if from < text.len() && text[from] == b'\'' {
        let end = quoted_end(text, from) + 1;
        return if end > text.len() { text.len() } else { end };
    }
    let mut at = from;
    while at < text.len() && !matches!(text[at], b':' | b',' | b'(' | b'{' | b' ') {
        at += 1;
    }
    at
}

/// The member that begins at `from`: `name:form marks`.
pub(super) const fn member(text: &[u8], from: usize) -> Option<OldMember<'_>> {
    if from >= text.len() {
        return None;
    }
    let colon = name_end(text, from);
    Some(after_name(text, from, colon, colon + 1))
}

/// The variant that begins at `from`: `name`, `name(form)`, `name{members}`, and marks.
pub(super) const fn variant(text: &[u8], from: usize) -> Option<OldMember<'_>> {
    if from >= text.len() {
        return None;
    }
    let name = name_end(text, from);
    Some(after_name(text, from, name, name))
}

const fn after_name(text: &[u8], from: usize, name: usize, form: usize) -> OldMember<'_> {
    let form_end = end(text, form, true);
    let marks_end = end(text, form_end, false);
    OldMember {
        name: part(text, from, name),
        form: part(text, form, form_end),
        marks: part(text, form_end, marks_end),
        next: marks_end + 1,
    }
}

/// Whether a name as it is written in a form is `name`.
pub(super) const fn is_named(written: &[u8], name: &str) -> bool {
    let name = name.as_bytes();
    let [b'\'', quoted @ .., b'\''] = written else { return equal(written, name) };
    let (mut at, mut place) = (0, 0);
    while at < quoted.len() {
        if quoted[at] == b'\\' {
            at += 1;
        }
        if at >= quoted.len() || place >= name.len() || quoted[at] != name[place] {
            return false;
        }
        at += 1;
        place += 1;
    }
    place == name.len()
}

/// What stands in the brackets of a mark; empty for a mark without them.
pub(super) const fn mark<'a>(marks: &'a [u8], word: &str) -> Option<&'a [u8]> {
    let word = word.as_bytes();
    let mut at = 0;
    while at < marks.len() {
        // Each mark follows a space.
        let from = at + 1;
        let to = end(marks, from, true);
        let one = part(marks, from, to);
        if begins(one, word) {
            if one.len() == word.len() {
                return Some(&[]);
            }
            if one[word.len()] == b'(' {
                return Some(part(one, word.len() + 1, one.len() - 1));
            }
        }
        at = if to > at { to } else { at + 1 };
    }
    None
}

/// Whether the list in a mark's brackets has the name.
pub(super) const fn lists(list: &[u8], name: &str) -> bool {
    let mut at = 0;
    while at < list.len() {
        let to = end(list, at, false);
        if is_named(part(list, at, to), name) {
            return true;
        }
        at = to + 1;
    }
    false
}

/// The form without `?`, and whether it had one.
pub(super) const fn bare(mut form: &[u8]) -> (&[u8], bool) {
    let mut is_optional = false;
    while let [rest @ .., b'?'] = form {
        form = rest;
        is_optional = true;
    }
    (form, is_optional)
}

/// What a form is made of.
#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    Bool,
    Integer(i128, i128),
    Float,
    Text(TextFormat),
    List(&'a [u8]),
    Array(&'a [u8], &'a [u8]),
    Tuple(&'a [u8]),
    Map(&'a [u8]),
    Object(&'a [u8]),
    /// The tagging, and the variants.
    Enum(&'a [u8], &'a [u8]),
    Any,
    Opaque,
    Recursive(&'a [u8]),
    Unknown,
}

/// Reads a form without `?`.
pub(super) const fn kind(form: &[u8]) -> Kind<'_> {
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
        if equal(FORMATS[at].0.as_bytes(), form) {
            return Kind::Text(FORMATS[at].1);
        }
        at += 1;
    }
    Kind::Unknown
}

/// What the formats of texts are called.
pub(super) const FORMATS: &[(&str, TextFormat)] = &[
    ("text", TextFormat::Plain),
    ("char", TextFormat::Char),
    ("date-time", TextFormat::DateTime),
    ("date", TextFormat::Date),
    ("uuid", TextFormat::Uuid),
    ("uri", TextFormat::Uri),
    ("ipv4", TextFormat::Ipv4),
    ("ipv6", TextFormat::Ipv6),
    ("ip", TextFormat::Ip),
    ("decimal", TextFormat::Decimal),
];

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
    // More digits than a `u64` has are none of ours.
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
