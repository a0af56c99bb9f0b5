//! The nested envelope: the record's keys, what it is about, the context and the payload, each an
//! object of its own.

use crate::compiler::{Compiler, Described};
use crate::keywords::Keywords;
use crate::properties::Properties;
use event_core::meta::{EventMeta, FieldMeta, Role};
use event_core::meta::shape::Shape;

impl Compiler {
    /// A writer writes nearly all keys; of them a reader needs the name, the version unless it is
    /// 1, and the payload.
    pub(crate) fn add_envelope(
        &mut self,
        event: &'static EventMeta,
        aliases: &[&str],
        properties: &mut Properties,
    ) -> Described<()> {
        let is_write = self.is_write();
        self.add_event_id(is_write, properties)?;
        properties.add(
            "event_type",
            self.name(event.name.dotted, event.name.snake, aliases),
            true,
        )?;
        self.add_version("event_version", event, properties)?;
        self.add_time("occurred_at", "When it happened.", properties)?;
        self.add_time("recorded_at", "When it was recorded.", properties)?;
        self.add_level(event.level, properties)?;
        Self::add_sequence(properties)?;
        if !event.wide.is_empty() {
            Self::add_incomplete(properties)?;
        }
        Self::add_sample_rate(is_write && event.sample.is_some(), properties)?;
        Self::add_sample_reason(properties)?;
        self.add_actor(properties)?;
        self.add_entity(event, properties)?;
        let mut context = Properties::new();
        Self::add_ambient(event, &mut context)?;
        self.add_context(event, &mut context)?;
        let context =
            context.into_object(self.options.contract).with("description", "What was bound.");
        properties.add("context", context, is_write)?;
        let mut payload = Properties::new();
        self.add_payload(event, &mut payload)?;
        let payload = payload
            .into_object(self.options.contract)
            .with("description", "The event's own fields.");
        properties.add("payload", payload, true)
    }

    /// What the event is about: taken from the field that says so, of the event itself, of its
    /// context, or of what a unit of work may have added.
    fn add_entity(
        &mut self,
        event: &'static EventMeta,
        properties: &mut Properties,
    ) -> Described<()> {
        let kind = |field: &'static FieldMeta| match field.role {
            Role::Entity { kind } => Some((kind, field)),
            _ => None,
        };
        let (own, wide) = (event.fields(), event.wide_fields());
        let always = own.iter().copied().chain(event.context_fields()).find_map(kind);
        let Some((kind, field)) = always.or_else(|| wide.iter().copied().find_map(kind)) else {
            return Ok(());
        };
        let mut members = Properties::new();
        let text = Keywords::of_type("string");
        members.add("type", text.clone().with("const", kind), true)?;
        // A text, whatever type the field has.
        members.add("id", text, true)?;
        let is_version = |field: &&'static FieldMeta| field.role == Role::EntityVersion;
        let own_version = own.iter().copied().find(is_version);
        if let Some(version) = own_version.or_else(|| wide.iter().copied().find(is_version)) {
            // A record whose version is no number, or none, leaves it out.
            let schema = self.value(version.shape.bare(), true, None)?;
            members.add(
                "version",
                schema,
                self.is_write() && own_version.is_some_and(is_always_a_scalar),
            )?;
        }
        let entity =
            members.into_object(self.options.contract).with("description", "What it is about.");
        properties.add(
            "entity",
            entity,
            self.is_write() && always.is_some() && is_always_a_scalar(field),
        )
    }
}

/// Whether each record has a value of the field that is a text or a number: what an entity can be
/// told by, so that every envelope of the event has one.
pub fn is_always_a_scalar(field: &FieldMeta) -> bool {
    let is_scalar = match field.shape.bare().resolve() {
        Shape::Text(_) | Shape::Integer { .. } => true,
        Shape::Float => field.finite,
        _ => false,
    };
    field.always_written() && is_scalar && !may_be_null(field.shape)
}

/// Whether it is optional, itself or below a name.
fn may_be_null(shape: &'static Shape) -> bool {
    match shape {
        Shape::Optional(_) => true,
        Shape::Newtype(newtype) => may_be_null(newtype.inner),
        Shape::Recursive(recursion) => may_be_null((recursion.shape)()),
        _ => false,
    }
}
