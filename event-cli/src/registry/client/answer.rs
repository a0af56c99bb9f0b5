//! Parses the responses of registries.

use super::level;
use event_core::record::frame::SchemaId;
use event_grammar::lock::Mode;
use serde_json::Value;

/// A registered schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The subject of the request.
    pub subject: String,
    /// Its version in the subject, from 1. The registry counts these versions; they are not an
    /// event's versions.
    pub version: u32,
    /// Its id, which is unique in the registry.
    pub id: SchemaId,
    /// The text of the schema, as the registry stores it.
    pub schema: String,
}

/// Whether a schema is compatible with another one, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Whether it is compatible.
    pub compatible: bool,
    /// The registry's reasons. Some registries give no reasons.
    pub messages: Vec<String>,
}

/// Which part of a response is missing.
pub(super) type Lacks = &'static str;

pub(super) fn stored(answer: &Value) -> Result<Stored, Lacks> {
    let subject = answer.get("subject").and_then(Value::as_str).ok_or("it has no `subject`")?;
    Ok(Stored {
        subject: subject.to_owned(),
        version: number(answer, "version").ok_or("it has no `version`")?,
        id: id(answer)?,
        schema: schema(answer)?,
    })
}

pub(super) fn id(answer: &Value) -> Result<SchemaId, Lacks> {
    number(answer, "id").map(SchemaId).ok_or("it has no `id`")
}

pub(super) fn schema(answer: &Value) -> Result<String, Lacks> {
    answer.get("schema").and_then(Value::as_str).map(str::to_owned).ok_or("it has no `schema`")
}

pub(super) fn versions(answer: &Value) -> Result<Vec<u32>, Lacks> {
    let version =
        |version: &Value| version.as_u64().and_then(|version| u32::try_from(version).ok());
    let versions = answer.as_array().and_then(|versions| versions.iter().map(version).collect());
    versions.ok_or("it is not a list of versions")
}

pub(super) fn judgement(answer: &Value) -> Result<Judgement, Lacks> {
    let compatible =
        answer.get("is_compatible").and_then(Value::as_bool).ok_or("it has no `is_compatible`")?;
    let messages = answer.get("messages").and_then(Value::as_array).into_iter().flatten();
    let messages = messages.filter_map(Value::as_str).map(str::to_owned).collect();
    Ok(Judgement { compatible, messages })
}

pub(super) fn config(answer: &Value) -> Result<Mode, Lacks> {
    let word = answer
        .get("compatibilityLevel")
        .and_then(Value::as_str)
        .ok_or("it has no `compatibilityLevel`")?;
    level::read(word).ok_or("its `compatibilityLevel` is unknown")
}

/// The code and the message of an error response.
pub(super) fn refusal(body: &[u8]) -> (Option<u32>, Option<String>) {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = answer.get("message").and_then(Value::as_str).map(str::to_owned);
    (number(&answer, "error_code"), message)
}

fn number(answer: &Value, key: &str) -> Option<u32> {
    answer.get(key).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok())
}
