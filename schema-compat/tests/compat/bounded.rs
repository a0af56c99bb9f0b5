//! Every check ends, soon, whatever it is given.

use crate::{clock, judge};
use proptest::prelude::*;
use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// The target is a second; a build without optimisation, on a machine that is busy, is given more.
const LIMIT: Duration =
    if cfg!(debug_assertions) { Duration::from_secs(40) } else { Duration::from_secs(1) };

fn timed(old: &Value, new: &Value, readers: Readers) -> Report {
    timed_by(old, new, readers, Rules::Semantic)
}

fn timed_by(old: &Value, new: &Value, readers: Readers, rules: Rules) -> Report {
    let (report, took) = clock::timed(|| check(old, new, readers, rules));
    assert!(took < LIMIT, "{} took {took:?}", rules.as_str());
    judge::confirm(&report, old, new);
    report
}

const CONFLUENT: [Rules; 2] = [Rules::ConfluentStrict, Rules::ConfluentLenient];

/// Definitions, each of several branches that hold another definition.
fn circular(count: usize, branches: usize, keyword: &str, leaf: &Value) -> Value {
    let mut definitions = Map::new();
    for index in 0..count {
        let mut list: Vec<Value> = (1..=branches)
            .map(|step| {
                let next = (index + step) % count;
                json!({"type": "object", "properties": {format!("p{step}"): {"$ref": format!("#/$defs/d{next}")}}, "required": [format!("p{step}")]})
            })
            .collect();
        list.push(leaf.clone());
        definitions.insert(format!("d{index}"), json!({ keyword: list }));
    }
    json!({"$ref": "#/$defs/d0", "$defs": definitions})
}

#[test]
fn twelve_definitions_with_five_circular_branches() {
    for keyword in ["anyOf", "oneOf"] {
        let (narrow, wide) = (json!({"type": "integer"}), json!({"type": ["integer", "string"]}));
        let (old, new) = (circular(12, 5, keyword, &narrow), circular(12, 5, keyword, &wide));
        let report = timed(&old, &new, Readers::Old);
        assert_eq!(report.verdict, Verdict::Incompatible, "{keyword}");
        let report = timed(&old, &new, Readers::New);
        assert_ne!(
            report.verdict,
            if keyword == "anyOf" { Verdict::Incompatible } else { Verdict::Undecided },
            "{keyword}"
        );
        let mut titled = old.clone();
        titled["title"] = json!("the same");
        assert_eq!(timed(&old, &titled, Readers::Both).verdict, Verdict::Compatible, "{keyword}");
        for rules in CONFLUENT {
            // A list of types may grow, in an alternative as elsewhere.
            assert_eq!(
                timed_by(&old, &new, Readers::New, rules).verdict,
                Verdict::Compatible,
                "{keyword}"
            );
            assert_eq!(
                timed_by(&old, &new, Readers::Old, rules).verdict,
                Verdict::Incompatible,
                "{keyword}"
            );
            assert_eq!(
                timed_by(&old, &titled, Readers::Both, rules).verdict,
                Verdict::Compatible,
                "{keyword}"
            );
        }
    }
}

#[test]
fn circular_branches_in_place() {
    let definition = |index: usize| {
        let list: Vec<Value> = (1..=5)
            .map(|step| json!({"$ref": format!("#/$defs/d{}", (index + step) % 12)}))
            .collect();
        (format!("d{index}"), json!({"anyOf": list}))
    };
    let definitions: Map<_, _> = (0..12).map(definition).collect();
    let schema =
        |kind: &str| json!({"$ref": "#/$defs/d0", "type": kind, "$defs": definitions.clone()});
    let (report, took) = clock::timed(|| {
        check(&schema("string"), &schema("integer"), Readers::Both, Rules::Semantic)
    });
    assert!(took < LIMIT, "took {took:?}");
    // What refers to itself in place means nothing; any verdict but a proof of a break would do.
    assert_ne!(report.verdict, Verdict::Incompatible);
    for rules in CONFLUENT {
        let (report, took) =
            clock::timed(|| check(&schema("string"), &schema("integer"), Readers::Both, rules));
        assert!(took < LIMIT, "{} took {took:?}", rules.as_str());
        // Without `$schema` it is draft 07, where nothing beside a `$ref` counts: the two are the
        // same circle.
        assert_eq!(report.verdict, Verdict::Compatible);
    }
}

#[test]
fn alternatives_of_alternatives() {
    // n levels of two alternatives of the same: 2^n ways to a leaf.
    let nested = |keyword: &str, leaf: Value| {
        (0..5).fold(leaf, |inner, level| {
            let with = |name: &str| json!({"type": "object", "properties": {name: inner}, "required": [name]});
            let flat = json!({"type": "object", "properties": {"level": {"const": level}}, "required": ["level"]});
            json!({keyword: [with("a"), with("b"), flat]})
        })
    };
    let (narrow, wide) = (json!({"type": "integer"}), json!({"type": "number"}));
    let (old, new) = (nested("anyOf", narrow.clone()), nested("anyOf", wide.clone()));
    assert_eq!(timed(&old, &new, Readers::New).verdict, Verdict::Compatible);
    assert_eq!(timed(&new, &old, Readers::New).verdict, Verdict::Incompatible);
    // What fits two alternatives fits no `oneOf`, so that a wider leaf refuses more.
    let (old, new) = (nested("oneOf", narrow), nested("oneOf", wide));
    assert_eq!(timed(&old, &new, Readers::New).verdict, Verdict::Incompatible);
    assert_eq!(timed(&new, &old, Readers::New).verdict, Verdict::Incompatible);
    // The registry goes by structure: wider alternatives are compatible, and those of each level
    // are all alike.
    for keyword in ["anyOf", "oneOf", "allOf"] {
        let (old, new) = (
            nested(keyword, json!({"type": "integer"})),
            nested(keyword, json!({"type": "number"})),
        );
        for rules in CONFLUENT {
            assert_eq!(
                timed_by(&old, &new, Readers::New, rules).verdict,
                Verdict::Compatible,
                "{keyword}"
            );
            assert_eq!(
                timed_by(&new, &old, Readers::New, rules).verdict,
                Verdict::Incompatible,
                "{keyword}"
            );
        }
    }
}

/// Every alternative of the one side may go with every one of the other, and each pair is a
/// question about many more.
#[test]
fn many_alternatives_that_are_all_alike() {
    let variant = |index: usize, of: usize| {
        let nested: Vec<Value> = (0..of)
            .map(|leaf| json!({"type": "string", "maxLength": (index * 7 + leaf * 3) % 50}))
            .collect();
        json!({"type": "object", "properties": {"kind": {"anyOf": nested}}})
    };
    for count in [10, 20, 150] {
        let all = |shift: usize| -> Value {
            (0..count).map(|index| variant((index * 31 + shift) % count, 6)).collect()
        };
        let (old, new) = (json!({"oneOf": all(0)}), json!({"oneOf": all(7)}));
        for rules in CONFLUENT {
            let report = timed_by(&old, &new, Readers::New, rules);
            // The same alternatives in another order: compatible, unless there are too many to
            // match.
            assert_ne!(report.verdict, Verdict::Incompatible);
            assert!(
                count > 20 || report.verdict == Verdict::Compatible,
                "{count}: {:?}",
                report.undecided
            );
        }
    }
}

#[test]
fn a_one_of_against_every_combination() {
    // Every assignment of 20 flags that misses a clause of two: what a solver of formulas has to
    // search.
    let flag = |index: usize, value: bool| json!({"properties": {format!("f{index}"): {"const": value}}, "required": [format!("f{index}")]});
    let clauses: Vec<Value> =
        (0..20).map(|index| json!({"oneOf": [flag(index, true), flag((index * 7 + 3) % 20, false), flag((index * 11 + 5) % 20, true)]})).collect();
    let (old, new) = (json!({"allOf": clauses}), json!({"not": {"allOf": clauses}}));
    for rules in Rules::ALL {
        assert_ne!(timed_by(&old, &new, Readers::Both, rules).verdict, Verdict::Compatible);
    }
}

#[test]
fn tagged_alternatives_are_told_apart_by_their_tag() {
    let variant = |index: usize, amount: &str| {
        json!({
            "type": "object",
            "properties": {
                "type": {"const": format!("v{index}")},
                "amount": {"type": amount},
                "note": {"type": ["string", "null"]},
                "at": {"type": "string", "format": "date-time"},
            },
            "required": ["type", "amount", "at"],
            "additionalProperties": false,
        })
    };
    let of = |count: usize, odd: Option<usize>| {
        let variants: Vec<Value> = (0..count)
            .map(|index| variant(index, if odd == Some(index) { "number" } else { "integer" }))
            .collect();
        json!({"oneOf": variants})
    };
    let report = timed(&of(30, None), &of(30, Some(17)), Readers::Both);
    assert_eq!(report.findings.len(), 1, "{:#?}", report.findings);
    assert_eq!(report.findings[0].rule.id, "type-widened");
    assert_eq!(report.findings[0].old, "/oneOf/17/properties/amount/type");
    assert_eq!(report.findings[0].new, "/oneOf/17/properties/amount/type");
    assert_eq!(timed(&of(29, None), &of(30, None), Readers::New).verdict, Verdict::Compatible);
    let removed = timed(&of(30, None), &of(29, None), Readers::New);
    assert_eq!(removed.findings[0].rule.id, "alternative-removed");
}

#[test]
fn a_large_document_with_one_change() {
    let definition = |index: usize, limit: u32| {
        let mut properties: Map<String, Value> = (0..10)
            .map(|field| {
                (format!("f{field}"), json!({"type": ["string", "null"], "maxLength": 64}))
            })
            .collect();
        for step in [1, 7, 31] {
            properties.insert(
                format!("r{step}"),
                json!({"$ref": format!("#/$defs/d{}", (index + step) % 300)}),
            );
        }
        properties
            .insert("count".to_owned(), json!({"type": "integer", "minimum": 0, "maximum": limit}));
        json!({"type": "object", "properties": properties, "required": ["f0", "count"], "additionalProperties": false})
    };
    let document = |odd: usize| {
        let definitions: Map<String, Value> = (0..300)
            .map(|index| {
                (format!("d{index}"), definition(index, if index == odd { 9 } else { 10 }))
            })
            .collect();
        json!({"$ref": "#/$defs/d0", "$defs": definitions})
    };
    let report = timed(&document(300), &document(38), Readers::Both);
    assert_eq!(report.findings.len(), 1, "{:#?}", report.findings);
    assert_eq!(
        (report.findings[0].rule.id, report.findings[0].new.as_str()),
        ("maximum-lowered", "/$defs/d38/properties/count/maximum")
    );
    for rules in CONFLUENT {
        let report = timed_by(&document(300), &document(38), Readers::Both, rules);
        assert_eq!(report.findings.len(), 1, "{:#?}", report.findings);
        assert_eq!(
            (report.findings[0].rule.id, report.findings[0].new.as_str()),
            ("confluent-maximum-decreased", "/$defs/d38/properties/count/maximum")
        );
    }
}

#[test]
fn long_texts_and_large_counts() {
    for (old, new) in [
        (
            json!({"type": "string", "maxLength": 10_000}),
            json!({"type": "string", "maxLength": 5_000}),
        ),
        (
            json!({"type": "string", "minLength": 1_000_000_000}),
            json!({"type": "string", "minLength": 2_000_000_000}),
        ),
        (json!({"type": "array", "minItems": 1_000_000_000}), json!(false)),
        (json!({"type": "object", "minProperties": 1_000_000_000}), json!(false)),
        (json!({"pattern": "^(a{1,900}){1,900}$"}), json!({"pattern": "^a{1,900}$"})),
        (json!({"multipleOf": 1e-300}), json!({"multipleOf": 1e300})),
        (json!({"const": "x".repeat(100_000)}), json!({"not": {"const": "x".repeat(100_000)}})),
    ] {
        for rules in Rules::ALL {
            timed_by(&old, &new, Readers::Both, rules);
        }
    }
}

#[test]
fn deep_documents_are_refused_not_run_into() {
    let deep = (0..5_000).fold(json!({"type": "string"}), |inner, _| {
        Value::Object(Map::from_iter([("items".to_owned(), inner)]))
    });
    for rules in Rules::ALL {
        let report = check(&deep, &json!(true), Readers::Both, rules);
        assert_eq!(report.verdict, Verdict::Undecided);
        assert!(
            report.undecided[0].contains("is more than 96 levels deep"),
            "{:?}",
            report.undecided
        );
    }
    // Dropping what is nested so deep would itself run out of stack.
    std::mem::forget(deep);
}

/// Any JSON, with keywords more often than not.
fn any_json() -> impl Strategy<Value = Value> {
    let keyword = prop::sample::select(vec![
        "type",
        "properties",
        "items",
        "required",
        "$ref",
        "$id",
        "id",
        "$anchor",
        "$schema",
        "enum",
        "const",
        "allOf",
        "oneOf",
        "not",
        "if",
        "then",
        "pattern",
        "patternProperties",
        "format",
        "minimum",
        "multipleOf",
        "maxLength",
        "contains",
        "minContains",
        "additionalItems",
        "prefixItems",
        "dependencies",
        "unevaluatedProperties",
        "unevaluatedItems",
        "$defs",
        "definitions",
        "$dynamicRef",
        "$recursiveRef",
        "exclusiveMinimum",
    ]);
    let text = prop_oneof![
        Just("#".to_owned()),
        Just("#/$defs/type".to_owned()),
        Just("object".to_owned()),
        Just("http://json-schema.org/draft-07/schema#".to_owned()),
        Just("^(a|b)*$".to_owned()),
        ".{0,6}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            4 => prop::collection::vec((prop_oneof![4 => keyword.clone().prop_map(str::to_owned), 1 => ".{0,4}"], inner), 0..5)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 700, ..ProptestConfig::default() })]

    #[test]
    fn any_two_documents_come_to_an_end(old in any_json(), new in any_json()) {
        for rules in Rules::ALL {
            for readers in Readers::ALL {
                let (report, took) = clock::timed(|| check(&old, &new, readers, rules));
                prop_assert!(took < LIMIT);
                let breaks = report.findings.iter().any(|finding| finding.reader.is_some());
                prop_assert_eq!(report.verdict == Verdict::Incompatible, breaks);
                prop_assert_eq!(report.verdict == Verdict::Undecided, !breaks && !report.undecided.is_empty());
                prop_assert!(readers != Readers::Neither || report == Report::default());
            }
        }
    }

    #[test]
    fn any_document_and_itself(same in any_json()) {
        for rules in Rules::ALL {
            let report = check(&same, &same, Readers::Both, rules);
            // Not a schema, or compatible.
            prop_assert_ne!(report.verdict, Verdict::Incompatible);
        }
    }
}
