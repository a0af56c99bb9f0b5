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
    /// The descriptor of the group.
    const META: &'static GroupMeta;

    /// The fingerprint of the fields' forms: equal forms have equal numbers.
    const FINGERPRINT: u64 = of_group(Self::META);

    /// A constant that is evaluated if a locked event has the group and the group changed. It does
    /// not compile if the change is breaking. The derive's constant reports the error at the field
    /// that breaks.
    #[doc(hidden)]
    const KEPT: () = ();

    /// Reads the group's fields and ignores other keys.
    ///
    /// # Errors
    ///
    /// If a field is missing or has the wrong type.
    fn read(object: &mut Object<'_>) -> Result<Self, ReadError>;

    /// Reads the group's fields. On an error, returns `None` and stores the error in the object.
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
    /// Reads a group if any of its fields is present, else `None`. The contributions to a wide
    /// event are read with this function, because each may be absent.
    ///
    /// # Errors
    ///
    /// If a field of the group is missing or has the wrong type.
    pub fn contribution<G: Group>(&mut self) -> Result<Option<G>, ReadError> {
        let fields = G::META.fields();
        let is_present = |name: &str| {
            fields.iter().any(|field| field.name == name || field.aliases.contains(&name))
        };
        if self.rest().any(is_present) { G::read(self).map(Some) } else { Ok(None) }
    }
}
