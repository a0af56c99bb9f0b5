//! Parts of a payload in words: `addr.lines[0].zip`.

use super::report::Breaks;
use serde_json::Value;

/// The part at a path, and the property in it that is the matter.
pub(super) fn part(path: &[String], property: Option<&str>) -> String {
    let is_index = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = String::new();
    for token in path.iter().map(String::as_str).chain(property) {
        if is_index(token) {
            words.extend(["[", token, "]"]);
        } else {
            words.extend([if words.is_empty() { "" } else { "." }, token]);
        }
    }
    match (words.is_empty(), path.last()) {
        (true, _) => "the payload".to_owned(),
        (false, Some(last)) if property.is_none() && is_index(last) => format!("item `{words}`"),
        _ => format!("property `{words}`"),
    }
}

/// The part of a payload that a place in a schema is about.
pub(super) fn part_at(schema: &Value, pointer: &str) -> String {
    let tokens: Vec<String> =
        pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
    let (mut path, mut at) = (Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        at += 1;
        match (token.as_str(), next) {
            ("properties", Some(name)) => path.push(name.clone()),
            ("prefixItems", Some(index)) => path.push(index.clone()),
            ("items", Some(index)) if index.bytes().all(|byte| byte.is_ascii_digit()) => path.push(index.clone()),
            ("required", Some(_)) => {
                path.extend(schema.pointer(pointer).and_then(Value::as_str).map(str::to_owned));
                break;
            }
            // Their entries are no parts of a payload.
            (
                "$defs" | "definitions" | "patternProperties" | "dependentSchemas" | "allOf" | "anyOf" | "oneOf",
                Some(_),
            ) => {}
            _ => continue,
        }
        at += 1;
    }
    part(&path, None)
}

/// That a part breaks somebody, and why.
pub(super) fn broken(part: &str, breaks: Breaks, why: &str) -> String {
    format!("{part} breaks {}: {why}", breaks.as_str())
}
