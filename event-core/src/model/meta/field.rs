//! One field: its shape, its role, and how it is written.

use crate::model::setters::setters;
use crate::model::shape::Shape;
use event_grammar::Sensitivity;

/// One field.
#[derive(Clone, Copy, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a word of a declaration, said or not said"
)]
#[non_exhaustive]
pub struct FieldMeta {
    /// The key in JSON.
    pub name: &'static str,
    /// The name in Rust, by which the versions of an event are compared.
    pub ident: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The shape of the declared type, before any mask.
    pub shape: &'static Shape,
    /// How the field is masked, if it is sensitive.
    pub sensitivity: Option<Sensitivity>,
    /// Whether the field is declared `public`: its name is suspicious, its content is not
    /// sensitive.
    pub public: bool,
    /// The unit of a number: `ms`.
    pub unit: Option<&'static str>,
    /// Whether an event with a NaN or an infinity in this field is refused. If not, the field is
    /// `null`.
    pub finite: bool,
    /// The field's role in the event.
    pub role: Role,
    /// Whether a `None` is left out instead of written as `null`.
    pub skip_none: bool,
    /// Whether a missing field is read as the type's default value.
    pub default: bool,
    /// Other keys that are read as this field.
    pub aliases: &'static [&'static str],
    /// An example, as JSON.
    pub example: Option<&'static str>,
    /// The reason why this field's type differs from the type that its name has in the catalog.
    pub dictionary: Option<&'static str>,
    /// Whether the field may be the label of a metric.
    pub label: bool,
}

/// The role of a field in its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// Data.
    Plain,
    /// The id of the entity, which the event is about.
    Entity {
        /// The entity's type: `order`.
        kind: &'static str,
    },
    /// The version of the entity.
    EntityVersion,
    /// The duration of the action.
    Elapsed,
    /// The state before a transition.
    Before,
    /// The state after a transition.
    After,
}

impl FieldMeta {
    /// A plain field. An absent `Presence` is left out.
    #[doc(hidden)]
    pub const fn new(name: &'static str, docs: &'static str, shape: &'static Shape) -> Self {
        Self {
            name,
            ident: name,
            docs,
            shape,
            sensitivity: None,
            public: false,
            unit: None,
            finite: false,
            role: Role::Plain,
            skip_none: shape.is_presence(),
            default: false,
            aliases: &[],
            example: None,
            dictionary: None,
            label: false,
        }
    }

    setters! {
        name: &'static str,
        ident: &'static str,
        docs: &'static str,
        shape: &'static Shape,
        sensitivity: Some(Sensitivity),
        public: bool,
        unit: Some(&'static str),
        finite: bool,
        role: Role,
        skip_none: bool,
        default: bool,
        aliases: &'static [&'static str],
        example: Some(&'static str),
        dictionary: Some(&'static str),
        label: bool,
    }

    /// The shape of the value that a writer writes, if the field is present. A field that leaves
    /// out its `None` never writes `null`: this is the shape below its `Option`, also within a
    /// newtype.
    pub fn written_shape(&self) -> &'static Shape {
        if self.skip_none { below_optional(self.shape) } else { self.shape }
    }

    /// Whether the key is always written.
    pub fn always_written(&self) -> bool {
        let left_out = self.skip_none && self.shape.is_optional();
        !left_out && !matches!(self.sensitivity, Some(Sensitivity::Drop))
    }

    /// Whether a reader fails without the key.
    pub fn required(&self) -> bool {
        !self.shape.is_optional() && !self.default
    }
}

fn below_optional(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::Optional(inner) => inner,
        Shape::Newtype(newtype) if shape.is_optional() => below_optional(newtype.inner),
        shape => shape,
    }
}

#[cfg(test)]
mod tests {
    use super::FieldMeta;
    use crate::model::shape::{NewtypeShape, Shape, TypeName};

    const NEWTYPE: &Shape = &Shape::Newtype(&NewtypeShape::new(
        TypeName::new("Note", "shop", ""),
        &Shape::Optional(&Shape::Bool),
    ));

    #[test]
    fn a_field_that_leaves_out_its_none_writes_no_null() {
        for shape in [&Shape::Optional(&Shape::Bool), NEWTYPE] {
            let field = FieldMeta::new("note", "", shape);
            assert!(field.written_shape().is_optional(), "`null` is written");
            assert!(matches!(field.skip_none(true).written_shape(), Shape::Bool));
        }
        let plain = FieldMeta::new("note", "", &Shape::Bool).skip_none(true);
        assert!(matches!(plain.written_shape(), Shape::Bool));
    }
}
