//! The schema of a value, from its shape.

use crate::compiler::{Compiler, Described};
use crate::foreign;
use crate::json::Json;
use crate::keywords::Keywords;
use crate::options::Dialect;
use crate::types::Named;
use event_core::mask;
use event_core::meta::shape::{
    EnumShape, NewtypeShape, OpaqueShape, Shape, ShapeVisitor, StructShape, TextFormat,
};

/// Makes the schema of a value.
pub(crate) struct SchemaOfValue<'a> {
    pub(crate) compiler: &'a mut Compiler,
    /// Whether every number in the value is finite, so that `null` is not written for a number.
    pub(crate) finite: bool,
    /// The form of the value's texts if they are masked. A writer's texts have that form. A reader
    /// accepts any text: the text may be masked or not, and a masked address does not have the
    /// format of its type.
    pub(crate) mask: Option<&'static mask::Output>,
}

impl ShapeVisitor for SchemaOfValue<'_> {
    type Output = Described;

    fn visit_bool(&mut self) -> Described {
        Ok(Keywords::of_type("boolean"))
    }

    fn visit_integer(&mut self, min: i64, max: u64) -> Described {
        Ok(Keywords::of_type("integer").with("minimum", min).with("maximum", max))
    }

    fn visit_float(&mut self) -> Described {
        Ok(if self.finite {
            Keywords::of_type("number")
        } else {
            Keywords::new().with("type", Json::texts(["number", "null"]))
        })
    }

    fn visit_text(&mut self, format: TextFormat) -> Described {
        Ok(match self.mask {
            Some(mask) => {
                let pattern = self.compiler.is_write().then_some(mask.pattern);
                Keywords::of_type("string").with_some("pattern", pattern)
            }
            None => text(format, self.compiler.options.dialect),
        })
    }

    fn visit_optional(&mut self, inner: &'static Shape) -> Described {
        Ok(inner.accept(self)?.or_null())
    }

    fn visit_list(&mut self, item: &'static Shape, len: Option<usize>) -> Described {
        let list = Keywords::of_type("array").with("items", item.accept(self)?);
        Ok(match len {
            Some(len) => list.with("minItems", len as u64).with("maxItems", len as u64),
            None => list,
        })
    }

    /// A tuple cannot have a mask or `finite`.
    fn visit_tuple(&mut self, places: &'static [&'static Shape]) -> Described {
        let schemas = places.iter().map(|place| self.compiler.value(place, false, None));
        Ok(tuple(schemas.collect::<Described<_>>()?, self.compiler.options.dialect))
    }

    fn visit_map(&mut self, value: &'static Shape) -> Described {
        self.finite = false;
        Ok(Keywords::of_type("object").with("additionalProperties", value.accept(self)?))
    }

    fn visit_newtype(&mut self, newtype: &'static NewtypeShape) -> Described {
        Ok(self.compiler.types.refer(Named::Newtype(newtype)))
    }

    fn visit_struct(&mut self, shape: &'static StructShape) -> Described {
        Ok(self.compiler.types.refer(Named::Struct(shape)))
    }

    fn visit_enum(&mut self, shape: &'static EnumShape) -> Described {
        Ok(self.compiler.types.refer(Named::Enum(shape)))
    }

    fn visit_opaque(&mut self, shape: &'static OpaqueShape) -> Described {
        foreign::schema(shape, self.compiler.options, &mut self.compiler.types)
    }

    fn visit_any(&mut self) -> Described {
        Ok(Keywords::new())
    }
}

/// Formats that both dialects define are written as `format`; other formats as a pattern, or not at
/// all.
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

/// A list with one schema per position and exactly that length.
fn tuple(places: Vec<Keywords>, dialect: Dialect) -> Keywords {
    let len = places.len() as u64;
    let list = Keywords::of_type("array").with("minItems", len).with("maxItems", len);
    match dialect {
        Dialect::Draft2020_12 => list.with_schemas("prefixItems", places).with("items", false),
        Dialect::Draft07 => list.with_schemas("items", places).with("additionalItems", false),
    }
}
