//! Foreign types, by serde.

use super::Presence;
use crate::model::shape::{OpaqueShape, Shape};
use crate::value::encode::Encoder;
use crate::value::read::{Input, Object, ReadError};

/// A type that `#[field(opaque)]` takes: `Serialize + Deserialize`, and `JsonSchema` when the
/// feature `schema` is on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an opaque field",
    label = "not `Serialize + DeserializeOwned`, or without a `JsonSchema`",
    note = "with event-core's feature `schema`, the schema of an opaque field comes from its own \
            `schemars::JsonSchema`"
)]
pub trait Opaque: Sized {
    /// The JSON form.
    const SHAPE: &'static Shape;

    /// Writes the value as a member, `null` for one whose `Serialize` fails or that is nested too
    /// deep; `key` is `,"name":`.
    fn encode_opaque(&self, key: &'static str, out: &mut Encoder);

    /// Reads the member `name`, or one of its aliases. Where that is missing, stands there twice,
    /// or the type's `Deserialize` refuses it, the object keeps the error.
    fn read_opaque(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, Self::read_by_serde, || None)
    }

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// When the type's `Deserialize` refuses it.
    fn read_by_serde(input: Input<'_>) -> Result<Self, ReadError>;
}

// The bounds are the impl's and not the trait's: of a type that lacks them rustc says one thing,
// not one for each bound and use.
#[diagnostic::do_not_recommend]
impl<T: serde::Serialize + serde::de::DeserializeOwned + HasSchema> Opaque for T {
    const SHAPE: &'static Shape =
        &Shape::Opaque(&OpaqueShape { name: std::any::type_name::<Self>, schema: Self::SCHEMA });

    fn encode_opaque(&self, key: &'static str, out: &mut Encoder) {
        out.key(key);
        out.serialize(self);
    }

    fn read_by_serde(input: Input<'_>) -> Result<Self, ReadError> {
        input.by_serde()
    }
}

/// An opaque field that may be missing: an `Option` or a [`Presence`] of an [`Opaque`] type.
/// Whether the key is there is the field's matter, what stands there serde's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an opaque field",
    label = "what it holds is not `Serialize + DeserializeOwned`, or has no `JsonSchema`",
    note = "with event-core's feature `schema`, the schema of an opaque field comes from its own \
            `schemars::JsonSchema`"
)]
pub trait OpaqueOrNone: Sized {
    /// The JSON form.
    const SHAPE: &'static Shape;

    /// Writes the value as a member; `key` is `,"name":`.
    fn encode_field(&self, key: &'static str, out: &mut Encoder);

    /// Writes the value as a member, or nothing where there is none.
    fn encode_some(&self, key: &'static str, out: &mut Encoder);

    /// Reads the member `name`, or one of its aliases; the object keeps the error.
    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Opaque> OpaqueOrNone for Option<T> {
    const SHAPE: &'static Shape = &Shape::Optional(T::SHAPE);

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        match self {
            Some(value) => value.encode_opaque(key, out),
            None => null(key, out),
        }
    }

    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        if let Some(value) = self {
            value.encode_opaque(key, out);
        }
    }

    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(
            name,
            aliases,
            |input| if input.is_null() { Ok(None) } else { T::read_by_serde(input).map(Some) },
            || Some(None),
        )
    }
}

#[diagnostic::do_not_recommend]
impl<T: Opaque> OpaqueOrNone for Presence<T> {
    const SHAPE: &'static Shape = &Shape::Optional(&Shape::Optional(T::SHAPE));

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        match self {
            Self::Value(value) => value.encode_opaque(key, out),
            Self::Null => null(key, out),
            Self::Absent => {}
        }
    }

    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        self.encode_field(key, out);
    }

    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        let read = |input: Input<'_>| {
            if input.is_null() { Ok(Self::Null) } else { T::read_by_serde(input).map(Self::Value) }
        };
        object.field(name, aliases, read, || Some(Self::Absent))
    }
}

fn null(key: &'static str, out: &mut Encoder) {
    out.key(key);
    out.null();
}

/// What the feature `schema` asks of an opaque type beyond serde's traits; without it, nothing. The
/// switch is here and not in generated code, where `cfg(feature)` would ask the user's crate.
pub trait HasSchema {
    /// The type's schema for a direction.
    const SCHEMA: Option<fn(crate::model::shape::Direction) -> serde_json::Value>;
}

#[cfg(feature = "schema")]
#[diagnostic::do_not_recommend]
impl<T: schemars::JsonSchema> HasSchema for T {
    const SCHEMA: Option<fn(crate::model::shape::Direction) -> serde_json::Value> =
        Some(schema::<T>);
}

#[cfg(feature = "schema")]
fn schema<T: schemars::JsonSchema>(direction: crate::model::shape::Direction) -> serde_json::Value {
    use schemars::generate::SchemaSettings;

    let mut settings = SchemaSettings::draft2020_12();
    settings.meta_schema = None;
    let settings = match direction {
        crate::model::shape::Direction::Write => settings.for_serialize(),
        crate::model::shape::Direction::Read => settings.for_deserialize(),
    };
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

#[cfg(not(feature = "schema"))]
#[diagnostic::do_not_recommend]
impl<T> HasSchema for T {
    const SCHEMA: Option<fn(crate::model::shape::Direction) -> serde_json::Value> = None;
}
