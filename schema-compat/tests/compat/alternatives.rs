//! Alternatives over a shared type: whatever tells them apart, they are told apart without trying
//! every way to combine them.

use crate::{clock, judge};
use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Value, json};
use std::time::Duration;

const LIMIT: Duration =
    if cfg!(debug_assertions) { Duration::from_secs(40) } else { Duration::from_secs(1) };
const VARIANTS: usize = if cfg!(debug_assertions) { 30 } else { 100 };

/// How alternatives are told apart.
#[derive(Clone, Copy, Debug)]
enum Rendering {
    Key,
    Internal,
    Adjacent,
    Untagged,
}

fn alternative(rendering: Rendering, index: usize, is_closed: bool) -> Value {
    let shared = json!({"$ref": "#/$defs/weight"});
    let mut schema = match rendering {
        Rendering::Key => {
            json!({"properties": {format!("v{index}"): shared}, "required": [format!("v{index}")]})
        }
        Rendering::Internal => json!({
            "properties": {"kind": {"const": format!("v{index}")}, "weight": shared},
            "required": ["kind"],
        }),
        Rendering::Adjacent => json!({
            "properties": {"kind": {"const": format!("v{index}")}, "content": shared},
            "required": ["kind", "content"],
        }),
        Rendering::Untagged => json!({
            "properties": {format!("id{index}"): {"type": "string"}, "weight": shared},
            "required": [format!("id{index}"), "weight"],
        }),
    };
    schema["type"] = "object".into();
    if is_closed {
        schema["additionalProperties"] = false.into();
    }
    schema
}

fn schema(rendering: Rendering, keyword: &str, is_closed: bool, grams: &Value) -> Value {
    let alternatives: Vec<Value> =
        (0..VARIANTS).map(|index| alternative(rendering, index, is_closed)).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        keyword: alternatives,
        "$defs": {"weight": {"type": "object", "properties": {"grams": grams}, "required": ["grams"]}},
    })
}

fn timed(old: &Value, new: &Value) -> Report {
    let (report, took) = clock::timed(|| check(old, new, Readers::New, Rules::Semantic));
    assert!(took < LIMIT, "took {took:?}");
    judge::confirm(&report, old, new);
    report
}

#[test]
fn over_a_type_that_takes_more_they_are_compatible() {
    let (narrow, wide) = (json!({"type": "integer"}), json!({"type": ["integer", "string"]}));
    for rendering in [Rendering::Key, Rendering::Internal, Rendering::Adjacent, Rendering::Untagged]
    {
        for (keyword, is_closed) in [("anyOf", true), ("anyOf", false), ("oneOf", true)] {
            let (old, new) = (
                schema(rendering, keyword, is_closed, &narrow),
                schema(rendering, keyword, is_closed, &wide),
            );
            assert_eq!(
                timed(&old, &new).verdict,
                Verdict::Compatible,
                "{rendering:?} {keyword} {is_closed}"
            );
        }
    }
}

#[test]
fn over_a_type_that_takes_less_the_break_is_found_once_at_that_type() {
    let (narrow, wide) = (json!({"type": "integer"}), json!({"type": ["integer", "string"]}));
    for rendering in [Rendering::Key, Rendering::Internal, Rendering::Adjacent, Rendering::Untagged]
    {
        for keyword in ["anyOf", "oneOf"] {
            let report = timed(
                &schema(rendering, keyword, true, &wide),
                &schema(rendering, keyword, true, &narrow),
            );
            let places: Vec<_> = report
                .findings
                .iter()
                .map(|finding| (finding.rule.id, finding.new.as_str()))
                .collect();
            let expected = [("type-narrowed", "/$defs/weight/properties/grams/type")];
            assert_eq!(places, expected, "{rendering:?} {keyword}: {report:#?}");
        }
    }
}

/// Open alternatives told apart by a key may both be there: whoever asks for exactly one then
/// refuses what fits two.
#[test]
fn open_alternatives_of_which_one_is_asked_for_may_both_fit() {
    let (narrow, wide) = (json!({"type": "integer"}), json!({"type": ["integer", "string"]}));
    let report = timed(
        &schema(Rendering::Key, "oneOf", false, &narrow),
        &schema(Rendering::Key, "oneOf", false, &wide),
    );
    assert_eq!(
        (report.verdict, report.findings[0].rule.id),
        (Verdict::Incompatible, "alternative-removed")
    );
}
