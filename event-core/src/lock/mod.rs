//! The contract of a published version, as a constant: what it was, and whether what is declared now still keeps it.
//!
//! `events.lock` holds, for every published version, the form of each field as a short text, and a fingerprint over all of them. The macro puts both into the
//! code that it generates; the compiler's interpreter compares them with the types as they are. So a break is found behind an alias, in a nested type or in
//! another crate, under `cargo check`, at the field. The command compares with the same functions at run time.
//!
//! | form | means |
//! | --- | --- |
//! | `bool`, `i8` .. `u64`, `int(1..5)`, `f64` | a truth value, an integer of that range, a number (`null` where it is not finite) |
//! | `text`, `char`, `date-time`, `date`, `uuid`, `uri`, `ipv4`, `ipv6`, `ip`, `decimal` | text |
//! | `T?` | `T` or `null` |
//! | `[T]`, `[T;4]`, `(A,B)`, `map(T)` | a list, an array, a tuple, an object with any keys |
//! | `{name:T,other:T mark}` | an object |
//! | `enum{A,B(T),C{name:T}}`, `enum<tag>{..}`, `enum<tag,content>{..}` | one of several variants, tagged externally, internally, adjacently |
//! | `any`, `opaque`, `^Vec<Self>` | any JSON, a foreign type, a type that is being described |
//!
//! After a field's form stand its marks: `default` (a missing field is read as the default), `skip` (a `None` is left out), `null` (an `Option` within
//! that `Option` is written as `null`), `finite`, `masked(last4)`,
//! `entity(order)`, `entity_version`, `before`, `after`, `unit(ms)`, `context`, `wide`, `alias(old_name)`; after a variant's, `other` and `alias(..)`. A name
//! that is not of letters, digits, `_` and `-` stands in single quotes. Newtypes are what they hold, and names of types are no part of a form.
//!
//! Writers write exactly their fields, and readers read over others. So a field may come or go where readers do not need it, and a mode says whose reading
//! counts: of new readers on what was written ([`BACKWARD`]), of old readers on what is written ([`FORWARD`]).

mod asserts;
mod event;
mod fields;
mod fingerprint;
mod forms;
mod old;
mod path;
mod render;
mod rule;
mod variants;

pub use event::{Locked, LockedRevision, accepted_breaks, ask_alike, breaks};
pub use fields::{Place, shows_more};
pub use fingerprint::{of_event, of_shape};
pub use path::Path;
pub use render::{field_form, fields_of, level_of, names_in, parts_of, shape_form};
pub use rule::{LockRule, RULES, RuleText};

/// What generated code calls.
pub(crate) mod generated {
    pub use super::asserts::{
        Kept, Published, assert_event_kept, assert_field_kept, assert_group_kept, assert_published, undeclared,
    };
    pub use super::fingerprint::{of_array, of_declared, of_group, of_list, of_map, of_optional, of_parts, of_shape};
}

use crate::shape::Shape;

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
