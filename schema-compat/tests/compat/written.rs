//! Payloads that a schema writes, biased to the ends of what it allows. What comes out usually
//! fits; whoever needs to be sure asks the judge.

use serde_json::{Map, Value, json};

/// Numbers that look random and are the same in every run (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(bits).unwrap() % sides.max(1)
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn pick<'v, T>(&mut self, all: &'v [T]) -> Option<&'v T> {
        let index = self.roll(all.len());
        all.get(index)
    }
}

/// Writers of one document.
pub(crate) struct Writer<'s> {
    root: &'s Value,
    dice: Dice,
}

/// Nested so deep, objects and lists end.
const DEPTH: usize = 6;
const KINDS: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
const TEXTS: [&str; 14] = [
    "",
    "a",
    "b",
    "ab",
    "abc",
    "aaaaaaaaaa",
    "x-a",
    "card",
    "é",
    "2026-01-02",
    "2026-01-02T03:04:05Z",
    "type",
    "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    "A1 _",
];
const NAMES: [&str; 8] = ["a", "b", "c", "ab", "x-a", "type", "left", "é"];

impl<'s> Writer<'s> {
    pub(crate) fn new(root: &'s Value, seed: u64) -> Self {
        Self { root, dice: Dice::new(seed) }
    }

    pub(crate) fn payload(&mut self) -> Value {
        self.value(&self.root.clone(), 0)
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        // Now and then what nobody asked for: most of it is refused, and what is not lies where the
        // schema says little.
        if self.dice.one_in(24) {
            return self.anything(depth);
        }
        let flat = self.flat(schema, 0);
        if let Some(value) = flat.get("const") {
            return value.clone();
        }
        if let Some(values) = flat.get("enum").and_then(Value::as_array) {
            return self.dice.pick(values).cloned().unwrap_or_default();
        }
        let kind = match flat.get("type") {
            Some(Value::String(kind)) => kind.clone(),
            Some(Value::Array(kinds)) => {
                self.dice.pick(kinds).and_then(Value::as_str).unwrap_or("null").to_owned()
            }
            _ => self.implied(&flat).to_owned(),
        };
        match kind.as_str() {
            "boolean" => json!(self.dice.one_in(2)),
            "integer" => self.number(&flat, true),
            "number" => self.number(&flat, false),
            "string" => self.text(&flat),
            "array" => self.list(&flat, depth),
            "object" => self.object(&flat, depth),
            _ => Value::Null,
        }
    }

    /// The kind that keywords are about, more often than not.
    fn implied(&mut self, flat: &Map<String, Value>) -> &'static str {
        let has = |keywords: &[&str]| keywords.iter().any(|keyword| flat.contains_key(*keyword));
        let mut kinds = Vec::new();
        for (kind, keywords) in [
            (
                "object",
                &[
                    "properties",
                    "required",
                    "additionalProperties",
                    "patternProperties",
                    "minProperties",
                    "propertyNames",
                ][..],
            ),
            ("array", &["items", "prefixItems", "minItems", "maxItems", "contains", "uniqueItems"]),
            ("string", &["minLength", "maxLength", "pattern", "format"]),
            (
                "number",
                &["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"],
            ),
        ] {
            if has(keywords) {
                kinds.push(kind);
            }
        }
        if kinds.is_empty() || self.dice.one_in(6) {
            return self.dice.pick(&KINDS).copied().unwrap_or("null");
        }
        self.dice.pick(&kinds).copied().unwrap_or("null")
    }

    /// One way to fit a schema, as one object of keywords: references followed, an alternative
    /// chosen.
    fn flat(&mut self, schema: &Value, depth: usize) -> Map<String, Value> {
        let Some(members) = schema.as_object().filter(|_| depth < 12) else { return Map::new() };
        let mut flat = members.clone();
        let mut parts: Vec<Value> = Vec::new();
        if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
            parts.extend(
                reference.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)).cloned(),
            );
        }
        parts.extend(members.get("allOf").and_then(Value::as_array).into_iter().flatten().cloned());
        for keyword in ["anyOf", "oneOf"] {
            let branches = members.get(keyword).and_then(Value::as_array);
            parts.extend(branches.and_then(|branches| self.dice.pick(branches)).cloned());
        }
        if let Some(condition) = members.get("if") {
            let holds = self.dice.one_in(2);
            parts.extend(holds.then(|| condition.clone()));
            parts.extend(members.get(if holds { "then" } else { "else" }).cloned());
        }
        for part in parts {
            for (keyword, value) in self.flat(&part, depth + 1) {
                match (flat.get_mut(&keyword), value) {
                    (Some(Value::Object(own)), Value::Object(other)) if keyword == "properties" => {
                        own.extend(other);
                    }
                    (Some(Value::Array(own)), Value::Array(other)) if keyword == "required" => {
                        own.extend(other);
                    }
                    (_, value) => {
                        flat.insert(keyword, value);
                    }
                }
            }
        }
        flat
    }

    fn number(&mut self, flat: &Map<String, Value>, is_integer: bool) -> Value {
        let bound = |keyword: &str| flat.get(keyword).and_then(Value::as_f64);
        let mut ends =
            vec![0.0, 1.0, -1.0, 255.0, 256.0, 4_294_967_295.0, 4_294_967_296.0, 1e15, -1e15];
        for end in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
            .into_iter()
            .filter_map(bound)
        {
            ends.extend([end, end + 1.0, end - 1.0, end + 0.5, end - 0.5]);
        }
        if !is_integer {
            ends.extend([0.5, -2.5, 1e300, 0.01]);
        }
        if self.dice.one_in(12) {
            return self
                .dice
                .pick(&[json!(i64::MIN), json!(i64::MAX), json!(u64::MAX), json!(1.0)])
                .cloned()
                .unwrap_or_default();
        }
        let mut number = self.dice.pick(&ends).copied().unwrap_or(0.0);
        if self.dice.one_in(3) {
            number = f64::from(u16::try_from(self.dice.roll(400)).unwrap()) - 100.0;
        }
        if let Some(step) = bound("multipleOf").filter(|_| !self.dice.one_in(4)) {
            number = (number / step).round() * step;
        }
        #[expect(clippy::cast_possible_truncation, reason = "in range")]
        if number.fract() == 0.0 && number.abs() < 1e15 {
            json!(number as i64)
        } else if is_integer {
            json!(7)
        } else {
            json!(number)
        }
    }

    fn text(&mut self, flat: &Map<String, Value>) -> Value {
        let length = |keyword: &str| {
            flat.get(keyword)
                .and_then(Value::as_u64)
                .and_then(|length| usize::try_from(length).ok())
        };
        let text = self.dice.pick(&TEXTS).copied().unwrap_or_default();
        let ends: Vec<usize> = [length("minLength"), length("maxLength")]
            .into_iter()
            .flatten()
            .filter(|end| *end < 100)
            .collect();
        match self.dice.pick(&ends).copied() {
            Some(end) if self.dice.one_in(2) => {
                let of = if text.is_empty() { "a" } else { text };
                json!(of.chars().cycle().take(end).collect::<String>())
            }
            _ => json!(text),
        }
    }

    fn list(&mut self, flat: &Map<String, Value>, depth: usize) -> Value {
        let count = |keyword: &str| {
            flat.get(keyword).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok())
        };
        let (least, most) = (count("minItems").unwrap_or(0), count("maxItems"));
        let places = flat.get("prefixItems").and_then(Value::as_array).cloned().unwrap_or_default();
        let ends = [least, most.unwrap_or(least + 2), places.len(), least + 1];
        let size = if depth > DEPTH { least } else { self.dice.pick(&ends).copied().unwrap_or(0) };
        let every = flat.get("items").cloned().unwrap_or(json!(true));
        let contained = flat.get("contains").cloned();
        (0..size.min(12))
            .map(|index| match (places.get(index), &contained) {
                (Some(place), _) => self.value(place, depth + 1),
                (None, Some(contained)) if index == places.len() => {
                    self.value(contained, depth + 1)
                }
                _ => self.value(&every, depth + 1),
            })
            .collect()
    }

    fn object(&mut self, flat: &Map<String, Value>, depth: usize) -> Value {
        let none = Map::new();
        let properties = flat.get("properties").and_then(Value::as_object).unwrap_or(&none).clone();
        let required: Vec<Value> =
            flat.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        // Everything, or only what there must be, or this and that.
        let style = if depth > DEPTH { 1 } else { self.dice.roll(4) };
        let mut members = Map::new();
        for (name, schema) in &properties {
            let is_there = required.iter().any(|needed| needed == name)
                || style == 0
                || (style > 1 && self.dice.one_in(2));
            if is_there {
                members.insert(name.clone(), self.value(schema, depth + 1));
            }
        }
        let rest = flat
            .get("additionalProperties")
            .or(flat.get("unevaluatedProperties"))
            .cloned()
            .unwrap_or(json!(true));
        for name in required.iter().filter_map(Value::as_str) {
            if !members.contains_key(name) {
                members.insert(name.to_owned(), self.value(&rest, depth + 1));
            }
        }
        let patterns =
            flat.get("patternProperties").and_then(Value::as_object).cloned().unwrap_or_default();
        let others = if rest == json!(false) && patterns.is_empty() {
            usize::from(self.dice.one_in(8))
        } else {
            self.dice.roll(3)
        };
        for _ in 0..if depth > DEPTH { 0 } else { others } {
            let name = self.dice.pick(&NAMES).copied().unwrap_or("a");
            if !members.contains_key(name) {
                let by_pattern: Vec<Value> = patterns.values().cloned().collect();
                let schema =
                    if self.dice.one_in(2) { self.dice.pick(&by_pattern).cloned() } else { None };
                let value = self.value(&schema.unwrap_or_else(|| rest.clone()), depth + 1);
                members.insert(name.to_owned(), value);
            }
        }
        members.into()
    }

    fn anything(&mut self, depth: usize) -> Value {
        match self.dice.roll(if depth > DEPTH { 6 } else { 8 }) {
            0 => Value::Null,
            1 => json!(self.dice.one_in(2)),
            2 => json!(self.dice.roll(5)),
            3 => json!(0.5),
            4 | 5 => json!(self.dice.pick(&TEXTS)),
            6 => json!([self.anything(depth + 1)]),
            _ => json!({"a": self.anything(depth + 1)}),
        }
    }
}
