//! The flat line: the record's keys, the context and the event's own fields, beside each other.

use crate::compiler::{Compiler, Described};
use crate::properties::{FieldSource, Properties};
use event_core::meta::EventMeta;

impl Compiler {
    /// A writer writes the keys of every line; of them a reader needs the name, and the version
    /// unless it is 1.
    pub(crate) fn add_line(
        &mut self,
        event: &'static EventMeta,
        aliases: &[&str],
        properties: &mut Properties,
    ) -> Described<()> {
        properties.add("event", self.name(event.name.snake, event.name.dotted, aliases), true)?;
        self.add_version("version", event, properties)?;
        self.add_level(event.level, properties)?;
        self.add_time("timestamp", "When it happened.", properties)?;
        self.add_event_id(false, properties)?;
        Self::add_sequence(properties)?;
        let is_wide = !event.wide.is_empty();
        if is_wide {
            Self::add_incomplete(properties)?;
        }
        // The name is reserved where the record has a rate only.
        if event.sample.is_some() || is_wide {
            Self::add_sample_rate(self.is_write() && event.sample.is_some(), properties)?;
        }
        if is_wide {
            Self::add_sample_reason(properties)?;
        }
        self.add_actor(properties)?;
        Self::add_ambient(event, properties)?;
        self.add_context(event, properties)?;
        self.add_payload(event, properties)
    }

    /// The event's own fields, and those that a unit of work may have added.
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

    /// The fields of the context that the event declares. `decode` reads a record without it;
    /// whoever looks for what was declared does not find it.
    pub(crate) fn add_context(
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
}
