//! Whether a value of one form can be read as another form.

use super::named::{self, Types, is_number};
use super::path::Step;
use super::{BACKWARD, Break, FORWARD, LockRule, Now, fields, found, variants};
use crate::model::shape::{Shape, TextFormat};
use event_grammar::form::{self, Kind};

/// The context of a comparison: the mode, the words of the field, and the locked forms of named
/// types.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) mode: u8,
    pub(super) old: Says,
    pub(super) new: Says,
    pub(super) types: Types<'a>,
}

/// The words of a field that decide how its value is written.
#[derive(Clone, Copy)]
pub(super) struct Says {
    /// The field is declared `finite`.
    pub(super) finite: bool,
    /// A missing value is left out and never written as `null`.
    pub(super) skips: bool,
}

impl Says {
    /// The words for an item of the field: `finite` is inherited, `skips` is not.
    const fn of_item(self) -> Self {
        Self { finite: self.finite, skips: false }
    }
}

impl<'a> Asked<'a> {
    /// The context for a value that is not a field's value.
    pub(super) const fn of(mode: u8, types: Types<'a>) -> Self {
        const NOTHING: Says = Says { finite: false, skips: false };
        Self { mode, old: NOTHING, new: NOTHING, types }
    }

    const fn of_items(self) -> Self {
        Self {
            mode: self.mode,
            old: self.old.of_item(),
            new: self.new.of_item(),
            types: self.types,
        }
    }
}

/// The content of a form, without the `Option`s and the names around it.
#[derive(Clone, Copy)]
struct Opened<'a> {
    form: &'a [u8],
    kind: Kind<'a>,
    is_optional: bool,
}

/// Follows names to their content. A name that is not in the lock stays a name.
const fn opened<'a>(mut form: &'a [u8], types: Types<'a>) -> Opened<'a> {
    let mut is_optional = false;
    // A lock edited by hand may have a type that refers to itself.
    let mut steps = 0;
    loop {
        let (bare, may_be_null) = form::bare(form);
        is_optional = is_optional || may_be_null;
        let kind = form::kind(bare);
        if let Kind::Named(path) = kind
            && let Some(inner) = types.get(path)
            && steps < 64
        {
            form = inner;
            steps += 1;
            continue;
        }
        return Opened { form: bare, kind, is_optional };
    }
}

/// Whether an `Option`, also within a named type, allows `null`.
pub(super) const fn is_optional(form: &[u8], types: Types<'_>) -> bool {
    opened(form, types).is_optional
}

/// The break between a form and a shape. If both are the same named type, only the `Option`s around
/// it are compared: the type's content is compared by the type's own assertion.
pub(super) const fn compare<'a>(
    form: &'a [u8],
    new: &'static Shape,
    asked: Asked<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let (outer, was_around) = form::bare(form);
    let old = opened(form, asked.types);
    if let Kind::Named(path) = form::kind(outer)
        && let Some((same, is_around)) = named::below(asked.types.lock, path, new)
    {
        // The type's own assertion compares its content. But if the type itself may be `null`, an
        // `Option` around it changes nothing.
        let kept = match asked.types.get(path) {
            Some(_) => old.is_optional && !was_around,
            None => same.is_optional(),
        };
        let was = NullUse::of(
            matches!(old.kind, Kind::Any),
            matches!(old.kind, Kind::Float),
            was_around || kept,
            asked.old,
        );
        let is = NullUse::of(
            matches!(old.kind, Kind::Any),
            matches!(old.kind, Kind::Float),
            is_around || kept,
            asked.new,
        );
        return presence(form, new, was, is, asked.mode, skip);
    }
    let (bare_new, is_optional) = bare(new);
    if let Some(found) = values(old.form, old.kind, bare_new, asked, skip) {
        return Some(found);
    }
    let was = NullUse::of(
        matches!(old.kind, Kind::Any),
        matches!(old.kind, Kind::Float),
        old.is_optional,
        asked.old,
    );
    let is = NullUse::of(
        matches!(bare_new, Shape::Any),
        matches!(bare_new, Shape::Float),
        is_optional,
        asked.new,
    );
    presence(form, new, was, is, asked.mode, skip)
}

/// Whether one side writes and reads `null`.
#[derive(Clone, Copy)]
struct NullUse {
    /// `null` is written.
    is_written: bool,
    /// `null` is read.
    is_read: bool,
}

impl NullUse {
    const fn of(is_any: bool, is_float: bool, is_optional: bool, says: Says) -> Self {
        let is_null = is_any || is_float && !says.finite;
        // A skipped `None` is not written as `null`, but its reader accepts `null`.
        Self { is_written: is_null || is_optional && !says.skips, is_read: is_null || is_optional }
    }
}

const fn presence<'a>(
    form: &'a [u8],
    new: &'static Shape,
    was: NullUse,
    is: NullUse,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if was.is_written && !is.is_read && mode & BACKWARD != 0 {
        return found(
            skip,
            Break::new(LockRule::FieldMadeRequired, form, Now::Shape(new), BACKWARD),
        );
    }
    if is.is_written && !was.is_read && mode & FORWARD != 0 {
        return found(
            skip,
            Break::new(LockRule::FieldMadeOptional, form, Now::Shape(new), FORWARD),
        );
    }
    None
}

/// The shape within newtypes and `Optional`, and whether there was an `Optional`.
pub(super) const fn bare(mut shape: &'static Shape) -> (&'static Shape, bool) {
    let mut is_optional = false;
    loop {
        match shape {
            Shape::Optional(inner) => {
                is_optional = true;
                shape = inner;
            }
            Shape::Newtype(newtype) => shape = newtype.inner,
            _ => return (shape, is_optional),
        }
    }
}

const fn values<'a>(
    form: &'a [u8],
    kind: Kind<'a>,
    new: &'static Shape,
    asked: Asked<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    match (kind, new) {
        (Kind::Object(members), Shape::Struct(shape)) => {
            fields::of_struct(members, shape.fields, asked.mode, asked.types, skip)
        }
        (Kind::Enum(tagging, variants), Shape::Enum(shape)) => {
            if variants::is_tagged(tagging, shape.tagging) {
                variants::compare(variants, shape, asked.mode, asked.types, skip)
            } else {
                let (was, is) = variants::taggings(tagging, shape.tagging);
                found(skip, Break::new(LockRule::TaggingChanged, was, Now::Word(is), asked.mode))
            }
        }
        (Kind::List(item), Shape::List(inner)) | (Kind::Map(item), Shape::Map(inner)) => {
            below(item, inner, asked, skip)
        }
        (Kind::Array(item, len), Shape::Array { item: inner, len: new_len })
            if is_number(len, *new_len) =>
        {
            below(item, inner, asked, skip)
        }
        // An array is also a list.
        (Kind::Array(item, _), Shape::List(inner)) if asked.mode & FORWARD == 0 => {
            below(item, inner, asked, skip)
        }
        (Kind::List(item), Shape::Array { item: inner, .. }) if asked.mode & BACKWARD == 0 => {
            below(item, inner, asked, skip)
        }
        (Kind::Tuple(items), Shape::Tuple(shapes)) => tuple(form, items, shapes, new, asked, skip),
        (Kind::Recursive(name), Shape::Recursive(recursion))
            if form::equal(name, recursion.name.as_bytes()) =>
        {
            None
        }
        _ => {
            let backward = asked.mode & BACKWARD != 0 && !is_within(kind, new);
            let forward = asked.mode & FORWARD != 0 && !holds(kind, new);
            let breaks = if backward { BACKWARD } else { 0 } | if forward { FORWARD } else { 0 };
            if breaks == 0 {
                None
            } else {
                found(skip, Break::new(LockRule::TypeChanged, form, Now::Shape(new), breaks))
            }
        }
    }
}

/// Compares the items of a list or the values of a map.
const fn below<'a>(
    form: &'a [u8],
    new: &'static Shape,
    asked: Asked<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    match compare(form, new, asked.of_items(), skip) {
        Some(found) => Some(found.below(Step::Item)),
        None => None,
    }
}

const fn tuple<'a>(
    form: &'a [u8],
    items: &'a [u8],
    shapes: &'static [&'static Shape],
    new: &'static Shape,
    asked: Asked<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let (mut at, mut place) = (0, 0);
    while at < items.len() && place < shapes.len() {
        let to = form::end(items, at, false);
        if let Some(found) =
            compare(form::part(items, at, to), shapes[place], asked.of_items(), skip)
        {
            return Some(found.below(Step::Item));
        }
        at = to + 1;
        place += 1;
    }
    if at < items.len() || place < shapes.len() {
        return found(skip, Break::new(LockRule::TypeChanged, form, Now::Shape(new), asked.mode));
    }
    None
}

/// Whether every value of the old form is a value of the new shape.
const fn is_within(kind: Kind<'_>, new: &'static Shape) -> bool {
    match (kind, new) {
        (_, Shape::Any)
        | (Kind::Bool, Shape::Bool)
        | (Kind::Opaque, Shape::Opaque(_))
        | (Kind::Float | Kind::Integer(..), Shape::Float) => true,
        (Kind::Integer(min, max), Shape::Integer { min: new_min, max: new_max }) => {
            *new_min as i128 <= min && max <= *new_max as i128
        }
        (Kind::Text(was), Shape::Text(is)) => is_format(was, *is as usize),
        (Kind::Enum(tagging, variants), Shape::Text(TextFormat::Plain)) => {
            tagging.is_empty() && variants::are_units(variants)
        }
        _ => false,
    }
}

/// Whether every value of the new shape is a value of the old form.
const fn holds(kind: Kind<'_>, new: &'static Shape) -> bool {
    match (kind, new) {
        (Kind::Any, _)
        | (Kind::Bool, Shape::Bool)
        | (Kind::Opaque, Shape::Opaque(_))
        | (Kind::Float, Shape::Float | Shape::Integer { .. }) => true,
        (Kind::Integer(min, max), Shape::Integer { min: new_min, max: new_max }) => {
            min <= *new_min as i128 && *new_max as i128 <= max
        }
        (Kind::Text(was), Shape::Text(is)) => is_format(*is as usize, was),
        (Kind::Text(0), Shape::Enum(shape)) => variants::has_units_only(shape),
        _ => false,
    }
}

/// Whether every text of format `one` is a text of format `other`. Formats are indices into
/// [`form::FORMATS`].
const fn is_format(one: usize, other: usize) -> bool {
    const PLAIN: usize = TextFormat::Plain as usize;
    const IP: usize = TextFormat::Ip as usize;
    let is_address = one == TextFormat::Ipv4 as usize || one == TextFormat::Ipv6 as usize;
    one == other || other == PLAIN || other == IP && is_address
}

/// A shape in one word. A struct or an enum is its name. Empty for a shape that is composed of
/// others.
pub(super) const fn words(shape: &'static Shape) -> &'static str {
    match shape {
        Shape::Bool => "bool",
        Shape::Integer { min, max } => integer(*min, *max),
        Shape::Float => "f64",
        Shape::Text(format) => form::FORMATS[*format as usize],
        Shape::Struct(shape) => shape.ty.name,
        Shape::Enum(shape) => shape.ty.name,
        Shape::Any => "any",
        Shape::Opaque(_) => "opaque",
        Shape::Recursive(recursion) => recursion.name,
        Shape::Optional(_)
        | Shape::Newtype(_)
        | Shape::List(_)
        | Shape::Array { .. }
        | Shape::Tuple(_)
        | Shape::Map(_) => "",
    }
}

/// The name of an integer's range: `int` for a range without a name of its own.
pub(super) const fn integer(min: i64, max: u64) -> &'static str {
    const NAMES: &[(i64, u64, &str)] = &[
        (0, u8::MAX as u64, "u8"),
        (0, u16::MAX as u64, "u16"),
        (0, u32::MAX as u64, "u32"),
        (0, u64::MAX, "u64"),
        (i8::MIN as i64, i8::MAX as u64, "i8"),
        (i16::MIN as i64, i16::MAX as u64, "i16"),
        (i32::MIN as i64, i32::MAX as u64, "i32"),
        (i64::MIN, i64::MAX as u64, "i64"),
    ];
    let mut at = 0;
    while at < NAMES.len() {
        let (name_min, name_max, name) = NAMES[at];
        if name_min == min && name_max == max {
            return name;
        }
        at += 1;
    }
    "int"
}
