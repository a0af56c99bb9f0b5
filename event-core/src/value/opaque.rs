//! Foreign types, by serde.

use crate::encode::Encoder;
use crate::read::Object;
use crate::shape::{OpaqueShape, Shape};

/// A type that `#[field(opaque)]` takes: `Serialize + Deserialize`, and `JsonSchema` when the feature `schema` is on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an opaque field",
    label = "not `Serialize + DeserializeOwned`, or without a `JsonSchema`",
    note = "with event-core's feature `schema`, the schema of an opaque field comes from its own `schemars::JsonSchema`"
)]
pub trait Opaque: Sized {
    /// The JSON form.
    const SHAPE: &'static Shape;

    /// Writes the value as a member, `null` for one whose `Serialize` fails or that is nested too deep; `key` is `,"name":`.
    fn encode_opaque(&self, key: &'static str, out: &mut Encoder);

    /// Reads the member `name`, or one of its aliases. Where that is missing, stands there twice, or the type's `Deserialize` refuses it, the object keeps
    /// the error.
    fn read_opaque(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>;
}

// The bounds are the impl's and not the trait's: of a type that lacks them rustc says one thing, not one for each bound and use.
#[diagnostic::do_not_recommend]
impl<T: serde::Serialize + serde::de::DeserializeOwned + HasSchema> Opaque for T {
    const SHAPE: &'static Shape =
        &Shape::Opaque(&OpaqueShape { name: std::any::type_name::<Self>, schema: Self::SCHEMA });

    fn encode_opaque(&self, key: &'static str, out: &mut Encoder) {
        out.begin(key);
        out.json(key);
        out.serialize(self);
    }

    fn read_opaque(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, |input| input.by_serde(), || None)
    }
}

/// What the feature `schema` asks of an opaque type beyond serde's traits; without it, nothing. The switch is here and not in generated code, where
/// `cfg(feature)` would ask the user's crate.
pub trait HasSchema {
    /// The type's schema for a direction.
    const SCHEMA: Option<fn(crate::shape::Direction) -> serde_json::Value>;
}

#[cfg(feature = "schema")]
#[diagnostic::do_not_recommend]
impl<T: schemars::JsonSchema> HasSchema for T {
    const SCHEMA: Option<fn(crate::shape::Direction) -> serde_json::Value> = Some(schema::<T>);
}

#[cfg(feature = "schema")]
fn schema<T: schemars::JsonSchema>(direction: crate::shape::Direction) -> serde_json::Value {
    use schemars::generate::SchemaSettings;

    let mut settings = SchemaSettings::draft2020_12();
    settings.meta_schema = None;
    let settings = match direction {
        crate::shape::Direction::Write => settings.for_serialize(),
        crate::shape::Direction::Read => settings.for_deserialize(),
    };
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

#[cfg(not(feature = "schema"))]
#[diagnostic::do_not_recommend]
impl<T> HasSchema for T {
    const SCHEMA: Option<fn(crate::shape::Direction) -> serde_json::Value> = None;
}
