//! The schemas of the flat line and the envelope: the keys of the record from their table, the
//! context and the event's own fields.

use crate::compiler::{Compiler, Described};
use crate::keywords::Keywords;
use crate::properties::{FieldSource, Properties};
use crate::value::text;
use event_core::Level;
use event_core::context::ActorKind;
use event_core::meta::shape::TextFormat;
use event_core::meta::{EventMeta, LevelRule, Occurrence};
use event_grammar::record::{KeyPlace, KeyType, Needed, RecordKey, Within, members};

/// A W3C id: lowercase hex digits, not all of them 0. (The pattern needs no look-around, which some
/// validators lack.)
const HEX: &str = "^0*[1-9a-f][0-9a-f]*$";

impl Compiler {
    /// Adds the keys of the record, the context and the event's own fields to one object.
    pub(crate) fn add_line(
        &mut self,
        event: &'static EventMeta,
        aliases: &[&str],
        properties: &mut Properties,
    ) -> Described<()> {
        self.add_keys(Within::Line, event, aliases, properties)?;
        self.add_context(event, properties)?;
        self.add_payload(event, properties)
    }

    /// Adds the keys of the record; `context` and `payload` are nested objects.
    pub(crate) fn add_envelope(
        &mut self,
        event: &'static EventMeta,
        aliases: &[&str],
        properties: &mut Properties,
    ) -> Described<()> {
        self.add_keys(Within::Envelope, event, aliases, properties)
    }

    /// Adds the event's own fields and the contributions to a unit of work.
    pub(crate) fn add_payload(
        &mut self,
        event: &'static EventMeta,
        properties: &mut Properties,
    ) -> Described<()> {
        event
            .fields()
            .into_iter()
            .try_for_each(|field| self.add_field(field, FieldSource::Payload, properties))?;
        event
            .wide_fields()
            .into_iter()
            .try_for_each(|field| self.add_field(field, FieldSource::Wide, properties))
    }

    /// Adds the fields of the declared context. `decode` reads a record without them, so no reader
    /// requires them.
    fn add_context(
        &mut self,
        event: &'static EventMeta,
        properties: &mut Properties,
    ) -> Described<()> {
        event.context_groups().try_for_each(|(group, is_needed)| {
            let source =
                if is_needed { FieldSource::Context } else { FieldSource::OptionalContext };
            group
                .fields()
                .into_iter()
                .try_for_each(|field| self.add_field(field, source, properties))
        })
    }

    /// Adds the keys of one object of the record. A writer writes the keys that its records always
    /// have; a reader requires few of them.
    fn add_keys(
        &mut self,
        within: Within,
        event: &'static EventMeta,
        aliases: &[&str],
        properties: &mut Properties,
    ) -> Described<()> {
        for (row, place) in members(within) {
            let occurrence = event.occurrence(place);
            if occurrence == Occurrence::Never {
                continue;
            }
            let schema = self.value_of(row, place, event, aliases)?;
            // Bound keys and keys within `actor` and `entity` have names that need no description.
            let is_described = row.place(Within::Envelope).is_some();
            let schema = schema.with_some("description", is_described.then_some(row.meaning));
            let is_required = match (self.is_write(), row.needed) {
                (true, _) => occurrence == Occurrence::Always,
                (false, Needed::Always) => true,
                (false, Needed::UnlessFirst) => event.version != 1,
                (false, Needed::Never) => false,
            };
            properties.add(place.name, schema, is_required)?;
        }
        Ok(())
    }

    fn value_of(
        &mut self,
        row: &RecordKey,
        place: &KeyPlace,
        event: &'static EventMeta,
        aliases: &[&str],
    ) -> Described {
        let text_of = || Keywords::of_type("string");
        let integer = || Keywords::of_type("integer");
        Ok(match row.value {
            KeyType::EventName => self.name(place.within, event, aliases),
            KeyType::EventVersion => integer().with("const", event.version),
            KeyType::Level => self.level(event.level),
            KeyType::Time => text(TextFormat::DateTime, self.options.dialect),
            KeyType::Uuid => text(TextFormat::Uuid, self.options.dialect),
            KeyType::Position => integer().with("minimum", 1),
            KeyType::Share => {
                Keywords::of_type("number").with("exclusiveMinimum", 0).with("maximum", 1)
            }
            KeyType::Bool => Keywords::of_type("boolean"),
            KeyType::Text => text_of(),
            KeyType::TraceId { digits } => {
                text_of().with("pattern", HEX).with("minLength", digits).with("maxLength", digits)
            }
            KeyType::ProcessId => integer().with("minimum", 0).with("maximum", u32::MAX),
            KeyType::ActorKind => {
                text_of().with_texts("enum", ActorKind::ALL.map(ActorKind::as_str))
            }
            KeyType::EntityKind => {
                text_of().with_some("const", event.entity().map(|(kind, _)| kind))
            }
            // A record leaves the version out if it is missing or not a number.
            KeyType::EntityVersion => match event.entity_version() {
                Some(version) => self.value(version.field.shape.bare(), true, None)?,
                None => Keywords::new(),
            },
            KeyType::Object(within) => {
                let mut keys = Properties::new();
                self.add_keys(within, event, aliases, &mut keys)?;
                if within == Within::Context {
                    self.add_context(event, &mut keys)?;
                }
                keys.into_object(self.options.contract)
            }
            KeyType::Payload => {
                let mut fields = Properties::new();
                self.add_payload(event, &mut fields)?;
                fields.into_object(self.options.contract)
            }
        })
    }

    /// The name of the event. The write contract has one spelling; the read contract also has the
    /// other spelling and the aliases.
    fn name(&self, within: Within, event: &EventMeta, aliases: &[&str]) -> Keywords {
        let (snake, dotted) = (event.name.snake, event.name.dotted);
        let (written, other) =
            if within == Within::Line { (snake, dotted) } else { (dotted, snake) };
        let name = Keywords::of_type("string");
        if self.is_write() {
            name.with("const", written)
        } else {
            // A name of one word has only one spelling.
            let other = (other != written).then_some(other);
            name.with_texts(
                "enum",
                [written].into_iter().chain(other).chain(aliases.iter().copied()),
            )
        }
    }

    fn level(&self, rule: LevelRule) -> Keywords {
        let level = Keywords::of_type("string");
        match rule {
            LevelRule::Fixed(fixed) if self.is_write() => level.with("const", fixed.as_str()),
            rule => {
                let levels = if self.is_write() { rule.reachable() } else { Level::ALL.to_vec() };
                level.with_texts("enum", levels.into_iter().map(Level::as_str))
            }
        }
    }
}
