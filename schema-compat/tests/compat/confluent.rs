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

/// A name, the old schema, the new one, and what is found backward, each in a line of its own.
const DIFFERENCES: &str = include_str!("differences.txt");

#[test]
fn each_difference() {
    let cases: Vec<Vec<&str>> = DIFFERENCES
        .split("\n\n")
        .map(|case| case.lines().filter(|line| !line.starts_with('#')).collect())
        .collect();
    assert_eq!(cases.len(), 59);
    for case in cases {
        let [name, old, new, wanted] = case[..] else { panic!("{case:?} has not four lines") };
        let [old, new] = [old, new].map(|schema| serde_json::from_str(schema).unwrap());
        let report = strict(&old, &new);
        let ids: Vec<&str> = found(&report).into_iter().map(|(id, ..)| id).collect();
        let is_compatible = report.verdict == Verdict::Compatible;
        assert_eq!(is_compatible, ids.is_empty(), "{name}");
        let said = if is_compatible { "compatible".to_owned() } else { ids.join(" ") };
        assert_eq!(said, wanted, "{name}: {report:#?}");
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
    let said = "property `a.b` breaks new readers: the type, or the keyword in place of a type, \
                changed (TYPE_CHANGED)";
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
