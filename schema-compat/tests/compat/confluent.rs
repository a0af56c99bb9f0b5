//! What a Confluent-compatible registry says, difference by difference.
//!
//! Reconstructed from the registry's locked difference types, in the manner of its
//! `diff-*-examples.json`; not copies of them.

use crate::judge;
use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Value, json};

fn strict(old: &Value, new: &Value) -> Report {
    let report = check(old, new, Readers::New, Rules::ConfluentStrict);
    judge::confirm(&report, old, new);
    report
}

fn found(report: &Report) -> Vec<(&str, &str, &str)> {
    let shown =
        |finding: &schema_compat::Finding| finding.rule.id.strip_prefix("confluent-").unwrap();
    let breaks = report.findings.iter().filter(|finding| finding.reader.is_some());
    breaks.map(|finding| (shown(finding), finding.old.as_str(), finding.new.as_str())).collect()
}

/// A name, two schemas, and what is found backward: nothing is compatible.
type Case = (&'static str, Value, Value, &'static [&'static str]);

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    let text = || json!({"type": "string"});
    let seven = "http://json-schema.org/draft-07/schema#";
    let twenty = "https://json-schema.org/draft/2020-12/schema";
    vec![
        (
            "annotations",
            json!({"type": "string", "title": "a", "description": "a", "default": "a", "$id": "a:a"}),
            json!({"type": "string", "title": "b", "description": "b", "default": "b", "$id": "b:b"}),
            &[],
        ),
        ("everything is read by everything", text(), json!({}), &[]),
        ("everything is read by true", text(), json!(true), &[]),
        ("nothing is written by false", json!(false), text(), &[]),
        ("from everything to a type", json!({}), text(), &["type-changed"]),
        // testSchemaAddsProperties: from an empty schema to one of objects.
        ("from everything to an object", json!({}), json!({"properties": {}}), &["type-changed"]),
        ("integer to number", json!({"type": "integer"}), json!({"type": "number"}), &[]),
        (
            "number to integer",
            json!({"type": "number"}),
            json!({"type": "integer"}),
            &["type-narrowed"],
        ),
        ("a bound goes", json!({"type": "string", "maxLength": 3}), text(), &[]),
        ("a pattern goes", json!({"type": "string", "pattern": "a"}), text(), &[]),
        (
            "a pattern that means the same",
            json!({"type": "string", "pattern": "[ab]"}),
            json!({"type": "string", "pattern": "[a-b]"}),
            &["pattern-changed"],
        ),
        (
            "a finer step",
            json!({"type": "number", "multipleOf": 10}),
            json!({"type": "number", "multipleOf": 5}),
            &[],
        ),
        (
            "a finer step of a fraction",
            json!({"type": "number", "multipleOf": 0.1}),
            json!({"type": "number", "multipleOf": 0.01}),
            &[],
        ),
        (
            "exclusive bounds",
            json!({"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 3}),
            json!({"type": "number", "exclusiveMinimum": 2, "exclusiveMaximum": 2.5}),
            &["exclusive-minimum-increased", "exclusive-maximum-decreased"],
        ),
        (
            "formats are not looked at",
            json!({"type": "string"}),
            json!({"type": "string", "format": "uuid"}),
            &[],
        ),
        (
            "nor are their numbers",
            json!({"type": "integer", "format": "uint64"}),
            json!({"type": "integer", "format": "uint32"}),
            &[],
        ),
        ("an enum grows", json!({"enum": ["a"]}), json!({"enum": ["b", "a"]}), &[]),
        (
            "an enum shrinks",
            json!({"enum": ["a", "b"]}),
            json!({"enum": ["b"]}),
            &["enum-array-narrowed"],
        ),
        ("an enum in another order", json!({"enum": ["a", "b"]}), json!({"enum": ["b", "a"]}), &[]),
        // The registry reads `enum` and `type` as an `allOf`.
        (
            "an enum beside its type grows",
            json!({"type": "string", "enum": ["a"]}),
            json!({"type": "string", "enum": ["a", "b"]}),
            &[],
        ),
        (
            "an enum beside its type shrinks",
            json!({"type": "string", "enum": ["a", "b"]}),
            json!({"type": "string", "enum": ["a"]}),
            &["combined-type-subschemas-changed"],
        ),
        (
            "a type gets an enum",
            text(),
            json!({"type": "string", "enum": ["a"]}),
            &["type-changed"],
        ),
        ("a type loses its enum", json!({"type": "string", "enum": ["a"]}), text(), &[]),
        ("a const in an enum", json!({"const": "a"}), json!({"enum": ["a"]}), &["type-changed"]),
        ("a type of several", text(), json!({"type": ["null", "string"]}), &[]),
        ("one type less", json!({"type": ["null", "string"]}), text(), &["type-changed"]),
        (
            "types in another order",
            json!({"type": ["string", "null"], "maxLength": 5}),
            json!({"type": ["null", "string"], "maxLength": 6}),
            &[],
        ),
        ("a list of one type", text(), json!({"type": ["string"]}), &[]),
        (
            "null as an alternative",
            json!({"type": ["string", "null"]}),
            json!({"anyOf": [text(), {"type": "null"}]}),
            &[],
        ),
        (
            "one alternative more",
            json!({"oneOf": [text()]}),
            json!({"oneOf": [{"type": "number"}, text()]}),
            &[],
        ),
        (
            "one alternative less",
            json!({"oneOf": [text(), {"type": "number"}]}),
            json!({"oneOf": [text()]}),
            &["sum-type-narrowed"],
        ),
        (
            "alternatives in another order",
            json!({"oneOf": [text(), {"type": "number"}, {"type": "null"}]}),
            json!({"oneOf": [{"type": "null"}, text(), {"type": "number"}]}),
            &[],
        ),
        (
            "oneOf to anyOf",
            json!({"oneOf": [text(), {"type": "number"}]}),
            json!({"anyOf": [text(), {"type": "number"}]}),
            &[],
        ),
        (
            "allOf to anyOf",
            json!({"allOf": [text(), {"maxLength": 3}]}),
            json!({"anyOf": [text(), {"maxLength": 3}]}),
            &[],
        ),
        (
            "anyOf to oneOf",
            json!({"anyOf": [text(), {"type": "number"}]}),
            json!({"oneOf": [text(), {"type": "number"}]}),
            &["combined-type-changed"],
        ),
        ("an allOf of one", text(), json!({"allOf": [text()]}), &[]),
        ("an allOf of one goes", json!({"allOf": [text()]}), text(), &[]),
        (
            "an allOf loses a part",
            json!({"allOf": [text(), {"enum": ["a"]}, {"not": {}}]}),
            json!({"allOf": [{"enum": ["a"]}, text()]}),
            &[],
        ),
        (
            "less is excluded",
            json!({"not": {"type": ["string", "null"]}}),
            json!({"not": {"type": "string"}}),
            &[],
        ),
        (
            "more is excluded",
            json!({"not": {"type": "string"}}),
            json!({"not": {"type": ["string", "null"]}}),
            &["not-type-extended"],
        ),
        (
            "a condition changes",
            json!({"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}}),
            json!({"type": "object", "if": {"required": ["a"]}, "then": {"required": ["c"]}}),
            &[],
        ),
        (
            "contains comes",
            json!({"type": "array"}),
            json!({"type": "array", "contains": text()}),
            &[],
        ),
        (
            "names of properties get a rule",
            json!({"type": "object"}),
            json!({"type": "object", "propertyNames": {"pattern": "^a"}}),
            &[],
        ),
        (
            "properties by pattern change",
            json!({"type": "object", "patternProperties": {"^a": text()}}),
            json!({"type": "object", "patternProperties": {"^a": {"type": "null"}}}),
            &[],
        ),
        (
            "an object is told by its keywords",
            json!({"properties": {"a": text()}}),
            json!({"type": "object", "properties": {"a": text()}}),
            &[],
        ),
        (
            "covered by a pattern",
            json!({"type": "object", "patternProperties": {"^a": text()}}),
            json!({"type": "object", "properties": {"ab": text()}, "patternProperties": {"^a": text()}}),
            &[],
        ),
        (
            "not covered by a pattern",
            json!({"type": "object", "patternProperties": {"^a": text()}}),
            json!({"type": "object", "properties": {"ab": {"type": "null"}}, "patternProperties": {"^a": text()}}),
            &["property-added-not-covered-by-partially-open-content-model", "type-changed"],
        ),
        (
            "other properties, wider",
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
            json!({"type": "object", "additionalProperties": {"type": "number"}}),
            &[],
        ),
        (
            "other properties, another type",
            json!({"type": "object", "additionalProperties": text()}),
            json!({"type": "object", "additionalProperties": {"type": "number"}}),
            &["type-changed"],
        ),
        (
            "fewer dependencies",
            json!({"$schema": seven, "type": "object", "dependencies": {"a": ["b", "c"], "d": {"required": ["e"]}}}),
            json!({"$schema": seven, "type": "object", "dependencies": {"a": ["c"]}}),
            &[],
        ),
        (
            "dependencies of 2019-09 on",
            json!({"$schema": twenty, "type": "object"}),
            json!({"$schema": twenty, "type": "object", "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"a": {"required": ["c"]}}}),
            &["dependency-array-added", "dependency-schema-added"],
        ),
        (
            "items are no longer described",
            json!({"type": "array", "items": text()}),
            json!({"type": "array"}),
            &[],
        ),
        (
            "a tuple grows where it was closed",
            json!({"$schema": seven, "type": "array", "items": [text()], "additionalItems": false}),
            json!({"$schema": seven, "type": "array", "items": [text(), text()], "additionalItems": false}),
            &[],
        ),
        (
            "a tuple of 2020-12",
            json!({"$schema": twenty, "type": "array", "prefixItems": [text()], "items": false}),
            json!({"$schema": twenty, "type": "array", "prefixItems": [text(), text()], "items": false}),
            &[],
        ),
        (
            "a tuple is closed",
            json!({"$schema": twenty, "type": "array", "prefixItems": [text()]}),
            json!({"$schema": twenty, "type": "array", "prefixItems": [text()], "items": false}),
            &["additional-items-removed"],
        ),
        (
            "unique no longer",
            json!({"type": "array", "uniqueItems": true}),
            json!({"type": "array"}),
            &[],
        ),
        (
            "a definition under another name",
            json!({"properties": {"a": {"$ref": "#/definitions/x"}}, "definitions": {"x": text()}}),
            json!({"properties": {"a": {"$ref": "#/definitions/y"}}, "definitions": {"y": text()}}),
            &[],
        ),
        (
            "what stands beside a reference, in draft 07",
            json!({"$schema": seven, "$ref": "#/definitions/x", "definitions": {"x": text()}}),
            json!({"$schema": seven, "$ref": "#/definitions/x", "maxLength": 3, "definitions": {"x": text()}}),
            &[],
        ),
        (
            "what stands beside a reference, later",
            json!({"$schema": twenty, "$ref": "#/$defs/x", "$defs": {"x": text()}}),
            json!({"$schema": twenty, "$ref": "#/$defs/x", "maxLength": 3, "$defs": {"x": text()}}),
            &["type-changed"],
        ),
    ]
}

#[test]
fn each_difference() {
    for (name, old, new, wanted) in cases() {
        let report = strict(&old, &new);
        let ids: Vec<&str> = found(&report).into_iter().map(|(id, ..)| id).collect();
        assert_eq!(ids, wanted, "{name}: {report:#?}");
        assert_eq!(report.verdict == Verdict::Compatible, wanted.is_empty(), "{name}");
    }
}

#[test]
fn where_it_is_and_what_proves_it() {
    let old = json!({"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": "string"}}}}, "additionalProperties": false});
    let new = json!({"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": "null"}}}}, "required": ["a"], "additionalProperties": false});
    let report = strict(&old, &new);
    let places = [
        ("required-attribute-added", "", "/required/0"),
        ("type-changed", "/properties/a/properties/b/type", "/properties/a/properties/b/type"),
    ];
    assert_eq!(found(&report), places);
    let changed = &report.findings[1];
    assert!(changed.witness.is_some(), "{changed:#?}");
    let said = "property `a.b` breaks new readers: the type, or the keyword that stands for it, \
                is another one (TYPE_CHANGED)";
    assert_eq!(changed.message, said);
    // What the registry refuses and no payload breaks on has no witness.
    let refused = strict(
        &json!({"type": "string", "pattern": "[ab]"}),
        &json!({"type": "string", "pattern": "[a-b]"}),
    );
    assert_eq!((refused.verdict, &refused.findings[0].witness), (Verdict::Incompatible, &None));
}

#[test]
fn recursion_hides_no_break() {
    let tree = |leaf: &str, keyword: &str| {
        json!({
            "definitions": {"node": {keyword: [
                {"type": "object", "properties": {"left": {"$ref": "#/definitions/node"}, "right": {"$ref": "#/definitions/node"}}, "additionalProperties": false},
                {"type": "array", "items": {"$ref": "#/definitions/node"}},
                {"type": leaf},
            ]}},
            "$ref": "#/definitions/node",
        })
    };
    for keyword in ["oneOf", "anyOf", "allOf"] {
        assert_eq!(
            strict(&tree("integer", keyword), &tree("number", keyword)).verdict,
            Verdict::Compatible,
            "{keyword}"
        );
        assert_eq!(
            strict(&tree("number", keyword), &tree("integer", keyword)).verdict,
            Verdict::Incompatible,
            "{keyword}"
        );
        assert_eq!(
            strict(&tree("integer", keyword), &tree("string", keyword)).verdict,
            Verdict::Incompatible,
            "{keyword}"
        );
    }
}

/// Alternatives go with each other as well as they can, not one after the other: here each of three
/// has to leave its first choice to another.
#[test]
fn alternatives_are_matched_as_a_whole() {
    let up_to = |max: u32| json!({"type": "string", "maxLength": max});
    let (old, new) = (
        json!({"oneOf": [up_to(3), up_to(2), up_to(1)]}),
        json!({"oneOf": [up_to(3), up_to(1), up_to(2)]}),
    );
    assert_eq!(strict(&old, &new).verdict, Verdict::Compatible);
    let fewer = json!({"oneOf": [up_to(3), up_to(1), {"type": "string", "maxLength": 1, "title": "not a repetition"}]});
    assert_eq!(
        found(&strict(&old, &fewer)),
        [("combined-type-subschemas-changed", "/oneOf", "/oneOf")]
    );
}

/// What cannot be known is not called compatible, unless it does not matter.
#[test]
fn what_is_not_in_the_document_is_open() {
    // The judge follows no references into other documents, and does not end on circles.
    let strictly = |old: &Value, new: &Value| check(old, new, Readers::New, Rules::ConfluentStrict);
    let to =
        |target: &str, beside: Value| json!({"properties": {"a": {"$ref": target}, "b": beside}});
    let (one, other) = ("https://example.com/1.json", "https://example.com/2.json");
    let any = json!({"type": "string"});
    assert_eq!(
        strictly(&to(one, any.clone()), &to(one, json!({"type": "string", "title": "b"}))).verdict,
        Verdict::Compatible
    );
    let report = strictly(&to(one, any.clone()), &to(other, any.clone()));
    assert_eq!((report.verdict, report.undecided.len()), (Verdict::Undecided, 1), "{report:#?}");
    assert_eq!(
        strictly(&to(one, any.clone()), &to(other, json!({"type": "null"}))).verdict,
        Verdict::Incompatible
    );
    assert_eq!(
        strictly(&to(one, any.clone()), &json!({"properties": {"a": {}, "b": any}})).verdict,
        Verdict::Compatible
    );
    let circle = |title: &str| json!({"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}, "title": title});
    assert_eq!(strictly(&circle("a"), &circle("b")).verdict, Verdict::Undecided);
    assert_eq!(strictly(&json!({"type": 5}), &json!({})).verdict, Verdict::Undecided);
}
