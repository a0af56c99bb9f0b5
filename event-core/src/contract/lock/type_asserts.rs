//! What generated code asserts of a type or a group that locked events have. Each function is
//! called at the token that it is about.

use super::named;
use super::report::report_type;
use super::types::{Declared, LockedForm, Piece, own_number};
use crate::model::meta::GroupMeta;
use crate::model::shape::Shape;
use event_grammar::{form, same};

/// What is asked of every part of a type or a group.
#[derive(Clone, Copy, Debug)]
pub struct TypeKept {
    declared: Declared,
    forms: &'static [LockedForm<'static>],
    /// From which form on, and up to which, they are its own: others are of types that are only
    /// called as it is. None, where it stands in no lock.
    own: (usize, usize),
    /// For each member, in the order of the declaration: what is said of it, then its number in
    /// each form; 0 where there is none.
    numbers: &'static [u64],
    /// The names of the members that are fields of a struct or a group, each with a line break
    /// after it, in that order.
    names: &'static str,
    /// Whether it is not any more what it was, in any form with which it is locked.
    pub(crate) is_changed: bool,
    pub(crate) command: &'static str,
}

impl TypeKept {
    /// A type whose number is `whole`, beside the forms of types that are called as it is.
    pub const fn of_type(
        shape: &'static Shape,
        whole: u64,
        forms: &'static [LockedForm<'static>],
        numbers: &'static [u64],
        names: &'static str,
        command: &'static str,
    ) -> Self {
        let path = match shape.type_name() {
            Some(ty) => named::locked_path(ty),
            None => "",
        };
        Self::of(Declared::Type(shape), path, whole, (forms, numbers, names), command)
    }

    /// A group.
    pub const fn of_group(
        group: &'static GroupMeta,
        whole: u64,
        forms: &'static [LockedForm<'static>],
        numbers: &'static [u64],
        names: &'static str,
        command: &'static str,
    ) -> Self {
        let path = named::locked_path_of_group(group);
        Self::of(Declared::Group(group), path, whole, (forms, numbers, names), command)
    }

    const fn of(
        declared: Declared,
        path: &'static str,
        whole: u64,
        (forms, numbers, names): (&'static [LockedForm<'static>], &'static [u64], &'static str),
        command: &'static str,
    ) -> Self {
        let mut kept = Self {
            declared,
            forms,
            own: (0, 0),
            numbers,
            names,
            is_changed: path.is_empty(),
            command,
        };
        // The forms of one path follow each other.
        let mut at = 0;
        while at < forms.len() {
            if same(forms[at].path, path) {
                kept.is_changed = kept.is_changed || forms[at].whole != whole;
                kept.own = (if kept.own.1 == 0 { at } else { kept.own.0 }, at + 1);
            }
            at += 1;
        }
        kept
    }

    /// The first break of a part.
    #[track_caller]
    const fn assert(&self, part: Piece<'_>) {
        let (mut at, end) = self.own;
        while at < end {
            if let Some(found) = self.forms[at].break_of(self.declared, part) {
                report_type(self.forms, self.declared, part, &found, self.command);
            }
            at += 1;
        }
    }

    /// What is said of a member, by its place in the declaration.
    const fn words(&self, nth: usize) -> u64 {
        self.numbers[nth * (self.forms.len() + 1)]
    }

    /// The number of a member in a form; 0 where it has none.
    const fn number(&self, nth: usize, form: usize) -> u64 {
        self.numbers[nth * (self.forms.len() + 1) + 1 + form]
    }

    /// Whether a member is in one of the forms; of a type that stands in no lock nothing is known.
    const fn had(&self, nth: usize) -> bool {
        let (mut at, end) = self.own;
        while at < end {
            if self.number(nth, at) != 0 {
                return true;
            }
            at += 1;
        }
        end == 0
    }

    /// Whether a field is another than in one of the forms.
    const fn is_other(&self, nth: usize, number: u64) -> bool {
        let (mut at, end) = self.own;
        while at < end {
            if self.number(nth, at) != number {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Whether each form has these fields under their names and no others, and no groups.
    const fn has_all(&self, fields: usize, members: usize) -> bool {
        let (mut form, end) = self.own;
        while form < end {
            let (mut nth, mut count) = (0, 0);
            while nth < members {
                // A 1 is of a member that was there under another name.
                if self.number(nth, form) > 1 {
                    count += 1;
                }
                nth += 1;
            }
            if count != fields || self.forms[form].members != fields || fields != members {
                return false;
            }
            form += 1;
        }
        members > 0
    }
}

/// What no other assertion of a type is about: members that are gone, how variants are told apart;
/// and fields that the macro took for unchanged, because what is written of them is. A type of the
/// user's own may be called `String`.
///
/// # Panics
///
/// When something breaks, while compiling.
#[track_caller]
pub const fn assert_type_kept(kept: &TypeKept) {
    if !kept.is_changed {
        return;
    }
    let names = kept.names.as_bytes();
    let (mut nth, mut from, mut fields) = (0, 0, 0);
    while from < names.len() {
        let mut to = from;
        while names[to] != b'\n' {
            to += 1;
        }
        if to > from {
            let name = form::part(names, from, to);
            if kept.is_other(nth, own_number(kept.declared, name, nth, kept.words(nth))) {
                kept.assert(Piece::Field(name, nth));
            }
            fields += 1;
        }
        nth += 1;
        from = to + 1;
    }
    if !kept.has_all(fields, nth) {
        kept.assert(Piece::Head);
    }
}

/// What a newtype holds is still what it was.
///
/// # Panics
///
/// When it is not, while compiling.
#[track_caller]
pub const fn assert_inner_kept(kept: &TypeKept) {
    if kept.is_changed {
        kept.assert(Piece::Inner);
    }
}

/// One of a type's or a group's own fields, the `nth` of its members, is still what it was.
///
/// # Panics
///
/// When it is not, while compiling.
#[track_caller]
pub const fn assert_member_kept(kept: &TypeKept, name: &str, nth: usize) {
    let name = name.as_bytes();
    if kept.is_changed && kept.is_other(nth, own_number(kept.declared, name, nth, kept.words(nth)))
    {
        kept.assert(Piece::Field(name, nth));
    }
}

/// A variant is still what it was, but for its fields.
///
/// # Panics
///
/// When it is not, while compiling.
#[track_caller]
pub const fn assert_variant_kept(kept: &TypeKept, name: &str) {
    if kept.is_changed {
        kept.assert(Piece::Variant(name));
    }
}

/// A field of a variant is still what it was.
///
/// # Panics
///
/// When it is not, while compiling.
#[track_caller]
pub const fn assert_variant_field_kept(kept: &TypeKept, variant: &str, name: &str) {
    if kept.is_changed {
        kept.assert(Piece::VariantField(variant, name.as_bytes()));
    }
}

impl TypeKept {
    /// Whether the type of the `nth` member is to be asked itself.
    pub(crate) const fn asks(&self, nth: usize) -> bool {
        self.is_changed && self.had(nth)
    }
}
