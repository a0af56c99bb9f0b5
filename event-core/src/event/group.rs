//! Fields that several events share.

use crate::contract::lock::generated::of_group;
use crate::model::meta::GroupMeta;
use crate::value::encode::{Encoder, Fields};
use crate::value::read::{Object, ReadError};

/// Fields that several events share: `#[group]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a group of fields",
    label = "not declared as a group",
    note = "declare it with `#[group] pub struct .. {{ .. }}` in an `events!` block; without `#[group]` on the field it is one nested value"
)]
pub trait Group: Fields + Sized {
    /// What the declaration says.
    const META: &'static GroupMeta;

    /// A number for the form of its fields: equal forms have equal numbers.
    const FINGERPRINT: u64 = of_group(Self::META);

    /// Evaluated where a locked event has the group and the group changed: it does not compile
    /// where the group breaks what is locked. What the derive generates points at the field that
    /// does.
    #[doc(hidden)]
    const KEPT: () = ();

    /// Reads the group's fields and leaves what it does not know.
    ///
    /// # Errors
    ///
    /// When a field is missing or not of its form.
    fn read(object: &mut Object<'_>) -> Result<Self, ReadError>;

    /// Reads the group's fields; the object keeps the error.
    fn read_group(object: &mut Object<'_>) -> Option<Self> {
        let read = Self::read(object);
        object.keep(read)
    }

    /// Writes the group's members, each with a comma before it.
    fn encode_group(&self, out: &mut Encoder) {
        self.encode_fields(out);
    }
}

impl Object<'_> {
    /// Reads a group where any of its fields stands; `None` where none does. So the parts of a wide
    /// event are read back: each may have been added, or not.
    ///
    /// # Errors
    ///
    /// When a field of it is missing, or not of its form.
    pub fn contribution<G: Group>(&mut self) -> Result<Option<G>, ReadError> {
        let fields = G::META.fields();
        let stands = |name: &str| {
            fields.iter().any(|field| field.name == name || field.aliases.contains(&name))
        };
        if self.rest().any(stands) { G::read(self).map(Some) } else { Ok(None) }
    }
}
