//! Finds the keyword that refuses a witness, and the place that writes it.

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
    pub(crate) lowered: &'a Lowered,
}

/// The place where a schema refuses a value.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The keyword, or an entry of it.
    pub(crate) pointer: String,
    /// The schema that contains the keyword.
    pub(crate) schema: String,
    /// The keyword; `false` for a `false` schema, `number-format` for a format that is a range.
    pub(crate) keyword: &'static str,
    /// The unnamed property, if it is refused.
    pub(crate) property: Option<String>,
    /// The path to the part of the value.
    pub(crate) path: Vec<String>,
}

/// The order in which keywords are tried: the plainest reason first.
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

/// The maximum depth of schemas.
const DEPTH: usize = 150;
/// The maximum number of schemas to search: nested alternatives may be many.
const SCHEMAS: usize = 4_000;

/// The keyword that refuses the value; `None` if that is not clear.
pub(crate) fn explain(arena: &Arena, side: &Side<'_>, value: &Value) -> Option<Failure> {
    Explanation { arena, side, left: Cell::new(SCHEMAS) }.schema(String::new(), value, &[], 0)
}

struct Explanation<'a> {
    arena: &'a Arena,
    side: &'a Side<'a>,
    /// How many schemas may still be searched.
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
