//! What is wrong with an envelope, in words without its values.

use super::frame::Line;
use super::known::{Locked, Revision};
use event_grammar::harmless;
use schema_compat::ValidationError;
use serde_json::Value;
use std::collections::HashSet;
use std::fmt;

/// The maximum number of characters of a pointer, and of what a schema says.
const SHOWN: usize = 120;

/// What is wrong with an envelope: where, and what the contract says.
///
/// It has no value of the envelope. Keys that the contract does not name may be values (a map by
/// e-mail address), so they are shown as `*`, unless they look like the name of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractFinding {
    pointer: String,
    says: String,
}

impl fmt::Display for ContractFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "the envelope {}", self.says),
            pointer => write!(f, "`{pointer}` {}", self.says),
        }
    }
}

impl ContractFinding {
    /// The place in the envelope, as a JSON pointer; empty for the envelope itself.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    pub(super) fn new(pointer: impl Into<String>, says: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), says: says.into() }
    }

    /// A member that the contract does not have.
    pub(super) fn undeclared(object: &str, name: &str) -> Self {
        Self::new(format!("{object}/{}", field_name(name)), "is not declared")
    }

    /// What a revision's schema refuses in the line of an envelope.
    pub(super) fn refused(
        error: &ValidationError,
        line: &Line<'_>,
        locked: &Locked,
        revision: &Revision,
    ) -> Self {
        let ValidationError::Keyword { at, keyword } = error else {
            return Self::new("", error.to_string());
        };
        let said = revision.schema.pointer(keyword);
        let is_undeclared = said == Some(&Value::Bool(false));
        let mut pointer = shown(at, is_undeclared, line, locked, &revision.schema);
        let (parent, last) = keyword.rsplit_once('/').unwrap_or_default();
        let says = match said {
            Some(Value::String(name)) if parent.ends_with("/required") => {
                pointer = match pointer.as_str() {
                    "" => locked.in_envelope(name),
                    object => format!("{object}/{name}"),
                };
                "is missing".to_owned()
            }
            _ if is_undeclared => "is not declared".to_owned(),
            Some(Value::Object(_)) | None => format!("does not match `{last}`"),
            Some(said) => {
                format!("does not match `{last}: {}`", harmless(&said.to_string(), SHOWN))
            }
        };
        Self::new(pointer, format!("{says} (`{keyword}` of {})", revision.file))
    }
}

/// The pointer in the envelope of a place in the line. `is_undeclared` if the contract does not
/// have the member at the place.
fn shown(
    at: &str,
    is_undeclared: bool,
    line: &Line<'_>,
    locked: &Locked,
    schema: &Value,
) -> String {
    let mut declared = HashSet::new();
    names(schema, &mut declared);
    let mut tokens = at.split('/').skip(1).map(unescaped);
    let Some(first) = tokens.next() else { return String::new() };
    let mut part = line.get(first.as_str()).copied();
    let mut pointer = locked.in_envelope(field_name(&first));
    let mut tokens = tokens.peekable();
    while let Some(token) = tokens.next() {
        let is_item = part.is_some_and(Value::is_array);
        let shown = if is_item || declared.contains(token.as_str()) {
            token.as_str()
        } else if is_undeclared && tokens.peek().is_none() {
            field_name(&token)
        } else {
            "*"
        };
        pointer = pointer + "/" + shown;
        part = match part {
            Some(Value::Array(items)) => token.parse().ok().and_then(|at: usize| items.get(at)),
            Some(other) => other.get(&token),
            None => None,
        };
    }
    harmless(&pointer, SHOWN).into_owned()
}

/// A token of a JSON pointer as the key that it is (RFC 6901, section 4).
fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// The key if it looks like the name of a field, else `*`.
fn field_name(key: &str) -> &str {
    const LONGEST: usize = 64;
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_field = (1..=LONGEST).contains(&key.len())
        && key.bytes().all(is_name)
        && !key.starts_with(|first: char| first.is_ascii_digit());
    if is_field { key } else { "*" }
}

/// Adds the names of all properties in a schema.
fn names<'s>(schema: &'s Value, into: &mut HashSet<&'s str>) {
    match schema {
        Value::Object(members) => {
            for (keyword, value) in members {
                if let ("properties", Value::Object(properties)) = (keyword.as_str(), value) {
                    into.extend(properties.keys().map(String::as_str));
                }
                names(value, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, into)),
        _ => {}
    }
}
