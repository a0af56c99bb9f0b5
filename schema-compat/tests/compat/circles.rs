//! Schemas that refer to themselves in place.

use serde_json::Value;

/// Such a schema has no meaning, and the judge does not end on it.
pub(crate) fn runs_in_a_circle(schema: &Value) -> bool {
    anywhere(schema, schema)
}

fn anywhere(root: &Value, at: &Value) -> bool {
    let mut met = if std::ptr::eq(root, at) { vec!["#".to_owned()] } else { Vec::new() };
    in_place(root, at, &mut met)
        || match at {
            Value::Array(items) => items.iter().any(|item| anywhere(root, item)),
            Value::Object(members) => members.values().any(|member| anywhere(root, member)),
            _ => false,
        }
}

/// Whether what is looked at refers to itself without going into a property or an item.
fn in_place(root: &Value, at: &Value, met: &mut Vec<String>) -> bool {
    let Some(members) = at.as_object() else { return false };
    let refers = members.get("$ref").and_then(Value::as_str).is_some_and(|reference| {
        if met.iter().any(|known| known == reference) {
            return true;
        }
        met.push(reference.to_owned());
        let circles = target(root, reference).is_some_and(|target| in_place(root, target, met));
        met.pop();
        circles
    });
    let lists = ["allOf", "anyOf", "oneOf"]
        .iter()
        .filter_map(|keyword| members.get(*keyword)?.as_array())
        .flatten();
    let single = ["not", "if", "then", "else"].iter().filter_map(|keyword| members.get(*keyword));
    let by_name = ["dependentSchemas", "dependencies"]
        .iter()
        .filter_map(|keyword| members.get(*keyword)?.as_object())
        .flat_map(|map| map.values());
    refers || lists.chain(single).chain(by_name).any(|inner| in_place(root, inner, met))
}

/// What a reference is to: a place, or a definition that is named as its anchor is.
pub(crate) fn target<'s>(root: &'s Value, reference: &str) -> Option<&'s Value> {
    let fragment = reference.strip_prefix('#')?;
    if fragment.is_empty() || fragment.starts_with('/') {
        return root.pointer(fragment);
    }
    ["$defs", "definitions"].iter().find_map(|keyword| root.get(keyword)?.get(fragment))
}
