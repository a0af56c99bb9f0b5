//! What registries answer, read.

use super::level;
use event_core::record::frame::SchemaId;
use event_grammar::lock::Mode;
use serde_json::Value;

/// A schema that is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The subject that it was asked for under.
    pub subject: String,
    /// Its version there, from 1. The registry counts them; they are not an event's versions.
    pub version: u32,
    /// Its id in the whole registry.
    pub id: SchemaId,
    /// The schema itself, as the registry keeps it.
    pub schema: String,
}

/// Whether a schema may follow another one, and what speaks against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Whether it may.
    pub compatible: bool,
    /// The registry's reasons; some registries give none.
    pub messages: Vec<String>,
}

/// What an answer lacks.
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
    versions.ok_or("it is no list of versions")
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
    level::read(word).ok_or("its `compatibilityLevel` is none that is known here")
}

/// The code and the words of an error.
pub(super) fn refusal(body: &[u8]) -> (Option<u32>, Option<String>) {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = answer.get("message").and_then(Value::as_str).map(str::to_owned);
    (number(&answer, "error_code"), message)
}

fn number(answer: &Value, key: &str) -> Option<u32> {
    answer.get(key).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok())
}
