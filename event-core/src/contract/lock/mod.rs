//! The contract of a locked version, as a constant: the locked state, and whether the current
//! declaration keeps it.
//!
//! `events.lock` holds the form of each field of every locked version as a short text, and the form
//! of every named type once. The macro puts these forms into the code that it generates, and
//! constant evaluation compares them with the current types. So `cargo check` finds a break behind
//! an alias, in a nested type or in another crate. The command compares with the same functions at
//! run time.
//!
//! The cost depends on the size of the change. Fingerprints ([`event_grammar::fingerprint`]) end
//! the comparison of an unchanged event, field or type. An event's field is compared up to the
//! named types in it. A named type is compared once for all events, in a constant of its own
//! ([`EventValue::KEPT`](crate::EventValue::KEPT)) that is evaluated where a locked event reaches
//! the type. So the error is at the type's own field. A type that was renamed is compared where it
//! is used.
//!
//! | form | means |
//! | --- | --- |
//! | `bool`, `i8` .. `u64`, `int(1..5)`, `f64` | a boolean, an integer of that range, a number (`null` if it is not finite) |
//! | `text`, `char`, `date-time`, `date`, `uuid`, `uri`, `ipv4`, `ipv6`, `ip`, `decimal` | text |
//! | `T?` | `T` or `null` |
//! | `[T]`, `[T;4]`, `(A,B)`, `map(T)` | a list, an array, a tuple, an object with any keys |
//! | `{name:T,other:T mark}` | an object |
//! | `enum{A,B(T),C{name:T}}`, `enum<tag>{..}`, `enum<tag,content>{..}`, `enum<>{..}` | one of several variants: tagged externally, internally, adjacently, or untagged |
//! | `any`, `opaque`, `^Vec<Self>` | any JSON, a foreign type, a type within itself |
//! | `&shop::model::User` | a named type: the lock has its form once |
//! | `..{name:T,..:&shop::Inner}` | the members of a group, and the members of a group in it |
//!
//! A field's form is followed by its marks: `default` (a missing field is read as the default),
//! `skip` (a `None` is left out), `null` (an `Option` within that `Option` is written as `null`),
//! `finite`, `masked(last4)`, `entity(order)`, `entity_version`, `before`, `after`, `unit(ms)`,
//! `context`, `wide`, `alias(old_name)`. A variant's form is followed by `other` and `alias(..)`. A
//! name with characters other than letters, digits, `_` and `-` is in single quotes. A type that is
//! renamed and writes the same is unchanged.
//!
//! A writer writes exactly its fields, and a reader ignores other fields. So a field may be added
//! or removed if no reader needs it. The mode says which readers are protected: new readers of old
//! records ([`BACKWARD`]), or old readers of new records ([`FORWARD`]).

mod asserts;
mod breaks;
mod broken;
mod event;
mod fields;
mod fingerprint;
mod forms;
mod groups;
mod locked_group;
mod members;
mod named;
mod path;
mod render;
mod report;
mod rule;
mod spoken;
mod type_asserts;
mod types;
mod undeclared;
mod variants;

pub(crate) use asserts::{
    Foreign, Was, assert_field_kept_or_ask, assert_foreign_group_kept, assert_foreign_kept,
    assert_group_kept_or_ask,
};
pub use breaks::{breaks, reached};
pub use broken::{Broken, in_type};
pub use event::{Locked, LockedRevision, ask_alike};
pub use event_grammar::fingerprint::Place;
pub use fields::shows_more;
pub(crate) use fingerprint::{of_alike, of_optional, of_presence};
pub use fingerprint::{of_event, of_shape};
pub use named::Types;
pub use path::Path;
pub use render::{Forms, level_of, revision_of, shape_form};
pub use rule::{LockRule, RULES, RuleText};
pub use types::{Declared, LockedForm, Users};

/// The items that generated code uses.
pub(crate) mod generated {
    pub use super::asserts::{Kept, assert_event_kept, assert_field_kept};
    pub use super::fingerprint::{
        of_content, of_declared, of_declared_field, of_group, of_members_and_groups,
        of_plain_field, of_said, of_shape, of_skipping, of_struct, of_variants,
    };
    pub use super::spoken::{Spoken, assert_spoken};
    pub use super::type_asserts::{
        TypeKept, assert_inner_kept, assert_member_kept, assert_type_kept,
        assert_variant_field_kept, assert_variant_kept,
    };
    pub use super::undeclared::{LockedName, all, assert_all_declared, undeclared};
    pub use event_grammar::fingerprint::of_one;
}

use crate::model::shape::Shape;

/// New readers read old records.
pub const BACKWARD: u8 = 1;
/// Old readers read new records.
pub const FORWARD: u8 = 2;

/// A change that breaks a reader.
#[derive(Clone, Copy, Debug)]
pub struct Break<'a> {
    /// The rule.
    pub rule: LockRule,
    /// The path to the change, relative to the compared field.
    pub path: Path<'a>,
    /// The locked form.
    pub old: &'a str,
    /// The current form.
    pub new: Now,
    /// The mode that the change breaks: [`BACKWARD`], [`FORWARD`] or both. 0 for a change that is
    /// not about reading.
    pub breaks: u8,
}

/// The current state of something that was locked.
#[derive(Clone, Copy, Debug)]
pub enum Now {
    /// A shape.
    Shape(&'static Shape),
    /// A word.
    Word(&'static str),
    /// Removed.
    Gone,
}

impl<'a> Break<'a> {
    pub(super) const fn new(rule: LockRule, old: &'a [u8], new: Now, breaks: u8) -> Self {
        let old = match str::from_utf8(old) {
            Ok(old) => old,
            Err(_) => "",
        };
        Self { rule, path: Path::new(), old, new, breaks }
    }

    /// Adds an outer step to the path.
    pub(super) const fn below(mut self, step: path::Step<'a>) -> Self {
        self.path = self.path.below(step);
        self
    }
}

/// The break, or `None` while `skip` counts down. So a caller can ask for the `nth` break.
pub(super) const fn found<'a>(skip: &mut usize, found: Break<'a>) -> Option<Break<'a>> {
    if *skip == 0 {
        return Some(found);
    }
    *skip -= 1;
    None
}
