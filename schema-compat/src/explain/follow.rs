//! Finds the place in the other schema that writes a refused value.

use super::{Failure, Side};
use crate::arena::Arena;
use crate::source::child;
use crate::tri::Tri;
use serde_json::Value;

/// The maximum number of schemas of the other side for one place.
const PLACES: usize = 256;
/// Schemas that apply with a schema are followed so deep.
const DEPTH: usize = 12;

/// The place in the other schema that writes the failing part of the value: the keyword, if that
/// schema has it.
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
    /// The schema at the pointer and the schemas that apply together with it; at least one.
    fn applying(&self, pointer: &str, value: &Value, depth: usize) -> Vec<String> {
        let mut places = vec![pointer.to_owned()];
        let Some(members) = self.side.source.root.pointer(pointer).and_then(Value::as_object)
        else {
            return places;
        };
        if depth > DEPTH {
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
