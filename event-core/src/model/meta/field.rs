//! One field: its form, its role, and how it is written.

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
    /// Its key.
    pub name: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The form of the type as declared, before any mask.
    pub shape: &'static Shape,
    /// How it is classed, when it is sensitive.
    pub sensitivity: Option<Sensitivity>,
    /// Whether a suspicious name was decided not to be sensitive.
    pub public: bool,
    /// The unit, for a number.
    pub unit: Option<&'static str>,
    /// Whether an event with a NaN or an infinity here is refused, where else `null` is written.
    pub finite: bool,
    /// What it is to the event.
    pub role: Role,
    /// Whether a `None` is left out instead of written as `null`.
    pub skip_none: bool,
    /// Whether a missing field is read as the type's default.
    pub default: bool,
    /// Keys that are read as this field.
    pub aliases: &'static [&'static str],
    /// An example, as JSON.
    pub example: Option<&'static str>,
    /// Why its type deviates from the one that its name has in the catalog.
    pub dictionary: Option<&'static str>,
    /// Whether it may label a metric.
    pub label: bool,
}

/// What a field is to the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// Data.
    Plain,
    /// The identity of what the event is about.
    Entity {
        /// The entity's type: `order`.
        kind: &'static str,
    },
    /// The version of what the event is about.
    EntityVersion,
    /// How long the action took.
    Elapsed,
    /// The state before a transition.
    Before,
    /// The state after a transition.
    After,
}

impl FieldMeta {
    /// A plain field. A `Presence` is left out where it is absent.
    #[doc(hidden)]
    pub const fn new(name: &'static str, docs: &'static str, shape: &'static Shape) -> Self {
        Self {
            name,
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

    /// Whether the key is always written.
    pub fn always_written(&self) -> bool {
        let left_out = self.skip_none && self.shape.is_optional();
        !left_out && !matches!(self.sensitivity, Some(Sensitivity::Drop))
    }

    /// Whether a reader must find the key.
    pub fn required(&self) -> bool {
        !self.shape.is_optional() && !self.default
    }
}
