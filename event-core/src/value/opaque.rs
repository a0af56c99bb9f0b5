//! Foreign types, by serde.

use crate::encode::Encoder;
use crate::read::{Input, ReadError};
use crate::shape::{OpaqueShape, Shape};

/// A type that `#[field(opaque)]` takes: `Serialize + Deserialize`, and `JsonSchema` when the feature `schema` is on.
#[cfg(feature = "schema")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an opaque field",
    label = "not `Serialize + DeserializeOwned + JsonSchema`",
    note = "the schema of an opaque field comes from its own `schemars::JsonSchema`"
)]
pub trait Opaque: serde::Serialize + serde::de::DeserializeOwned + schemars::JsonSchema {
    /// The JSON form.
    const SHAPE: &'static Shape =
        &Shape::Opaque(&OpaqueShape { name: std::any::type_name::<Self>, schema: Some(schema::<Self>) });
}

#[cfg(feature = "schema")]
#[diagnostic::do_not_recommend]
impl<T: serde::Serialize + serde::de::DeserializeOwned + schemars::JsonSchema> Opaque for T {}

#[cfg(feature = "schema")]
fn schema<T: schemars::JsonSchema + ?Sized>(direction: crate::shape::Direction) -> serde_json::Value {
    use schemars::generate::SchemaSettings;

    let mut settings = SchemaSettings::draft2020_12();
    settings.meta_schema = None;
    let settings = match direction {
        crate::shape::Direction::Write => settings.for_serialize(),
        crate::shape::Direction::Read => settings.for_deserialize(),
    };
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// A type that `#[field(opaque)]` takes: `Serialize + Deserialize`, and `JsonSchema` when the feature `schema` is on.
#[cfg(not(feature = "schema"))]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an opaque field",
    label = "not `Serialize + DeserializeOwned`"
)]
pub trait Opaque: serde::Serialize + serde::de::DeserializeOwned {
    /// The JSON form.
    const SHAPE: &'static Shape = &Shape::Opaque(&OpaqueShape { name: std::any::type_name::<Self>, schema: None });
}

#[cfg(not(feature = "schema"))]
#[diagnostic::do_not_recommend]
impl<T: serde::Serialize + serde::de::DeserializeOwned> Opaque for T {}

/// Writes an opaque value; `null` for one whose `Serialize` fails.
pub fn encode_opaque<T: Opaque>(value: &T, key: &'static str, out: &mut Encoder) {
    out.json(key);
    out.serialize(value);
}

/// Reads an opaque value.
///
/// # Errors
///
/// When the type's `Deserialize` refuses it.
pub fn read_opaque<T: Opaque>(input: Input<'_>) -> Result<T, ReadError> {
    input.scalar("of the declared form")
}
