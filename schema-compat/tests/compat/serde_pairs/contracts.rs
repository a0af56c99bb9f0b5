//! The contracts of each form of a slot, written down by hand.

use serde_json::{Value, json};

/// A slot's part of a contract: its properties, and what more is asked of the whole object.
#[derive(Default)]
pub(super) struct Part {
    pub(super) properties: Vec<(&'static str, Value, bool)>,
    pub(super) more: Option<Value>,
}

fn required(name: &'static str, schema: Value) -> Part {
    Part { properties: vec![(name, schema, true)], more: None }
}

fn optional(name: &'static str, schema: Value) -> Part {
    Part { properties: vec![(name, schema, false)], more: None }
}

pub(super) fn object(is_writer: bool, properties: &Value, required: &[&str]) -> Value {
    let mut schema = json!({"type": "object", "properties": properties, "required": required});
    if is_writer {
        schema["additionalProperties"] = json!(false);
    }
    schema
}

pub(super) fn amount(form: &str, is_writer: bool) -> Part {
    let whole = || json!({"type": "integer", "format": "uint32", "minimum": 0});
    let or_null = || json!({"type": ["integer", "null"], "format": "uint32", "minimum": 0});
    let text = || json!({"type": "string"});
    match form {
        "none" => Part::default(),
        "small" => required(
            "amount",
            json!({"type": "integer", "format": "uint8", "minimum": 0, "maximum": 255}),
        ),
        "whole" | "newtype" => required("amount", whole()),
        "signed" => required("amount", json!({"type": "integer", "format": "int64"})),
        "float" => required("amount", json!({"type": "number", "format": "double"})),
        "text" => required("amount", text()),
        "maybe" if is_writer => required("amount", or_null()),
        "skipped" if is_writer => optional("amount", whole()),
        "maybe" | "skipped" => optional("amount", or_null()),
        "defaulted" if is_writer => required("amount", whole()),
        "defaulted" => optional("amount", whole()),
        "renamed" => required("sum", whole()),
        "aliased" if is_writer => required("sum", whole()),
        // Either name, and not both: serde calls that a duplicate.
        "aliased" => Part {
            properties: vec![("sum", whole(), false), ("amount", whole(), false)],
            more: Some(json!({"oneOf": [{"required": ["sum"]}, {"required": ["amount"]}]})),
        },
        "list" => required("amount", json!({"type": "array", "items": whole()})),
        "pair" => required(
            "amount",
            json!({"type": "array", "items": whole(), "minItems": 2, "maxItems": 2}),
        ),
        "mixed" => required(
            "amount",
            json!({"type": "array", "prefixItems": [whole(), text()], "items": false, "minItems": 2}),
        ),
        "map" => required("amount", json!({"type": "object", "additionalProperties": whole()})),
        "nested" => required("amount", object(is_writer, &json!({"cents": whole()}), &["cents"])),
        "nested_more" => {
            let unit = json!({"type": ["string", "null"]});
            let names: &[&str] = if is_writer { &["cents", "unit"] } else { &["cents"] };
            required("amount", object(is_writer, &json!({"cents": whole(), "unit": unit}), names))
        }
        _ => unreachable!("{form}"),
    }
}

pub(super) fn method(form: &str, is_writer: bool) -> Part {
    let of = |values: &[&str]| json!({"type": "string", "enum": values});
    let card = || object(is_writer, &json!({"last4": {"type": "string"}}), &["last4"]);
    let tagged = |tag: &str| {
        json!({"oneOf": [
            object(is_writer, &json!({tag: {"const": "card"}, "last4": {"type": "string"}}), &[tag, "last4"]),
            object(is_writer, &json!({tag: {"const": "cash"}}), &[tag]),
        ]})
    };
    match form {
        "none" => Part::default(),
        "two" => required("method", of(&["card", "cash"])),
        "maybe_two" => {
            let schema = json!({"anyOf": [of(&["card", "cash"]), {"type": "null"}]});
            if is_writer { required("method", schema) } else { optional("method", schema) }
        }
        "three" => required("method", of(&["card", "cash", "coin"])),
        "two_or_other" if is_writer => required("method", of(&["card", "cash", "unknown"])),
        "two_or_other" => required("method", json!({"type": "string"})),
        "external" => required(
            "method",
            json!({"oneOf": [{"const": "cash"}, {"type": "object", "properties": {"card": card()}, "required": ["card"], "additionalProperties": false}]}),
        ),
        "by_type" => required("method", tagged("type")),
        "by_kind" => required("method", tagged("kind")),
        "adjacent" => required(
            "method",
            json!({"oneOf": [
                object(is_writer, &json!({"type": {"const": "card"}, "data": card()}), &["type", "data"]),
                object(is_writer, &json!({"type": {"const": "cash"}}), &["type"]),
            ]}),
        ),
        "untagged" => required(
            "method",
            json!({"anyOf": [card(), {"type": "integer", "format": "uint32", "minimum": 0}]}),
        ),
        _ => unreachable!("{form}"),
    }
}
