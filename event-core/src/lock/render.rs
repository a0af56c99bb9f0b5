//! From shapes to forms, at run time: what the command writes into a lock.

use super::fields::{Place, is_null_too, leaves_out, mask_of, role_of};
use super::forms::{integer, words};
use super::old;
use crate::meta::{EventMeta, FieldMeta};
use crate::shape::{EnumShape, Shape, Tagging, VariantContent};
use event_grammar::lock::push_name;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Every field that a line of the event can have, by name, with where it comes from.
pub(super) fn placed(event: &EventMeta) -> Vec<(&'static FieldMeta, Place)> {
    let own = event.fields().into_iter().map(|field| (field, Place::Payload));
    let context = event.context_fields().into_iter().map(|field| (field, Place::Context));
    let wide = event.wide_fields().into_iter().map(|field| (field, Place::Wide));
    own.chain(context).chain(wide).collect()
}

/// The form of every field of an event, by name.
pub fn fields_of(event: &EventMeta) -> BTreeMap<String, String> {
    placed(event).into_iter().map(|(field, place)| (field.name.to_owned(), field_form(field, place))).collect()
}

/// The levels that an event can have, least severe first, joined by `|`.
pub fn level_of(event: &EventMeta) -> String {
    event.level.reachable().into_iter().map(event_grammar::Level::as_str).collect::<Vec<_>>().join("|")
}

/// The form of a field, and its marks.
pub fn field_form(field: &FieldMeta, place: Place) -> String {
    let mut out = String::new();
    push_shape(&mut out, field.shape);
    let mut add = |word: &str, argument: &str| {
        out.push(' ');
        out.push_str(word);
        if !argument.is_empty() {
            out.push('(');
            out.push_str(argument);
            out.push(')');
        }
    };
    if field.default {
        add("default", "");
    }
    if leaves_out(field) {
        add("skip", "");
    }
    if is_null_too(field) {
        add("null", "");
    }
    if field.finite {
        add("finite", "");
    }
    match mask_of(field) {
        "" => {}
        mask => add("masked", mask),
    }
    match role_of(field, place) {
        ("", _) => {}
        (word, "") => add(word, ""),
        (word, argument) => {
            let mut name = String::new();
            push_name(&mut name, argument);
            add(word, &name);
        }
    }
    if let Some(unit) = field.unit {
        let mut name = String::new();
        push_name(&mut name, unit);
        add("unit", &name);
    }
    if !field.aliases.is_empty() {
        add("alias", &names(field.aliases));
    }
    out
}

/// The form of a shape: that of a field without its marks.
pub fn shape_form(shape: &'static Shape) -> String {
    let mut out = String::new();
    push_shape(&mut out, shape);
    out
}

/// A field's form taken apart: the form of its values, and each mark with what stands in its brackets.
///
/// ```
/// assert_eq!(event_core::lock::parts_of("u32? skip unit(ms)"), ("u32?", vec![("skip", ""), ("unit", "ms")]));
/// ```
pub fn parts_of(form: &str) -> (&str, Vec<(&str, &str)>) {
    let mut from = 0;
    let mut words = std::iter::from_fn(|| {
        let to = old::end(form.as_bytes(), from, true);
        let word = form.get(from..to);
        from = to + 1;
        word.filter(|word| !word.is_empty())
    });
    let values = words.next().unwrap_or_default();
    let marks = words.map(|word| match word.strip_suffix(')').and_then(|word| word.split_once('(')) {
        Some(mark) => mark,
        None => (word, ""),
    });
    (values, marks.collect())
}

/// The names of a list in a mark's brackets, as they are called.
///
/// ```
/// assert_eq!(event_core::lock::names_in(r"id,'the \'id\''"), ["id", "the 'id'"]);
/// ```
pub fn names_in(list: &str) -> Vec<String> {
    let (mut names, mut at) = (Vec::new(), 0);
    while at < list.len() {
        let to = old::end(list.as_bytes(), at, false);
        let written = list.get(at..to).unwrap_or_default();
        names.push(unquoted(written));
        at = to + 1;
    }
    names
}

/// A name without the quotes that it may need.
fn unquoted(written: &str) -> String {
    let Some(quoted) = written.strip_prefix('\'').and_then(|quoted| quoted.strip_suffix('\'')) else {
        return written.to_owned();
    };
    let mut chars = quoted.chars();
    std::iter::from_fn(|| chars.next().and_then(|c| if c == '\\' { chars.next() } else { Some(c) })).collect()
}

fn push_shape(out: &mut String, shape: &'static Shape) {
    match shape {
        Shape::Optional(inner) => {
            push_shape(out, inner);
            if !out.ends_with('?') {
                out.push('?');
            }
        }
        Shape::Newtype(newtype) => push_shape(out, newtype.inner),
        Shape::Integer { min, max } => match integer(*min, *max) {
            "int" => {
                let _ = write!(out, "int({min}..{max})");
            }
            name => out.push_str(name),
        },
        Shape::List(item) => within(out, '[', item, "]"),
        Shape::Array { item, len } => within(out, '[', item, &format!(";{len}]")),
        Shape::Map(value) => {
            out.push_str("map");
            within(out, '(', value, ")");
        }
        Shape::Tuple(items) => {
            out.push('(');
            separated(out, items.iter(), |out, item| push_shape(out, item));
            out.push(')');
        }
        Shape::Struct(shape) => push_fields(out, shape.fields),
        Shape::Enum(shape) => push_enum(out, shape),
        Shape::Recursive(recursion) => {
            out.push('^');
            out.push_str(recursion.name);
        }
        Shape::Bool | Shape::Float | Shape::Text(_) | Shape::Any | Shape::Opaque(_) => out.push_str(words(shape)),
    }
}

fn within(out: &mut String, open: char, inner: &'static Shape, close: &str) {
    out.push(open);
    push_shape(out, inner);
    out.push_str(close);
}

/// Items with commas between them.
fn separated<T>(out: &mut String, items: impl Iterator<Item = T>, mut push: impl FnMut(&mut String, T)) {
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        push(out, item);
    }
}

/// Fields, sorted by name: their order is no part of a form.
fn push_fields(out: &mut String, fields: &'static [FieldMeta]) {
    let mut sorted: Vec<&FieldMeta> = fields.iter().collect();
    sorted.sort_unstable_by_key(|field| field.name);
    out.push('{');
    separated(out, sorted.into_iter(), |out, field| {
        push_name(out, field.name);
        out.push(':');
        out.push_str(&field_form(field, Place::Payload));
    });
    out.push('}');
}

fn push_enum(out: &mut String, shape: &'static EnumShape) {
    out.push_str("enum");
    match shape.tagging {
        Tagging::External => {}
        Tagging::Internal { tag } => {
            out.push('<');
            push_name(out, tag);
            out.push('>');
        }
        Tagging::Adjacent { tag, content } => {
            out.push('<');
            push_name(out, tag);
            out.push(',');
            push_name(out, content);
            out.push('>');
        }
    }
    let mut sorted: Vec<_> = shape.variants.iter().collect();
    sorted.sort_unstable_by_key(|variant| variant.name);
    out.push('{');
    separated(out, sorted.into_iter(), |out, variant| {
        push_name(out, variant.name);
        match &variant.content {
            VariantContent::Unit => {}
            VariantContent::Newtype(inner) => within(out, '(', inner, ")"),
            VariantContent::Struct(fields) => push_fields(out, fields),
        }
        if variant.other {
            out.push_str(" other");
        }
        if !variant.aliases.is_empty() {
            let _ = write!(out, " alias({})", names(variant.aliases));
        }
    });
    out.push('}');
}

/// Names with commas between them, sorted.
fn names(names: &[&'static str]) -> String {
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    let mut out = String::new();
    separated(&mut out, sorted.into_iter(), push_name);
    out
}
