//! What is said far down counts as what is said at the top: a break there is found, or the answer
//! is "undecided". Never is it "compatible".

use crate::{clock, judge};
use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Map, Value, json};
use std::time::Duration;

const LIMIT: Duration =
    if cfg!(debug_assertions) { Duration::from_secs(40) } else { Duration::from_secs(1) };

fn backward(old: &Value, new: &Value) -> Report {
    let (report, took) = clock::timed(|| check(old, new, Readers::New, Rules::Semantic));
    assert!(took < LIMIT, "took {took:?}");
    report
}

/// Definitions of which each leads to the next, and the last one is of a type.
fn chain(links: usize, link: fn(Value) -> Value, leaf: &str) -> Value {
    let mut definitions: Map<String, Value> = (0..links)
        .map(|at| (format!("d{at}"), link(json!({"$ref": format!("#/$defs/d{}", at + 1)}))))
        .collect();
    definitions.insert(format!("d{links}"), json!({"type": leaf}));
    json!({"$ref": "#/$defs/d0", "$defs": definitions})
}

const LINKS: [fn(Value) -> Value; 9] = [
    |next| next,
    |next| json!({"allOf": [next]}),
    |next| json!({"anyOf": [next, {"type": "boolean"}]}),
    |next| json!({"oneOf": [next, false]}),
    |next| json!({"if": true, "then": next}),
    |next| json!({"not": next}),
    |next| json!({"type": "object", "properties": {"n": next}, "required": ["n"]}),
    |next| json!({"type": "array", "items": next, "minItems": 1}),
    |next| json!({"type": "array", "contains": next}),
];

#[test]
fn a_break_seventy_links_down_is_found() {
    for link in LINKS {
        for links in [50, 68, 70] {
            let (old, new) = (chain(links, link, "string"), chain(links, link, "integer"));
            let report = backward(&old, &new);
            assert_eq!(report.verdict, Verdict::Incompatible, "{:?}", report.undecided);
            judge::confirm(&report, &old, &new);
        }
    }
}

#[test]
fn a_break_further_down_is_never_called_compatible() {
    for link in LINKS {
        for links in [300, 1_000] {
            let report = backward(&chain(links, link, "string"), &chain(links, link, "integer"));
            assert_ne!(report.verdict, Verdict::Compatible);
        }
    }
    // References alone are followed as far as they go, on one side too.
    let report = backward(&json!({"type": "string"}), &chain(5_000, LINKS[0], "integer"));
    assert_eq!(report.verdict, Verdict::Incompatible);
}

/// Two ways to the next definition, whose payloads double at every level.
#[test]
fn payloads_that_double_at_every_level_are_not_made() {
    let of = |leaf: &str| {
        let mut definitions: Map<String, Value> = (0..40)
            .map(|at| {
                let next = json!({"$ref": format!("#/$defs/d{}", at + 1)});
                let ways = json!([{"properties": {"a": next}}, {"properties": {"b": next}}]);
                (format!("d{at}"), json!({"anyOf": ways}))
            })
            .collect();
        definitions.insert("d40".to_owned(), json!({"type": leaf}));
        json!({"$ref": "#/$defs/d0", "$defs": definitions})
    };
    assert_ne!(backward(&of("string"), &of("integer")).verdict, Verdict::Compatible);
    assert_ne!(backward(&json!({"type": "object"}), &of("integer")).verdict, Verdict::Compatible);
}

#[test]
fn patterns_of_many_parts_come_to_an_end() {
    for pattern in [
        format!("^{}$", "a*".repeat(900)),
        format!("^{}$", "(a|b)*".repeat(450)),
        format!("^{}$", "(a|b|ab)*".repeat(300)),
    ] {
        let report = backward(&json!({"pattern": pattern}), &json!({"pattern": "^[ab]*$"}));
        assert_ne!(report.verdict, Verdict::Incompatible);
    }
}

/// Maps of alternatives within maps of alternatives: at every level much is wanted under names that
/// nobody knows.
#[test]
fn what_is_wanted_at_many_levels_does_not_run_out_of_stack() {
    let definitions = |leaf: &str| {
        let mut definitions: Map<String, Value> = (0..10)
            .map(|at| {
                let next = json!({"$ref": format!("#/$defs/d{}", at + 1)});
                let ways: Vec<Value> = (0..24)
                    .map(|way| json!({"type": "object", "additionalProperties": {"properties": {"t": {"const": way}, "n": next}, "required": ["t", "n"]}, "minProperties": 1}))
                    .collect();
                (format!("d{at}"), json!({"anyOf": ways}))
            })
            .collect();
        definitions.insert("d10".to_owned(), json!({"type": leaf}));
        json!({"$ref": "#/$defs/d0", "$defs": definitions})
    };
    assert_ne!(
        backward(&definitions("string"), &definitions("integer")).verdict,
        Verdict::Compatible
    );
    let (few, many) = (
        json!({"type": "array", "contains": {"type": "integer"}, "minContains": 300}),
        json!({"type": "array", "contains": {"type": "integer"}, "minContains": 301}),
    );
    assert_ne!(backward(&few, &many).verdict, Verdict::Compatible);
}
