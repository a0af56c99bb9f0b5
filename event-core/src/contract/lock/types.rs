//! The breaks between a locked named type or group and its current declaration. Each type is
//! compared once for all events.

use super::event::is_accepted;
use super::fields::{leaves_out, of_field};
use super::fingerprint::by_name;
use super::forms::{self, Asked};
use super::members::Members;
use super::named::Types;
use super::path::Step;
use super::{Break, variants};
use crate::model::meta::{FieldMeta, GroupMeta, Member as GroupMember};
use crate::model::shape::{Shape, VariantContent, VariantShape};
use event_grammar::fingerprint::{self, Place};
use event_grammar::form::{self, Kind};

/// A locked form of a type.
#[derive(Clone, Copy, Debug)]
pub struct LockedForm<'a> {
    /// The type's path.
    pub path: &'a str,
    /// The form.
    pub form: &'a str,
    /// The form's number, with all types within it followed. If the number is equal, nothing in the
    /// form changed.
    pub whole: u64,
    /// The number of fields, without the fields of groups.
    pub members: usize,
    /// The forms of the types in it.
    pub types: Types<'a>,
    /// The locked versions that reach the type, grouped by what they require of it.
    pub users: &'a [Users<'a>],
}

/// Locked versions that require the same of a type.
#[derive(Clone, Copy, Debug)]
pub struct Users<'a> {
    /// The readers that are protected.
    pub mode: u8,
    /// Where the versions have the type: a group's fields may be bound context.
    pub place: Place,
    /// The rule and the path of each break that all these versions accept.
    pub accepted: &'a [(&'a str, &'a str)],
    /// The versions, separated by spaces: `payment_process_failed@1`.
    pub versions: &'a str,
}

/// The current declaration of a type or a group.
#[derive(Clone, Copy, Debug)]
pub enum Declared {
    /// A type.
    Type(&'static Shape),
    /// A group.
    Group(&'static GroupMeta),
}

/// A part of a declaration that has a token for the error.
#[derive(Clone, Copy)]
pub(super) enum Piece<'a> {
    /// Everything that belongs to no other part.
    Head,
    /// All parts.
    Everything,
    /// The value in a newtype.
    Inner,
    /// A field, and its index if no field is left out.
    Field(&'a [u8], usize),
    /// A variant: its name, its content unless that is fields, and whether it is new.
    Variant(&'a str),
    /// A field of a variant.
    VariantField(&'a str, &'a [u8]),
}

impl LockedForm<'_> {
    /// The first break of a part that some users of the type do not accept.
    pub(super) const fn break_of<'a>(
        &'a self,
        declared: Declared,
        part: Piece<'_>,
    ) -> Option<Break<'a>> {
        let mut at = 0;
        while at < self.users.len() {
            let users = &self.users[at];
            let mut nth = 0;
            while let Some(found) = self.nth(declared, part, users, nth) {
                if !is_accepted(users.accepted, &found) {
                    return Some(found);
                }
                nth += 1;
            }
            at += 1;
        }
        None
    }

    /// Whether a break of a part is also a break for these users, who do not accept it.
    pub(super) const fn is_broken_for(
        &self,
        declared: Declared,
        part: Piece<'_>,
        users: &Users<'_>,
        known: &Break<'_>,
    ) -> bool {
        let mut nth = 0;
        while let Some(found) = self.nth(declared, part, users, nth) {
            if found.rule as u8 == known.rule as u8 && found.path.is(&known.path) {
                return !is_accepted(users.accepted, &found);
            }
            nth += 1;
        }
        false
    }

    /// The `nth` break of a part.
    pub(super) const fn nth<'a>(
        &'a self,
        declared: Declared,
        part: Piece<'_>,
        users: &Users<'_>,
        nth: usize,
    ) -> Option<Break<'a>> {
        let mut skip = nth;
        let found = match declared {
            Declared::Type(shape) => self.of_type(shape, part, users.mode, &mut skip),
            Declared::Group(group) => self.of_group(group, part, users, &mut skip),
        };
        match found {
            Some(found) => Some(found.below(Step::Type(self.path.as_bytes()))),
            None => None,
        }
    }

    const fn of_type<'a>(
        &'a self,
        shape: &'static Shape,
        part: Piece<'_>,
        mode: u8,
        skip: &mut usize,
    ) -> Option<Break<'a>> {
        let written = self.form.as_bytes();
        let asked = Asked::of(mode, self.types);
        match (shape, form::kind(written)) {
            (Shape::Newtype(newtype), _) => match part {
                Piece::Inner | Piece::Everything => {
                    forms::compare(written, newtype.inner, asked, skip)
                }
                _ => None,
            },
            (Shape::Struct(shape), Kind::Object(list)) => {
                self.of_fields(list, shape.fields, part, mode, skip)
            }
            (Shape::Enum(shape), Kind::Enum(tagging, list))
                if variants::is_tagged(tagging, shape.tagging) =>
            {
                match part {
                    Piece::Everything => variants::compare(list, shape, mode, self.types, skip),
                    Piece::Head => variants::removed(list, shape, mode, skip),
                    Piece::Variant(name) => {
                        variants::of_one(list, shape, name, mode, self.types, skip)
                    }
                    Piece::VariantField(variant, name) => {
                        self.of_variant_field(list, shape.variants, variant, name, mode, skip)
                    }
                    Piece::Inner | Piece::Field(..) => None,
                }
            }
            // The type changed its kind.
            _ => match part {
                Piece::Head | Piece::Everything => forms::compare(written, shape, asked, skip),
                _ => None,
            },
        }
    }

    /// The breaks of a struct's fields, or of one of them.
    const fn of_fields<'a>(
        &'a self,
        list: &'a [u8],
        new: &'static [FieldMeta],
        part: Piece<'_>,
        mode: u8,
        skip: &mut usize,
    ) -> Option<Break<'a>> {
        match part {
            Piece::Everything => super::fields::of_struct(list, new, mode, self.types, skip),
            Piece::Head => super::fields::gone(list, new, mode, self.types, skip),
            Piece::Field(name, hint) => match named(new, name, hint) {
                Some(field) => of_field(
                    &Members::few(list, Place::Payload),
                    field,
                    Place::Payload,
                    mode,
                    self.types,
                    skip,
                ),
                None => None,
            },
            _ => None,
        }
    }

    const fn of_variant_field<'a>(
        &'a self,
        list: &'a [u8],
        new: &'static [VariantShape],
        variant: &str,
        name: &[u8],
        mode: u8,
        skip: &mut usize,
    ) -> Option<Break<'a>> {
        let Some(variant) = variants::named(new, variant) else { return None };
        let VariantContent::Struct(fields) = &variant.content else { return None };
        let Some(field) = named(fields, name, 0) else { return None };
        let Some(old) = variants::was(list, variant) else { return None };
        let [b'{', members @ .., b'}'] = old.form else { return None };
        match of_field(
            &Members::few(members, Place::Payload),
            field,
            Place::Payload,
            mode,
            self.types,
            skip,
        ) {
            Some(found) => Some(found.below(Step::Name(old.name))),
            None => None,
        }
    }
}

/// The field called `name`. The search tries index `hint` first.
pub(super) const fn named(
    fields: &'static [FieldMeta],
    name: &[u8],
    hint: usize,
) -> Option<&'static FieldMeta> {
    if hint < fields.len() && form::equal(fields[hint].name.as_bytes(), name) {
        return Some(&fields[hint]);
    }
    let mut at = 0;
    while at < fields.len() {
        if form::equal(fields[at].name.as_bytes(), name) {
            return Some(&fields[at]);
        }
        at += 1;
    }
    None
}

/// The number of a declared field when a named type is represented by its name. `words` is the
/// number of the field's words.
pub(super) const fn own_number(declared: Declared, name: &[u8], hint: usize, words: u64) -> u64 {
    match declared {
        Declared::Type(Shape::Struct(shape)) => match named(shape.fields, name, hint) {
            Some(field) => number_of(field, words),
            None => 0,
        },
        Declared::Group(group) => {
            let mut at = 0;
            while at < group.members.len() {
                match &group.members[at] {
                    GroupMember::Field(field) if form::equal(field.name.as_bytes(), name) => {
                        return number_of(field, words);
                    }
                    _ => at += 1,
                }
            }
            0
        }
        Declared::Type(_) => 0,
    }
}

/// The number of a field when a named type is represented by its name. `words` is the number of the
/// field's words.
pub(super) const fn number_of(field: &FieldMeta, words: u64) -> u64 {
    fingerprint::field(words, leaves_out(field) && !field.shape.is_presence(), by_name(field.shape))
}
