//! Finds the intended alternative among several.

use super::keyword::Place;
use super::{Explanation, Failure};
use crate::source::child;
use serde_json::Value;

/// How many references of an alternative are followed to find its shape.
const REFERENCES: usize = 8;

impl Explanation<'_> {
    /// The failure in the intended alternative, if there is exactly one whose type and tag match.
    pub(super) fn alternative(&self, place: &Place<'_>) -> Option<Failure> {
        let Place { value, path, .. } = place;
        let branches: Vec<String> = place.entries().collect();
        let explained = branches.iter().map(|branch| self.inner(place, branch.clone()));
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
        // If an alternative holds, none is missing.
        let mut meant = failures?;
        // If only one alternative has the shape of the value, it is the intended one.
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

    /// Whether the value has the type, the properties and the tags that the schema requires.
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
