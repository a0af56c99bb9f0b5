//! The requests to a registry.

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
    /// The newest one.
    Latest,
    /// The one with this number, from 1.
    Number(u32),
}

/// The characters that a path has unescaped: RFC 3986, "unreserved".
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The codes for a subject, version, schema or level that does not exist.
const ABSENT: &[u32] = &[40401, 40402, 40403, 40408];

impl Client {
    /// A client. It sends no request yet.
    pub fn new(address: Address, options: ClientOptions) -> Self {
        Self { transport: Transport::new(address, options) }
    }

    /// The address of the registry.
    pub const fn address(&self) -> &Address {
        self.transport.address()
    }

    /// The versions of a subject, the oldest first; empty if there is no such subject.
    pub fn versions(&self, subject: &str) -> Result<Vec<u32>, RegistryError> {
        let path = format!("/subjects/{}/versions", encoded(subject));
        let mut versions = self.get(&path, answer::versions)?.unwrap_or_default();
        versions.sort_unstable();
        Ok(versions)
    }

    /// The newest version of a subject; `None` if there is no such subject.
    pub fn latest(&self, subject: &str) -> Result<Option<Stored>, RegistryError> {
        self.version(subject, RegisteredVersion::Latest)
    }

    /// A version of a subject; `None` if it does not exist.
    pub fn version(
        &self,
        subject: &str,
        version: RegisteredVersion,
    ) -> Result<Option<Stored>, RegistryError> {
        self.get(&format!("/subjects/{}/versions/{version}", encoded(subject)), answer::stored)
    }

    /// The schema with an id; `None` if there is no such schema.
    pub fn schema(&self, id: SchemaId) -> Result<Option<String>, RegistryError> {
        self.get(&format!("/schemas/ids/{id}"), answer::schema)
    }

    /// The version of a schema in a subject; `None` if it is not registered there.
    pub fn lookup(&self, subject: &str, schema: &str) -> Result<Option<Stored>, RegistryError> {
        let path = format!("/subjects/{}{}", encoded(subject), self.query(&[]));
        self.ask(Method::POST, &path, Some(body(schema)), answer::stored)
    }

    /// Whether a schema is compatible with a version of a subject, by the level of the subject;
    /// `None` if there is no such version.
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

    /// The compatibility level that is set for a subject itself.
    pub fn config(&self, subject: &str) -> Result<Option<Mode>, RegistryError> {
        self.get(&format!("/config/{}", encoded(subject)), answer::config)
    }

    /// Sets the compatibility level of a subject. The subject need not exist yet.
    pub fn set_config(&self, subject: &str, mode: Mode) -> Result<(), RegistryError> {
        let body = Json::object([("compatibility", level::word(mode).into())]);
        let path = format!("/config/{}", encoded(subject));
        self.present(Method::PUT, &path, body.to_line(), |_| Ok(()))
    }

    /// Registers a schema as the next version of a subject, and returns its id. A schema that is
    /// already registered keeps its id and its version.
    ///
    /// # Errors
    ///
    /// An error that [is incompatible](RegistryError::is_incompatible) if the level of the subject
    /// does not allow the schema.
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

    /// The value of a response. Unlike in [`Self::get`], an absent subject is an error.
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
