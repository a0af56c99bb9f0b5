//! Notes: changes that break no reader.

use crate::report::Finding;
use crate::rules;
use crate::source::{Source, child};
use serde_json::Value;

/// Annotation keywords, and their rules.
const REMARKS: &[(&str, &str)] = &[
    ("title", "title-changed"),
    ("description", "description-changed"),
    ("default", "default-changed"),
    ("examples", "examples-changed"),
    ("deprecated", "deprecation-changed"),
];

/// The notes for places that both schemas have.
pub(crate) fn notes(old: &Value, new: &Value) -> Vec<Finding> {
    let mut found = Vec::new();
    // An unreadable schema is not compared: it may be too deep.
    if Source::new(old, "old").is_ok() && Source::new(new, "new").is_ok() {
        compare(old, new, "", &mut found);
    }
    found
}

fn compare(old: &Value, new: &Value, pointer: &str, found: &mut Vec<Finding>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            let last = pointer.rsplit('/').next().unwrap_or_default();
            let are_names = matches!(
                last,
                "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
            );
            for (keyword, rule) in REMARKS {
                if !are_names && before.get(*keyword) != after.get(*keyword) {
                    let at = child(pointer, keyword);
                    let place = |members: &serde_json::Map<String, Value>| {
                        if members.contains_key(*keyword) { at.clone() } else { pointer.to_owned() }
                    };
                    found.push(note(rule, place(before), place(after)));
                }
            }
            for (key, member) in before {
                let at = child(pointer, key);
                match after.get(key) {
                    None if matches!(last, "$defs" | "definitions") => {
                        found.push(note("definition-removed", at, pointer.to_owned()));
                    }
                    Some(other) if are_names || !is_value(key) => {
                        compare(member, other, &at, found);
                    }
                    _ => {}
                }
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            for (index, (old, new)) in before.iter().zip(after).enumerate() {
                compare(old, new, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Whether the value of a keyword is not a schema.
fn is_value(keyword: &str) -> bool {
    matches!(keyword, "const" | "enum" | "default" | "examples")
}

fn note(rule: &str, old: String, new: String) -> Finding {
    let rule = rules::named(rule);
    let message = rule.explanation.to_owned();
    Finding { rule, reader: None, old, new, version: 0, message, witness: None }
}
