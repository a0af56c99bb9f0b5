//! Pairs of schemas by what there is many of. The bench, the fuzz target and the tests of sizes
//! share them.

use serde_json::{Map, Value, json};

/// The writer's schema and the reader's. Where it is deep, dropping it as `Value` does would
/// overflow the stack.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) old: Value,
    pub(crate) new: Value,
}

impl Drop for Pair {
    fn drop(&mut self) {
        let mut left = vec![self.old.take(), self.new.take()];
        while let Some(value) = left.pop() {
            match value {
                Value::Array(items) => left.extend(items),
                Value::Object(members) => {
                    left.extend(members.into_iter().map(|(_, member)| member));
                }
                _ => {}
            }
        }
    }
}

/// One kind of size.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The sizes that are measured.
    pub(crate) sizes: [usize; 3],
    make: fn(usize) -> (Value, Value),
}

impl Shape {
    const fn new(name: &'static str, make: fn(usize) -> (Value, Value)) -> Self {
        Self { name, sizes: COUNTS, make }
    }

    const fn of(name: &'static str, sizes: [usize; 3], make: fn(usize) -> (Value, Value)) -> Self {
        Self { name, sizes, make }
    }

    pub(crate) fn pair(&self, size: usize) -> Pair {
        let (old, new) = (self.make)(size);
        Pair { old, new }
    }
}

/// Of what each one more is as much work again; letters, levels and bounds are not.
pub(crate) const COUNTS: [usize; 3] = [1_000, 3_000, 10_000];
const LETTERS: [usize; 3] = [1_000, 10_000, 100_000];
const LEVELS: [usize; 3] = [30, 90, 20_000];
const BOUNDS: [usize; 3] = [1_000, 1_000_000, usize::MAX >> 1];

pub(crate) const SHAPES: &[Shape] = &[
    // Alternatives, and what is combined.
    Shape::new("anyOf, written", |n| {
        (json!({"anyOf": keyed(n, &int())}), json!({"type": "object"}))
    }),
    Shape::new("oneOf, written", |n| {
        (json!({"oneOf": keyed(n, &int())}), json!({"type": "object"}))
    }),
    Shape::new("anyOf, read", |n| (object("k0", &int()), json!({"anyOf": keyed(n, &number())}))),
    Shape::new("oneOf, read", |n| (object("k0", &int()), json!({"oneOf": keyed(n, &number())}))),
    Shape::new("anyOf of tags, both", |n| {
        (json!({"anyOf": tagged(n, &int())}), json!({"anyOf": tagged(n, &number())}))
    }),
    Shape::new("oneOf of tags, both", |n| {
        (json!({"oneOf": tagged(n, &number())}), json!({"oneOf": tagged(n, &int())}))
    }),
    Shape::new("anyOf of constants", |n| {
        (json!({"anyOf": each(n, |i| json!({"const": i}))}), int())
    }),
    Shape::new("allOf, written", |n| {
        (json!({"allOf": each(n, |i| json!({"minimum": i}))}), json!({"minimum": 7}))
    }),
    Shape::new("allOf, read", |n| {
        (object("k0", &int()), json!({"allOf": each(n, |i| optional(i, &int()))}))
    }),
    Shape::new("allOf of anyOf", |n| {
        (json!({"allOf": each(n, choice)}), json!({"type": "object"}))
    }),
    Shape::new("not, written", |n| {
        (json!({"allOf": each(n, |i| json!({"not": {"const": i}}))}), json!({"type": "string"}))
    }),
    Shape::new("not, read", |n| {
        (int(), json!({"allOf": each(n, |i| json!({"not": {"const": i}}))}))
    }),
    Shape::new("if and else", |n| {
        (json!({"type": "object"}), json!({"allOf": each(n, condition)}))
    }),
    // Objects.
    Shape::new("properties, written", |n| (properties(n, &int()), object("k0", &number()))),
    Shape::new("properties, read", |n| (object("k0", &int()), properties(n, &int()))),
    Shape::new("properties, both", |n| (properties(n, &int()), properties(n, &number()))),
    Shape::new("closed properties, both", |n| (closed(n, &int()), closed(n, &number()))),
    Shape::new("required, written", |n| {
        (json!({"type": "object", "required": names(n)}), json!({"required": ["k7"]}))
    }),
    Shape::new("required, read", |n| (object("k0", &int()), json!({"required": names(n)}))),
    Shape::new("patternProperties, written", |n| {
        (by_pattern(n, &int()), json!({"type": "object"}))
    }),
    Shape::new("patternProperties, read", |n| (object("k0", &int()), by_pattern(n, &int()))),
    Shape::new("patternProperties, both", |n| (by_pattern(n, &int()), by_pattern(n, &number()))),
    Shape::new("dependentRequired, written", |n| {
        (depend(n), json!({"type": ["object", "string"]}))
    }),
    Shape::new("dependentRequired, read", |n| (object("k0", &int()), depend(n))),
    Shape::of("minProperties", BOUNDS, |n| {
        (
            json!({"type": "object", "minProperties": n}),
            json!({"minProperties": n.saturating_add(1)}),
        )
    }),
    // Lists and values.
    Shape::new("prefixItems, written", |n| {
        (tuple(n, &int()), json!({"type": "array", "prefixItems": [number()]}))
    }),
    Shape::new("prefixItems, read", |n| {
        (json!({"type": "array", "items": int()}), tuple(n, &number()))
    }),
    Shape::new("prefixItems, both", |n| (tuple(n, &number()), tuple(n, &int()))),
    Shape::of("minItems", BOUNDS, |n| {
        (json!({"type": "array", "minItems": n}), json!({"minItems": n.saturating_add(1)}))
    }),
    Shape::of("uniqueItems", BOUNDS, |n| {
        (json!({"type": "array", "minItems": n, "uniqueItems": true}), json!({"maxItems": 3}))
    }),
    Shape::of("contains", BOUNDS, |n| {
        (
            json!({"type": "array", "contains": int(), "minContains": n}),
            json!({"maxContains": n, "contains": number()}),
        )
    }),
    Shape::new("enum, written", |n| (json!({"enum": names(n)}), json!({"type": "string"}))),
    Shape::new("enum, read", |n| (json!({"type": "string"}), json!({"enum": names(n)}))),
    Shape::new("enum, both", |n| {
        (json!({"enum": names(n)}), json!({"enum": names(n.saturating_sub(1))}))
    }),
    Shape::of("large exponents", [10, 100, 300], |n| {
        (json!({"multipleOf": power(n)}), json!({"multipleOf": 0.000_1, "maximum": -power(n)}))
    }),
    // Texts.
    Shape::of("letters of a pattern", LETTERS, |n| {
        (json!({"type": "string", "pattern": "a".repeat(n)}), json!({"type": "string"}))
    }),
    Shape::of("alternatives of a pattern", [100, 1_000, 10_000], |n| {
        (json!({"pattern": texts(n).join("|")}), json!({"pattern": "^k"}))
    }),
    Shape::of("repetitions of a pattern", [100, 1_000, 100_000], |n| {
        (
            json!({"pattern": format!("^a{{{n}}}$")}),
            json!({"pattern": format!("^a{{1,{}}}$", n + 1)}),
        )
    }),
    Shape::of("nested repetitions", [10, 100, 1_000], |n| {
        (
            json!({"pattern": format!("^(a{{1,{n}}}){{1,{n}}}$")}),
            json!({"pattern": format!("^a{{1,{n}}}$")}),
        )
    }),
    Shape::of("groups in groups", LETTERS, |n| {
        (
            json!({"pattern": format!("{}a{}", "(".repeat(n), ")".repeat(n))}),
            json!({"type": "string"}),
        )
    }),
    Shape::of("a pattern's look ahead", [10, 100, 1_000], |n| {
        (json!({"pattern": format!("^{}a", "(?=a)".repeat(n))}), json!({"pattern": "^a"}))
    }),
    Shape::of("minLength", BOUNDS, |n| {
        (json!({"type": "string", "minLength": n}), json!({"minLength": n.saturating_add(1)}))
    }),
    Shape::of("letters of a constant", LETTERS, |n| {
        (json!({"const": "a".repeat(n)}), json!({"pattern": "^a*b?$"}))
    }),
    Shape::of("letters of a name", LETTERS, |n| {
        (object(&"a".repeat(n), &int()), json!({"propertyNames": {"pattern": "^a*$"}}))
    }),
    // References.
    Shape::new("a chain of references", |n| (chain(n, false, &int()), chain(n, false, &number()))),
    Shape::new("a circle of references", |n| (chain(n, true, &int()), chain(n, true, &number()))),
    Shape::new("a circle of properties", |n| (linked(n, &int()), linked(n, &number()))),
    Shape::new("definitions with $id", |n| {
        (identified("$id", "urn:d", n, &int()), identified("$id", "urn:d", n, &number()))
    }),
    Shape::new("definitions with $anchor", |n| {
        (identified("$anchor", "d", n, &int()), identified("$anchor", "d", n, &number()))
    }),
    Shape::of("letters of a reference", LETTERS, |n| {
        (json!({"$ref": format!("#/{}", "a/".repeat(n))}), json!({"type": "string"}))
    }),
    // Levels.
    Shape::of("levels of items", LEVELS, |n| {
        (nested(n, "items", int()), nested(n, "items", number()))
    }),
    Shape::of("levels of properties", LEVELS, |n| {
        (in_levels(n, int(), |inner| one("properties", one("a", inner))), json!({"type": "object"}))
    }),
    Shape::of("levels of not", LEVELS, |n| (nested(n, "not", int()), nested(n, "not", number()))),
    Shape::of("levels of anyOf", LEVELS, |n| {
        (
            in_levels(n, int(), |inner| {
                one("anyOf", Value::Array(vec![inner, one("type", "null".into())]))
            }),
            int(),
        )
    }),
    Shape::of("levels of allOf, oneOf", LEVELS, |n| {
        (
            in_levels(n, int(), |inner| {
                one("allOf", Value::Array(vec![one("oneOf", Value::Array(vec![inner]))]))
            }),
            int(),
        )
    }),
    Shape::of("levels of a constant", LEVELS, |n| {
        (one("const", nested(n, "a", json!(1))), one("const", nested(n, "a", json!(2))))
    }),
    Shape::of("levels of an enum's list", LEVELS, |n| {
        (
            one("enum", in_levels(n, json!(1), |inner| Value::Array(vec![inner]))),
            json!({"type": "array"}),
        )
    }),
    Shape::of("levels of a default", LEVELS, |n| {
        (one("default", nested(n, "a", json!(1))), json!({"type": "array"}))
    }),
    Shape::of("levels of an unknown keyword", LEVELS, |n| {
        (one("x-note", nested(n, "a", json!(1))), json!({"type": "array"}))
    }),
];

fn int() -> Value {
    json!({"type": "integer"})
}

fn number() -> Value {
    json!({"type": "number"})
}

fn each(n: usize, of: impl Fn(usize) -> Value) -> Value {
    (0..n).map(of).collect()
}

fn texts(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("k{i}")).collect()
}

fn names(n: usize) -> Value {
    texts(n).into()
}

fn members(n: usize, of: impl Fn(usize) -> (String, Value)) -> Value {
    (0..n).map(of).collect::<Map<_, _>>().into()
}

/// An object of one member. `json!` would copy what is inside, level by level.
fn one(key: &str, inner: Value) -> Value {
    Value::Object(Map::from_iter([(key.to_owned(), inner)]))
}

fn object(name: &str, of: &Value) -> Value {
    json!({"type": "object", "properties": {name: of}, "required": [name]})
}

fn optional(i: usize, of: &Value) -> Value {
    json!({"properties": {format!("k{i}"): of}})
}

fn keyed(n: usize, of: &Value) -> Value {
    each(n, |i| object(&format!("k{i}"), of))
}

fn tagged(n: usize, of: &Value) -> Value {
    each(
        n,
        |i| json!({"type": "object", "properties": {"type": {"const": format!("k{i}")}, "value": of}, "required": ["type"]}),
    )
}

fn choice(i: usize) -> Value {
    json!({"anyOf": [object(&format!("k{i}"), &int()), object(&format!("k{}", i * 7 + 3), &number())]})
}

fn condition(i: usize) -> Value {
    json!({"if": object(&format!("k{i}"), &int()), "then": object("a", &int()), "else": optional(i, &number())})
}

fn properties(n: usize, of: &Value) -> Value {
    json!({"type": "object", "properties": members(n, |i| (format!("k{i}"), of.clone()))})
}

fn closed(n: usize, of: &Value) -> Value {
    json!({"type": "object", "properties": members(n, |i| (format!("k{i}"), of.clone())), "additionalProperties": false})
}

fn by_pattern(n: usize, of: &Value) -> Value {
    json!({"type": "object", "patternProperties": members(n, |i| (format!("^k{i}_"), of.clone()))})
}

fn depend(n: usize) -> Value {
    json!({"type": "object", "dependentRequired": members(n, |i| (format!("k{i}"), json!([format!("k{}", i + 1)])))})
}

fn tuple(n: usize, of: &Value) -> Value {
    json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "prefixItems": each(n, |_| of.clone())})
}

fn power(n: usize) -> f64 {
    10_f64.powi(i32::try_from(n.min(300)).unwrap_or_default())
}

/// n definitions, each the next one; the last one is a leaf, or the first one.
fn chain(n: usize, is_circle: bool, leaf: &Value) -> Value {
    let definition = |i: usize| match i + 1 {
        next if next < n => json!({"$ref": format!("#/$defs/d{next}")}),
        _ if is_circle => json!({"$ref": "#/$defs/d0", "title": leaf["type"]}),
        _ => leaf.clone(),
    };
    json!({"$ref": "#/$defs/d0", "$defs": members(n, |i| (format!("d{i}"), definition(i)))})
}

fn linked(n: usize, leaf: &Value) -> Value {
    let definition = |i: usize| json!({"type": "object", "properties": {"leaf": leaf, "next": {"$ref": format!("#/$defs/d{}", (i + 1) % n)}}});
    json!({"$ref": "#/$defs/d0", "$defs": members(n, |i| (format!("d{i}"), definition(i)))})
}

/// n definitions of a name of their own, all referred to by it.
fn identified(keyword: &str, prefix: &str, n: usize, leaf: &Value) -> Value {
    let reference =
        |i: usize| if keyword == "$id" { format!("{prefix}{i}") } else { format!("#{prefix}{i}") };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": members(n, |i| (format!("k{i}"), json!({"$ref": reference(i)}))),
        "$defs": members(n, |i| (format!("d{i}"), json!({keyword: format!("{prefix}{i}"), "type": leaf["type"]}))),
    })
}

fn nested(n: usize, key: &str, leaf: Value) -> Value {
    in_levels(n, leaf, |inner| one(key, inner))
}

/// Built from the inside, without recursion.
fn in_levels(n: usize, leaf: Value, around: impl Fn(Value) -> Value) -> Value {
    (0..n).fold(leaf, |inner, _| around(inner))
}
