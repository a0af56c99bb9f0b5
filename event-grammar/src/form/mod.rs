//! Reads forms: finds where each part of a form's text ends. The functions also run in constants,
//! where the compiler compares a lock with declarations.
//!
//! The sum of a lock protects its forms, so these functions do not report a malformed form. They
//! end for any bytes.

mod items;
mod kind;
mod table;

pub use items::{items, members, variants};
pub use kind::{FORMATS, Kind, kind};
pub use table::{in_table, table};

/// The name of a member that represents all members of a group: `..:&shop::RequestContext`. The
/// name of a field would be in quotes.
pub const SPREAD: &str = "..";

/// The tagging of an enum without tags.
pub const UNTAGGED: &[u8] = b"<>";

/// A member of an object, or a variant.
#[derive(Clone, Copy, Debug)]
pub struct FormMember<'a> {
    /// The name as written, in quotes if it needs them.
    pub name: &'a [u8],
    /// The form of a member, or the content of a variant with its brackets.
    pub form: &'a [u8],
    /// The marks after the form, each after a space.
    pub marks: &'a [u8],
    /// The index at which the next member begins.
    pub next: usize,
}

/// The bytes from `from` up to `to`.
pub const fn part(text: &[u8], from: usize, to: usize) -> &[u8] {
    if from >= to || to > text.len() {
        return &[];
    }
    text.split_at(to).0.split_at(from).1
}

/// Whether two texts are equal.
pub const fn equal(a: &[u8], b: &[u8]) -> bool {
    crate::same_bytes(a, b)
}

const fn begins(text: &[u8], with: &[u8]) -> bool {
    text.len() >= with.len() && equal(text.split_at(with.len()).0, with)
}

/// The end of the part that begins at `from`. A part ends before a comma, a semicolon, a closing
/// bracket or, if `at_space`, a space, outside the part's own brackets.
pub const fn end(text: &[u8], from: usize, at_space: bool) -> usize {
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

/// The index of the quote that closes the quote at `from`.
const fn quoted_end(text: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while at < text.len() && text[at] != b'\'' {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    at
}

/// The end of the name that begins at `from`.
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

/// Reads the member that begins at `from`: `name:form marks`.
pub const fn member(text: &[u8], from: usize) -> Option<FormMember<'_>> {
    if from >= text.len() {
        return None;
    }
    let colon = name_end(text, from);
    Some(after_name(text, from, colon, colon + 1))
}

/// Reads the variant that begins at `from`: `name`, `name(form)` or `name{members}`, and marks.
pub const fn variant(text: &[u8], from: usize) -> Option<FormMember<'_>> {
    if from >= text.len() {
        return None;
    }
    let name = name_end(text, from);
    Some(after_name(text, from, name, name))
}

const fn after_name(text: &[u8], from: usize, name: usize, form: usize) -> FormMember<'_> {
    let form_end = end(text, form, true);
    let marks_end = end(text, form_end, false);
    FormMember {
        name: part(text, from, name),
        form: part(text, form, form_end),
        marks: part(text, form_end, marks_end),
        next: marks_end + 1,
    }
}

/// Whether `written`, a name as it is written in a form, is `name`.
pub const fn is_named(written: &[u8], name: &str) -> bool {
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

/// Whether a name as it is written in a form is `name` or one of `aliases`.
pub const fn is_one_of(written: &[u8], name: &str, aliases: &[&str]) -> bool {
    if is_named(written, name) {
        return true;
    }
    let mut at = 0;
    while at < aliases.len() {
        if is_named(written, aliases[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// The text in the brackets of a mark; empty for a mark without brackets.
pub const fn mark<'a>(marks: &'a [u8], word: &str) -> Option<&'a [u8]> {
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
pub const fn lists(list: &[u8], name: &str) -> bool {
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

/// Splits a field's form into the form of its values and its marks, each mark with the text in its
/// brackets.
///
/// ```
/// assert_eq!(event_grammar::form::parts_of("u32? skip unit(ms)"), ("u32?", vec![("skip", ""), ("unit", "ms")]));
/// ```
pub fn parts_of(form: &str) -> (&str, Vec<(&str, &str)>) {
    let mut from = 0;
    let mut words = std::iter::from_fn(|| {
        let to = end(form.as_bytes(), from, true);
        let word = form.get(from..to);
        from = to + 1;
        word.filter(|word| !word.is_empty())
    });
    let values = words.next().unwrap_or_default();
    let marks =
        words.map(|word| match word.strip_suffix(')').and_then(|word| word.split_once('(')) {
            Some(mark) => mark,
            None => (word, ""),
        });
    (values, marks.collect())
}

/// The names of a list in a mark's brackets, unquoted.
///
/// ```
/// assert_eq!(event_grammar::form::names_in(r"id,'the \'id\''"), ["id", "the 'id'"]);
/// ```
pub fn names_in(list: &str) -> Vec<String> {
    let (mut names, mut at) = (Vec::new(), 0);
    while at < list.len() {
        let to = end(list.as_bytes(), at, false);
        let written = list.get(at..to).unwrap_or_default();
        names.push(unquoted(written));
        at = to + 1;
    }
    names
}

/// A name without its quotes, if it has them.
pub fn unquoted(written: &str) -> String {
    let Some(quoted) = written.strip_prefix('\'').and_then(|quoted| quoted.strip_suffix('\''))
    else {
        return written.to_owned();
    };
    let mut chars = quoted.chars();
    std::iter::from_fn(|| chars.next().and_then(|c| if c == '\\' { chars.next() } else { Some(c) }))
        .collect()
}

/// Appends a name as it is written in a form: in single quotes, unless it has only ASCII letters,
/// digits, `_` and `-`.
pub fn push_name(out: &mut String, name: &str) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !name.is_empty() && name.bytes().all(is_plain) {
        out.push_str(name);
        return;
    }
    out.push('\'');
    for c in name.chars() {
        if c == '\'' || c == '\\' {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('\'');
}

/// A member's form for a place. Fields from the context or from a unit of work lose the marks of
/// entities and get the mark of their place.
pub fn in_place(form: &str, place: crate::fingerprint::Place) -> String {
    use crate::fingerprint::Place;
    if place == Place::Payload {
        return form.to_owned();
    }
    let (values, marks) = parts_of(form);
    let mut out = values.to_owned();
    let mut is_placed = false;
    for (mark, argument) in marks {
        if matches!(mark, "entity" | "entity_version" | "before" | "after") {
            continue;
        }
        // The marks of a field have one order: the place comes before the unit and the aliases.
        if matches!(mark, "unit" | "alias") && !std::mem::replace(&mut is_placed, true) {
            out = out + " " + place.as_str();
        }
        out = out + " " + mark;
        if !argument.is_empty() {
            out = out + "(" + argument + ")";
        }
    }
    if is_placed { out } else { out + " " + place.as_str() }
}

/// Whether it is the form of a value that may be absent and may be `null`: `text??`.
pub const fn is_presence(form: &[u8]) -> bool {
    matches!(form, [.., b'?', b'?'])
}

/// The form without `?`, and whether it had one.
pub const fn bare(mut form: &[u8]) -> (&[u8], bool) {
    let mut is_optional = false;
    while let [rest @ .., b'?'] = form {
        form = rest;
        is_optional = true;
    }
    (form, is_optional)
}
