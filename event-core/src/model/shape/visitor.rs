//! The only walk over shapes: a visitor with a method for each kind of shape.
//!
//! The constants of `contract` match on the kinds themselves, because a trait's method cannot be
//! called in a constant.

use super::{EnumShape, NewtypeShape, OpaqueShape, Shape, StructShape, TextFormat};

/// A visitor of shapes: it makes a schema, a sample, a check or a table column of each kind.
///
/// Every kind has a method, so a visitor cannot forget a kind. [`Shape::accept`] calls the method
/// for the shape's kind. It does not visit the inner shapes: the visitor calls `accept` on an inner
/// shape when it needs to. A type may contain itself, so a visitor that enters every
/// [`StructShape`], [`EnumShape`] and [`NewtypeShape`] must remember the shapes that it is in.
///
/// A new kind of shape adds a method. That is a breaking change: each visitor has to decide.
///
/// ```
/// use event_core::meta::shape::{
///     EnumShape, NewtypeShape, OpaqueShape, Shape, ShapeVisitor, StructShape, TextFormat,
/// };
///
/// /// The type of a column in SQL.
/// struct Column;
///
/// impl ShapeVisitor for Column {
///     type Output = &'static str;
///
///     fn visit_bool(&mut self) -> &'static str {
///         "boolean"
///     }
///     fn visit_integer(&mut self, _min: i64, max: u64) -> &'static str {
///         if max <= i64::MAX as u64 { "bigint" } else { "numeric" }
///     }
///     fn visit_float(&mut self) -> &'static str {
///         "double precision"
///     }
///     fn visit_text(&mut self, format: TextFormat) -> &'static str {
///         match format {
///             TextFormat::DateTime => "timestamptz",
///             TextFormat::Uuid => "uuid",
///             _ => "text",
///         }
///     }
///     fn visit_optional(&mut self, inner: &'static Shape) -> &'static str {
///         inner.accept(self)
///     }
///     fn visit_list(&mut self, _item: &'static Shape, _len: Option<usize>) -> &'static str {
///         "jsonb"
///     }
///     fn visit_tuple(&mut self, _places: &'static [&'static Shape]) -> &'static str {
///         "jsonb"
///     }
///     fn visit_map(&mut self, _value: &'static Shape) -> &'static str {
///         "jsonb"
///     }
///     fn visit_newtype(&mut self, _newtype: &'static NewtypeShape) -> &'static str {
///         "jsonb"
///     }
///     fn visit_struct(&mut self, _shape: &'static StructShape) -> &'static str {
///         "jsonb"
///     }
///     fn visit_enum(&mut self, _shape: &'static EnumShape) -> &'static str {
///         "jsonb"
///     }
///     fn visit_opaque(&mut self, _shape: &'static OpaqueShape) -> &'static str {
///         "jsonb"
///     }
///     fn visit_any(&mut self) -> &'static str {
///         "jsonb"
///     }
/// }
///
/// const SHAPE: &Shape = &Shape::Optional(&Shape::Text(TextFormat::Uuid));
/// assert_eq!(SHAPE.accept(&mut Column), "uuid");
/// ```
pub trait ShapeVisitor {
    /// The result of a visit.
    type Output;

    /// `true` or `false`.
    fn visit_bool(&mut self) -> Self::Output;

    /// A whole number from `min` to `max`.
    fn visit_integer(&mut self, min: i64, max: u64) -> Self::Output;

    /// A number, or `null` for a number that is not finite.
    fn visit_float(&mut self) -> Self::Output;

    /// Text.
    fn visit_text(&mut self, format: TextFormat) -> Self::Output;

    /// The inner shape, or `null`.
    fn visit_optional(&mut self, inner: &'static Shape) -> Self::Output;

    /// A list of values of one shape. With `len`, the list has exactly `len` items.
    fn visit_list(&mut self, item: &'static Shape, len: Option<usize>) -> Self::Output;

    /// A list with one shape per position.
    fn visit_tuple(&mut self, places: &'static [&'static Shape]) -> Self::Output;

    /// An object with any keys; all values have one shape.
    fn visit_map(&mut self, value: &'static Shape) -> Self::Output;

    /// A named type that is written as the one value it holds.
    fn visit_newtype(&mut self, newtype: &'static NewtypeShape) -> Self::Output;

    /// An object with declared fields.
    fn visit_struct(&mut self, shape: &'static StructShape) -> Self::Output;

    /// One of several variants.
    fn visit_enum(&mut self, shape: &'static EnumShape) -> Self::Output;

    /// A foreign type that has its own schema.
    fn visit_opaque(&mut self, shape: &'static OpaqueShape) -> Self::Output;

    /// Any JSON value.
    fn visit_any(&mut self) -> Self::Output;
}

impl Shape {
    /// Calls the visitor's method for this kind of shape. Follows a [`Shape::Recursive`] to the
    /// shape that it refers to.
    pub fn accept<V: ShapeVisitor + ?Sized>(&'static self, visitor: &mut V) -> V::Output {
        match self {
            Self::Bool => visitor.visit_bool(),
            Self::Integer { min, max } => visitor.visit_integer(*min, *max),
            Self::Float => visitor.visit_float(),
            Self::Text(format) => visitor.visit_text(*format),
            Self::Optional(inner) => visitor.visit_optional(inner),
            Self::List(item) => visitor.visit_list(item, None),
            Self::Array { item, len } => visitor.visit_list(item, Some(*len)),
            Self::Tuple(places) => visitor.visit_tuple(places),
            Self::Map(value) => visitor.visit_map(value),
            Self::Newtype(newtype) => visitor.visit_newtype(newtype),
            Self::Struct(shape) => visitor.visit_struct(shape),
            Self::Enum(shape) => visitor.visit_enum(shape),
            Self::Opaque(shape) => visitor.visit_opaque(shape),
            Self::Any => visitor.visit_any(),
            Self::Recursive(_) => self.resolve().accept(visitor),
        }
    }
}
