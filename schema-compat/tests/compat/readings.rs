//! Schemas that name no dialect: "compatible" holds in the drafts that read them otherwise, or a
//! note says in which it does not.

use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Value, json};

fn backward(old: &Value, new: &Value) -> Report {
    check(old, new, Readers::New, Rules::Semantic)
}

fn named(schema: &Value, dialect: &str) -> Value {
    let mut named = schema.clone();
    named["$schema"] = dialect.into();
    named
}

const SEVEN: &str = "http://json-schema.org/draft-07/schema#";
const TWENTY: &str = "https://json-schema.org/draft/2020-12/schema";

/// Up to draft 07 nothing beside a `$ref` counts.
#[test]
fn keywords_beside_a_reference_have_to_be_compatible_both_ways() {
    let old = json!({
        "properties": {"n": {"$ref": "#/definitions/t", "type": "integer"}},
        "definitions": {"t": {"type": "string"}},
    });
    let new = json!({"properties": {"n": {"type": "string", "pattern": "a"}}});
    let report = backward(&old, &new);
    assert_eq!(
        (report.verdict, report.findings[0].rule.id),
        (Verdict::Incompatible, "pattern-narrowed")
    );
    assert_eq!(report.findings[0].witness, Some(json!({"n": ""})));
    assert!(
        report.findings[0].message.ends_with("name the dialect with `$schema`"),
        "{}",
        report.findings[0].message
    );
    assert_eq!(backward(&named(&old, SEVEN), &named(&new, SEVEN)).verdict, Verdict::Incompatible);
    assert_eq!(backward(&named(&old, TWENTY), &named(&new, TWENTY)).verdict, Verdict::Compatible);
    // A new base beside a `$ref` is another reading of it too.
    let old = json!({
        "properties": {"n": {
            "$id": "http://x/y",
            "$ref": "#/definitions/t",
            "definitions": {"t": {"type": "integer"}},
        }},
        "definitions": {"t": {"type": "string"}},
    });
    assert_eq!(
        backward(&old, &json!({"properties": {"n": {"type": "integer"}}})).verdict,
        Verdict::Incompatible
    );
    // What says nothing beside it is no other reading.
    let old =
        json!({"$ref": "#/definitions/t", "title": "a", "definitions": {"t": {"type": "string"}}});
    let report = backward(&old, &json!({"type": "string", "title": "a"}));
    assert_eq!((report.verdict, report.findings.len()), (Verdict::Compatible, 0));
}

#[test]
fn a_draft_that_does_not_know_a_keyword_is_a_remark() {
    for (old, new, reading) in [
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}]}),
            json!({"prefixItems": [{"type": ["integer", "null"]}], "minItems": 0, "items": true, "uniqueItems": false}),
            None,
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}]}),
            json!({"items": [{"type": "number"}]}),
            Some("draft 04 or draft 06 or draft 07 or 2019-09, without `prefixItems`"),
        ),
        (
            json!({"type": "array"}),
            json!({"type": "array", "contains": {"enum": [1]}, "minContains": 0}),
            Some("draft 06 or draft 07, without `minContains`"),
        ),
        (json!({"const": 1}), json!({"enum": [1, 2]}), Some("draft 04, without `const`")),
        (
            json!({"dependencies": {"a": ["b"]}}),
            json!({"anyOf": [{"required": ["b"]}, {"not": {"required": ["a"]}}, {"not": {"type": "object"}}]}),
            Some("2019-09 or 2020-12, without `dependencies`"),
        ),
    ] {
        let report = backward(&old, &new);
        assert_eq!(report.verdict, Verdict::Compatible, "{old} {new}");
        let said: Vec<&str> =
            report.findings.iter().map(|finding| finding.message.as_str()).collect();
        match reading {
            None => assert!(said.is_empty(), "{said:?}"),
            Some(reading) => {
                assert!(
                    said.iter().any(|said| said.contains(&format!("; read as {reading}, "))),
                    "{said:?}"
                );
                assert!(
                    report.findings.iter().all(|finding| finding.rule.id == "dialect-not-named"
                        && finding.reader.is_none())
                );
            }
        }
        // A named dialect leaves nothing to be said.
        assert!(
            backward(&named(&old, TWENTY), &named(&new, TWENTY))
                .findings
                .iter()
                .all(|finding| finding.reader.is_some())
        );
    }
}
