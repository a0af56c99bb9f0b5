//! From a witness to the keyword that refuses it, and to the place that writes it.

use crate::arena::Arena;
use crate::format::integer_range;
use crate::lower::Lowered;
use crate::source::{Source, child};
use crate::tri::Tri;
use serde_json::{Map, Value};
use std::cell::Cell;

/// A document and its formulas.
pub(crate) struct Side<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) lowered: Lowered,
}

/// Where a schema refuses a value.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The keyword, or the entry of it.
    pub(crate) pointer: String,
    /// The schema that the keyword stands in.
    pub(crate) schema: String,
    /// The keyword; `false` for the schema, `number-format` for a format that is a range.
    pub(crate) keyword: &'static str,
    /// The property that nothing else names, where that is the matter.
    pub(crate) property: Option<String>,
    /// The way to the part of the value.
    pub(crate) path: Vec<String>,
}

/// The order in which keywords are asked: the plainest reason first.
const ORDER: &[&str] = &[
    "type",
    "const",
    "enum",
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "properties",
    "patternProperties",
    "required",
    "additionalProperties",
    "prefixItems",
    "items",
    "additionalItems",
    "format",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minProperties",
    "maxProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// Schemas are followed so deep.
const DEPTH: usize = 150;
/// So many schemas are looked into: alternatives of alternatives are many.
const SCHEMAS: usize = 4_000;
/// So many schemas of the other side are looked for at one place.
const PLACES: usize = 256;
/// References of an alternative are followed so far to tell its shape.
const REFERENCES: usize = 8;

/// The keyword that refuses the value; none if it is not clear which.
pub(crate) fn explain(arena: &Arena, side: &Side<'_>, value: &Value) -> Option<Failure> {
    Explanation { arena, side, left: Cell::new(SCHEMAS) }.schema(String::new(), value, &[], 0)
}

struct Explanation<'a> {
    arena: &'a Arena,
    side: &'a Side<'a>,
    /// How many schemas may still be looked into.
    left: Cell<usize>,
}

impl Explanation<'_> {
    fn refuses_schema(&self, pointer: &str, value: &Value) -> bool {
        self.side
            .lowered
            .schemas
            .get(pointer)
            .is_some_and(|id| self.arena.evaluate(*id, value) == Tri::False)
    }

    fn refuses(&self, pointer: &str, value: &Value) -> bool {
        self.side
            .lowered
            .keywords
            .get(pointer)
            .is_some_and(|id| self.arena.evaluate(*id, value) == Tri::False)
    }

    fn schema(
        &self,
        pointer: String,
        value: &Value,
        path: &[String],
        depth: usize,
    ) -> Option<Failure> {
        let schema = self.side.source.root.pointer(&pointer)?;
        self.left.set(self.left.get().saturating_sub(1));
        if depth > DEPTH || self.left.get() == 0 || !self.refuses_schema(&pointer, value) {
            return None;
        }
        let Value::Object(members) = schema else {
            return Some(Failure {
                schema: pointer.clone(),
                pointer,
                keyword: "false",
                property: None,
                path: path.to_vec(),
            });
        };
        ORDER.iter().filter(|keyword| members.contains_key(**keyword)).find_map(|keyword| {
            let at = child(&pointer, keyword);
            let is_it = self.refuses(&at, value);
            is_it
                .then(|| self.keyword(&pointer, members, keyword, at, value, path, depth + 1))
                .flatten()
        })
    }

    #[expect(clippy::too_many_arguments, reason = "a place in the schema and a place in the value")]
    fn keyword(
        &self,
        schema: &str,
        members: &Map<String, Value>,
        keyword: &'static str,
        at: String,
        value: &Value,
        path: &[String],
        depth: usize,
    ) -> Option<Failure> {
        let leaf = |pointer: String, keyword, property| {
            Some(Failure {
                pointer,
                schema: schema.to_owned(),
                keyword,
                property,
                path: path.to_vec(),
            })
        };
        let inner = |pointer: String, value: &Value, token: Option<&str>| {
            let path: Vec<String> = path.iter().cloned().chain(token.map(str::to_owned)).collect();
            self.schema(pointer, value, &path, depth)
        };
        let entries = value.as_object().into_iter().flatten();
        let items = || value.as_array().into_iter().flatten().enumerate();
        let found = match keyword {
            "$ref" | "$dynamicRef" | "$recursiveRef" => {
                let target = members[keyword]
                    .as_str()
                    .and_then(|reference| self.side.source.resolve(schema, reference));
                target.and_then(|target| inner(target, value, None))
            }
            "allOf" => {
                Self::branches(&at, members, keyword).find_map(|branch| inner(branch, value, None))
            }
            "anyOf" | "oneOf" => self.alternative(&at, members, keyword, value, path, depth),
            "if" => ["then", "else"].iter().find_map(|branch| {
                let holds = !self.refuses_schema(&at, value);
                (holds == (*branch == "then"))
                    .then(|| inner(child(schema, branch), value, None))
                    .flatten()
            }),
            "properties" => {
                // A tag that does not fit says more than what is wrong besides.
                let mut failures: Vec<Failure> = entries
                    .into_iter()
                    .filter_map(|(key, member)| inner(child(&at, key), member, Some(key)))
                    .collect();
                let is_tag = |failure: &Failure| {
                    matches!(failure.keyword, "const" | "enum")
                        && failure.path.len() == path.len() + 1
                };
                let first = failures.iter().position(is_tag).unwrap_or(0);
                (!failures.is_empty()).then(|| failures.swap_remove(first))
            }
            "patternProperties" => entries.into_iter().find_map(|(key, member)| {
                let patterns = members[keyword].as_object().into_iter().flatten();
                let matching =
                    patterns.filter(|(pattern, _)| self.arena.matches(pattern, key) == Tri::True);
                matching
                    .into_iter()
                    .find_map(|(pattern, _)| inner(child(&at, pattern), member, Some(key)))
            }),
            "additionalProperties" | "unevaluatedProperties" => {
                let (key, member) = self.left_over(&at, value)?;
                if members[keyword] == Value::Bool(false) {
                    return leaf(at, keyword, Some(key.clone()));
                }
                inner(at.clone(), member, Some(key))
            }
            "required" => {
                let count = members[keyword].as_array().map_or(0, Vec::len);
                let entry = (0..count)
                    .map(|index| format!("{at}/{index}"))
                    .find(|entry| self.refuses(entry, value))?;
                return leaf(entry, keyword, None);
            }
            "prefixItems" | "items" | "additionalItems" if members[keyword].is_array() => items()
                .find_map(|(index, item)| {
                    inner(format!("{at}/{index}"), item, Some(&index.to_string()))
                }),
            "items" | "additionalItems" | "unevaluatedItems"
                if members[keyword] != Value::Bool(false) =>
            {
                let prefix = ["prefixItems", "items"]
                    .iter()
                    .filter_map(|tuple| members.get(*tuple)?.as_array())
                    .map(Vec::len)
                    .max();
                items()
                    .skip(prefix.unwrap_or(0))
                    .find_map(|(index, item)| inner(at.clone(), item, Some(&index.to_string())))
            }
            "dependentSchemas" | "dependentRequired" | "dependencies" => {
                let names = members[keyword].as_object().into_iter().flatten();
                let entry = names
                    .map(|(name, _)| child(&at, name))
                    .find(|entry| self.refuses(entry, value))?;
                if let Some(needs) = self.side.source.root.pointer(&entry).and_then(Value::as_array)
                {
                    let missing = needs.iter().position(|name| {
                        name.as_str().is_some_and(|name| value.get(name).is_none())
                    })?;
                    return leaf(format!("{entry}/{missing}"), keyword, None);
                }
                inner(entry, value, None)
            }
            "format"
                if members[keyword].as_str().is_some_and(|name| integer_range(name).is_some()) =>
            {
                return leaf(at, "number-format", None);
            }
            _ => None,
        };
        found.or_else(|| leaf(at, keyword, None))
    }

    fn branches(
        at: &str,
        members: &Map<String, Value>,
        keyword: &str,
    ) -> impl Iterator<Item = String> {
        let count = members[keyword].as_array().map_or(0, Vec::len);
        let at = at.to_owned();
        (0..count).map(move |index| format!("{at}/{index}"))
    }

    /// The property that is left over, and refused.
    fn left_over<'v>(&self, at: &str, value: &'v Value) -> Option<(&'v String, &'v Value)> {
        let members = value.as_object()?;
        let single = members.iter().find(|(key, _)| {
            let mut one = members.clone();
            one.retain(|other, _| other == *key);
            self.refuses(at, &Value::Object(one))
        });
        // Where which are left over depends on the others: one without which it is not refused.
        single.or_else(|| {
            members.iter().find(|(key, _)| {
                let mut others = members.clone();
                others.remove(*key);
                !self.refuses(at, &Value::Object(others))
            })
        })
    }

    /// What is the matter in the one alternative that is meant, if one is: whose type and tag fit.
    fn alternative(
        &self,
        at: &str,
        members: &Map<String, Value>,
        keyword: &str,
        value: &Value,
        path: &[String],
        depth: usize,
    ) -> Option<Failure> {
        let branches: Vec<String> = Self::branches(at, members, keyword).collect();
        let explained =
            branches.iter().map(|branch| self.schema(branch.clone(), value, path, depth));
        let failures: Option<Vec<Failure>> = explained.collect();
        let is_tag = |failure: &Failure| match failure.keyword {
            "type" | "false" | "number-format" => failure.path.len() == path.len(),
            "const" | "enum" => failure.path.len() <= path.len() + 1,
            _ => false,
        };
        let is_shape = |failure: &Failure| {
            matches!(failure.keyword, "required" | "additionalProperties")
                && failure.path.len() == path.len()
        };
        // An alternative that holds is not what is missing.
        let mut meant = failures?;
        // Where all others have another shape, it is this one.
        let mut shaped = branches
            .iter()
            .zip(&meant)
            .filter(|(branch, _)| self.has_shape((*branch).clone(), value));
        if let (Some((_, only)), None) = (shaped.next(), shaped.next()) {
            return Some(only.clone());
        }
        meant.retain(|failure| !is_tag(failure));
        if meant.len() > 1 {
            meant.retain(|failure| !is_shape(failure));
        }
        if meant.len() == 1 { meant.pop() } else { None }
    }
}

impl Explanation<'_> {
    /// Whether the value has the type, the properties and the tags that the schema asks for.
    fn has_shape(&self, mut pointer: String, value: &Value) -> bool {
        for _ in 0..REFERENCES {
            let keywords = ["type", "const", "enum", "required", "additionalProperties"];
            if keywords.iter().any(|keyword| self.refuses(&child(&pointer, keyword), value)) {
                return false;
            }
            let Some(members) = self.side.source.root.pointer(&pointer).and_then(Value::as_object)
            else {
                break;
            };
            let named = members.get("properties").and_then(Value::as_object).into_iter().flatten();
            let is_tag = |schema: &Value| schema.get("const").is_some();
            let has_tags = named.filter(|(_, schema)| is_tag(schema)).all(|(name, _)| {
                let at = child(&child(&pointer, "properties"), name);
                value.get(name).is_none_or(|member| !self.refuses_schema(&at, member))
            });
            if !has_tags {
                return false;
            }
            let target = members.get("$ref").and_then(Value::as_str);
            match target.and_then(|target| self.side.source.resolve(&pointer, target)) {
                Some(target) => pointer = target,
                None => break,
            }
        }
        true
    }
}

/// The place of the other schema that the failing part of the value is written by: the keyword, if
/// it is there.
pub(crate) fn follow(arena: &Arena, side: &Side<'_>, value: &Value, failure: &Failure) -> String {
    let way = Way { arena, side };
    let mut places = way.applying("", value, 0);
    let mut part = value;
    for token in &failure.path {
        let next = match part {
            Value::Array(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
            other => other.get(token),
        };
        let found = next.and_then(|next| {
            places.iter().find_map(|place| way.step(place, part, token)).map(|place| (place, next))
        });
        let Some((place, next)) = found else { return places.swap_remove(0) };
        part = next;
        places = way.applying(&place, part, 0);
    }
    let keyword = if failure.keyword == "number-format" { "format" } else { failure.keyword };
    if let Some(name) = &failure.property {
        let named = places.iter().find_map(|place| way.step(place, part, name));
        return named.unwrap_or_else(|| places[0].clone());
    }
    let has = |place: &&String| {
        side.source.root.pointer(place).is_some_and(|schema| schema.get(keyword).is_some())
    };
    places.iter().find(has).map_or_else(|| places[0].clone(), |place| child(place, keyword))
}

struct Way<'a> {
    arena: &'a Arena,
    side: &'a Side<'a>,
}

impl Way<'_> {
    /// The schema there and those that apply with it, at least one.
    fn applying(&self, pointer: &str, value: &Value, depth: usize) -> Vec<String> {
        let mut places = vec![pointer.to_owned()];
        let Some(members) = self.side.source.root.pointer(pointer).and_then(Value::as_object)
        else {
            return places;
        };
        if depth > 12 {
            return places;
        }
        let mut next = Vec::new();
        for (keyword, member) in members {
            let at = child(pointer, keyword);
            match (keyword.as_str(), member) {
                ("$ref", Value::String(reference)) => {
                    next.extend(self.side.source.resolve(pointer, reference));
                }
                ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => {
                    next.extend((0..branches.len()).map(|index| format!("{at}/{index}")));
                }
                ("then" | "else", _) => next.push(at),
                _ => {}
            }
        }
        for place in next {
            if places.len() > PLACES {
                break;
            }
            let fits = |id: &u32| self.arena.evaluate(*id, value) != Tri::False;
            if self.side.lowered.schemas.get(&place).is_some_and(fits) {
                places.extend(self.applying(&place, value, depth + 1));
            }
        }
        places
    }

    /// The schema of a member or an item.
    fn step(&self, place: &str, value: &Value, token: &str) -> Option<String> {
        let has = |pointer: &String| self.side.lowered.schemas.contains_key(pointer);
        let at = |keyword: &str| child(place, keyword);
        if value.is_array() {
            let index = |keyword: &str| child(&at(keyword), token);
            return [
                index("prefixItems"),
                index("items"),
                at("items"),
                at("additionalItems"),
                at("unevaluatedItems"),
            ]
            .into_iter()
            .find(has);
        }
        let named = Some(child(&at("properties"), token)).filter(|pointer| has(pointer));
        let by_pattern = || {
            let patterns = self.side.source.root.pointer(&at("patternProperties"))?.as_object()?;
            let pattern =
                patterns.keys().find(|pattern| self.arena.matches(pattern, token) == Tri::True)?;
            Some(child(&at("patternProperties"), pattern)).filter(|pointer| has(pointer))
        };
        let left_over =
            || [at("additionalProperties"), at("unevaluatedProperties")].into_iter().find(has);
        named.or_else(by_pattern).or_else(left_over)
    }
}
