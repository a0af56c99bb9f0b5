//! Opens a registered schema, because its readers ignore unknown keys.

use serde_json::Value;

/// Lets every object have keys that it does not declare, except where the current reader refuses
/// them.
pub(super) fn open(schema: &mut Value, reader: Option<&Value>) {
    match schema {
        Value::Object(members) => {
            let is_closed =
                |schema: &Value| schema.get("additionalProperties") == Some(&Value::Bool(false));
            if members.get("additionalProperties") == Some(&Value::Bool(false))
                && !reader.is_some_and(is_closed)
            {
                members.remove("additionalProperties");
            }
            for (key, member) in members {
                let reader = reader.and_then(|reader| reader.get(key));
                match (key.as_str(), member) {
                    // Values, not schemas.
                    ("const" | "enum" | "default" | "examples", _) => {}
                    // Names, not keywords.
                    (
                        "properties" | "patternProperties" | "definitions" | "$defs",
                        Value::Object(named),
                    ) => {
                        for (name, schema) in named {
                            open(schema, reader.and_then(|reader| reader.get(name)));
                        }
                    }
                    (_, member) => open(member, reader),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                open(item, reader.and_then(|reader| reader.get(index)));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::open;
    use serde_json::json;

    #[test]
    fn what_the_reader_closes_stays_closed() {
        let closed = json!({"additionalProperties": false});
        // Keys may have the names of keywords.
        let named = json!({"additionalProperties": false, "enum": {}});
        let mut schema = json!({
            "additionalProperties": false,
            "properties": {"ours": closed, "foreign": closed, "gone": closed, "map": {"additionalProperties": closed}, "enum": closed},
            "definitions": named,
            "enum": [closed]
        });
        open(&mut schema, Some(&json!({"properties": {"ours": {}, "foreign": closed}})));
        let opened = json!({
            "properties": {"ours": {}, "foreign": closed, "gone": {}, "map": {"additionalProperties": {}}, "enum": {}},
            "definitions": named,
            "enum": [closed]
        });
        assert_eq!(schema, opened);
    }
}
