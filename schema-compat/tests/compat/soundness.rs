//! Whatever is called compatible is held against payloads that are drawn from the old schema.
//!
//! A family is a list of schemas of one sort, and its pairs are all pairs of them.
//! `SOUNDNESS=100000` says how many payloads are drawn for each family; that many are in a release
//! build, and a tenth in a debug build.

use crate::judge;
use crate::random::neighbours;
use crate::written::Writer;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use schema_compat::{RULES, Readers, Rules, Verdict, check};
use serde_json::{Value, json};

/// Payloads for each family where nothing else is asked for.
const SAMPLES: usize = if cfg!(debug_assertions) { 10_000 } else { 100_000 };

fn samples() -> usize {
    std::env::var("SOUNDNESS").ok().map_or(SAMPLES, |number| number.parse().unwrap())
}

fn numbers() -> Vec<Value> {
    vec![
        json!({"type": "integer"}),
        json!({"type": "number"}),
        json!({"type": "number", "multipleOf": 1}),
        json!({"type": "number", "multipleOf": 0.5}),
        json!({"type": "integer", "minimum": 0}),
        json!({"type": "integer", "exclusiveMinimum": -1}),
        json!({"type": "integer", "minimum": 0, "maximum": 255}),
        json!({"type": "integer", "format": "uint8"}),
        json!({"type": "integer", "format": "uint32"}),
        json!({"type": "integer", "multipleOf": 2, "maximum": 9}),
        json!({"type": "integer", "maximum": 8, "multipleOf": 2}),
        json!({"enum": [0, 2, 4, 1.0]}),
        json!({"type": ["integer", "null"]}),
    ]
}

fn texts() -> Vec<Value> {
    vec![
        json!({"type": "string"}),
        json!({"type": "string", "maxLength": 3}),
        json!({"type": "string", "minLength": 1, "maxLength": 3}),
        json!({"type": "string", "pattern": "^.{1,3}$"}),
        json!({"type": "string", "pattern": "^[a-c]*$"}),
        json!({"type": "string", "pattern": "^(a|b|c)+$"}),
        json!({"type": "string", "pattern": "a"}),
        json!({"type": "string", "format": "date"}),
        json!({"type": "string", "format": "uuid"}),
        json!({"enum": ["a", "b"]}),
        json!({"enum": ["a", "b", "ab"]}),
        json!({"anyOf": [{"const": "a"}, {"const": "b", "description": "B"}]}),
        json!({"type": "string", "not": {"const": "a"}}),
    ]
}

fn objects() -> Vec<Value> {
    let id = || json!({"type": "string", "maxLength": 3});
    let of = |more: Value| {
        let mut schema = json!({"type": "object", "properties": {"a": id(), "b": {"type": "integer"}}, "required": ["a"]});
        schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        schema
    };
    vec![
        of(json!({})),
        of(json!({"required": ["a", "b"]})),
        of(json!({"required": []})),
        of(json!({"additionalProperties": false})),
        of(json!({"unevaluatedProperties": false})),
        of(json!({"additionalProperties": {"type": "integer"}})),
        of(json!({"properties": {"a": id()}, "additionalProperties": {"type": "integer"}})),
        of(json!({"properties": {"a": id()}, "additionalProperties": false})),
        of(
            json!({"properties": {"a": id(), "b": {"type": "number"}, "c": {"type": "null"}}, "additionalProperties": false}),
        ),
        of(
            json!({"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": false}),
        ),
        of(json!({"propertyNames": {"maxLength": 1}})),
        of(json!({"minProperties": 2})),
        of(json!({"maxProperties": 1})),
        of(json!({"dependentRequired": {"b": ["c"]}})),
        of(json!({"dependentSchemas": {"b": {"required": ["c"]}}})),
        json!({"allOf": [{"properties": {"a": id()}, "required": ["a"]}, {"type": "object", "properties": {"b": {"type": "integer"}}}]}),
    ]
}

fn lists() -> Vec<Value> {
    vec![
        json!({"type": "array"}),
        json!({"type": "array", "items": {"type": "integer"}}),
        json!({"type": "array", "items": {"type": "number"}}),
        json!({"type": "array", "items": {"type": "integer"}, "minItems": 1}),
        json!({"type": "array", "items": {"type": "integer"}, "maxItems": 2}),
        json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}], "items": false}),
        json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}),
        json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "unevaluatedItems": false}),
        json!({"type": "array", "prefixItems": [{"type": "integer"}], "minItems": 1}),
        json!({"type": "array", "contains": {"type": "integer"}}),
        json!({"type": "array", "contains": {"type": "number"}}),
        json!({"type": "array", "uniqueItems": true}),
        json!({"type": "array", "items": {"enum": [1]}, "uniqueItems": true}),
        json!({"type": "array", "maxItems": 1}),
    ]
}

fn alternatives() -> Vec<Value> {
    let variant = |tag: &str, ty: &str| json!({"type": "object", "properties": {"type": {"const": tag}, "a": {"type": ty}}, "required": ["type", "a"]});
    vec![
        json!({"oneOf": [variant("a", "integer"), variant("b", "string")]}),
        json!({"oneOf": [variant("b", "string"), variant("a", "integer")]}),
        json!({"anyOf": [variant("a", "number"), variant("b", "string")]}),
        json!({"oneOf": [variant("a", "integer"), variant("b", "string"), variant("ab", "null")]}),
        json!({"oneOf": [variant("a", "integer")]}),
        json!({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
        json!({"anyOf": [{"type": "integer"}, {"type": "number"}]}),
        json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}),
        json!({"type": ["integer", "string"]}),
        json!({"not": {"type": "object"}}),
        json!({"not": {"type": ["object", "array"]}}),
        json!({"if": {"type": "integer"}, "then": {"minimum": 0}, "else": {"type": "string"}}),
        json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}]}),
    ]
}

fn recursive() -> Vec<Value> {
    let tree = |leaf: &str, more: Value| {
        let mut node = json!({"type": "object", "properties": {"value": {"type": leaf}, "left": {"$ref": "#/$defs/node"}}, "required": ["value"]});
        node.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"$ref": "#/$defs/node", "$defs": {"node": node}})
    };
    let list = |leaf: &str| json!({"$ref": "#/$defs/l", "$defs": {"l": {"oneOf": [{"type": leaf}, {"type": "array", "items": {"$ref": "#/$defs/l"}}]}}});
    vec![
        tree("integer", json!({})),
        tree("number", json!({})),
        tree("integer", json!({"additionalProperties": false})),
        tree("integer", json!({"required": []})),
        json!({"type": "object", "properties": {"value": {"type": "integer"}, "left": {"$ref": "#"}}, "required": ["value"]}),
        json!({"type": "object", "properties": {"left": {"type": "object"}}}),
        list("integer"),
        list("number"),
        list("string"),
        json!({"type": ["integer", "array"], "items": {"$ref": "#"}}),
    ]
}

/// The schemas of the rules' fixtures, each with its own other one.
fn fixtures() -> Vec<(Value, Value)> {
    let examples = RULES.iter().filter_map(|rule| rule.example);
    examples
        .map(|e| (serde_json::from_str(e.old).unwrap(), serde_json::from_str(e.new).unwrap()))
        .collect()
}

fn pairs(schemas: &[Value]) -> Vec<(Value, Value)> {
    let all =
        schemas.iter().flat_map(|old| schemas.iter().map(move |new| (old.clone(), new.clone())));
    all.filter(|(old, new)| old != new).collect()
}

/// Draws from every pair that is called compatible, and counts what was drawn.
#[expect(clippy::print_stdout, reason = "how much was held is what a run is for")]
fn hold(family: &str, pairs: &[(Value, Value)]) {
    let compatible: Vec<&(Value, Value)> = pairs
        .iter()
        .filter(|(old, new)| {
            check(old, new, Readers::New, Rules::Semantic).verdict == Verdict::Compatible
        })
        .collect();
    assert!(
        compatible.len() > 2,
        "{family}: of {} pairs, {} are compatible",
        pairs.len(),
        compatible.len()
    );
    let each = samples().div_ceil(compatible.len());
    let (mut held, mut drawn) = (0, 0);
    for (seed, (old, new)) in compatible.iter().enumerate() {
        let (writer, reader) = (judge::validator(old), judge::validator(new));
        let mut source = Writer::new(old, seed as u64 + 1);
        // A schema of which little is hit is left after a while.
        let (before, mut tries) = (held, 0);
        while held - before < each && tries < each * 20 {
            tries += 1;
            let payload = source.payload();
            if writer.is_valid(&payload) {
                held += 1;
                assert!(
                    reader.is_valid(&payload),
                    "{family}: said to be compatible, but {payload} is refused\n{old}\n{new}"
                );
            }
        }
        drawn += tries;
    }
    println!(
        "{family}: {} pairs, {} compatible, {held} of {drawn} payloads held",
        pairs.len(),
        compatible.len()
    );
    assert!(
        held * 10 >= samples() * 9,
        "{family}: only {held} of {drawn} payloads fit the schema they were drawn from"
    );
}

#[test]
fn of_numbers() {
    hold("numbers", &pairs(&numbers()));
}

#[test]
fn of_texts() {
    hold("texts", &pairs(&texts()));
}

#[test]
fn of_objects() {
    hold("objects", &pairs(&objects()));
}

#[test]
fn of_lists() {
    hold("lists", &pairs(&lists()));
}

#[test]
fn of_alternatives() {
    hold("alternatives", &pairs(&alternatives()));
}

#[test]
fn of_recursive_schemas() {
    hold("recursive schemas", &pairs(&recursive()));
}

#[test]
fn of_fixtures() {
    let there = fixtures();
    let back = there.iter().map(|(old, new)| (new.clone(), old.clone()));
    hold("fixtures", &there.iter().cloned().chain(back).collect::<Vec<_>>());
}

#[test]
fn of_made_up_schemas() {
    let mut runner = TestRunner::deterministic();
    let mut drawn = Vec::new();
    while drawn.len() < 150 {
        let (old, new) = neighbours().new_tree(&mut runner).unwrap().current();
        // Of schemas that write next to nothing there is nothing to draw; and the judge does not
        // end on those that run in a circle.
        if old.to_string().contains("$ref") || !writes_enough(&old) {
            continue;
        }
        drawn.push((old, new));
    }
    drawn.retain(|(_, new)| !new.to_string().contains("$ref"));
    hold("made-up schemas", &drawn);
}

fn writes_enough(schema: &Value) -> bool {
    let (judge, mut writer) = (judge::validator(schema), Writer::new(schema, 1));
    (0..40).filter(|_| judge.is_valid(&writer.payload())).count() > 8
}
