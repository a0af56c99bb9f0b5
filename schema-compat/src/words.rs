//! Names the parts of a payload: `addr.lines[0].zip`.

use crate::report::Reader;
use serde_json::Value;

/// A step in a payload.
enum Step<'a> {
    Property(&'a str),
    Item(&'a str),
}

/// The part of a payload at a path, and optionally a property in it.
pub(crate) fn part(payload: &Value, path: &[String], property: Option<&str>) -> String {
    let mut steps = Vec::new();
    let mut at = Some(payload);
    for token in path {
        steps.push(if at.is_some_and(Value::is_array) {
            Step::Item(token)
        } else {
            Step::Property(token)
        });
        at = at.and_then(|value| match value {
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            other => other.get(token),
        });
    }
    steps.extend(property.map(Step::Property));
    said(&steps)
}

fn said(steps: &[Step<'_>]) -> String {
    let mut words = String::new();
    for step in steps {
        match step {
            Step::Item(index) => words.extend(["[", index, "]"]),
            Step::Property(name) => {
                let name = if name.is_empty() { "\"\"" } else { name };
                words.extend([if words.is_empty() { "" } else { "." }, name]);
            }
        }
    }
    match steps.last() {
        None => "the payload".to_owned(),
        Some(Step::Item(_)) => format!("item `{words}`"),
        Some(Step::Property(_)) => format!("property `{words}`"),
    }
}

/// The part of a payload that a place in a schema describes.
pub(crate) fn part_at(schema: &Value, pointer: &str) -> String {
    let tokens: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect();
    let (mut steps, mut at) = (Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        at += 1;
        match (token.as_str(), next) {
            ("properties", Some(name)) => steps.push(Step::Property(name)),
            ("prefixItems", Some(index)) => steps.push(Step::Item(index)),
            ("items", Some(index)) if index.bytes().all(|byte| byte.is_ascii_digit()) => {
                steps.push(Step::Item(index));
            }
            ("required", Some(_)) => {
                steps.extend(schema.pointer(pointer).and_then(Value::as_str).map(Step::Property));
                break;
            }
            // The entries of these keywords are not parts of a payload.
            (
                "$defs" | "definitions" | "patternProperties" | "dependentSchemas" | "allOf"
                | "anyOf" | "oneOf",
                Some(_),
            ) => {}
            _ => continue,
        }
        at += 1;
    }
    said(&steps)
}

/// The message that a part breaks readers, and why.
pub(crate) fn broken(part: &str, who: Reader, why: &str) -> String {
    format!("{part} breaks {}: {why}", who.as_str())
}
