//! Finds what in a keyword refuses a value: the keyword itself, or a schema inside it.

use super::{Explanation, Failure};
use crate::format::integer_range;
use crate::source::child;
use crate::tri::Tri;
use serde_json::{Map, Value};

/// A keyword that refuses a part of the value.
pub(super) struct Place<'p> {
    /// The schema that contains the keyword.
    pub(super) schema: &'p str,
    pub(super) members: &'p Map<String, Value>,
    pub(super) keyword: &'static str,
    /// The keyword.
    pub(super) at: String,
    pub(super) value: &'p Value,
    /// The path to the part of the value.
    pub(super) path: &'p [String],
    /// The depth of the schemas in the keyword.
    pub(super) depth: usize,
}

impl Place<'_> {
    /// The value of the keyword.
    fn says(&self) -> &Value {
        &self.members[self.keyword]
    }

    /// The pointers of the entries of its list.
    pub(super) fn entries(&self) -> impl Iterator<Item = String> {
        let count = self.says().as_array().map_or(0, Vec::len);
        (0..count).map(|index| format!("{}/{index}", self.at))
    }

    /// The failure of the keyword itself.
    fn itself(&self) -> Failure {
        self.leaf(self.at.clone(), self.keyword, None)
    }

    fn leaf(&self, pointer: String, keyword: &'static str, property: Option<String>) -> Failure {
        let (schema, path) = (self.schema.to_owned(), self.path.to_vec());
        Failure { pointer, schema, keyword, property, path }
    }
}

impl Explanation<'_> {
    /// The failure at the deepest clear place; `None` if another keyword may explain more.
    pub(super) fn keyword(&self, place: &Place<'_>) -> Option<Failure> {
        let found = match place.keyword {
            "$ref" | "$dynamicRef" | "$recursiveRef" => {
                let reference = place.says().as_str();
                let target = reference
                    .and_then(|reference| self.side.source.resolve(place.schema, reference));
                target.and_then(|target| self.inner(place, target))
            }
            "allOf" => place.entries().find_map(|branch| self.inner(place, branch)),
            "anyOf" | "oneOf" => self.alternative(place),
            "if" => {
                let is_then = !self.refuses_schema(&place.at, place.value);
                let branch = if is_then { "then" } else { "else" };
                self.inner(place, child(place.schema, branch))
            }
            "properties" => self.named(place),
            "patternProperties" => self.patterned(place),
            "additionalProperties" | "unevaluatedProperties" => return self.left_over(place),
            "required" => {
                let missing = place.entries().find(|entry| self.refuses(entry, place.value));
                return missing.map(|entry| place.leaf(entry, place.keyword, None));
            }
            "prefixItems" | "items" | "additionalItems" | "unevaluatedItems" => self.item(place),
            "dependentSchemas" | "dependentRequired" | "dependencies" => {
                return self.dependency(place);
            }
            "format" if place.says().as_str().is_some_and(|name| integer_range(name).is_some()) => {
                Some(place.leaf(place.at.clone(), "number-format", None))
            }
            _ => None,
        };
        found.or_else(|| Some(place.itself()))
    }

    /// The failure for the same part of the value, in a schema inside the keyword.
    pub(super) fn inner(&self, place: &Place<'_>, pointer: String) -> Option<Failure> {
        self.schema(pointer, place.value, place.path, place.depth)
    }

    /// The failure for a member or an item, in a schema inside the keyword.
    fn part(
        &self,
        place: &Place<'_>,
        pointer: String,
        token: &str,
        part: &Value,
    ) -> Option<Failure> {
        let mut path = place.path.to_vec();
        path.push(token.to_owned());
        self.schema(pointer, part, &path, place.depth)
    }

    /// A property with its own schema. A tag that does not match explains more than other failures.
    fn named(&self, place: &Place<'_>) -> Option<Failure> {
        let members = place.value.as_object()?;
        let mut failures: Vec<Failure> = members
            .iter()
            .filter_map(|(key, member)| self.part(place, child(&place.at, key), key, member))
            .collect();
        let is_tag = |failure: &Failure| {
            matches!(failure.keyword, "const" | "enum")
                && failure.path.len() == place.path.len() + 1
        };
        let first = failures.iter().position(is_tag).unwrap_or(0);
        (!failures.is_empty()).then(|| failures.swap_remove(first))
    }

    /// A property that matches a pattern.
    fn patterned(&self, place: &Place<'_>) -> Option<Failure> {
        let (members, patterns) = (place.value.as_object()?, place.says().as_object()?);
        members.iter().find_map(|(key, member)| {
            let mut matching =
                patterns.keys().filter(|pattern| self.arena.matches(pattern, key) == Tri::True);
            matching.find_map(|pattern| self.part(place, child(&place.at, pattern), key, member))
        })
    }

    /// A property that no other keyword names.
    fn left_over(&self, place: &Place<'_>) -> Option<Failure> {
        let (key, member) = self.refused_alone(&place.at, place.value)?;
        if *place.says() == Value::Bool(false) {
            return Some(place.leaf(place.at.clone(), place.keyword, Some(key.clone())));
        }
        self.part(place, place.at.clone(), key, member).or_else(|| Some(place.itself()))
    }

    /// An item: by its own schema in a list of schemas, else by the one schema for the items after
    /// them.
    fn item(&self, place: &Place<'_>) -> Option<Failure> {
        let items = place.value.as_array()?.iter().enumerate();
        if place.says().is_array() && place.keyword != "unevaluatedItems" {
            return items.into_iter().find_map(|(index, item)| {
                let index = index.to_string();
                self.part(place, child(&place.at, &index), &index, item)
            });
        }
        if place.keyword == "prefixItems" || *place.says() == Value::Bool(false) {
            return None;
        }
        let prefix = ["prefixItems", "items"]
            .iter()
            .filter_map(|tuple| place.members.get(*tuple)?.as_array())
            .map(Vec::len)
            .max();
        items
            .skip(prefix.unwrap_or(0))
            .find_map(|(index, item)| self.part(place, place.at.clone(), &index.to_string(), item))
    }

    /// A property that another property requires.
    fn dependency(&self, place: &Place<'_>) -> Option<Failure> {
        let mut entries = place.says().as_object()?.keys().map(|name| child(&place.at, name));
        let entry = entries.find(|entry| self.refuses(entry, place.value))?;
        let needs = self.side.source.root.pointer(&entry).and_then(Value::as_array);
        let Some(needs) = needs else {
            return self.inner(place, entry).or_else(|| Some(place.itself()));
        };
        let is_missing =
            |name: &Value| name.as_str().is_some_and(|name| place.value.get(name).is_none());
        let missing = needs.iter().position(is_missing)?;
        Some(place.leaf(format!("{entry}/{missing}"), place.keyword, None))
    }

    /// The unnamed property that is refused.
    fn refused_alone<'v>(&self, at: &str, value: &'v Value) -> Option<(&'v String, &'v Value)> {
        let members = value.as_object()?;
        let single = members.iter().find(|(key, member)| {
            let one = Map::from_iter([((*key).clone(), (*member).clone())]);
            self.refuses(at, &Value::Object(one))
        });
        // If the unnamed properties depend on each other: a property whose removal makes the value
        // valid.
        single.or_else(|| {
            members.iter().find(|(key, _)| {
                let mut others = members.clone();
                others.remove(*key);
                !self.refuses(at, &Value::Object(others))
            })
        })
    }
}
