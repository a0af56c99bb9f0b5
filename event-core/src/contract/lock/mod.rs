//! The contract of a locked version, as a constant: what it was, and whether what is declared now
//! still keeps it.
//!
//! `events.lock` holds, for every locked version, the form of each field as a short text, and the
//! form of every named type once. The macro puts them into the code that it generates; the
//! compiler's interpreter compares them with the types as they are. So a break is found behind an
//! alias, in a nested type or in another crate, under `cargo check`. The command compares with the
//! same functions at run time.
//!
//! A change costs what changed. Numbers ([`event_grammar::fingerprint`]) end the comparison of an
//! event, a field or a type that is what it was. An event's field is compared up to the named types
//! in it; a named type is compared once, however many events have it, in a constant of its own
//! ([`EventValue::KEPT`](crate::EventValue::KEPT)) that is evaluated where a locked event reaches it: there the error is at the type's
//! own field. A type that has another name is compared where it is used.
//!
//! | form | means |
//! | --- | --- |
//! | `bool`, `i8` .. `u64`, `int(1..5)`, `f64` | a truth value, an integer of that range, a number (`null` where it is not finite) |
//! | `text`, `char`, `date-time`, `date`, `uuid`, `uri`, `ipv4`, `ipv6`, `ip`, `decimal` | text |
//! | `T?` | `T` or `null` |
//! | `[T]`, `[T;4]`, `(A,B)`, `map(T)` | a list, an array, a tuple, an object with any keys |
//! | `{name:T,other:T mark}` | an object |
//! | `enum{A,B(T),C{name:T}}`, `enum<tag>{..}`, `enum<tag,content>{..}`, `enum<>{..}` | one of several variants, tagged externally, internally, adjacently, not at all |
//! | `any`, `opaque`, `^Vec<Self>` | any JSON, a foreign type, a type that is being described |
//! | `&shop::model::User` | a named type: its form stands once in the lock |
//! | `..{name:T,..:&shop::Inner}` | the members of a group, and those of a group in it |
//!
//! After a field's form stand its marks: `default` (a missing field is read as the default), `skip`
//! (a `None` is left out), `null` (an `Option` within that `Option` is written as `null`),
//! `finite`, `masked(last4)`, `entity(order)`, `entity_version`, `before`, `after`, `unit(ms)`,
//! `context`, `wide`, `alias(old_name)`; after a variant's, `other` and `alias(..)`. A name that is
//! not of letters, digits, `_` and `-` stands in single quotes. A type that writes the same under
//! another name is no change.
//!
//! Writers write exactly their fields, and readers read over others. So a field may come or go
//! where readers do not need it, and a mode says whose reading counts: of new readers on what was
//! written ([`BACKWARD`]), of old readers on what is written ([`FORWARD`]).

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

/// What generated code calls.
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

/// New readers read what was written.
pub const BACKWARD: u8 = 1;
/// Old readers read what is written.
pub const FORWARD: u8 = 2;

/// A change that breaks somebody.
#[derive(Clone, Copy, Debug)]
pub struct Break<'a> {
    /// The rule.
    pub rule: LockRule,
    /// Where, below the field that was asked about.
    pub path: Path<'a>,
    /// The form that it had.
    pub old: &'a str,
    /// The form that it has.
    pub new: Now,
    /// Who breaks: [`BACKWARD`], [`FORWARD`] or both; 0 where it is not about reading.
    pub breaks: u8,
}

/// What something is now.
#[derive(Clone, Copy, Debug)]
pub enum Now {
    /// Of this shape.
    Shape(&'static Shape),
    /// This word.
    Word(&'static str),
    /// Not there.
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

    /// The same, further down.
    pub(super) const fn below(mut self, step: path::Step<'a>) -> Self {
        self.path = self.path.below(step);
        self
    }
}

/// A break, or nothing for one of those that are skipped: which is how the `nth` one is asked for.
pub(super) const fn found<'a>(skip: &mut usize, found: Break<'a>) -> Option<Break<'a>> {
    if *skip == 0 {
        return Some(found);
    }
    *skip -= 1;
    None
}
