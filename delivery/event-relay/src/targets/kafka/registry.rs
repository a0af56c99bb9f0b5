//! The schema registry whose ids are in the wire frame.

use super::super::Outcome;
use super::super::http::{Authorization, Client, Endpoint, HttpError, HttpTargetOptions};
use crate::message::Message;
use event_core::record::frame::SchemaId;
use std::fmt;
use std::path::PathBuf;

/// A schema registry with the API of Confluent's, to which the schemas of the events were pushed
/// (`catalog push`). Each value begins with the wire frame: a byte 0, and the id of the schema of
/// the event's version in four bytes (see [`event_core::record::frame`]).
#[derive(Clone, Debug)]
pub struct KafkaRegistry {
    /// The URL of the registry, up to, but without, `/subjects`.
    pub endpoint: Endpoint,
    /// The subject of each version of an event.
    pub subject: SchemaSubject,
    /// The header `Authorization`.
    pub authorization: Option<Authorization>,
    /// A file of certificates (PEM) that are trusted in addition to those that the operating system
    /// trusts.
    pub ca_file: Option<PathBuf>,
}

impl KafkaRegistry {
    /// A registry whose subjects are named as `push` names them by default, without credentials.
    pub fn new(endpoint: Endpoint) -> Self {
        Self { endpoint, subject: SchemaSubject::default(), authorization: None, ca_file: None }
    }
}

/// A template of subjects, in which `{event}` is the name of the event with `_`, and `{version}` its
/// version. A subject holds one version of one event, so the template has both.
///
/// | `push` | template |
/// | --- | --- |
/// | by default | `{event}.v{version}-value` |
/// | `--subject-strategy record` | `{event}.v{version}` |
/// | `--subject-strategy topic-record --topic shop` | `shop-{event}.v{version}` |
///
/// ```
/// use event_relay::targets::kafka::{InvalidSchemaSubject, SchemaSubject};
///
/// assert_eq!(SchemaSubject::default().to_string(), "{event}.v{version}-value");
/// assert_eq!(SchemaSubject::parse("orders-value"), Err(InvalidSchemaSubject));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaSubject(String);

/// A template of subjects does not have both `{event}` and `{version}`, has other braces, or a
/// control character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSchemaSubject;

impl SchemaSubject {
    /// Parses a template.
    ///
    /// # Errors
    ///
    /// [`InvalidSchemaSubject`].
    pub fn parse(text: &str) -> Result<Self, InvalidSchemaSubject> {
        let has_both = text.contains("{event}") && text.contains("{version}");
        let rest = text.replace("{event}", "").replace("{version}", "");
        if !has_both || rest.contains(|c: char| "{}".contains(c) || c.is_control()) {
            return Err(InvalidSchemaSubject);
        }
        Ok(Self(text.to_owned()))
    }

    /// The subject of an event's version.
    fn of(&self, message: &Message) -> String {
        let version = message.event_version.to_string();
        self.0
            .replace("{event}", &message.event_type.replace('.', "_"))
            .replace("{version}", &version)
    }
}

impl Default for SchemaSubject {
    fn default() -> Self {
        Self("{event}.v{version}-value".to_owned())
    }
}

impl fmt::Display for SchemaSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for InvalidSchemaSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is not a template of subjects")
    }
}

impl InvalidSchemaSubject {
    /// What to write.
    pub const fn help(self) -> &'static str {
        "write one with both placeholders, such as `{event}.v{version}-value`"
    }
}

impl std::error::Error for InvalidSchemaSubject {}

/// Asks the registry.
pub(super) struct RegistryClient {
    client: Client,
    subject: SchemaSubject,
}

impl RegistryClient {
    pub(super) fn new(registry: &KafkaRegistry) -> Result<Self, HttpError> {
        let client = Client::new(HttpTargetOptions {
            authorization: registry.authorization.clone(),
            ca_file: registry.ca_file.clone(),
            in_flight: 1,
            ..HttpTargetOptions::new(registry.endpoint.clone())
        })?;
        Ok(Self { client, subject: registry.subject.clone() })
    }

    /// The id of the schema of an event's version, or what becomes of the event. Waits for the
    /// registry.
    pub(super) fn id(&self, message: &Message) -> Result<SchemaId, Outcome> {
        let subject = self.subject.of(message);
        let (status, body) = self.client.get(&["subjects", &subject, "versions", "latest"])?;
        let endpoint = self.client.endpoint();
        let unavailable = |what: String, help: &str| {
            let reason = format!("the registry at `{endpoint}` {what}\nhelp: {help}");
            Outcome::Unavailable { reason, retry_after: None }
        };
        let json: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        let number = |key: &str| json.get(key)?.as_u64().and_then(|it| u32::try_from(it).ok());
        match (status, number("id"), number("error_code")) {
            (200, Some(id), _) => Ok(SchemaId(id)),
            // Confluent, "API reference": no such subject, no such version.
            (404, _, Some(40401 | 40402)) => {
                let reason = format!(
                    "the registry at `{endpoint}` has no subject `{subject}`\nhelp: register the \
                     schema with the command `push` of the catalog"
                );
                Err(Outcome::Rejected { reason })
            }
            (401 | 403, ..) => {
                Err(unavailable(format!("answers {status}"), "check `auth` of the registry"))
            }
            (200 | 404, ..) => Err(unavailable(
                format!("answers {status} without what a registry says"),
                "give the URL up to, but without, `/subjects`",
            )),
            _ => Err(unavailable(format!("answers {status}"), "check the registry")),
        }
    }
}
