//! Serde as the judge, with real derives: types that differ in two ways at once. What one writes is
//! read by the other, or it is not.
//!
//! A type is a struct of a field that never changes and of two slots, each in one of many forms.
//! Its contracts are written down form by form. What it writes is what comes back of it for every
//! candidate that it reads, so both sides are serde's own.

use schema_compat::{Contracts, Readers, Rules, Verdict, check_contracts};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Where the engine and serde differ: the form that is written, the form that reads, what serde
/// does, and why the engine says otherwise.
const DIFFERENCES: &[(&str, &str, Verdict, &str)] = &[(
    "mixed",
    "nested_more",
    Verdict::Compatible,
    "derived structs also read a list of their fields in order; no generator of schemas says so, \
     and no other reader does it",
)];

#[derive(Serialize, Deserialize)]
struct Cents(u32);

#[derive(Serialize, Deserialize)]
struct Money {
    cents: u32,
}

#[derive(Serialize, Deserialize)]
struct MoneyIn {
    cents: u32,
    #[serde(default)]
    unit: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Two {
    Card,
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Three {
    Card,
    Cash,
    Coin,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TwoOrOther {
    Card,
    Cash,
    #[serde(other)]
    Unknown,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum External {
    Card { last4: String },
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ByType {
    Card { last4: String },
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ByKind {
    Card { last4: String },
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
enum Adjacent {
    Card { last4: String },
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Card { last4: String },
    Count(u32),
}

/// A type: in which forms its slots are, and what serde makes of a line.
struct Type {
    amount: &'static str,
    method: &'static str,
    is_closed: bool,
    rewrite: fn(&str) -> Option<String>,
}

fn rewritten<T: Serialize + serde::de::DeserializeOwned>(line: &str) -> Option<String> {
    serde_json::from_str::<T>(line).ok().map(|value| serde_json::to_string(&value).unwrap())
}

macro_rules! one {
    ($types:ident, $amount:ident { $($first:tt)* }, $method:ident { $($second:tt)* }) => {
        one!($types, $amount { $($first)* }, $method { $($second)* }, false, #[serde()]);
    };
    ($types:ident, $amount:ident { $($first:tt)* }, $method:ident { $($second:tt)* }, $closed:literal, #[$serde:meta]) => {{
        #[derive(Serialize, Deserialize)]
        #[$serde]
        struct Event {
            id: String,
            $($first)*
            $($second)*
        }
        $types.push(Type { amount: stringify!($amount), method: stringify!($method), is_closed: $closed, rewrite: rewritten::<Event> });
    }};
}

macro_rules! with_every_method {
    ($types:ident, $($amount:ident { $($first:tt)* })*) => {$(
        one!($types, $amount { $($first)* }, none {});
        one!($types, $amount { $($first)* }, none {}, true, #[serde(deny_unknown_fields)]);
        one!($types, $amount { $($first)* }, two { method: Two, });
        one!($types, $amount { $($first)* }, maybe_two { method: Option<Two>, });
        one!($types, $amount { $($first)* }, three { method: Three, });
        one!($types, $amount { $($first)* }, two_or_other { method: TwoOrOther, });
        one!($types, $amount { $($first)* }, external { method: External, });
        one!($types, $amount { $($first)* }, by_type { method: ByType, });
        one!($types, $amount { $($first)* }, by_kind { method: ByKind, });
        one!($types, $amount { $($first)* }, adjacent { method: Adjacent, });
        one!($types, $amount { $($first)* }, untagged { method: Untagged, });
    )*};
}

fn types() -> Vec<Type> {
    let mut types = Vec::new();
    with_every_method! { types,
        none {}
        small { amount: u8, }
        whole { amount: u32, }
        signed { amount: i64, }
        float { amount: f64, }
        text { amount: String, }
        maybe { amount: Option<u32>, }
        skipped { #[serde(default, skip_serializing_if = "Option::is_none")] amount: Option<u32>, }
        defaulted { #[serde(default)] amount: u32, }
        renamed { #[serde(rename = "sum")] amount: u32, }
        aliased { #[serde(rename = "sum", alias = "amount")] amount: u32, }
        newtype { amount: Cents, }
        list { amount: Vec<u32>, }
        pair { amount: [u32; 2], }
        mixed { amount: (u32, String), }
        map { amount: BTreeMap<String, u32>, }
        nested { amount: Money, }
        nested_more { amount: MoneyIn, }
    }
    types
}

/// A slot's part of a contract: its properties, and what more is asked of the whole object.
#[derive(Default)]
struct Part {
    properties: Vec<(&'static str, Value, bool)>,
    more: Option<Value>,
}

fn required(name: &'static str, schema: Value) -> Part {
    Part { properties: vec![(name, schema, true)], more: None }
}

fn optional(name: &'static str, schema: Value) -> Part {
    Part { properties: vec![(name, schema, false)], more: None }
}

fn object(is_writer: bool, properties: &Value, required: &[&str]) -> Value {
    let mut schema = json!({"type": "object", "properties": properties, "required": required});
    if is_writer {
        schema["additionalProperties"] = json!(false);
    }
    schema
}

fn amount(form: &str, is_writer: bool) -> Part {
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

fn method(form: &str, is_writer: bool) -> Part {
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

impl Type {
    fn contract(&self, is_writer: bool) -> Value {
        let mut properties = Map::from_iter([("id".to_owned(), json!({"type": "string"}))]);
        let mut names = vec!["id"];
        let mut all = Vec::new();
        for part in [amount(self.amount, is_writer), method(self.method, is_writer)] {
            for (name, schema, is_required) in part.properties {
                properties.insert(name.to_owned(), schema);
                names.extend(is_required.then_some(name));
            }
            all.extend(part.more);
        }
        let mut schema = object(is_writer || self.is_closed, &properties.into(), &names);
        if !all.is_empty() {
            schema["allOf"] = all.into();
        }
        schema
    }

    fn name(&self) -> String {
        let closed = if self.is_closed { ", closed" } else { "" };
        format!("{} and {}{closed}", self.amount, self.method)
    }

    /// What the type writes.
    fn written(&self) -> BTreeSet<String> {
        candidates().iter().filter_map(|line| (self.rewrite)(line)).collect()
    }

    fn reads(&self, line: &str) -> bool {
        (self.rewrite)(line).is_some()
    }
}

/// Lines of which every type writes some, with the ends of what its fields can be.
fn candidates() -> &'static [String] {
    const AMOUNTS: [&str; 21] = [
        "0",
        "7",
        "255",
        "256",
        "4294967295",
        "4294967296",
        "-1",
        "-9223372036854775808",
        "9223372036854775807",
        "0.5",
        "2.0",
        "1e300",
        "\"\"",
        "\"x\"",
        "null",
        "[]",
        "[1,2]",
        "[1,\"a\"]",
        "[1,2,3]",
        "{}",
        "{\"cents\":1,\"unit\":\"x\"}",
    ];
    const METHODS: [&str; 14] = [
        "null",
        "\"card\"",
        "\"cash\"",
        "\"coin\"",
        "\"unknown\"",
        "7",
        "{\"card\":{\"last4\":\"1\"}}",
        "{\"type\":\"card\",\"last4\":\"1\"}",
        "{\"type\":\"cash\"}",
        "{\"kind\":\"card\",\"last4\":\"1\"}",
        "{\"kind\":\"cash\"}",
        "{\"type\":\"card\",\"data\":{\"last4\":\"1\"}}",
        "{\"last4\":\"1\"}",
        "{}",
    ];
    static LINES: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    LINES.get_or_init(|| {
        let amounts = AMOUNTS
            .iter()
            .flat_map(|value| ["amount", "sum"].map(|name| format!(",\"{name}\":{value}")));
        let amounts: Vec<String> = amounts.chain([String::new()]).collect();
        let methods: Vec<String> = METHODS
            .iter()
            .map(|value| format!(",\"method\":{value}"))
            .chain([String::new()])
            .collect();
        let lines = amounts.iter().flat_map(|amount| {
            methods.iter().map(move |method| format!("{{\"id\":\"a\"{amount}{method}}}"))
        });
        lines.collect()
    })
}

/// Pairs of types that differ in one slot, and pairs of one that is plain with one that differs
/// from it in both.
fn pairs(types: &[Type]) -> Vec<(&Type, &Type)> {
    let is_asked = |old: &Type, new: &Type| {
        let same_amount = old.amount == new.amount;
        let same_method = old.method == new.method;
        let is_plain = |one: &Type| one.amount == "whole" && one.method == "two" && !one.is_closed;
        (same_method && old.method == "none")
            || (same_amount && old.amount == "whole")
            || is_plain(old)
            || is_plain(new)
    };
    let all = types.iter().flat_map(|old| types.iter().map(move |new| (old, new)));
    all.filter(|(old, new)| is_asked(old, new)).collect()
}

#[test]
fn two_changes_at_once() {
    let types = types();
    let (mut asked, mut compatible, mut used) = (0, 0, BTreeSet::new());
    let mut wrong = Vec::new();
    for (old, new) in pairs(&types) {
        let (write, read) = (old.contract(true), new.contract(false));
        let (unused_read, unused_write) = (old.contract(false), new.contract(true));
        let contracts = [
            Contracts { write: &write, read: &unused_read },
            Contracts { write: &unused_write, read: &read },
        ];
        let report = check_contracts(contracts[0], contracts[1], Readers::New, Rules::Semantic);
        let written = old.written();
        assert!(!written.is_empty(), "{} {}", old.amount, old.method);
        let truth = if written.iter().all(|line| new.reads(line)) {
            Verdict::Compatible
        } else {
            Verdict::Incompatible
        };
        asked += 1;
        compatible += usize::from(truth == Verdict::Compatible);
        if report.verdict != truth {
            let is_listed = |(from, to, verdict, _): &&(&str, &str, Verdict, &str)| {
                *verdict == truth
                    && [(old.amount, new.amount), (old.method, new.method)].contains(&(*from, *to))
            };
            match DIFFERENCES.iter().find(is_listed) {
                Some(listed) => {
                    used.insert((listed.0, listed.1));
                }
                None => wrong.push(format!(
                    "{} to {}: serde {truth:?}, engine {:?}",
                    old.name(),
                    new.name(),
                    report.verdict
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(used.len(), DIFFERENCES.len(), "a difference is listed that there is not");
    let documentation = include_str!("../../../docs/compatibility.md");
    assert!(
        DIFFERENCES.iter().all(|(.., reason)| documentation.contains(reason)),
        "a difference is not documented"
    );
    assert_eq!((types.len(), asked), (198, 1_787));
    assert!(
        compatible > asked / 20 && compatible < asked / 2,
        "{compatible} of {asked} are compatible"
    );
}
