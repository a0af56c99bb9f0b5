//! Questions about a shape: its kind, and the shape within `Option` and newtypes.

use super::{EnumShape, Shape, StructShape, TextFormat, TypeName, VariantContent};
use event_grammar::same;

impl Shape {
    /// The shape within `Optional` and newtypes. The field dictionary compares this shape.
    pub const fn bare(&'static self) -> &'static Self {
        match self {
            Self::Optional(inner) => inner.bare(),
            Self::Newtype(newtype) => newtype.inner.bare(),
            other => other,
        }
    }

    /// Whether two shapes are the same type. Newtypes and `Option` are ignored. Opaque types and
    /// types within themselves are not told apart: a constant cannot compare them.
    pub const fn same_type(&'static self, other: &'static Self) -> bool {
        match (self.bare(), other.bare()) {
            (Self::Integer { min, max }, Self::Integer { min: other_min, max: other_max }) => {
                *min == *other_min && *max == *other_max
            }
            (Self::Text(a), Self::Text(b)) => *a as u8 == *b as u8,
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.same_type(b),
            (Self::Array { item: a, len }, Self::Array { item: b, len: other }) => {
                *len == *other && a.same_type(b)
            }
            (Self::Tuple(a), Self::Tuple(b)) => {
                let mut at = 0;
                while at < a.len() && at < b.len() && a[at].same_type(b[at]) {
                    at += 1;
                }
                at == a.len() && at == b.len()
            }
            (Self::Struct(StructShape { ty: a, .. }), Self::Struct(StructShape { ty: b, .. }))
            | (Self::Enum(EnumShape { ty: a, .. }), Self::Enum(EnumShape { ty: b, .. })) => {
                a.is_named_as(b)
            }
            (Self::Bool, Self::Bool)
            | (Self::Float, Self::Float)
            | (Self::Any, Self::Any)
            | (Self::Opaque(_), Self::Opaque(_))
            | (Self::Recursive(_), _)
            | (_, Self::Recursive(_)) => true,
            _ => false,
        }
    }

    /// Whether a missing value can be read.
    pub const fn is_optional(&self) -> bool {
        match self {
            Self::Optional(_) => true,
            Self::Newtype(newtype) => newtype.inner.is_optional(),
            _ => false,
        }
    }

    /// Whether this is the shape of a [`Presence`](crate::value::Presence), which tells absent from
    /// `null`.
    pub const fn is_presence(&self) -> bool {
        matches!(self, Self::Optional(Self::Optional(_)))
    }

    /// The shape itself, as the inner shape of an `Option` or a `Presence`.
    ///
    /// # Panics
    ///
    /// If the shape is an `Option` or a `Presence` itself, while compiling.
    #[track_caller]
    pub(crate) const fn not_optional(&'static self) -> &'static Self {
        assert!(
            !self.is_optional(),
            "an `Option` in an `Option` cannot be read back: `None` and `Some(None)` are both `null`\nhelp: write `Presence<T>` as the field's type where absent and `null` differ, else one `Option`"
        );
        self
    }

    /// The shape itself, at a place that has no key: in a list, a map, a tuple or a newtype.
    ///
    /// # Panics
    ///
    /// If the shape is a `Presence`, while compiling.
    #[doc(hidden)]
    #[track_caller]
    pub const fn without_a_key(&'static self) -> &'static Self {
        assert!(
            !self.is_presence(),
            "a `Presence` must be the type of a field: there is no key here that could be absent\nhelp: write an `Option`, or name a field that holds it"
        );
        self
    }

    /// Whether the shape is a number, or an optional number.
    pub const fn is_number(&'static self) -> bool {
        matches!(self.bare(), Self::Integer { .. } | Self::Float)
            || matches!(self.bare(), Self::Text(TextFormat::Decimal))
    }

    /// Whether the values are few and known in advance: a `bool`, or an enum of units without
    /// `other`.
    pub const fn is_bounded(&'static self) -> bool {
        match self.bare() {
            Self::Bool => true,
            Self::Enum(shape) => {
                let mut at = 0;
                while at < shape.variants.len() {
                    if !matches!(shape.variants[at].content, VariantContent::Unit)
                        || shape.variants[at].other
                    {
                        return false;
                    }
                    at += 1;
                }
                true
            }
            _ => false,
        }
    }

    /// The name of a named type. `None` for an `Optional`, a list or a map of one.
    pub const fn type_name(&self) -> Option<&TypeName> {
        match self {
            Self::Newtype(newtype) => Some(&newtype.ty),
            Self::Struct(shape) => Some(&shape.ty),
            Self::Enum(shape) => Some(&shape.ty),
            _ => None,
        }
    }

    /// Follows [`Shape::Recursive`] to the shape that it refers to.
    pub fn resolve(&'static self) -> &'static Self {
        match self {
            Self::Recursive(recursion) => (recursion.shape)().resolve(),
            other => other,
        }
    }
}

impl TypeName {
    const fn is_named_as(&self, other: &Self) -> bool {
        same(self.name, other.name) && same(self.module, other.module)
    }
}
