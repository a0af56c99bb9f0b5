//! What any record says beside the event's own fields: what it is, how it was chosen, who acts, in
//! which trace, by which service.

use crate::compiler::{Compiler, Described, text};
use crate::keywords::Keywords;
use crate::properties::Properties;
use event_core::meta::{EventMeta, LevelRule};
use event_core::shape::TextFormat;
use event_core::{ActorKind, Level};

/// A W3C id: so many lowercase hex digits, one of which is not 0. (Validators that know no
/// look-around read it too.)
const HEX: &str = "^0*[1-9a-f][0-9a-f]*$";

impl Compiler {
    /// One name in the write contract; in the read contract the other spelling and the aliases
    /// too.
    pub(crate) fn name(
        &self,
        written: &'static str,
        other: &'static str,
        aliases: &[&str],
    ) -> Keywords {
        let name = Keywords::of_type("string").with("description", "What happened.");
        if self.is_write() {
            name.with("const", written)
        } else {
            // Of one word, both spellings are one.
            let other = (other != written).then_some(other);
            name.with_texts(
                "enum",
                [written].into_iter().chain(other).chain(aliases.iter().copied()),
            )
        }
    }

    /// The version, which a reader takes for 1 where it is missing.
    pub(crate) fn add_version(
        &self,
        key: &str,
        event: &EventMeta,
        properties: &mut Properties,
    ) -> Described<()> {
        let version = Keywords::of_type("integer").with("const", event.version);
        let version = version.with("description", "The version of the event's declaration.");
        properties.add(key, version, self.is_write() || event.version != 1)
    }

    pub(crate) fn add_level(&self, rule: LevelRule, properties: &mut Properties) -> Described<()> {
        let level =
            Keywords::of_type("string").with("description", "How much attention it asks for.");
        let level = match rule {
            LevelRule::Fixed(fixed) if self.is_write() => level.with("const", fixed.as_str()),
            rule => {
                let levels = if self.is_write() { rule.reachable() } else { Level::ALL.to_vec() };
                level.with_texts("enum", levels.into_iter().map(Level::as_str))
            }
        };
        properties.add("level", level, self.is_write())
    }

    pub(crate) fn add_time(
        &self,
        key: &str,
        what: &str,
        properties: &mut Properties,
    ) -> Described<()> {
        let time = text(TextFormat::DateTime, self.options.dialect).with("description", what);
        properties.add(key, time, self.is_write())
    }

    pub(crate) fn add_event_id(
        &self,
        required: bool,
        properties: &mut Properties,
    ) -> Described<()> {
        let id = text(TextFormat::Uuid, self.options.dialect)
            .with("description", "Tells it from all others.");
        properties.add("event_id", id, required)
    }

    pub(crate) fn add_sequence(properties: &mut Properties) -> Described<()> {
        let place = Keywords::of_type("integer").with("minimum", 1);
        properties.add(
            "sequence",
            place.with("description", "Its place among its emitter's records."),
            false,
        )
    }

    pub(crate) fn add_sample_rate(required: bool, properties: &mut Properties) -> Described<()> {
        let rate = Keywords::of_type("number").with("exclusiveMinimum", 0).with("maximum", 1);
        let rate = rate.with("description", "The share of these events that is emitted.");
        properties.add("sample_rate", rate, required)
    }

    pub(crate) fn add_sample_reason(properties: &mut Properties) -> Described<()> {
        properties.add(
            "sample_reason",
            Keywords::of_type("string").with("description", "Why it was kept."),
            false,
        )
    }

    pub(crate) fn add_incomplete(properties: &mut Properties) -> Described<()> {
        let incomplete = Keywords::of_type("boolean");
        let words = "Whether its unit of work was dropped, not flushed.";
        properties.add("incomplete", incomplete.with("description", words), false)
    }

    pub(crate) fn add_actor(&self, properties: &mut Properties) -> Described<()> {
        let text = Keywords::of_type("string");
        let mut members = Properties::new();
        members.add(
            "type",
            text.clone().with_texts("enum", ActorKind::ALL.map(ActorKind::as_str)),
            true,
        )?;
        members.add("id", text.clone(), true)?;
        members.add("session_id", text, false)?;
        let actor = members.into_object(self.options.contract).with("description", "Who acts.");
        properties.add("actor", actor, false)
    }

    /// What is bound, or said by the emitter, without the event declaring it.
    pub(crate) fn add_ambient(event: &EventMeta, properties: &mut Properties) -> Described<()> {
        let text = Keywords::of_type("string");
        let hex = |digits: u32| {
            let hex = text.clone().with("pattern", HEX);
            hex.with("minLength", digits).with("maxLength", digits)
        };
        properties.add("trace_id", hex(32), false)?;
        properties.add("span_id", hex(16), false)?;
        properties.add("parent_span_id", hex(16), false)?;
        // What the event declares stands in its place.
        if !event.context_fields().iter().any(|field| field.name == "correlation_id") {
            properties.add("correlation_id", text.clone(), false)?;
        }
        for key in ["causation_id", "service", "service_version", "environment", "service_host"] {
            properties.add(key, text.clone(), false)?;
        }
        let number = Keywords::of_type("integer").with("minimum", 0).with("maximum", u32::MAX);
        properties.add("service_pid", number, false)
    }
}
