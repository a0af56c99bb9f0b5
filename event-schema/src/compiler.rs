//! From shapes to schemas.

use crate::error::SchemaErrorKind;
use crate::foreign;
use crate::json::Json;
use crate::keywords::Keywords;
use crate::options::{Contract, Dialect, Options};
use crate::properties::Properties;
use crate::types::{Named, Origin, Types};
use event_core::mask;
use event_core::meta::Sensitivity;
use event_core::meta::shape::{Shape, TextFormat};

/// Describes the values of one event.
pub(crate) struct Compiler {
    pub(crate) options: Options,
    pub(crate) types: Types,
}

/// What describing can end in.
pub(crate) type Described<T = Keywords> = Result<T, SchemaErrorKind>;

impl Compiler {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, types: Types::new(options.dialect) }
    }

    pub(crate) fn is_write(&self) -> bool {
        self.options.contract == Contract::Write
    }

    /// The schema of a shape.
    pub(crate) fn shape(&mut self, shape: &'static Shape) -> Described {
        Ok(match shape {
            Shape::Bool => Keywords::of_type("boolean"),
            Shape::Integer { min, max } => {
                Keywords::of_type("integer").with("minimum", *min).with("maximum", *max)
            }
            Shape::Float => Keywords::new().with("type", Json::texts(["number", "null"])),
            Shape::Text(format) => text(*format, self.options.dialect),
            Shape::Optional(inner) => self.shape(inner)?.or_null(),
            Shape::List(item) => Keywords::of_type("array").with("items", self.shape(item)?),
            Shape::Array { item, len } => array(self.shape(item)?, *len),
            Shape::Tuple(places) => {
                let places =
                    places.iter().map(|place| self.shape(place)).collect::<Described<Vec<_>>>()?;
                tuple(places, self.options.dialect)
            }
            Shape::Map(value) => {
                Keywords::of_type("object").with("additionalProperties", self.shape(value)?)
            }
            Shape::Newtype(newtype) => self.types.refer(Named::Newtype(newtype)),
            Shape::Struct(fields) => self.types.refer(Named::Struct(fields)),
            Shape::Enum(variants) => self.types.refer(Named::Enum(variants)),
            Shape::Opaque(opaque) => foreign::schema(opaque, self.options, &mut self.types)?,
            Shape::Recursive(recursion) => self.shape((recursion.shape)())?,
            // `Any`, and a shape that this version does not know: whatever it is, it is JSON.
            _ => Keywords::new(),
        })
    }

    /// The schema of a shape whose numbers are finite: a `null` stands for no number in it.
    pub(crate) fn finite(&mut self, shape: &'static Shape) -> Described {
        Ok(match shape {
            Shape::Float => Keywords::of_type("number"),
            Shape::Optional(inner) => self.finite(inner)?.or_null(),
            Shape::List(item) => Keywords::of_type("array").with("items", self.finite(item)?),
            Shape::Array { item, len } => array(self.finite(item)?, *len),
            other => self.shape(other)?,
        })
    }

    /// The schema of a shape whose texts are masked. A writer's texts have the form of the mask. A
    /// reader takes any text: what it reads may be masked or not, and a masked address has not the
    /// format of its type.
    pub(crate) fn masked(&mut self, shape: &'static Shape, form: &mask::Output) -> Described {
        Ok(match shape {
            Shape::Text(_) => {
                let pattern = self.is_write().then_some(form.pattern);
                Keywords::of_type("string").with_some("pattern", pattern)
            }
            Shape::Optional(inner) => self.masked(inner, form)?.or_null(),
            Shape::List(item) => Keywords::of_type("array").with("items", self.masked(item, form)?),
            Shape::Map(value) => {
                Keywords::of_type("object").with("additionalProperties", self.masked(value, form)?)
            }
            other => self.shape(other)?,
        })
    }

    /// The schema of the one value that a newtype or a variant holds, under its mask where it has
    /// one.
    pub(crate) fn held(
        &mut self,
        shape: &'static Shape,
        sensitivity: Option<Sensitivity>,
    ) -> Described {
        match sensitivity.and_then(mask::output) {
            Some(form) => self.masked(shape, form),
            None => self.shape(shape),
        }
    }

    /// Describes every named type that has been referred to, and those that they refer to.
    pub(crate) fn describe_types(&mut self) -> Described<()> {
        while let Some(named) = self.types.next() {
            let described = match named {
                Named::Newtype(newtype) => {
                    self.held(newtype.inner, newtype.sensitivity)?.without_bare_ref()
                }
                Named::Struct(shape) => {
                    let mut properties = Properties::new();
                    self.add_fields(shape.fields, &mut properties)?;
                    properties.into_object(self.options.contract)
                }
                Named::Enum(shape) => self.enumeration(shape)?,
            };
            let ty = named.ty();
            let described = match described.get("description") {
                Some(_) => described,
                None => described.with_text("description", ty.docs),
            };
            self.types.define(
                ty.name,
                Origin::Module(ty.module),
                described.with("title", ty.name).into(),
            )?;
        }
        Ok(())
    }
}

/// Formats that both dialects define are named; others are told by a pattern, or not at all.
pub(crate) fn text(format: TextFormat, dialect: Dialect) -> Keywords {
    const UUID: &str = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    const DECIMAL: &str = r"^-?[0-9]+(\.[0-9]+)?$";
    let text = Keywords::of_type("string");
    match format {
        TextFormat::Char => text.with("minLength", 1).with("maxLength", 1),
        TextFormat::DateTime => text.with("format", "date-time"),
        TextFormat::Date => text.with("format", "date"),
        TextFormat::Uuid if dialect == Dialect::Draft07 => text.with("pattern", UUID),
        TextFormat::Uuid => text.with("format", "uuid"),
        TextFormat::Uri => text.with("format", "uri"),
        TextFormat::Ipv4 => text.with("format", "ipv4"),
        TextFormat::Ipv6 => text.with("format", "ipv6"),
        TextFormat::Ip => Keywords::new().with_schemas(
            "anyOf",
            [text.clone().with("format", "ipv4"), text.with("format", "ipv6")],
        ),
        TextFormat::Decimal => text.with("pattern", DECIMAL),
        _ => text,
    }
}

/// Lists of exactly `len` items of one schema.
fn array(item: Keywords, len: usize) -> Keywords {
    Keywords::of_type("array")
        .with("items", item)
        .with("minItems", len as u64)
        .with("maxItems", len as u64)
}

/// Lists with one schema per place, of exactly that length.
fn tuple(places: Vec<Keywords>, dialect: Dialect) -> Keywords {
    let len = places.len() as u64;
    let list = Keywords::of_type("array").with("minItems", len).with("maxItems", len);
    match dialect {
        Dialect::Draft2020_12 => list.with_schemas("prefixItems", places).with("items", false),
        Dialect::Draft07 => list.with_schemas("items", places).with("additionalItems", false),
    }
}
