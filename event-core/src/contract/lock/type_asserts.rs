//! The assertions of generated code about a type or a group that locked events use. Each function
//! is called at the token that it checks.

use super::named;
use super::report::report_type;
use super::types::{Declared, LockedForm, Piece, own_number};
use crate::model::meta::GroupMeta;
use crate::model::shape::Shape;
use event_grammar::{form, same};

/// The data for the assertions of all parts of a type or a group.
#[derive(Clone, Copy, Debug)]
pub struct TypeKept {
    declared: Declared,
    forms: &'static [LockedForm<'static>],
    /// The range of its own forms, end excluded. The other forms belong to types with the same Rust
    /// name. Empty if the type is not in a lock.
    own: (usize, usize),
    /// For each member, in declaration order: the number of its words, then its number in each
    /// form; 0 if the form lacks the member.
    numbers: &'static [u64],
    /// The names of the fields of a struct or a group in declaration order, each followed by a line
    /// break.
    names: &'static str,
    /// Whether it differs from any of its locked forms.
    pub(crate) is_changed: bool,
    pub(crate) command: &'static str,
}

impl TypeKept {
    /// A type whose number is `whole`, with the forms of all types of its Rust name.
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
        // The forms of one path are adjacent.
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

    /// Reports the first break of a part.
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

    /// The number of the words of the `nth` member.
    const fn words(&self, nth: usize) -> u64 {
        self.numbers[nth * (self.forms.len() + 1)]
    }

    /// The number of the `nth` member in a form; 0 if the form lacks the member.
    const fn number(&self, nth: usize, form: usize) -> u64 {
        self.numbers[nth * (self.forms.len() + 1) + 1 + form]
    }

    /// Whether a member is in one of the forms. Also true for a type that is in no lock, because
    /// nothing is known of it.
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

    /// Whether a field differs from its number in one of the forms.
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

    /// Whether each form has exactly these fields under their names, and no groups.
    const fn has_all(&self, fields: usize, members: usize) -> bool {
        let (mut form, end) = self.own;
        while form < end {
            let (mut nth, mut count) = (0, 0);
            while nth < members {
                // The number 1 is a member that had another name.
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

/// Checks what the other assertions of a type do not check: removed members and the tagging of
/// variants. It also checks fields that the macro took for unchanged because their tokens are: a
/// type declared by the user may be called `String`.
///
/// # Panics
///
/// If a change breaks a reader, while compiling.
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

/// Checks that the value in a newtype keeps its form.
///
/// # Panics
///
/// If it does not, while compiling.
#[track_caller]
pub const fn assert_inner_kept(kept: &TypeKept) {
    if kept.is_changed {
        kept.assert(Piece::Inner);
    }
}

/// Checks that field `name` of a type or a group, its member `nth`, keeps its form.
///
/// # Panics
///
/// If it does not, while compiling.
#[track_caller]
pub const fn assert_member_kept(kept: &TypeKept, name: &str, nth: usize) {
    let name = name.as_bytes();
    if kept.is_changed && kept.is_other(nth, own_number(kept.declared, name, nth, kept.words(nth)))
    {
        kept.assert(Piece::Field(name, nth));
    }
}

/// Checks that a variant keeps its form. Its fields are checked by [`assert_variant_field_kept`].
///
/// # Panics
///
/// If it does not, while compiling.
#[track_caller]
pub const fn assert_variant_kept(kept: &TypeKept, name: &str) {
    if kept.is_changed {
        kept.assert(Piece::Variant(name));
    }
}

/// Checks that a field of a variant keeps its form.
///
/// # Panics
///
/// If it does not, while compiling.
#[track_caller]
pub const fn assert_variant_field_kept(kept: &TypeKept, variant: &str, name: &str) {
    if kept.is_changed {
        kept.assert(Piece::VariantField(variant, name.as_bytes()));
    }
}

impl TypeKept {
    /// Whether the type of the `nth` member must be checked itself.
    pub(crate) const fn asks(&self, nth: usize) -> bool {
        self.is_changed && self.had(nth)
    }
}
