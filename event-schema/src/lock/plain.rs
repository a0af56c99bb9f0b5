//! A schema without texts for people. Two such schemas of a locked version differ only if their
//! values differ.

use crate::json::Json;
use serde_json::{Map, Value};

/// Keywords that do not restrict values.
const REMARKS: &[&str] = &[
    "title",
    "description",
    "examples",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$comment",
    "x-event",
];

/// Keywords whose value has a schema under each name.
const BY_NAME: &[&str] = &["properties", "patternProperties", "dependentSchemas", "$defs"];

/// Keywords whose value is a schema or a list of schemas.
const SCHEMAS: &[&str] = &[
    "additionalProperties",
    "allOf",
    "anyOf",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// The canonical text: sorted keys, no annotations.
pub(super) fn text(schema: &Json) -> String {
    Json::from(plain(&schema.to_value())).to_string()
}

fn plain(schema: &Value) -> Value {
    match schema {
        Value::Array(schemas) => schemas.iter().map(plain).collect(),
        Value::Object(keywords) => {
            let said = keywords.iter().filter(|(keyword, _)| !REMARKS.contains(&keyword.as_str()));
            Value::Object(
                said.map(|(keyword, value)| (keyword.clone(), of_keyword(keyword, value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

fn of_keyword(keyword: &str, value: &Value) -> Value {
    match value {
        Value::Object(named) if BY_NAME.contains(&keyword) => named
            .iter()
            .map(|(name, schema)| (name.clone(), plain(schema)))
            .collect::<Map<_, _>>()
            .into(),
        value if SCHEMAS.contains(&keyword) => plain(value),
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;
    use serde_json::json;

    #[test]
    fn a_property_may_be_called_like_a_keyword() {
        let schema = json!({
            "title": "A", "description": "b",
            "properties": {"title": {"type": "string", "description": "c"}, "description": {"const": {"title": 1}}},
            "required": ["title"],
            "anyOf": [{"description": "d", "properties": {"default": {}}}],
        });
        let expected = json!({
            "properties": {"title": {"type": "string"}, "description": {"const": {"title": 1}}},
            "required": ["title"],
            "anyOf": [{"properties": {"default": {}}}],
        });
        assert_eq!(plain(&schema), expected);
    }
}
