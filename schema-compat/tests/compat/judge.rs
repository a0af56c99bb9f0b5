//! The independent judge: the `jsonschema` crate.

use serde_json::{Value, json};

/// A validator that asserts formats. Ranges that a format of numbers stands for are spelled out: to
/// validators in general they are notes.
pub(crate) fn validator(schema: &Value) -> jsonschema::Validator {
    try_validator(schema).unwrap()
}

/// None for what is no schema of its draft.
pub(crate) fn try_validator(schema: &Value) -> Option<jsonschema::Validator> {
    jsonschema::options().should_validate_formats(true).build(&spelled_out(schema)).ok()
}

pub(crate) fn accepts(schema: &Value, value: &Value) -> bool {
    validator(schema).is_valid(value)
}

fn spelled_out(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(spelled_out).collect(),
        Value::Object(members) => {
            let mut spelled: serde_json::Map<_, _> =
                members.iter().map(|(key, member)| (key.clone(), spelled_out(member))).collect();
            let range = match members.get("format").and_then(Value::as_str) {
                Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
                Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
                Some("uint8") => Some((json!(0), json!(u8::MAX))),
                Some("uint16") => Some((json!(0), json!(u16::MAX))),
                Some("uint32") => Some((json!(0), json!(u32::MAX))),
                Some("uint64") => Some((json!(0), json!(u64::MAX))),
                _ => None,
            };
            if let Some((min, max)) = range {
                spelled.entry("minimum").or_insert(min);
                spelled.entry("maximum").or_insert(max);
            }
            Value::Object(spelled)
        }
        scalar => scalar.clone(),
    }
}

/// Holds every witness of a report against the judge. By meaning, what breaks has one.
pub(crate) fn confirm(report: &schema_compat::Report, old: &Value, new: &Value) {
    use schema_compat::Reader;
    for finding in &report.findings {
        let Some(breaks) = finding.reader else { continue };
        let Some(witness) = &finding.witness else {
            assert!(finding.rule.id.starts_with("confluent-"), "no witness: {finding:?}");
            continue;
        };
        let (writer, reader) = match breaks {
            Reader::New => (old, new),
            Reader::Old => (new, old),
        };
        assert!(accepts(writer, witness), "{witness} is not written: {finding:?}\n{writer}");
        assert!(!accepts(reader, witness), "{witness} is read: {finding:?}\n{reader}");
    }
}
