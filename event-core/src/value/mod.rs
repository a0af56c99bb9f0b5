//! Field values: the trait, and the types that implement it.

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

/// The value of an event's field: its JSON shape as a constant, and how it is written and read.
///
/// `#[derive(EventValue)]` implements it for structs and enums. The written value always has the
/// shape [`EventValue::SHAPE`], so the exported schemas are correct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of an event's field",
    label = "this type has no declared JSON form",
    note = "for a type of your own, write `#[derive(EventValue)]` (`#[value]` in an `events!` \
            block); for a type of another crate that serde writes and reads, `#[field(opaque)]`",
    note = "a field that holds a group needs `#[group]`, one that holds a `Secret` needs a mask: \
            `#[sensitive(redact)]`"
)]
pub trait EventValue: Sized {
    /// The JSON shape.
    const SHAPE: &'static Shape;

    /// A fingerprint of the shape: equal shapes have equal fingerprints. A type that contains other
    /// types computes it from theirs, so that each type is walked once, however many locked events
    /// have it.
    const FINGERPRINT: u64 = crate::contract::lock::of_shape(Self::SHAPE);

    /// Evaluated if a locked event has the type and the type changed. Does not compile if the type
    /// breaks the lock. The derive makes the error point at the field.
    #[doc(hidden)]
    const KEPT: () = ();

    /// For an enum, the names of its variants in Rust, in the order of the shape. For a wrapper of
    /// one value, the names of that value's type.
    #[doc(hidden)]
    const VARIANTS: &'static [&'static str] = &[];

    /// Writes the value.
    fn encode(&self, out: &mut Encoder);

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the input does not have the shape.
    fn read(input: Input<'_>) -> Result<Self, ReadError>;

    /// The value that replaces a missing one, if there is such a value.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether this is a `None`.
    fn is_none(&self) -> bool {
        false
    }

    /// Writes the value as a member; `key` is `,"name":`. An override writes the key by
    /// [`Encoder::key`].
    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.key(key);
        self.encode(out);
    }

    /// Writes the value as a member. Writes nothing for `None`.
    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        if !self.is_none() {
            self.encode_field(key, out);
        }
    }

    /// Reads the member `name`, or one of its aliases. If the member is missing, occurs twice or is
    /// invalid, the object keeps the error.
    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, Self::read, Self::absent)
    }

    /// Reads the member `name`, or one of its aliases. Returns the default if the member is
    /// missing.
    fn read_field_or_default(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>
    where
        Self: Default,
    {
        object.field(name, aliases, Self::read, || Some(Self::default()))
    }
}

/// The wire name of a variant of `T`, by its name in Rust. Returns `ident` if `T` is no enum or has
/// no such variant; rustc reports that.
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

/// The shape of `T`, as a function, for types that contain themselves.
#[doc(hidden)]
pub fn shape_of<T: EventValue>() -> &'static Shape {
    T::SHAPE
}
