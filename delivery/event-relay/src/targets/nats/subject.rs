//! The subject of an event.

use super::super::cloud_event::percent_encoded;
use crate::message::Message;
use std::borrow::Cow;
use std::fmt;

/// A text with placeholders: `events.{event_type}`.
///
/// | placeholder | becomes |
/// | --- | --- |
/// | `{event_type}` | the name of the event, with dots: several tokens |
/// | `{event_version}` | the version of its declaration |
/// | `{entity_type}`, `{entity_id}` | of the entity, as one token; `_` for an event without one |
///
/// In the token of an entity, every byte is percent-encoded that is not a letter, a digit, `_` or
/// `-`, because dots, spaces and wildcards have a meaning in subjects.
///
/// ```
/// use event_relay::targets::nats::{InvalidSubject, SubjectTemplate};
///
/// let template = SubjectTemplate::parse("shop.{entity_type}.{event_type}")?;
/// assert_eq!(template.to_string(), "shop.{entity_type}.{event_type}");
/// assert_eq!(SubjectTemplate::parse("shop..x").unwrap_err(), InvalidSubject::Token);
/// # Ok::<(), InvalidSubject>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectTemplate(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(&'static str),
}

const EVENT_TYPE: &str = "event_type";
const EVENT_VERSION: &str = "event_version";
const ENTITY_TYPE: &str = "entity_type";
const ENTITY_ID: &str = "entity_id";
const PLACEHOLDERS: [&str; 4] = [EVENT_TYPE, EVENT_VERSION, ENTITY_TYPE, ENTITY_ID];

/// Why a template is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidSubject {
    /// It has a brace without the other one, or an unknown placeholder.
    Placeholder,
    /// It has an empty token, a wildcard, a space or another character that is not visible ASCII.
    Token,
    /// It begins with `$` or `_INBOX`, where the server has subjects of its own.
    Reserved,
}

/// The most bytes of a subject. A server closes the connection after a line of more than 4 KiB
/// (`max_control_line`), which has the subject of the acknowledgement in it too.
pub(super) const MOST_BYTES: usize = 2048;

impl SubjectTemplate {
    /// Parses a template.
    ///
    /// # Errors
    ///
    /// See [`InvalidSubject`].
    pub fn parse(text: &str) -> Result<Self, InvalidSubject> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').ok_or(InvalidSubject::Placeholder)?;
            let known = PLACEHOLDERS.into_iter().find(|known| *known == name);
            let placeholder = known.ok_or(InvalidSubject::Placeholder)?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Placeholder(placeholder));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        let template = Self(pieces);
        let example = template.fill("type", 1, |_| "entity".into());
        if example.contains(['{', '}']) {
            return Err(InvalidSubject::Placeholder);
        }
        if !is_subject(&example) || text.len() > MOST_BYTES / 4 {
            return Err(InvalidSubject::Token);
        }
        if example.starts_with('$') || example.starts_with("_INBOX") {
            return Err(InvalidSubject::Reserved);
        }
        Ok(template)
    }

    /// The subject of an event. `None` if the name of the event is no part of a subject.
    pub(super) fn of(&self, message: &Message) -> Option<String> {
        let entity = message.entity.as_ref();
        let subject = self.fill(&message.event_type, message.event_version, |part| {
            token(
                entity.map(|entity| if part == ENTITY_TYPE { &*entity.kind } else { &*entity.id }),
            )
        });
        is_subject(&subject).then_some(subject)
    }

    /// The subject of an event without what identifies its entity: an id can be personal data.
    pub(super) fn shown(&self, message: &Message) -> String {
        self.fill(&message.event_type, message.event_version, |part| format!("{{{part}}}").into())
    }

    /// Fills in the placeholders; those of an entity by `entity`.
    fn fill<'t>(
        &self,
        event_type: &str,
        event_version: u32,
        entity: impl Fn(&'static str) -> Cow<'t, str>,
    ) -> String {
        let mut subject = String::with_capacity(80);
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => subject.push_str(text),
                Piece::Placeholder(EVENT_TYPE) => subject.push_str(event_type),
                Piece::Placeholder(EVENT_VERSION) => {
                    subject.push_str(&event_version.to_string());
                }
                Piece::Placeholder(part) => subject.push_str(&entity(part)),
            }
        }
        subject
    }
}

/// Whether a stream can have this name.
pub(crate) fn is_stream(name: &str) -> bool {
    is_subject(name) && !name.contains(['.', '/', '\\'])
}

/// Whether a text is a subject without wildcards.
pub(crate) fn is_subject(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'*' | b'>');
    text.split('.').all(|token| !token.is_empty() && token.bytes().all(is_plain))
}

/// A text as a token of a subject.
fn token(text: Option<&str>) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    match text {
        None | Some("") => "_".into(),
        Some(text) if text.bytes().all(is_plain) => text.into(),
        Some(text) => percent_encoded(text, is_plain).into(),
    }
}

impl Default for SubjectTemplate {
    /// `events.{event_type}`
    fn default() -> Self {
        let text = Piece::Text("events.".to_owned());
        Self(vec![text, Piece::Placeholder(EVENT_TYPE)])
    }
}

impl fmt::Display for SubjectTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Placeholder(name) => write!(f, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for InvalidSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Placeholder => {
                "the subject has an unknown placeholder\nhelp: there are `{event_type}`, \
                 `{event_version}`, `{entity_type}` and `{entity_id}`"
            }
            Self::Token => {
                "the subject is not tokens with dots between\nhelp: write one such as \
                 `events.{event_type}`, without spaces and wildcards"
            }
            Self::Reserved => {
                "the subject begins with `$` or `_INBOX`, which belong to the server\nhelp: write \
                 one such as `events.{event_type}`"
            }
        })
    }
}

impl std::error::Error for InvalidSubject {}

#[cfg(test)]
mod tests {
    use super::{InvalidSubject, SubjectTemplate};
    use crate::message::{EntityKey, Message};

    fn message(entity: Option<(&str, &str)>) -> Message {
        Message {
            seq: 1,
            event_id: "019cebab-8995-7cb0-9b1f-000000000001".to_owned(),
            event_type: "order.created".to_owned(),
            event_version: 3,
            entity: entity.map(|(kind, id)| EntityKey { kind: kind.into(), id: id.into() }),
            envelope: "{}".to_owned(),
        }
    }

    fn of(template: &str, entity: Option<(&str, &str)>) -> String {
        SubjectTemplate::parse(template).unwrap().of(&message(entity)).unwrap()
    }

    #[test]
    fn placeholders_become_tokens() {
        assert_eq!(of("events.{event_type}", None), "events.order.created");
        let all = "a.{entity_type}.{entity_id}.v{event_version}";
        assert_eq!(of(all, Some(("order", "ord_1-a"))), "a.order.ord_1-a.v3");
        assert_eq!(of(all, Some(("order", "a.b *>é\n"))), "a.order.a%2Eb%20%2A%3E%C3%A9%0A.v3");
        assert_eq!(of(all, Some(("order", ""))), "a.order._.v3");
        assert_eq!(of(all, None), "a._._.v3");
    }

    #[test]
    fn the_entity_is_not_shown() {
        let template = SubjectTemplate::parse("{event_type}.{entity_type}.{entity_id}").unwrap();
        let shown = template.shown(&message(Some(("order", "ord_1"))));
        assert_eq!(shown, "order.created.{entity_type}.{entity_id}");
    }

    #[test]
    fn a_name_with_a_wildcard_has_no_subject() {
        for name in ["", "order.*", ">", "a b", "a..b"] {
            let message = Message { event_type: name.to_owned(), ..message(None) };
            assert_eq!(SubjectTemplate::default().of(&message), None, "{name}");
        }
    }

    #[test]
    fn what_is_no_subject() {
        use InvalidSubject::{Placeholder, Reserved, Token};
        for text in ["{tenant}", "a.{event_type", "a.}", "a.{}", "a.{{event_type}}"] {
            assert_eq!(SubjectTemplate::parse(text), Err(Placeholder), "{text}");
        }
        for text in ["", ".", "a.", ".a", "a..b", "a b", "a.*", "a.>", "a\n", "a.ü"] {
            assert_eq!(SubjectTemplate::parse(text), Err(Token), "{text}");
        }
        for text in ["$JS.API.{event_type}", "_INBOX.a"] {
            assert_eq!(SubjectTemplate::parse(text), Err(Reserved), "{text}");
        }
    }
}
