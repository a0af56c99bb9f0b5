//! The topic of an event.

use crate::message::Message;
use std::fmt;

/// A template for the names of topics, such as `events.{entity_type}`.
///
/// | placeholder | value |
/// | --- | --- |
/// | `{entity_type}` | the type of the entity; of an event without one, its domain |
/// | `{domain}` | the first part of the event's name |
/// | `{event_type}` | the event's name, with dots |
///
/// ```
/// use event_relay::targets::kafka::TopicTemplate;
///
/// assert_eq!(TopicTemplate::parse("shop.{domain}")?.to_string(), "shop.{domain}");
/// assert!(TopicTemplate::parse("shop.{tenant}").is_err());
/// # Ok::<(), event_relay::targets::kafka::InvalidTopic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicTemplate(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Placeholder(Placeholder),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    EntityType,
    Domain,
    EventType,
}

const PLACEHOLDERS: &[(&str, Placeholder)] = &[
    ("{entity_type}", Placeholder::EntityType),
    ("{domain}", Placeholder::Domain),
    ("{event_type}", Placeholder::EventType),
];

/// Why a template is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidTopic {
    /// It has a `{` or a `}` that belongs to no placeholder.
    Placeholder,
    /// It has other characters than `a-z A-Z 0-9 . _ -`, is empty, too long, `.` or `..`.
    Name,
}

impl TopicTemplate {
    /// The template `events.{entity_type}`: the topics to which Debezium's outbox router sends
    /// with `route.topic.replacement=events.${routedByValue}`.
    pub fn by_entity_type() -> Self {
        Self(vec![Part::Literal("events.".into()), Part::Placeholder(Placeholder::EntityType)])
    }

    /// Parses a template.
    ///
    /// # Errors
    ///
    /// See [`InvalidTopic`].
    pub fn parse(text: &str) -> Result<Self, InvalidTopic> {
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some(open) = rest.find(['{', '}']) {
            let (literal, behind) = rest.split_at(open);
            let found = PLACEHOLDERS.iter().find(|(word, _)| behind.starts_with(word));
            let (word, placeholder) = found.ok_or(InvalidTopic::Placeholder)?;
            parts.push(Part::Literal(literal.to_owned()));
            parts.push(Part::Placeholder(*placeholder));
            rest = &behind[word.len()..];
        }
        parts.push(Part::Literal(rest.to_owned()));
        parts.retain(|part| *part != Part::Literal(String::new()));
        let literals = parts.iter().map(|part| match part {
            Part::Literal(text) => text,
            // A name that is valid in any place.
            Part::Placeholder(_) => "x",
        });
        if !is_topic(&literals.collect::<String>()) {
            return Err(InvalidTopic::Name);
        }
        Ok(Self(parts))
    }

    /// The topic of an event. `None` if Kafka has no topic of such a name.
    pub(super) fn topic(&self, message: &Message) -> Option<String> {
        let domain = message.event_type.split('.').next().unwrap_or_default();
        let mut topic = String::new();
        for part in &self.0 {
            topic.push_str(match part {
                Part::Literal(text) => text,
                Part::Placeholder(Placeholder::Domain) => domain,
                Part::Placeholder(Placeholder::EventType) => &message.event_type,
                Part::Placeholder(Placeholder::EntityType) => {
                    message.entity.as_ref().map_or(domain, |entity| &entity.kind)
                }
            });
        }
        is_topic(&topic).then_some(topic)
    }
}

/// Whether Kafka allows a topic of this name (`org.apache.kafka.common.internals.Topic`).
fn is_topic(name: &str) -> bool {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=249).contains(&name.len()) && name.bytes().all(is_legal) && name != "." && name != ".."
}

impl fmt::Display for TopicTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Literal(text) => f.write_str(text),
            Part::Placeholder(placeholder) => {
                let is_it = |(_, other): &&(&str, Placeholder)| other == placeholder;
                f.write_str(PLACEHOLDERS.iter().find(is_it).map_or("", |(word, _)| word))
            }
        })
    }
}

impl fmt::Display for InvalidTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Placeholder => "has an unknown placeholder",
            Self::Name => "is not a name of a topic",
        })
    }
}

impl InvalidTopic {
    /// What to write.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Placeholder => {
                "the placeholders are `{entity_type}`, `{domain}` and `{event_type}`"
            }
            Self::Name => "write 1 to 249 of `a-z A-Z 0-9 . _ -`, and placeholders",
        }
    }
}

impl std::error::Error for InvalidTopic {}

#[cfg(test)]
mod tests {
    use super::{InvalidTopic, TopicTemplate};
    use crate::message::{EntityKey, Message};

    fn message(entity: Option<&str>) -> Message {
        Message {
            seq: 1,
            event_id: String::new(),
            event_type: "payment.process.failed".to_owned(),
            event_version: 1,
            entity: entity.map(|kind| EntityKey { kind: kind.to_owned(), id: "7".to_owned() }),
            envelope: String::new(),
        }
    }

    #[test]
    fn placeholders_are_filled_in() {
        for (template, entity, topic) in [
            ("events.{entity_type}", Some("order"), Some("events.order")),
            ("events.{entity_type}", None, Some("events.payment")),
            ("{domain}", Some("order"), Some("payment")),
            ("a-{event_type}_z", None, Some("a-payment.process.failed_z")),
            ("all", Some("order"), Some("all")),
            ("events.{entity_type}", Some("an order"), None),
            ("{entity_type}", Some(""), None),
            ("{entity_type}", Some(".."), None),
        ] {
            let parsed = TopicTemplate::parse(template).unwrap();
            assert_eq!(parsed.to_string(), template);
            assert_eq!(parsed.topic(&message(entity)).as_deref(), topic, "{template} {entity:?}");
        }
        let default = TopicTemplate::by_entity_type();
        assert_eq!(TopicTemplate::parse("events.{entity_type}"), Ok(default));
    }

    #[test]
    fn other_templates_are_refused() {
        for template in ["{", "}", "{}", "{entity}", "a.{entity_type", "{{domain}}"] {
            assert_eq!(
                TopicTemplate::parse(template),
                Err(InvalidTopic::Placeholder),
                "{template}"
            );
        }
        for template in ["", ".", "..", "a b", "é", "a/{domain}", &"a".repeat(250)] {
            assert_eq!(TopicTemplate::parse(template), Err(InvalidTopic::Name), "{template}");
        }
    }
}
