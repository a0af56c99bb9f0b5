//! Which keys of the record table the records of an event have.

use super::{EventMeta, FieldMeta, Role};
use crate::model::shape::Shape;
use event_grammar::record::{Events, KeyPlace, Written};

/// How often the records of an event have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrence {
    /// No record has the key.
    Never,
    /// Some records have the key.
    Sometimes,
    /// Every record has the key.
    Always,
}

/// The field that gives an envelope its `entity`, or a member of `entity`.
#[derive(Clone, Copy, Debug)]
pub struct EntityField {
    /// The field.
    pub field: &'static FieldMeta,
    /// Whether every record of the event has a text or a number in this field.
    pub is_always_known: bool,
}

impl EventMeta {
    /// How often the records of this event have a key at a place of
    /// [`RECORD`](event_grammar::record::RECORD).
    pub fn occurrence(&self, place: &KeyPlace) -> Occurrence {
        let is_wide = !self.wide.is_empty();
        let is_possible = match place.events {
            Events::Every => true,
            Events::Undeclared => {
                !self.context_fields().iter().any(|field| field.name == place.name)
            }
            Events::SampledOrWide => is_wide || self.sample.is_some(),
            Events::Wide => is_wide,
            Events::WithEntity => self.entity().is_some(),
            Events::WithEntityVersion => self.entity_version().is_some(),
        };
        let is_always = match place.written {
            Written::Always => true,
            Written::IfBound => false,
            Written::IfSampled => self.sample.is_some(),
            Written::IfAlwaysKnown => {
                let source = match place.events {
                    Events::WithEntityVersion => self.entity_version(),
                    _ => self.entity().map(|(_, source)| source),
                };
                source.is_some_and(|source| source.is_always_known)
            }
        };
        match (is_possible, is_always) {
            (false, _) => Occurrence::Never,
            (true, false) => Occurrence::Sometimes,
            (true, true) => Occurrence::Always,
        }
    }

    /// The type of the entity, and the field that has the entity's id. The field belongs to the
    /// event itself, its context, or a group that a unit of work may add.
    pub fn entity(&self) -> Option<(&'static str, EntityField)> {
        let kind = |field: &'static FieldMeta| match field.role {
            Role::Entity { kind } => Some((kind, field)),
            _ => None,
        };
        let always = self.fields().into_iter().chain(self.context_fields()).find_map(kind);
        let (kind, field) = always.or_else(|| self.wide_fields().into_iter().find_map(kind))?;
        let is_always_known = always.is_some() && is_always_a_scalar(field);
        Some((kind, EntityField { field, is_always_known }))
    }

    /// The field that has the entity's version. The field belongs to the event itself, or to a
    /// group that a unit of work may add.
    pub fn entity_version(&self) -> Option<EntityField> {
        let is_it = |field: &&'static FieldMeta| field.role == Role::EntityVersion;
        let own = self.fields().into_iter().find(is_it);
        let field = own.or_else(|| self.wide_fields().into_iter().find(is_it))?;
        Some(EntityField { field, is_always_known: own.is_some() && is_always_a_scalar(field) })
    }
}

/// Whether every record has a text or a number in the field. Only such a value can be an entity's
/// id, and then every envelope of the event has an entity.
fn is_always_a_scalar(field: &FieldMeta) -> bool {
    let is_scalar = match field.shape.bare().resolve() {
        Shape::Text(_) | Shape::Integer { .. } => true,
        Shape::Float => field.finite,
        _ => false,
    };
    field.always_written() && is_scalar && !may_be_null(field.shape)
}

/// Whether the shape is optional, also within a newtype.
fn may_be_null(shape: &'static Shape) -> bool {
    match shape {
        Shape::Optional(_) => true,
        Shape::Newtype(newtype) => may_be_null(newtype.inner),
        Shape::Recursive(recursion) => may_be_null((recursion.shape)()),
        _ => false,
    }
}
