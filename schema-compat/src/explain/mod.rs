//! From a witness to the keyword that refuses it, and to the place that writes it.

mod alternative;
mod follow;
mod keyword;

pub(crate) use follow::follow;

use crate::arena::Arena;
use crate::lower::Lowered;
use crate::source::{Source, child};
use crate::tri::Tri;
use keyword::Place;
use serde_json::Value;
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
            let schema = &pointer;
            let place = Place { schema, members, keyword, at, value, path, depth: depth + 1 };
            is_it.then(|| self.keyword(&place)).flatten()
        })
    }
}
