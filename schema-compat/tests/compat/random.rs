//! Schemas and payloads that are made up.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Few names, so that schemas meet.
pub(crate) const NAMES: [&str; 4] = ["a", "b", "ab", "type"];
pub(crate) const PATTERNS: [&str; 7] = ["^a", "b$", "^[a-b]+$", "^.{2,3}$", "a|b", "^x-", "^ty"];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        (-3..4_i32).prop_map(Value::from),
        prop::sample::select(vec![
            json!(0.5),
            json!(2.5),
            json!(-1.5),
            json!("2026-01-02"),
            json!(10)
        ]),
        prop::sample::select(vec!["", "a", "b", "ab", "abc", "type", "x", "é"])
            .prop_map(Value::from),
    ]
}

/// A payload.
pub(crate) fn payload() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((prop::sample::select(NAMES.to_vec()), inner), 0..4).prop_map(
                |members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            ),
        ]
    })
}

fn kind() -> impl Strategy<Value = Value> {
    let names = vec!["null", "boolean", "integer", "number", "string", "array", "object"];
    prop_oneof![
        3 => prop::sample::select(names.clone()).prop_map(Value::from),
        1 => prop::sample::subsequence(names, 1..4).prop_map(Value::from),
    ]
}

fn pattern() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PATTERNS.to_vec())
}

/// A keyword and what it says.
type Keyword = BoxedStrategy<(String, Value)>;

fn of(name: &'static str, value: impl Strategy<Value = Value> + 'static) -> Keyword {
    value.prop_map(move |value| (name.to_owned(), value)).boxed()
}

fn list(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    prop::collection::vec(inner, 1..4).prop_map(Value::Array)
}

fn names() -> BoxedStrategy<Value> {
    prop::sample::subsequence(NAMES.to_vec(), 0..3).prop_map(Value::from).boxed()
}

fn members(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let name = prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned);
    prop::collection::btree_map(name, inner, 0..3)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

fn by_pattern(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    prop::collection::btree_map(pattern().prop_map(str::to_owned), inner, 1..3)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

fn values() -> impl Strategy<Value = Value> {
    prop::collection::btree_set(scalar().prop_map(|value| value.to_string()), 1..4).prop_map(
        |set| {
            let values = set.iter().map(|text| serde_json::from_str::<Value>(text).unwrap());
            values.collect()
        },
    )
}

/// A keyword with no schema in it.
fn plain() -> Keyword {
    let count = || (0..4_u32).prop_map(Value::from);
    let number = || prop::sample::select(vec![json!(-2), json!(0), json!(0.5), json!(2), json!(3)]);
    prop_oneof![
        of("minimum", number()),
        of("maximum", number()),
        of("exclusiveMinimum", number()),
        of("exclusiveMaximum", number()),
        of("multipleOf", prop::sample::select(vec![json!(1), json!(2), json!(0.5), json!(3)])),
        of("minLength", count()),
        of("maxLength", count()),
        of("pattern", pattern().prop_map(Value::from)),
        of("minItems", count()),
        of("maxItems", count()),
        of("uniqueItems", any::<bool>().prop_map(Value::from)),
        of("minProperties", count()),
        of("maxProperties", count()),
        of("const", payload()),
        of("enum", values()),
    ]
    .boxed()
}

fn of_objects(inner: BoxedStrategy<Value>) -> Keyword {
    let or_false = |inner: BoxedStrategy<Value>| prop_oneof![Just(json!(false)), inner];
    prop_oneof![
        3 => of("required", names()),
        4 => of("properties", members(inner.clone())),
        1 => of("patternProperties", by_pattern(inner.clone())),
        3 => of("additionalProperties", or_false(inner.clone())),
        1 => of("unevaluatedProperties", or_false(inner.clone())),
        1 => of("propertyNames", inner.clone()),
        1 => of("dependentRequired", members(names())),
        1 => of("dependentSchemas", members(inner)),
    ]
    .boxed()
}

fn of_lists(inner: BoxedStrategy<Value>) -> Keyword {
    prop_oneof![
        of("prefixItems", list(inner.clone())),
        of("items", inner.clone()),
        of("contains", inner.clone()),
        of("unevaluatedItems", inner),
    ]
    .boxed()
}

fn logic(inner: BoxedStrategy<Value>) -> Keyword {
    let target = prop::sample::select(vec!["#", "#/$defs/a", "#/$defs/b"]);
    prop_oneof![
        of("allOf", list(inner.clone())),
        of("anyOf", list(inner.clone())),
        of("oneOf", list(inner.clone())),
        of("not", inner.clone()),
        of("if", inner.clone()),
        of("then", inner.clone()),
        of("else", inner),
        of("$ref", target.prop_map(Value::from)),
    ]
    .boxed()
}

fn keyword(inner: BoxedStrategy<Value>) -> impl Strategy<Value = (String, Value)> {
    prop_oneof![
        4 => of("type", kind()),
        3 => plain(),
        4 => of_objects(inner.clone()),
        2 => of_lists(inner.clone()),
        2 => logic(inner),
    ]
}

fn part() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![1 => any::<bool>().prop_map(Value::from), 4 => kind().prop_map(|kind| json!({"type": kind}))];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop::collection::vec(keyword(inner.boxed()), 1..4)
            .prop_map(|keywords| Value::Object(keywords.into_iter().collect::<Map<_, _>>()))
    })
}

/// A schema of the current draft, with two definitions that it may refer to.
pub(crate) fn schema() -> impl Strategy<Value = Value> {
    (part(), part(), part()).prop_map(|(root, a, b)| {
        let mut members = root
            .as_object()
            .cloned()
            .unwrap_or_else(|| Map::from_iter([("allOf".to_owned(), json!([root]))]));
        members.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        members.insert("$defs".to_owned(), json!({"a": a, "b": b}));
        Value::Object(members)
    })
}

/// A schema and one that differs from it at one place.
pub(crate) fn neighbours() -> impl Strategy<Value = (Value, Value)> {
    (schema(), part(), any::<prop::sample::Index>()).prop_map(|(old, other, at)| {
        let mut found = Vec::new();
        places(&old, "", &mut found);
        let mut new = old.clone();
        if let Some(place) =
            (!found.is_empty()).then(|| at.get(&found)).and_then(|place| new.pointer_mut(place))
        {
            *place = other;
        }
        (old, new)
    })
}

const BY_NAME: [&str; 6] =
    ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"];
const LISTS: [&str; 5] = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];
const SINGLE: [&str; 11] = [
    "items",
    "additionalItems",
    "unevaluatedItems",
    "contains",
    "not",
    "if",
    "then",
    "else",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
];

/// The pointers of the schemas inside of a schema.
pub(crate) fn places(value: &Value, pointer: &str, into: &mut Vec<String>) {
    let Some(members) = value.as_object() else { return };
    if !pointer.is_empty() {
        into.push(pointer.to_owned());
    }
    for (keyword, member) in members {
        let at = format!("{pointer}/{keyword}");
        match member {
            Value::Object(inner) if BY_NAME.contains(&keyword.as_str()) => {
                inner.iter().for_each(|(key, member)| places(member, &format!("{at}/{key}"), into));
            }
            Value::Array(inner) if LISTS.contains(&keyword.as_str()) => {
                inner
                    .iter()
                    .enumerate()
                    .for_each(|(index, member)| places(member, &format!("{at}/{index}"), into));
            }
            _ if SINGLE.contains(&keyword.as_str()) => places(member, &at, into),
            _ => {}
        }
    }
}
