//! What is asked of a shape: about one kind, or about what lies below `Option` and newtypes.

use super::{Shape, TextFormat, TypeName, VariantContent};

impl Shape {
    /// The shape below `Optional`, newtypes and cycles cut by name: what the field dictionary
    /// compares.
    pub const fn bare(&'static self) -> &'static Self {
        match self {
            Self::Optional(inner) => inner.bare(),
            Self::Newtype(newtype) => newtype.inner.bare(),
            other => other,
        }
    }

    /// Whether a missing value can be read as one.
    pub const fn is_optional(&self) -> bool {
        match self {
            Self::Optional(_) => true,
            Self::Newtype(newtype) => newtype.inner.is_optional(),
            _ => false,
        }
    }

    /// Whether it is that of a [`Presence`](crate::value::Presence): absent and `null` are two things.
    pub const fn is_presence(&self) -> bool {
        matches!(self, Self::Optional(Self::Optional(_)))
    }

    /// The same, of what stands within an `Option` or a `Presence`.
    ///
    /// # Panics
    ///
    /// When it is an `Option` or a `Presence` itself, while compiling.
    #[track_caller]
    pub(crate) const fn not_optional(&'static self) -> &'static Self {
        assert!(
            !self.is_optional(),
            "an `Option` in an `Option` cannot be read back: both are written as `null`\nhelp: write `Presence<T>` as the field's type where absent and `null` differ, else one `Option`"
        );
        self
    }

    /// The same, of what stands where there is no key: in a list, a map, a tuple, a newtype.
    ///
    /// # Panics
    ///
    /// When it is a `Presence`, while compiling.
    #[doc(hidden)]
    #[track_caller]
    pub const fn without_a_key(&'static self) -> &'static Self {
        assert!(
            !self.is_presence(),
            "a `Presence` must be the type of a field: there is no key here that could be absent\nhelp: write `Option<T>`"
        );
        self
    }

    /// Whether it is a number, or optionally one.
    pub const fn is_number(&'static self) -> bool {
        matches!(self.bare(), Self::Integer { .. } | Self::Float)
            || matches!(self.bare(), Self::Text(TextFormat::Decimal))
    }

    /// Whether it has few values, known in advance: a `bool`, or an enum of units without `other`.
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

    /// What a named type is called: below no `Optional`, list or map.
    pub const fn type_name(&self) -> Option<&TypeName> {
        match self {
            Self::Newtype(newtype) => Some(&newtype.ty),
            Self::Struct(shape) => Some(&shape.ty),
            Self::Enum(shape) => Some(&shape.ty),
            _ => None,
        }
    }

    /// Follows [`Shape::Recursive`].
    pub fn resolve(&'static self) -> &'static Self {
        match self {
            Self::Recursive(recursion) => (recursion.shape)().resolve(),
            other => other,
        }
    }
}
