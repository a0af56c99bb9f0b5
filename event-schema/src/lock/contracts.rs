//! The two schemas of a revision, and the parts of them that concern certain keys.

use event_grammar::fields::is_of_the_record;
use event_grammar::lock::Mode;
use schema_compat::{Readers, Report, Rules, Verdict};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The writer's and the reader's schema of one revision.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionSchemas {
    /// The writer's schema.
    pub write: Value,
    /// The reader's schema.
    pub read: Value,
}

/// The readers that `mode` protects.
pub const fn readers(mode: Mode) -> Readers {
    match (mode.is_backward(), mode.is_forward()) {
        (false, false) => Readers::Neither,
        (true, false) => Readers::New,
        (false, true) => Readers::Old,
        (true, true) => Readers::Both,
    }
}

impl RevisionSchemas {
    /// The keys of a line that either schema has.
    pub(super) fn keys(&self) -> BTreeSet<&str> {
        let properties = [&self.write, &self.read]
            .map(|schema| schema.get("properties").and_then(Value::as_object));
        properties.into_iter().flatten().flat_map(Map::keys).map(String::as_str).collect()
    }

    /// The schemas restricted to some of the keys.
    pub(super) fn only(&self, keys: &BTreeSet<&str>) -> Self {
        Self { write: only(&self.write, keys), read: only(&self.read, keys) }
    }

    /// The schemas without the keys of the record that `older` does not know. Such keys are not
    /// declared: a later version of event-core added them to every record.
    pub(super) fn without_later_record_keys(&self, older: &Self) -> Self {
        let known = older.keys();
        self.only(
            &self
                .keys()
                .into_iter()
                .filter(|key| known.contains(key) || !is_of_the_record(key))
                .collect(),
        )
    }

    /// Whether `new` is compatible under `mode`.
    pub fn check(&self, new: &Self, mode: Mode) -> Report {
        let old = schema_compat::Contracts { write: &self.write, read: &self.read };
        let new = schema_compat::Contracts { write: &new.write, read: &new.read };
        schema_compat::check_contracts(old, new, readers(mode), Rules::Semantic)
    }

    /// Whether both allow the same values: another spelling is not a change.
    pub(super) fn allow_the_same_as(&self, other: &Self) -> bool {
        let same = |a: &Value, b: &Value| {
            a == b
                || schema_compat::check(a, b, Readers::Both, Rules::Semantic).verdict
                    == Verdict::Compatible
        };
        same(&self.write, &other.write) && same(&self.read, &other.read)
    }
}

fn only(schema: &Value, keys: &BTreeSet<&str>) -> Value {
    let Value::Object(members) = schema else { return schema.clone() };
    let mut members = members.clone();
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        properties.retain(|key, _| keys.contains(key.as_str()));
    }
    if let Some(Value::Array(required)) = members.get_mut("required") {
        required.retain(|key| key.as_str().is_some_and(|key| keys.contains(key)));
    }
    // A reader finds a field under its name or an alias: `anyOf`, or an `allOf` of several.
    if members.get("anyOf").is_some_and(|branches| !is_about(branches, keys)) {
        members.remove("anyOf");
    }
    if let Some(Value::Array(all)) = members.get_mut("allOf") {
        all.retain(|one| one.get("anyOf").is_none_or(|branches| is_about(branches, keys)));
    }
    if members.get("allOf").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        members.remove("allOf");
    }
    Value::Object(members)
}

/// Whether one of the branches requires one of the keys.
fn is_about(branches: &Value, keys: &BTreeSet<&str>) -> bool {
    let required = branches
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|branch| branch.get("required")?.as_array());
    required.flatten().filter_map(Value::as_str).any(|key| keys.contains(key))
}

#[cfg(test)]
mod tests {
    use super::{RevisionSchemas, only};
    use serde_json::json;

    #[test]
    fn a_key_that_every_record_got_later_is_no_change_of_an_event() {
        let contracts = |keys: &[&str]| {
            let properties: serde_json::Map<_, _> =
                keys.iter().map(|key| ((*key).to_owned(), json!({}))).collect();
            let write = json!({"properties": properties, "additionalProperties": false});
            RevisionSchemas { read: json!({"properties": properties}), write }
        };
        let old = contracts(&["trace_id", "amount_cents"]);
        let later = contracts(&["trace_id", "parent_span_id", "amount_cents"]);
        assert!(!old.allow_the_same_as(&later));
        assert_eq!(later.without_later_record_keys(&old), old);
        // A field of the event itself is a change.
        let declared = contracts(&["trace_id", "amount_cents", "currency"]);
        assert_eq!(declared.without_later_record_keys(&old), declared);
    }

    #[test]
    fn what_is_about_other_keys_goes() {
        let one =
            |key: &str, alias: &str| json!({"anyOf": [{"required": [key]}, {"required": [alias]}]});
        let schema = json!({"properties": {"a": {}, "b": {}, "c": {}}, "required": ["a", "b"], "allOf": [one("a", "x"), one("c", "y")]});
        let expected =
            json!({"properties": {"a": {}}, "required": ["a"], "allOf": [one("a", "x")]});
        assert_eq!(only(&schema, &["a", "x"].into()), expected);
        let expected = json!({"properties": {}, "required": []});
        assert_eq!(only(&schema, &["z"].into()), expected);
    }
}
