//! An enum whose variants all hold one type, when that type changes.
//!
//! Readers tell the variants apart in four ways. The open flavour allows properties that are not
//! described, the closed one does not.

use crate::cases::{Case, Section};
use schema_compat::Verdict;
use serde_json::{Value, json};

pub(crate) const ALTERNATIVES: Section = Section {
    word: "alternatives",
    heading: &["rendering", "flavour", "keyword", "shared type", "variants"],
    cases,
};

/// How variants are told apart.
#[derive(Clone, Copy, PartialEq)]
enum Rendering {
    /// By which key there is.
    External,
    /// By a tag beside the fields of the shared type.
    Internal,
    /// By a tag beside the shared type.
    Adjacent,
    /// By a required property of another name in each.
    Untagged,
}

const FORMS: [(&str, Rendering); 4] = [
    ("external", Rendering::External),
    ("internal", Rendering::Internal),
    ("adjacent", Rendering::Adjacent),
    ("untagged", Rendering::Untagged),
];
const FLAVOURS: [(&str, bool); 2] = [("closed", true), ("open", false)];
const CHANGES: [(&str, bool); 2] = [("grew", true), ("shrank", false)];

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (form_name, rendering) in FORMS {
        for (flavour, is_closed) in FLAVOURS {
            for keyword in ["anyOf", "oneOf"] {
                for (change, grew) in CHANGES {
                    for variants in [10, 30, 100, 300] {
                        let schema =
                            move |grown| schema(rendering, is_closed, keyword, variants, grown);
                        // With two keys, one variant fits as before and the other fits since it
                        // grew: no longer exactly one.
                        let overlaps =
                            rendering == Rendering::External && !is_closed && keyword == "oneOf";
                        let is_compatible = grew && !overlaps;
                        cases.push(Case {
                            labels: [form_name, flavour, keyword, change, &variants.to_string()]
                                .map(str::to_owned)
                                .to_vec(),
                            expected: Some(if is_compatible {
                                Verdict::Compatible
                            } else {
                                Verdict::Incompatible
                            }),
                            pair: Box::new(move || (schema(!grew), schema(grew))),
                        });
                    }
                }
            }
        }
    }
    cases
}

fn schema(
    rendering: Rendering,
    is_closed: bool,
    keyword: &str,
    variants: usize,
    grown: bool,
) -> Value {
    let all: Vec<Value> = (0..variants).map(|index| variant(rendering, is_closed, index)).collect();
    // Where the fields of the shared type are those of an open object, one more field is no growth:
    // it could be there already, as anything.
    let has_field = grown && (is_closed || rendering != Rendering::Internal);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        keyword: all,
        "$defs": {"P": shared(rendering != Rendering::Internal, has_field, grown)},
    })
}

fn shared(is_closed: bool, has_field: bool, has_unit: bool) -> Value {
    let mut shared = json!({
        "type": "object",
        "required": ["grams", "unit"],
        "properties": {"grams": {"type": "integer"}, "unit": {"enum": ["g", "kg"]}, "label": {"type": "string"}},
    });
    if is_closed {
        shared["additionalProperties"] = json!(false);
    }
    if has_field {
        shared["properties"]["tare"] = json!({"type": ["integer", "null"]});
    }
    if has_unit {
        shared["properties"]["unit"] = json!({"enum": ["g", "kg", "t"]});
    }
    shared
}

fn variant(rendering: Rendering, is_closed: bool, index: usize) -> Value {
    let name = format!("V{index}");
    let reference = json!({"$ref": "#/$defs/P"});
    let mut variant = match rendering {
        Rendering::External => json!({"required": [name], "properties": {name: reference}}),
        Rendering::Internal => {
            json!({"required": ["type"], "properties": {"type": {"const": name}}, "$ref": "#/$defs/P"})
        }
        Rendering::Adjacent => {
            json!({"required": ["tag", "content"], "properties": {"tag": {"const": name}, "content": reference}})
        }
        Rendering::Untagged => {
            json!({"required": [name, "value"], "properties": {name: {"type": "string"}, "value": reference}})
        }
    };
    variant["type"] = json!("object");
    if is_closed {
        // What is beside a reference does not see its properties, unless it asks for those that
        // were evaluated.
        let keyword = if rendering == Rendering::Internal {
            "unevaluatedProperties"
        } else {
            "additionalProperties"
        };
        variant[keyword] = json!(false);
    }
    variant
}
