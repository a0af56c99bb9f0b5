//! Cases that users of schema registries ask about, and what their tools are known to miss. The
//! answer is what the schemas mean.

use crate::judge;
use schema_compat::{Contracts, Reader, Readers, Report, Rules, Verdict, check, check_contracts};
use serde_json::{Value, json};

fn judged(old: &Value, new: &Value, readers: Readers) -> Report {
    let report = check(old, new, readers, Rules::Semantic);
    judge::confirm(&report, old, new);
    report
}

fn open(properties: &Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

fn closed(properties: &Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// confluentinc/schema-registry #1458, #1490, #1529, #1617, #1778, #2121, #2671 and Apicurio #2573:
/// adding an optional field is rejected. In an open model it has to be: what was written there
/// before may be of any type. Between what is written (closed) and what is read (open) it is
/// compatible both ways.
#[test]
fn confluent_1458_an_optional_field_is_added() {
    let (id, more) = (
        json!({"id": {"type": "string"}}),
        json!({"id": {"type": "string"}, "note": {"type": "string"}}),
    );
    let (open_old, open_new) = (open(&id, &["id"]), open(&more, &["id"]));
    let report = judged(&open_old, &open_new, Readers::New);
    assert_eq!(
        (report.verdict, report.findings[0].new.as_str()),
        (Verdict::Incompatible, "/properties/note/type")
    );
    assert_eq!(judged(&open_old, &open_new, Readers::Old).verdict, Verdict::Compatible);
    let (closed_old, closed_new) = (closed(&id, &["id"]), closed(&more, &["id"]));
    assert_eq!(judged(&closed_old, &closed_new, Readers::New).verdict, Verdict::Compatible);
    assert_eq!(judged(&closed_old, &closed_new, Readers::Old).verdict, Verdict::Incompatible);
    let (old, new) = (
        Contracts { write: &closed_old, read: &open_old },
        Contracts { write: &closed_new, read: &open_new },
    );
    assert_eq!(
        check_contracts(old, new, Readers::Both, Rules::Semantic).verdict,
        Verdict::Compatible
    );
}

/// The same further in: the rule has to hold at every depth.
#[test]
fn an_optional_field_is_added_further_in() {
    let order = |properties: &Value, is_closed: bool| {
        let inner = if is_closed { closed(properties, &["id"]) } else { open(properties, &["id"]) };
        let outer = json!({"order": inner, "lines": {"type": "array", "items": inner}});
        if is_closed { closed(&outer, &["order"]) } else { open(&outer, &["order"]) }
    };
    let (id, more) = (
        json!({"id": {"type": "string"}}),
        json!({"id": {"type": "string"}, "note": {"type": "string"}}),
    );
    let contracts =
        [&id, &more].map(|properties| (order(properties, true), order(properties, false)));
    let [old, new] = [0, 1]
        .map(|index: usize| Contracts { write: &contracts[index].0, read: &contracts[index].1 });
    assert_eq!(
        check_contracts(old, new, Readers::Both, Rules::Semantic).verdict,
        Verdict::Compatible
    );
    let report = judged(&contracts[0].1, &contracts[1].1, Readers::New);
    let places: Vec<&str> = report.findings.iter().map(|finding| finding.new.as_str()).collect();
    assert_eq!(
        places,
        ["/properties/lines/items/properties/note/type", "/properties/order/properties/note/type"]
    );
    // The registry says so of both, or under the lenient policy of neither.
    let strict = check(&contracts[0].1, &contracts[1].1, Readers::New, Rules::ConfluentStrict);
    let places: Vec<&str> = strict.findings.iter().map(|finding| finding.new.as_str()).collect();
    assert_eq!(
        places,
        ["/properties/lines/items/properties/note", "/properties/order/properties/note"]
    );
    let lenient = check(&contracts[0].1, &contracts[1].1, Readers::New, Rules::ConfluentLenient);
    assert_eq!(lenient.verdict, Verdict::Compatible);
}

/// The same threads, by the registry's own rules: open models are refused what closed ones are
/// granted, and the other way round for what is removed.
#[test]
fn confluent_1458_by_the_registrys_rules() {
    let (id, more) = (
        json!({"id": {"type": "string"}}),
        json!({"id": {"type": "string"}, "note": {"type": "string"}}),
    );
    let says = |old: &Value, new: &Value, readers, rules| {
        check(old, new, readers, rules).verdict == Verdict::Compatible
    };
    for (schema, backward, forward) in
        [(open as fn(&Value, &[&str]) -> Value, false, true), (closed, true, false)]
    {
        let (old, new) = (schema(&id, &["id"]), schema(&more, &["id"]));
        assert_eq!(says(&old, &new, Readers::New, Rules::ConfluentStrict), backward);
        assert_eq!(says(&old, &new, Readers::Old, Rules::ConfluentStrict), forward);
        assert!(!says(&old, &new, Readers::Both, Rules::ConfluentStrict));
        assert!(says(&old, &new, Readers::Both, Rules::ConfluentLenient));
    }
}

/// confluentinc/schema-registry #2927: a refusal says who breaks, where in both schemas, on what,
/// and what to do instead.
#[test]
fn confluent_2927_a_refusal_can_be_understood() {
    let (old, new) = (
        closed(&json!({"id": {"type": "string"}, "at": {"type": "string"}}), &["id"]),
        closed(&json!({"id": {"type": "string"}}), &["id"]),
    );
    let report = judged(&old, &new, Readers::Both);
    let [finding] = report.findings.as_slice() else { panic!("{report:#?}") };
    assert_eq!(finding.reader, Some(Reader::New));
    assert_eq!(
        (finding.old.as_str(), finding.new.as_str()),
        ("/properties/at", "/additionalProperties")
    );
    assert_eq!(finding.witness, Some(json!({"id": "", "at": ""})));
    assert_eq!(
        finding.message,
        "property `at` breaks new readers: the new schema is closed and refuses a property that \
         old writers wrote"
    );
    assert!(finding.rule.remedy.contains("ignore unknown properties"));
}

/// asyncapi/diff #127, #150 and asyncapi/cli#550: every edit of a payload is "breaking" or
/// "unclassified" there. Here an edit is what it does.
#[test]
fn asyncapi_127_an_edit_of_a_payload_is_classified() {
    let old = open(
        &json!({"id": {"type": "string"}, "size": {"type": "integer", "minimum": 0}}),
        &["id"],
    );
    let edit = |path: &str, value: Value| {
        let mut new = old.clone();
        *new.pointer_mut(path).unwrap() = value;
        new
    };
    let described =
        edit("/properties/id", json!({"type": "string", "description": "Of the order."}));
    assert_eq!(judged(&old, &described, Readers::Both).verdict, Verdict::Compatible);
    let wider = edit("/properties/size/type", json!("number"));
    let sides = [Readers::New, Readers::Old].map(|readers| judged(&old, &wider, readers).verdict);
    assert_eq!(sides, [Verdict::Compatible, Verdict::Incompatible]);
    let narrower = edit("/properties/size/minimum", json!(1));
    let sides =
        [Readers::New, Readers::Old].map(|readers| judged(&old, &narrower, readers).verdict);
    assert_eq!(sides, [Verdict::Incompatible, Verdict::Compatible]);
}

/// An enum grows: new readers read the old values, old readers do not know the new one. The
/// registry sees it in the same way, where no `type` stands beside it.
#[test]
fn an_enum_grows() {
    let (old, new) = (json!({"enum": ["card", "cash"]}), json!({"enum": ["card", "cash", "coin"]}));
    for rules in Rules::ALL {
        assert_eq!(check(&old, &new, Readers::New, rules).verdict, Verdict::Compatible);
        let report = check(&old, &new, Readers::Old, rules);
        assert_eq!(
            (report.verdict, report.findings[0].witness.clone()),
            (Verdict::Incompatible, Some(json!("coin")))
        );
    }
}

/// A default makes an added required field no more readable: validators do not fill defaults in.
#[test]
fn a_required_field_with_a_default_is_added() {
    let old = closed(&json!({"id": {"type": "string"}}), &["id"]);
    let new = closed(
        &json!({"id": {"type": "string"}, "note": {"type": "string", "default": ""}}),
        &["id", "note"],
    );
    let report = judged(&old, &new, Readers::New);
    assert_eq!(
        (report.verdict, report.findings[0].rule.id),
        (Verdict::Incompatible, "property-made-required")
    );
    // The registry takes it for filled in.
    assert_eq!(
        check(&old, &new, Readers::New, Rules::ConfluentStrict).verdict,
        Verdict::Compatible
    );
}

/// Closing an open model.
#[test]
fn an_open_model_is_closed() {
    let properties = json!({"id": {"type": "string"}});
    let (old, new) = (open(&properties, &["id"]), closed(&properties, &["id"]));
    assert_eq!(judged(&old, &new, Readers::New).verdict, Verdict::Incompatible);
    assert_eq!(judged(&old, &new, Readers::Old).verdict, Verdict::Compatible);
}

/// The order of alternatives says nothing.
#[test]
fn alternatives_are_reordered() {
    let (text, number) = (json!({"type": "string", "minLength": 1}), json!({"type": "integer"}));
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let (old, new) = (json!({keyword: [text, number]}), json!({keyword: [number, text]}));
        assert_eq!(judged(&old, &new, Readers::Both).verdict, Verdict::Compatible, "{keyword}");
        assert_eq!(
            check(&old, &new, Readers::Both, Rules::ConfluentStrict).verdict,
            Verdict::Compatible,
            "{keyword}"
        );
    }
}

/// The round trip that registries accept, as they compare no formats: u32 to u64 and back.
#[test]
fn schemars_integers_grow_and_shrink() {
    let of = |format: &str| json!({"type": "integer", "format": format, "minimum": 0});
    assert_eq!(judged(&of("uint32"), &of("uint64"), Readers::New).verdict, Verdict::Compatible);
    let back = judged(&of("uint64"), &of("uint32"), Readers::New);
    assert_eq!(
        (back.verdict, back.findings[0].rule.id),
        (Verdict::Incompatible, "number-format-narrowed")
    );
    assert_eq!(back.findings[0].witness, Some(json!(4_294_967_296_u64)));
}

/// Karapace reads over `enum` where `type` stands beside it, which is how schemars writes every
/// unit enum.
#[test]
fn karapace_a_variant_is_removed_from_a_typed_enum() {
    let of = |values: &[&str]| json!({"type": "string", "enum": values});
    let report = judged(&of(&["card", "cash"]), &of(&["card"]), Readers::New);
    assert_eq!(
        (report.verdict, report.findings[0].witness.clone()),
        (Verdict::Incompatible, Some(json!("cash")))
    );
    assert_eq!(
        judged(&of(&["card"]), &of(&["card", "cash"]), Readers::New).verdict,
        Verdict::Compatible
    );
    assert_eq!(
        judged(&of(&["card"]), &of(&["card", "cash"]), Readers::Old).verdict,
        Verdict::Incompatible
    );
}

/// Karapace calls every type but objects incompatible with a reader of everything.
#[test]
fn karapace_a_reader_of_everything() {
    for old in [json!({"type": "string"}), json!({"type": "array"}), json!(false), json!(true)] {
        assert_eq!(judged(&old, &json!(true), Readers::New).verdict, Verdict::Compatible, "{old}");
        assert_eq!(judged(&old, &json!({}), Readers::New).verdict, Verdict::Compatible, "{old}");
    }
}

/// schemars writes an enum in another form as soon as one variant has a doc comment.
#[test]
fn schemars_a_doc_comment_is_no_change() {
    let old = json!({"type": "string", "enum": ["card", "cash"]});
    let new = json!({"oneOf": [{"type": "string", "enum": ["card"]}, {"type": "string", "const": "cash", "description": "Notes."}]});
    assert_eq!(judged(&old, &new, Readers::Both).verdict, Verdict::Compatible);
}

/// `Option` of a named type, in the two forms in which generators write it.
#[test]
fn schemars_null_by_type_or_by_alternative() {
    let old = json!({"type": ["string", "null"]});
    let new = json!({"anyOf": [{"$ref": "#/definitions/Id"}, {"type": "null"}], "definitions": {"Id": {"type": "string"}}});
    assert_eq!(judged(&old, &new, Readers::Both).verdict, Verdict::Compatible);
}

/// A break that recursion must not hide (`testRecursiveOneOfMemoizationDoesNotMaskIncompatibility`
/// of the Confluent registry).
#[test]
fn confluent_recursion_does_not_mask_a_break() {
    let tree = |leaf: &str| {
        json!({
            "$defs": {"node": {"oneOf": [
                {"type": leaf},
                {"type": "object", "properties": {"left": {"$ref": "#/$defs/node"}, "right": {"$ref": "#/$defs/node"}},
                 "required": ["left", "right"], "additionalProperties": false},
            ]}},
            "$ref": "#/$defs/node",
        })
    };
    assert_eq!(
        judged(&tree("integer"), &tree("number"), Readers::New).verdict,
        Verdict::Compatible
    );
    let report = judged(&tree("number"), &tree("integer"), Readers::New);
    assert_eq!(report.verdict, Verdict::Incompatible);
    assert_eq!(
        judged(&tree("integer"), &tree("string"), Readers::Both).verdict,
        Verdict::Incompatible
    );
}

/// The same schema in every draft: tuples, definitions, bounds and dependencies are written
/// otherwise.
#[test]
fn the_same_in_every_draft() {
    let four = json!({
        "$schema": "http://json-schema.org/draft-04/schema#", "id": "http://example.com/four",
        "definitions": {"n": {"type": "number", "minimum": 0, "exclusiveMinimum": true}},
        "type": "object",
        "properties": {"t": {"type": "array", "items": [{"$ref": "#/definitions/n"}], "additionalItems": false}, "k": {"enum": ["x"]}},
        "dependencies": {"t": ["k"]},
    });
    let seven = json!({
        "$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://example.com/seven",
        "definitions": {"n": {"$id": "#positive", "type": "number", "exclusiveMinimum": 0}},
        "type": "object",
        "properties": {"t": {"type": "array", "items": [{"$ref": "#positive", "type": "string"}], "additionalItems": false}, "k": {"const": "x"}},
        "dependencies": {"t": ["k"]},
    });
    let nineteen = json!({
        "$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "http://example.com/dir/nineteen",
        "$defs": {"n": {"$anchor": "positive", "type": "number", "exclusiveMinimum": 0}},
        "type": "object",
        "properties": {"t": {"type": "array", "items": [{"$ref": "nineteen#positive"}], "additionalItems": false}, "k": {"const": "x"}},
        "dependentRequired": {"t": ["k"]},
    });
    let twenty = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "http://example.com/dir/twenty",
        "$defs": {"n": {"$id": "/n", "type": "number", "exclusiveMinimum": 0}},
        "type": "object",
        "properties": {"t": {"type": "array", "prefixItems": [{"$ref": "/n"}], "items": false}, "k": {"const": "x"}},
        "dependentRequired": {"t": ["k"]},
    });
    let drafts = [four, seven, nineteen, twenty];
    for old in &drafts {
        for new in &drafts {
            let report = judged(old, new, Readers::Both);
            assert_eq!(
                report.verdict,
                Verdict::Compatible,
                "{report:#?}\n{}\n{}",
                old["$schema"],
                new["$schema"]
            );
        }
    }
}

/// `unevaluatedProperties` sees through `allOf`, and through the alternative that holds.
#[test]
fn a_closed_model_that_is_put_together() {
    let flat = closed(&json!({"id": {"type": "string"}, "at": {"type": "string"}}), &["id"]);
    let joined = json!({
        "allOf": [{"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}],
        "properties": {"at": {"type": "string"}},
        "unevaluatedProperties": false,
    });
    assert_eq!(judged(&flat, &joined, Readers::Both).verdict, Verdict::Compatible);
    let tagged = |unevaluated: bool| {
        json!({
            "type": "object",
            "required": ["kind"],
            "oneOf": [
                {"properties": {"kind": {"const": "a"}, "x": {"type": "integer"}}},
                {"properties": {"kind": {"const": "b"}, "y": {"type": "integer"}}},
            ],
            "unevaluatedProperties": unevaluated,
        })
    };
    assert_eq!(judged(&tagged(false), &tagged(true), Readers::New).verdict, Verdict::Compatible);
    assert_eq!(judged(&tagged(true), &tagged(false), Readers::New).verdict, Verdict::Incompatible);
}

/// `dependentSchemas` has no say in lists, so nothing in it has looked at their items.
#[test]
fn a_dependency_looks_at_no_items() {
    let of = |inner: Value| json!({"dependentSchemas": {"a": inner}, "unevaluatedItems": {"type": "null"}});
    let (old, new) = (of(json!(true)), of(json!({"unevaluatedItems": false})));
    assert_eq!(judged(&old, &new, Readers::Both).verdict, Verdict::Compatible);
    assert_eq!(judged(&json!(true), &new, Readers::New).findings[0].new, "/unevaluatedItems/type");
}
