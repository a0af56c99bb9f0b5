//! Named types: the type that a path in a lock refers to, and its locked form.

use crate::model::meta::{FieldMeta, GroupMeta};
use crate::model::shape::{Shape, TypeName, VariantContent};
use event_grammar::form::{self, Kind};

/// The forms of the named types that a revision reaches.
#[derive(Clone, Copy, Debug)]
pub struct Types<'a> {
    /// The table of forms, as built by [`form::table`].
    pub table: &'a str,
    /// The lock's id: the hash of its package.
    pub lock: u64,
}

impl<'a> Types<'a> {
    /// The form of the type at `path`.
    pub(super) const fn get(self, path: &[u8]) -> Option<&'a [u8]> {
        form::in_table(self.table, path)
    }
}

/// Whether a path in a lock refers to a type: by the declared path, or by the path in the type's
/// own lock.
pub(super) const fn is_path_of(lock: u64, path: &[u8], ty: &TypeName) -> bool {
    ty.lock == lock && form::equal(locked_path(ty).as_bytes(), path)
        || is_declared_path(path, ty.module, ty.ident, ty.arguments)
}

/// Whether a path in a lock refers to a group.
pub(super) const fn is_path_of_group(lock: u64, path: &[u8], group: &GroupMeta) -> bool {
    group.lock == lock && form::equal(locked_path_of_group(group).as_bytes(), path)
        || group.is_named() && is_declared_path(path, group.module, group.type_name, &[])
}

/// Whether a path in a lock refers to a group whose own declaration is not compared with that lock.
pub(super) const fn is_foreign_group(lock: u64, path: &[u8], group: &GroupMeta) -> bool {
    group.lock != lock && is_path_of_group(lock, path, group)
}

/// The path of a type in the lock of its own package. Empty if the lock lacks the type.
pub(super) const fn locked_path(ty: &TypeName) -> &'static str {
    locked_as(ty.locked, ty.module, ty.ident, ty.arguments)
}

/// The path of a group in the lock of its own package. Empty if the lock lacks the group.
pub(super) const fn locked_path_of_group(group: &GroupMeta) -> &'static str {
    locked_as(group.locked, group.module, group.type_name, &[])
}

const fn is_declared_path(
    path: &[u8],
    module: &str,
    ident: &str,
    arguments: &[&'static Shape],
) -> bool {
    let (module, ident) = (module.as_bytes(), ident.as_bytes());
    let after = module.len() + 2;
    !ident.is_empty()
        && path.len() >= after + ident.len()
        && form::equal(path.split_at(module.len()).0, module)
        && form::equal(form::part(path, module.len(), after), b"::")
        && is_ident(path.split_at(after).1, ident, arguments)
}

/// Whether the end of a path is a name with its arguments.
const fn is_ident(end: &[u8], ident: &[u8], arguments: &[&'static Shape]) -> bool {
    if end.len() < ident.len() || !form::equal(end.split_at(ident.len()).0, ident) {
        return false;
    }
    match end.split_at(ident.len()).1 {
        [] => arguments.is_empty(),
        [b'<', list @ .., b'>'] => are_written(list, arguments),
        _ => false,
    }
}

/// Whether the forms in a list are the forms of the shapes.
const fn are_written(list: &[u8], shapes: &[&'static Shape]) -> bool {
    let (mut at, mut place) = (0, 0);
    while at < list.len() && place < shapes.len() {
        let to = form::end(list, at, false);
        if !is_written(form::part(list, at, to), shapes[place]) {
            return false;
        }
        at = to + 1;
        place += 1;
    }
    at >= list.len() && place == shapes.len()
}

/// Whether a form, as a type's argument, is the form of a shape.
const fn is_written(written: &[u8], shape: &'static Shape) -> bool {
    let (written, is_optional) = form::bare(written);
    let mut shape = shape;
    let mut may_be_null = false;
    while let Shape::Optional(inner) = shape {
        may_be_null = true;
        shape = inner;
    }
    if is_optional != may_be_null {
        return false;
    }
    match (form::kind(written), shape) {
        (Kind::Named(path), shape) => match shape.type_name() {
            Some(ty) => is_declared_path(path, ty.module, ty.ident, ty.arguments),
            None => false,
        },
        (Kind::List(item), Shape::List(inner)) | (Kind::Map(item), Shape::Map(inner)) => {
            is_written(item, inner)
        }
        (Kind::Array(item, len), Shape::Array { item: inner, len: new_len }) => {
            is_number(len, *new_len) && is_written(item, inner)
        }
        (Kind::Tuple(list), Shape::Tuple(shapes)) => are_written(list, shapes),
        (Kind::Integer(min, max), Shape::Integer { min: new_min, max: new_max }) => {
            min == *new_min as i128 && max == *new_max as i128
        }
        (Kind::Text(format), Shape::Text(new)) => format == *new as usize,
        (Kind::Bool, Shape::Bool)
        | (Kind::Float, Shape::Float)
        | (Kind::Any, Shape::Any)
        | (Kind::Opaque, Shape::Opaque(_)) => true,
        _ => false,
    }
}

/// Whether the digits of a length in a form equal a number.
pub(super) const fn is_number(digits: &[u8], number: usize) -> bool {
    let mut value = 0_usize;
    let mut at = 0;
    while at < digits.len() {
        value = value.wrapping_mul(10).wrapping_add((digits[at].wrapping_sub(b'0')) as usize);
        at += 1;
    }
    value == number
}

/// The declared path of a type, if it is among `paths`. If not, the only path with the same name:
/// the type was moved from there. Empty if there is no such path, or more than one.
const fn locked_as(
    paths: &[&'static str],
    module: &str,
    ident: &str,
    arguments: &[&'static Shape],
) -> &'static str {
    let (mut moved, mut others, mut at) = ("", 0, 0);
    while at < paths.len() {
        let path = paths[at].as_bytes();
        if is_declared_path(path, module, ident, arguments) {
            return paths[at];
        }
        if is_ident(form::part(path, name_start(path), path.len()), ident.as_bytes(), arguments) {
            moved = paths[at];
            others += 1;
        }
        at += 1;
    }
    if others == 1 { moved } else { "" }
}

/// The index at which the name begins: after the last `::` before the arguments.
const fn name_start(path: &[u8]) -> usize {
    let (mut at, mut start) = (0, 0);
    while at < path.len() && path[at] != b'<' {
        if path[at] == b':' {
            start = at + 1;
        }
        at += 1;
    }
    start
}

/// The type at `path` within `Optional` and newtypes, and whether an `Optional` was around it.
pub(super) const fn below(
    lock: u64,
    path: &[u8],
    mut shape: &'static Shape,
) -> Option<(&'static Shape, bool)> {
    let mut is_optional = false;
    loop {
        if let Some(ty) = shape.type_name()
            && is_path_of(lock, path, ty)
        {
            return Some((shape, is_optional));
        }
        match shape {
            Shape::Optional(inner) => {
                is_optional = true;
                shape = inner;
            }
            Shape::Newtype(newtype) => shape = newtype.inner,
            _ => return None,
        }
    }
}

/// A type of another package in a shape, by its path in a lock. Types whose own declaration is
/// compared with that lock are skipped, with their content.
pub(super) const fn foreign(
    lock: u64,
    path: &[u8],
    shape: &'static Shape,
) -> Option<&'static Shape> {
    let mut steps = STEPS;
    find_in((lock, path), shape, false, &mut steps)
}

/// Any type in a shape, by its path.
pub(super) const fn find(lock: u64, path: &[u8], shape: &'static Shape) -> Option<&'static Shape> {
    let mut steps = STEPS;
    find_in((lock, path), shape, true, &mut steps)
}

/// Whether a type's own declaration is compared with a lock.
pub(super) const fn is_held(lock: u64, shape: &'static Shape) -> bool {
    match shape.type_name() {
        Some(ty) => ty.lock == lock && !locked_path(ty).is_empty(),
        None => false,
    }
}

/// The maximum number of steps of a search. Types that refer to two others can form an
/// exponentially large tree.
const STEPS: u32 = 10_000;

const fn find_in(
    wanted: (u64, &[u8]),
    shape: &'static Shape,
    through_held: bool,
    steps: &mut u32,
) -> Option<&'static Shape> {
    if *steps == 0 {
        return None;
    }
    *steps -= 1;
    if !through_held && is_held(wanted.0, shape) {
        return None;
    }
    if let Some(ty) = shape.type_name()
        && is_path_of(wanted.0, wanted.1, ty)
    {
        return Some(shape);
    }
    match shape {
        Shape::Optional(inner)
        | Shape::List(inner)
        | Shape::Map(inner)
        | Shape::Array { item: inner, .. } => find_in(wanted, inner, through_held, steps),
        Shape::Newtype(newtype) => find_in(wanted, newtype.inner, through_held, steps),
        Shape::Tuple(items) => {
            let mut at = 0;
            while at < items.len() {
                let found = find_in(wanted, items[at], through_held, steps);
                if found.is_some() {
                    return found;
                }
                at += 1;
            }
            None
        }
        Shape::Struct(shape) => find_in_fields(wanted, shape.fields, through_held, steps),
        Shape::Enum(shape) => {
            let mut at = 0;
            while at < shape.variants.len() {
                let found = match &shape.variants[at].content {
                    VariantContent::Unit => None,
                    VariantContent::Newtype(inner) => find_in(wanted, inner, through_held, steps),
                    VariantContent::Struct(fields) => {
                        find_in_fields(wanted, fields, through_held, steps)
                    }
                };
                if found.is_some() {
                    return found;
                }
                at += 1;
            }
            None
        }
        _ => None,
    }
}

const fn find_in_fields(
    wanted: (u64, &[u8]),
    fields: &'static [FieldMeta],
    through_held: bool,
    steps: &mut u32,
) -> Option<&'static Shape> {
    let mut at = 0;
    while at < fields.len() {
        let found = find_in(wanted, fields[at].shape, through_held, steps);
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}
