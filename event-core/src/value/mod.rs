//! What can stand in a field: the trait, and the types that have it.

pub(crate) mod buffer;
mod containers;
mod debug;
pub(crate) mod encode;
mod finite;
mod foreign;
#[doc(hidden)]
pub mod instead;
pub(crate) mod isolation;
pub(crate) mod kept;
pub mod mask;
mod masked_whole;
mod opaque;
mod presence;
pub mod read;
mod scalars;
mod secret;
mod text;
pub(crate) mod time;
mod typed;

#[doc(hidden)]
pub use debug::{debug, debug_value};
pub use finite::Finite;
#[doc(hidden)]
pub use masked_whole::{Always, MaskedWhole, OrNone};
pub use opaque::Opaque;
#[doc(hidden)]
pub use opaque::OpaqueOrNone;
pub use presence::Presence;
pub use secret::Secret;
pub use text::Str;

pub use encode::{Encoder, Fields, Refusal};
pub use time::Timestamp;

use crate::model::shape::Shape;
use crate::value::read::{Input, Object, ReadError};

/// A value of an event's field: its JSON form as a constant, how it is written and how it is read.
///
/// `#[derive(EventValue)]` implements it for structs and enums. What is written always has the form
/// that [`EventValue::SHAPE`] describes; that is what makes the exported schemas true.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of an event's field",
    label = "this type has no declared JSON form",
    note = "for a type of your own, write `#[derive(EventValue)]` (`#[value]` in an `events!` \
            block); for a type of another crate that serde writes and reads, `#[field(opaque)]`",
    note = "a field that holds a group needs `#[group]`, one that holds a `Secret` needs a mask: \
            `#[sensitive(redact)]`"
)]
pub trait EventValue: Sized {
    /// The JSON form.
    const SHAPE: &'static Shape;

    /// A number for the form: equal forms have equal numbers. A type that holds others puts it
    /// together from theirs, so that each type is walked once, however many locked events hold
    /// it.
    const FINGERPRINT: u64 = crate::contract::lock::of_shape(Self::SHAPE);

    /// Evaluated where a locked event has the type and the type changed: it does not compile where
    /// the type breaks what is locked. What the derive generates points at the field that does.
    #[doc(hidden)]
    const KEPT: () = ();

    /// Of an enum, its variants' names in Rust, in the order of the shape's; of what holds one
    /// value, those of that.
    #[doc(hidden)]
    const VARIANTS: &'static [&'static str] = &[];

    /// Writes the value.
    fn encode(&self, out: &mut Encoder);

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// When the input is not of the form.
    fn read(input: Input<'_>) -> Result<Self, ReadError>;

    /// The value that stands for a missing one, if there is such a value.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether this is a `None`.
    fn is_none(&self) -> bool {
        false
    }

    /// Writes the value as a member; `key` is `,"name":`. An implementation of its own writes the
    /// key by [`Encoder::key`].
    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.key(key);
        self.encode(out);
    }

    /// Writes the value as a member, or nothing for a `None`.
    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        if !self.is_none() {
            self.encode_field(key, out);
        }
    }

    /// Reads the member `name`, or one of its aliases. Where that is missing, stands there twice,
    /// or is not of the form, the object keeps the error.
    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, Self::read, Self::absent)
    }

    /// Reads the member `name`, or one of its aliases; the default where it is missing.
    fn read_field_or_default(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>
    where
        Self: Default,
    {
        object.field(name, aliases, Self::read, || Some(Self::default()))
    }
}

/// The name on the wire of a variant of `T`, by its name in Rust; that name where `T` is no enum
/// that has it, which rustc reports.
#[doc(hidden)]
pub const fn variant_name<T: EventValue>(ident: &'static str) -> &'static str {
    if let Shape::Enum(shape) = T::SHAPE.bare() {
        let mut at = 0;
        while at < shape.variants.len() && at < T::VARIANTS.len() {
            if event_grammar::same(T::VARIANTS[at], ident) {
                return shape.variants[at].name;
            }
            at += 1;
        }
    }
    ident
}

/// The shape of `T`, as a function: how a type that contains itself is described.
#[doc(hidden)]
pub fn shape_of<T: EventValue>() -> &'static Shape {
    T::SHAPE
}
