//! The names in a JSON Schema that look like sensitive data.

use super::SuspiciousName;
use event_grammar::{fields, name};
use serde_json::{Map, Value};

/// Every name that looks sensitive and under which text or a number is written, in the order of the
/// pointers.
pub(super) fn suspicious(schema: &Value) -> Vec<SuspiciousName> {
    let mut names = Names { root: schema, found: Vec::new() };
    if let Some(title) = schema["title"].as_str().filter(|_| is_scalar(schema)) {
        // A newtype: only its name says what the text is.
        names.look(title, "/title");
    }
    names.schema(schema, "");
    names.found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    names.found
}

struct Names<'a> {
    root: &'a Value,
    found: Vec<SuspiciousName>,
}

impl Names<'_> {
    fn schema(&mut self, schema: &Value, pointer: &str) {
        match schema {
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.schema(item, &format!("{pointer}/{at}"));
                }
            }
            Value::Object(members) => {
                for (keyword, value) in members {
                    self.keyword(keyword, value, &format!("{pointer}/{}", escaped(keyword)));
                }
                self.adjacent(members, pointer);
            }
            _ => {}
        }
    }

    fn keyword(&mut self, keyword: &str, value: &Value, pointer: &str) {
        match (keyword, value) {
            (
                "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas",
                Value::Object(named),
            ) => {
                for (name, schema) in named {
                    let pointer = format!("{pointer}/{}", escaped(name));
                    let is_key =
                        matches!(keyword, "properties" | "patternProperties") && !is_truth(schema);
                    // The name of a definition is never written; but for a newtype it says what the
                    // text is.
                    let is_newtype =
                        matches!(keyword, "$defs" | "definitions") && is_scalar(schema);
                    if is_key || is_newtype {
                        self.look(name, &pointer);
                    }
                    self.schema(schema, &pointer);
                }
            }
            ("propertyNames", names) => {
                for key in words(self.resolved(names)) {
                    self.look(&key, pointer);
                }
            }
            // Values, not schemas.
            ("const" | "enum" | "default" | "examples" | "required", _) => {}
            (_, schema) => self.schema(schema, pointer),
        }
    }

    /// `{"kind": "Password", "value": ".."}`: one property names the content of the other.
    fn adjacent(&mut self, members: &Map<String, Value>, pointer: &str) {
        let Some(properties) =
            members.get("properties").and_then(Value::as_object).filter(|all| all.len() == 2)
        else {
            return;
        };
        let mut tags =
            properties.iter().filter_map(|(key, schema)| Some((key, schema["const"].as_str()?)));
        if let (Some((key, tag)), None) = (tags.next(), tags.next()) {
            self.look(tag, &format!("{pointer}/properties/{}/const", escaped(key)));
        }
    }

    fn look(&mut self, name: &str, pointer: &str) {
        if is_suspicious(name) {
            self.found.push(SuspiciousName { name: name.to_owned(), pointer: pointer.to_owned() });
        }
    }

    /// The definition that a schema refers to, or the schema itself.
    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let target = schema["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
        target.and_then(|pointer| self.root.pointer(pointer)).unwrap_or(schema)
    }
}

/// Splits a pattern: each run of letters, digits, `_` and `-` counts as a name.
fn is_suspicious(name: &str) -> bool {
    let parts = name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
    parts.filter(|part| !part.is_empty()).any(|part| {
        let part = part.replace('-', "_");
        fields::suspicious_word(&part).is_some()
            || fields::suspicious_word(&name::snake(&part)).is_some()
    })
}

/// Whether the schema has exactly one of the types, with or without `null`.
fn is_only(schema: &Value, types: &[&str]) -> bool {
    let named: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => {
            names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect()
        }
        _ => return false,
    };
    !named.is_empty() && named.iter().all(|name| types.contains(name))
}

/// A Boolean does not reveal personal data: `email_verified`.
fn is_truth(schema: &Value) -> bool {
    is_only(schema, &["boolean"])
}

/// Any text or number, but not one word of a list.
fn is_scalar(schema: &Value) -> bool {
    is_only(schema, &["string", "number", "integer"]) && words(schema).is_empty()
}

/// The words that a schema lists; empty if it lists none.
fn words(schema: &Value) -> Vec<String> {
    let listed = schema["enum"].as_array().into_iter().flatten().chain(schema.get("const"));
    let mut words: Vec<String> = listed.filter_map(Value::as_str).map(str::to_owned).collect();
    for branch in ["oneOf", "anyOf"].iter().filter_map(|word| schema[*word].as_array()).flatten() {
        words.extend(self::words(branch));
    }
    words
}

/// A name in a JSON pointer, RFC 6901.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::suspicious;
    use serde_json::{Value, json};

    fn pointers(schema: &Value) -> Vec<String> {
        suspicious(schema).into_iter().map(|found| found.pointer).collect()
    }

    #[test]
    fn a_name_is_found_wherever_a_key_can_be() {
        for (schema, expected) in [
            (json!({ "properties": { "password": {} } }), "/properties/password"),
            (json!({ "properties": { "userPassword": {} } }), "/properties/userPassword"),
            (json!({ "properties": { "X-Api-Key": {} } }), "/properties/X-Api-Key"),
            (json!({ "properties": { "a/b~password": {} } }), "/properties/a~1b~0password"),
            (
                json!({ "items": { "anyOf": [true, { "properties": { "ssn": {} } }] } }),
                "/items/anyOf/1/properties/ssn",
            ),
            (
                json!({ "$defs": { "A": { "properties": { "iban": {} } } } }),
                "/$defs/A/properties/iban",
            ),
            (
                json!({ "patternProperties": { "^password_[0-9]+$": {} } }),
                "/patternProperties/^password_[0-9]+$",
            ),
            (
                json!({ "additionalProperties": { "properties": { "token": {} } } }),
                "/additionalProperties/properties/token",
            ),
            (
                json!({ "oneOf": [{ "properties": { "Password": {} } }] }),
                "/oneOf/0/properties/Password",
            ),
            (json!({ "propertyNames": { "enum": ["colour", "email"] } }), "/propertyNames"),
            (
                json!({ "$defs": { "Kind": { "oneOf": [{ "const": "email" }] } }, "propertyNames": { "$ref": "#/$defs/Kind" } }),
                "/propertyNames",
            ),
            (json!({ "$defs": { "Email": { "type": ["string", "null"] } } }), "/$defs/Email"),
            (json!({ "title": "Email", "type": "string" }), "/title"),
            (
                json!({ "oneOf": [{ "properties": { "kind": { "const": "Password" }, "value": { "type": "string" } } }] }),
                "/oneOf/0/properties/kind/const",
            ),
        ] {
            assert_eq!(pointers(&schema), [expected], "{schema}");
        }
    }

    #[test]
    fn what_holds_no_text_is_not_reported() {
        for schema in [
            json!(true),
            json!({ "properties": { "password": { "type": "boolean" }, "token": { "type": ["boolean", "null"] } } }),
            json!({ "title": "Password", "type": "object", "properties": { "length": {} } }),
            json!({ "$defs": { "Email": { "type": "object" }, "Card": { "type": "string", "enum": ["gold"] } } }),
            json!({ "enum": ["password", "link"], "default": { "password": 1 }, "examples": [{ "email": 1 }] }),
            json!({ "properties": { "kind": { "const": "Password" } } }),
            json!({ "properties": { "secretary": {}, "description": { "description": "no password" } } }),
        ] {
            assert_eq!(pointers(&schema), [""; 0], "{schema}");
        }
    }
}
