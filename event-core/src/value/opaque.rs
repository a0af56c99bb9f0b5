//! Foreign types, written and read by serde.

use super::Presence;
use crate::model::shape::{OpaqueShape, Shape};
use crate::value::encode::Encoder;
use crate::value::read::{Input, Object, ReadError};

/// A type that `#[field(opaque)]` accepts: `Serialize + Deserialize`, and also `JsonSchema` with
/// the feature `schema`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an opaque field",
    label = "not `Serialize + DeserializeOwned`, or without a `JsonSchema`",
    note = "with event-core's feature `schema`, the schema of an opaque field comes from its own \
            `schemars::JsonSchema`"
)]
pub trait Opaque: Sized {
    /// The JSON shape.
    const SHAPE: &'static Shape;

    /// Writes the value as a member; `key` is `,"name":`. Writes `null` if the value's `Serialize`
    /// fails or nests too deep.
    fn encode_opaque(&self, key: &'static str, out: &mut Encoder);

    /// Reads the member `name`, or one of its aliases. If the member is missing, occurs twice, or
    /// is refused by the type's `Deserialize`, the object keeps the error.
    fn read_opaque(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, Self::read_by_serde, || None)
    }

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the type's `Deserialize` refuses the input.
    fn read_by_serde(input: Input<'_>) -> Result<Self, ReadError>;
}

// The impl has these bounds, not the trait, so that rustc reports a missing bound once, not once
// for each bound and use.
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

/// An opaque field that may be missing: an `Option` or a [`Presence`] of an [`Opaque`] type. The
/// field handles the key; serde handles the value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an opaque field",
    label = "what it holds is not `Serialize + DeserializeOwned`, or has no `JsonSchema`",
    note = "with event-core's feature `schema`, the schema of an opaque field comes from its own \
            `schemars::JsonSchema`"
)]
pub trait OpaqueOrNone: Sized {
    /// The JSON shape.
    const SHAPE: &'static Shape;

    /// Writes the value as a member; `key` is `,"name":`.
    fn encode_field(&self, key: &'static str, out: &mut Encoder);

    /// Writes the value as a member. Writes nothing if there is no value.
    fn encode_some(&self, key: &'static str, out: &mut Encoder);

    /// Reads the member `name`, or one of its aliases. The object keeps an error.
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

/// The bound that the feature `schema` adds to opaque types; empty without it. The `cfg` is here
/// and not in generated code, where it would check the features of the user's crate.
pub trait HasSchema {
    /// Generates the type's schema for a direction.
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
