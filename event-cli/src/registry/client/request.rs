//! What can be asked of a registry.

use super::address::Address;
use super::answer::{self, Judgement, Lacks, Stored};
use super::error::{RegistryError, RegistryErrorKind};
use super::level;
use super::transport::{ClientOptions, Question, Transport};
use event_core::record::frame::SchemaId;
use event_grammar::lock::Mode;
use event_schema::Json;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::fmt;
use ureq::http::Method;

/// A client of one registry.
#[derive(Clone, Debug)]
pub struct Client {
    transport: Transport,
}

/// A version of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisteredVersion {
    /// The last one.
    Latest,
    /// The one of this number, from 1.
    Number(u32),
}

/// What is written in a path as it is: RFC 3986, "unreserved".
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The codes with which a registry says that there is no such subject, version, schema or level.
const ABSENT: &[u32] = &[40401, 40402, 40403, 40408];

impl Client {
    /// A client; nothing is asked yet.
    pub fn new(address: Address, options: ClientOptions) -> Self {
        Self { transport: Transport::new(address, options) }
    }

    /// Where it asks.
    pub const fn address(&self) -> &Address {
        self.transport.address()
    }

    /// The versions of a subject, the oldest first; none if there is no such subject.
    pub fn versions(&self, subject: &str) -> Result<Vec<u32>, RegistryError> {
        let path = format!("/subjects/{}/versions", encoded(subject));
        let mut versions = self.get(&path, answer::versions)?.unwrap_or_default();
        versions.sort_unstable();
        Ok(versions)
    }

    /// The last version of a subject, if there is such a subject.
    pub fn latest(&self, subject: &str) -> Result<Option<Stored>, RegistryError> {
        self.version(subject, RegisteredVersion::Latest)
    }

    /// A version of a subject, if it is there.
    pub fn version(
        &self,
        subject: &str,
        version: RegisteredVersion,
    ) -> Result<Option<Stored>, RegistryError> {
        self.get(&format!("/subjects/{}/versions/{version}", encoded(subject)), answer::stored)
    }

    /// The schema with an id, if there is one.
    pub fn schema(&self, id: SchemaId) -> Result<Option<String>, RegistryError> {
        self.get(&format!("/schemas/ids/{id}"), answer::schema)
    }

    /// The version of a schema in a subject, if it is registered there.
    pub fn lookup(&self, subject: &str, schema: &str) -> Result<Option<Stored>, RegistryError> {
        let path = format!("/subjects/{}{}", encoded(subject), self.query(&[]));
        self.ask(Method::POST, &path, Some(body(schema)), answer::stored)
    }

    /// Whether a schema may follow a version of a subject, by the level in force there; nothing if
    /// there is no such version.
    pub fn check(
        &self,
        subject: &str,
        version: RegisteredVersion,
        schema: &str,
    ) -> Result<Option<Judgement>, RegistryError> {
        let query = self.query(&["verbose=true"]);
        let path =
            format!("/compatibility/subjects/{}/versions/{version}{query}", encoded(subject));
        let judgement = self.ask(Method::POST, &path, Some(body(schema)), answer::judgement)?;
        Ok(judgement.map(|judgement| {
            let messages = judgement
                .messages
                .iter()
                .map(|message| self.address().without_secrets(message))
                .collect();
            Judgement { messages, ..judgement }
        }))
    }

    /// The level that a subject has of its own.
    pub fn config(&self, subject: &str) -> Result<Option<Mode>, RegistryError> {
        self.get(&format!("/config/{}", encoded(subject)), answer::config)
    }

    /// Gives a subject a level of its own. The subject need not be there yet.
    pub fn set_config(&self, subject: &str, mode: Mode) -> Result<(), RegistryError> {
        let body = Json::object([("compatibility", level::word(mode).into())]);
        let path = format!("/config/{}", encoded(subject));
        self.present(Method::PUT, &path, body.to_line(), |_| Ok(()))
    }

    /// Registers a schema as the next version of a subject, and gives its id. One that is there
    /// already keeps its id and its version.
    ///
    /// # Errors
    ///
    /// One that [is incompatible](RegistryError::is_incompatible) if the level in force does not
    /// allow it.
    pub fn register(&self, subject: &str, schema: &str) -> Result<SchemaId, RegistryError> {
        let path = format!("/subjects/{}/versions{}", encoded(subject), self.query(&[]));
        self.present(Method::POST, &path, body(schema), answer::id)
    }

    fn get<T>(
        &self,
        path: &str,
        read: fn(&Value) -> Result<T, Lacks>,
    ) -> Result<Option<T>, RegistryError> {
        self.ask(Method::GET, path, None, read)
    }

    /// What the answer to a question says that nothing can be absent from.
    fn present<T>(
        &self,
        method: Method,
        path: &str,
        body: String,
        read: fn(&Value) -> Result<T, Lacks>,
    ) -> Result<T, RegistryError> {
        let question = Question { method, path, body: Some(body) };
        self.answer(&question, read)
    }

    fn ask<T>(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        read: fn(&Value) -> Result<T, Lacks>,
    ) -> Result<Option<T>, RegistryError> {
        match self.answer(&Question { method, path, body }, read) {
            Err(error) if is_absence(&error.kind) => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn answer<T>(
        &self,
        question: &Question<'_>,
        read: fn(&Value) -> Result<T, Lacks>,
    ) -> Result<T, RegistryError> {
        let reply = self.transport.ask(question)?;
        let kind = if (200..300).contains(&reply.status) {
            match serde_json::from_slice(&reply.body)
                .map_err(|_| "it is not JSON")
                .and_then(|answer| read(&answer))
            {
                Ok(answer) => return Ok(answer),
                Err(lacks) => RegistryErrorKind::NotARegistry { why: lacks.to_owned() },
            }
        } else {
            let (code, message) = answer::refusal(&reply.body);
            let message = message.map(|message| self.address().without_secrets(&message));
            RegistryErrorKind::Refused { status: reply.status, code, message }
        };
        Err(self.transport.error(question, kind))
    }

    fn query(&self, parameters: &[&str]) -> String {
        let normalize = self.transport.options().normalize.then_some("normalize=true");
        let parameters: Vec<&str> = parameters.iter().copied().chain(normalize).collect();
        if parameters.is_empty() { String::new() } else { format!("?{}", parameters.join("&")) }
    }
}

fn is_absence(kind: &RegistryErrorKind) -> bool {
    matches!(kind, RegistryErrorKind::Refused { status: 404, code: Some(code), .. } if ABSENT.contains(code))
}

fn encoded(subject: &str) -> String {
    utf8_percent_encode(subject, PLAIN).to_string()
}

fn body(schema: &str) -> String {
    Json::object([("schemaType", "JSON".into()), ("schema", schema.into())]).to_line()
}

impl fmt::Display for RegisteredVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Latest => f.write_str("latest"),
            Self::Number(number) => number.fmt(f),
        }
    }
}
