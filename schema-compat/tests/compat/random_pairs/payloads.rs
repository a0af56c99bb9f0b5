//! Payloads made from a schema: what it seems to ask for, and that with something changed.

use crate::circles::target;
use crate::random::NAMES;
use crate::rng::Rng;
use serde_json::{Map, Value, json};

/// A depth that recursive schemas are followed to.
const DEPTH: usize = 4;

pub(crate) struct Maker<'s> {
    rng: Rng,
    root: &'s Value,
    /// Constants, bounds and their neighbours, texts of the lengths that are asked for.
    scalars: Vec<Value>,
    names: Vec<String>,
}

/// So many payloads of each of two schemas, and as many that are changed at one place.
pub(crate) fn payloads(old: &Value, new: &Value, count: usize, rng: &mut Rng) -> Vec<Value> {
    let mut made = Vec::new();
    for root in [old, new] {
        let mut maker =
            Maker { rng: Rng::new(rng.next()), root, scalars: Vec::new(), names: Vec::new() };
        maker.names.extend(NAMES.iter().chain(&["x-b", "z"]).map(|name| (*name).to_owned()));
        maker.scalars.extend([
            json!(null),
            json!(true),
            json!(false),
            json!("ab"),
            json!(1),
            json!(0.25),
            json!({}),
            json!([]),
        ]);
        maker.gather(old);
        maker.gather(new);
        made.extend(maker.scalars.iter().cloned());
        for _ in 0..count {
            let sampled = maker.sample(root, DEPTH);
            let mut changed = sampled.clone();
            maker.change(&mut changed);
            made.extend([sampled, changed]);
        }
    }
    made.sort_by_cached_key(ToString::to_string);
    made.dedup();
    made
}

impl Maker<'_> {
    fn gather(&mut self, schema: &Value) {
        match schema {
            Value::Object(members) => {
                for (keyword, member) in members {
                    self.gather_from(keyword, member);
                    self.gather(member);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.gather(item)),
            _ => {}
        }
    }

    fn gather_from(&mut self, keyword: &str, member: &Value) {
        match (keyword, member) {
            ("const", constant) => self.scalars.push(constant.clone()),
            ("enum", Value::Array(constants)) => self.scalars.extend(constants.iter().cloned()),
            ("minLength" | "maxLength", Value::Number(length)) => {
                let length = usize::try_from(length.as_u64().unwrap_or_default()).unwrap();
                self.scalars.extend(
                    [length.saturating_sub(1), length, length + 1]
                        .map(|length| json!("a".repeat(length))),
                );
            }
            (
                "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf",
                Value::Number(bound),
            ) => {
                let bound = bound.as_f64().unwrap_or_default();
                self.scalars.extend(
                    [bound - 1.0, bound - 0.25, bound, bound + 0.5, bound + 1.0].map(number),
                );
            }
            _ => {}
        }
    }

    fn scalar(&mut self) -> Value {
        self.rng.pick(&self.scalars).clone()
    }

    fn name(&mut self) -> String {
        self.rng.pick(&self.names).clone()
    }

    /// What fits a schema more often than not.
    fn sample(&mut self, schema: &Value, depth: usize) -> Value {
        let Some(members) = schema.as_object() else { return self.scalar() };
        if depth == 0 {
            return self.scalar();
        }
        if let Some(constant) = members.get("const") {
            return constant.clone();
        }
        if let Some(constants) = members.get("enum").and_then(Value::as_array) {
            return self.rng.pick(constants).clone();
        }
        let mut beside = None;
        if let Some(reference) =
            members.get("$ref").and_then(Value::as_str).and_then(|to| target(self.root, to))
        {
            beside = Some(self.sample(reference, depth - 1));
        }
        for keyword in ["anyOf", "oneOf", "allOf"] {
            if let Some(list) = members.get(keyword).and_then(Value::as_array) {
                let chosen = self.rng.pick(list).clone();
                beside = Some(self.sample(&chosen, depth - 1));
            }
        }
        for keyword in ["if", "then", "else"] {
            if let Some(inner) = members.get(keyword).filter(|_| self.rng.percent(40)) {
                beside = Some(self.sample(inner, depth - 1));
            }
        }
        let of_its_own = self.of_a_type(members, depth);
        match (beside, of_its_own) {
            (Some(Value::Object(mut beside)), Some(Value::Object(own))) => {
                beside.extend(own);
                Value::Object(beside)
            }
            (Some(beside), own) => own.filter(|_| self.rng.percent(40)).unwrap_or(beside),
            (None, Some(own)) => own,
            (None, None) => self.scalar(),
        }
    }

    /// Of the type that a schema names, or that its keywords are about.
    fn of_a_type(&mut self, members: &Map<String, Value>, depth: usize) -> Option<Value> {
        let named = match members.get("type") {
            Some(Value::Array(types)) if !types.is_empty() => self.rng.pick(types).as_str(),
            Some(Value::String(named)) => Some(named.as_str()),
            _ => None,
        };
        let has = |keywords: &[&str]| keywords.iter().any(|keyword| members.contains_key(*keyword));
        let named = match named {
            Some(named) => named,
            None if has(&[
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
                "dependencies",
            ]) =>
            {
                "object"
            }
            None if has(&["items", "prefixItems", "contains", "minItems"]) => "array",
            None if has(&["minLength", "maxLength", "pattern"]) => "string",
            None if has(&["minimum", "maximum", "multipleOf"]) => "number",
            None => return None,
        };
        Some(match named {
            "object" => self.an_object(members, depth),
            "array" => self.a_list(members, depth),
            "null" => json!(null),
            "boolean" => json!(self.rng.percent(50)),
            "string" => {
                let texts: Vec<&Value> =
                    self.scalars.iter().filter(|scalar| scalar.is_string()).collect();
                (*self.rng.pick(&texts)).clone()
            }
            _ => {
                let numbers: Vec<&Value> =
                    self.scalars.iter().filter(|scalar| scalar.is_number()).collect();
                (*self.rng.pick(&numbers)).clone()
            }
        })
    }

    fn an_object(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let mut made = Map::new();
        let described = schema.get("properties").and_then(Value::as_object);
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let mut names: Vec<String> = required.map(str::to_owned).collect();
        for name in described.into_iter().flat_map(Map::keys) {
            if self.rng.percent(60) {
                names.push(name.clone());
            }
        }
        if self.rng.percent(35) {
            names.push(self.name());
        }
        for name in names {
            let other = schema.get("additionalProperties").filter(|other| other.is_object());
            let value = match described.and_then(|described| described.get(&name)).or(other) {
                Some(described) => self.sample(described, depth - 1),
                None => self.scalar(),
            };
            made.insert(name, value);
        }
        made.into()
    }

    fn a_list(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or_default();
        let length = usize::try_from(least).unwrap() + self.rng.below(4);
        let places =
            ["prefixItems", "items"].iter().find_map(|keyword| schema.get(*keyword)?.as_array());
        let others = ["items", "additionalItems", "contains"]
            .iter()
            .find_map(|keyword| schema.get(*keyword).filter(|of| of.is_object()));
        let mut items = Vec::new();
        for at in 0..length {
            let item = places.and_then(|places| places.get(at)).or(others);
            items.push(match item {
                Some(item) => self.sample(item, depth - 1),
                None => self.scalar(),
            });
        }
        items.into()
    }

    fn change(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) if !members.is_empty() && self.rng.percent(80) => {
                let names: Vec<String> = members.keys().cloned().collect();
                let name = self.rng.pick(&names).clone();
                match self.rng.below(4) {
                    0 => drop(members.remove(&name)),
                    1 => drop(members.insert(self.name(), self.scalar())),
                    2 => drop(members.insert(name, self.scalar())),
                    _ => self.change(members.get_mut(&name).unwrap()),
                }
            }
            Value::Array(items) if !items.is_empty() && self.rng.percent(80) => {
                let at = self.rng.below(items.len());
                match self.rng.below(4) {
                    0 => drop(items.remove(at)),
                    1 => items.insert(at, self.scalar()),
                    2 => items[at] = self.scalar(),
                    _ => self.change(&mut items[at]),
                }
            }
            other => *other = self.scalar(),
        }
    }
}

/// Whole numbers without a fraction: draft 04 tells `1` from `1.0`, and the engine does not.
#[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
fn number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e9 { json!(number as i64) } else { json!(number) }
}
