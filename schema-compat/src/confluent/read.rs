//! Reads a document into classes, like the registry's readers (everit for draft 04 to 07,
//! json-sKema for later drafts).

use super::schemas::{
    Beside, Class, Criterion, Id, Lists, Numbers, Objects, Property, Range, Rest, Schemas, Texts,
};
use crate::arena::Constant;
use crate::decimal::Decimal;
use crate::source::{Draft, Source, child};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Keywords that determine the class if there is no `type`.
const OF_OBJECTS: &[&str] = &[
    "properties",
    "required",
    "minProperties",
    "maxProperties",
    "dependencies",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
];
const OF_LISTS: &[&str] = &[
    "items",
    "additionalItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
    "prefixItems",
    "unevaluatedItems",
];
const OF_NUMBERS: &[&str] =
    &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
const OF_TEXTS: &[&str] = &["minLength", "maxLength", "pattern", "format"];

/// Reads a document that is known to be a valid schema.
pub(super) fn read<'s>(schemas: &mut Schemas<'s>, source: &Source<'s>) -> Id {
    // The registry reads a schema without `$schema` as draft 07.
    let draft = if source.draft == Draft::Unstated { Draft::Seven } else { source.draft };
    let mut reading =
        Reading { schemas, source, draft, known: HashMap::new(), waiting: Vec::new() };
    let root = reading.schema("");
    while let Some((pointer, id)) = reading.waiting.pop() {
        let class = reading.class(&pointer);
        let beside = reading.beside(&pointer, &class);
        reading.schemas.fill(id, class, beside);
    }
    root
}

struct Reading<'a, 's> {
    schemas: &'a mut Schemas<'s>,
    source: &'a Source<'s>,
    draft: Draft,
    known: HashMap<String, Id>,
    waiting: Vec<(String, Id)>,
}

/// A schema object and its place.
#[derive(Clone, Copy)]
struct Place<'p, 's> {
    pointer: &'p str,
    members: &'s Map<String, Value>,
}

impl Place<'_, '_> {
    fn has_any(self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.members.contains_key(*keyword))
    }

    fn number(self, keyword: &str) -> Option<Decimal> {
        self.members.get(keyword)?.as_number().and_then(Decimal::from_number)
    }

    fn range(self, min: &str, max: &str) -> Range {
        Range { min: self.number(min), max: self.number(max) }
    }

    fn names(value: &Value) -> BTreeSet<String> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }
}

impl<'s> Reading<'_, 's> {
    fn schema(&mut self, pointer: &str) -> Id {
        if let Some(id) = self.known.get(pointer) {
            return *id;
        }
        let members = self.source.root.pointer(pointer).and_then(Value::as_object);
        // Filled in later, because schemas may refer to each other.
        let id = self.schemas.add(pointer, members);
        self.known.insert(pointer.to_owned(), id);
        self.waiting.push((pointer.to_owned(), id));
        id
    }

    /// The keywords that the class does not hold, and those whose exact form it does not hold.
    fn beside(&self, pointer: &str, class: &Class) -> Beside<'s> {
        let members =
            self.source.root.pointer(pointer).and_then(Value::as_object).into_iter().flatten();
        let members = members.map(|(keyword, value)| (keyword.as_str(), value));
        let mut beside: Beside<'s> = match class {
            Class::Reference(_) | Class::Elsewhere(_) => members.collect(),
            _ => members
                .filter(|(keyword, value)| !self.is_held(keyword) && !says_nothing(keyword, value))
                .collect(),
        };
        beside.sort_unstable_by_key(|(keyword, _)| *keyword);
        beside
    }

    /// Whether a class holds everything in the keyword.
    fn is_held(&self, keyword: &str) -> bool {
        match keyword {
            "properties" | "patternProperties" | "additionalProperties" | "items" | "not" => true,
            "prefixItems" | "unevaluatedItems" | "unevaluatedProperties" | "dependentSchemas" => {
                self.is_known(keyword)
            }
            "additionalItems" => self.draft < Draft::Twenty,
            "dependencies" => self.draft < Draft::Nineteen,
            _ => Criterion::ALL.iter().any(|criterion| criterion.keyword() == keyword),
        }
    }

    fn class(&mut self, pointer: &str) -> Class {
        match self.source.root.pointer(pointer) {
            Some(Value::Bool(false)) => Class::False,
            Some(Value::Object(members)) => self.joined(Place { pointer, members }),
            _ => Class::Empty,
        }
    }

    /// The keywords as one class per kind, joined by an `allOf` that the document does not have.
    fn joined(&mut self, place: Place<'_, 's>) -> Class {
        let mut parts = Vec::new();
        for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
            let is_known = match keyword {
                "$ref" => true,
                "$dynamicRef" => self.draft >= Draft::Twenty,
                _ => self.draft == Draft::Nineteen,
            };
            if let Some(reference) =
                place.members.get(keyword).and_then(Value::as_str).filter(|_| is_known)
            {
                parts.push(self.reference(place, keyword, reference));
            }
        }
        if !parts.is_empty() && self.draft.ref_stands_alone() {
            return parts.remove(0);
        }
        if let Some(values) = place.members.get("enum").and_then(Value::as_array) {
            parts.push(Class::Enum(Rc::new(values.iter().map(Constant::from).collect())));
        }
        for criterion in Criterion::ALL {
            if let Some(list) = place.members.get(criterion.keyword()).and_then(Value::as_array) {
                let at = child(place.pointer, criterion.keyword());
                let ids =
                    (0..list.len()).map(|index| self.schema(&format!("{at}/{index}"))).collect();
                parts.push(Class::Combined(criterion, ids));
            }
        }
        if place.members.contains_key("not") {
            parts.push(Class::Not(self.schema(&child(place.pointer, "not"))));
        }
        if let Some(value) = place.members.get("const").filter(|_| self.draft >= Draft::Six) {
            parts.push(Class::Const(Rc::new(value.into())));
        }
        self.typed(place, &mut parts);
        if self.draft >= Draft::Seven && place.has_any(&["if", "then", "else"]) {
            parts.push(Class::Conditional);
        }
        self.all_of(place, Criterion::All, parts)
    }

    fn all_of(
        &mut self,
        place: Place<'_, 's>,
        criterion: Criterion,
        mut parts: Vec<Class>,
    ) -> Class {
        match parts.len() {
            0 => Class::Empty,
            1 if criterion == Criterion::All => parts.remove(0),
            _ => {
                let add = |class| self.schemas.add_part(place.pointer, place.members, class);
                Class::Combined(criterion, parts.into_iter().map(add).collect())
            }
        }
    }

    fn reference(&mut self, place: Place<'_, 's>, keyword: &str, reference: &str) -> Class {
        let is_static = keyword == "$ref" || self.source.is_static(reference);
        match self.source.resolve(place.pointer, reference).filter(|_| is_static) {
            Some(target) => Class::Reference(self.schema(&target)),
            None => Class::Elsewhere(reference.to_owned()),
        }
    }

    /// The class of `type` with the keywords of that type, and the classes of other keywords.
    fn typed(&mut self, place: Place<'_, 's>, parts: &mut Vec<Class>) {
        let mut types = Vec::new();
        match place.members.get("type") {
            Some(Value::String(name)) => {
                types.push(name.as_str());
                parts.push(self.of_type(place, name));
            }
            Some(Value::Array(names)) => {
                types.extend(names.iter().filter_map(Value::as_str));
                let classes = types.iter().map(|name| self.of_type(place, name)).collect();
                parts.push(self.all_of(place, Criterion::Any, classes));
            }
            _ => {}
        }
        let families = [
            ("array", OF_LISTS),
            ("object", OF_OBJECTS),
            ("number", OF_NUMBERS),
            ("string", OF_TEXTS),
        ];
        for (name, keywords) in families {
            let is_said = types.contains(&name) || (name == "number" && types.contains(&"integer"));
            let known: Vec<&str> =
                keywords.iter().copied().filter(|keyword| self.is_known(keyword)).collect();
            if !is_said && place.has_any(&known) {
                parts.push(self.of_type(place, name));
            }
        }
    }

    /// Whether the keyword has a meaning in this draft.
    fn is_known(&self, keyword: &str) -> bool {
        match keyword {
            "prefixItems" => self.draft >= Draft::Twenty,
            "unevaluatedItems"
            | "unevaluatedProperties"
            | "dependentRequired"
            | "dependentSchemas"
            | "minContains"
            | "maxContains" => self.draft >= Draft::Nineteen,
            "contains" | "propertyNames" => self.draft >= Draft::Six,
            _ => true,
        }
    }

    fn of_type(&mut self, place: Place<'_, 's>, name: &str) -> Class {
        match name {
            "null" => Class::Null,
            "boolean" => Class::Boolean,
            "string" => Class::Texts(Texts {
                length: place.range("minLength", "maxLength"),
                pattern: place.members.get("pattern").and_then(Value::as_str).map(Rc::from),
            }),
            "array" => Class::Lists(self.lists(place)),
            "object" => Class::Objects(self.objects(place)),
            _ => Class::Numbers(Numbers {
                is_integer: name == "integer",
                range: place.range("minimum", "maximum"),
                exclusive: place.range("exclusiveMinimum", "exclusiveMaximum"),
                multiple_of: place.number("multipleOf"),
            }),
        }
    }

    fn lists(&mut self, place: Place<'_, 's>) -> Lists {
        let is_new = self.draft >= Draft::Twenty;
        let tuple_keyword = if is_new { "prefixItems" } else { "items" };
        let places = place.members.get(tuple_keyword).and_then(Value::as_array).map(Vec::len);
        let at = child(place.pointer, tuple_keyword);
        let tuple =
            (0..places.unwrap_or(0)).map(|index| self.schema(&format!("{at}/{index}"))).collect();
        let has_items = place.members.get("items").is_some_and(|items| !items.is_array());
        let items = (has_items && !(is_new && places.is_some()))
            .then(|| self.schema(&child(place.pointer, "items")));
        let additional = match (is_new, places) {
            (true, Some(_)) => self.rest(place, "items"),
            (true, None) => Rest::ANYTHING,
            (false, _) => self.rest(place, "additionalItems"),
        };
        let is_unique = place.members.get("uniqueItems") == Some(&Value::Bool(true));
        let (unevaluated, contained) = if self.draft >= Draft::Nineteen {
            (self.rest(place, "unevaluatedItems"), place.range("minContains", "maxContains"))
        } else {
            (Rest::ANYTHING, Range::default())
        };
        let count = place.range("minItems", "maxItems");
        Lists { items, tuple, additional, unevaluated, count, contained, is_unique }
    }

    fn objects(&mut self, place: Place<'_, 's>) -> Objects {
        let of_names = |keyword: &str| {
            place.members.get(keyword).and_then(Value::as_object).into_iter().flatten()
        };
        let mut properties = BTreeMap::new();
        for (name, value) in of_names("properties") {
            let schema = self.schema(&child(&child(place.pointer, "properties"), name));
            properties.insert(
                name.clone(),
                Property { schema, has_default: value.get("default").is_some() },
            );
        }
        let patterns = of_names("patternProperties")
            .map(|(pattern, _)| {
                let at = child(&child(place.pointer, "patternProperties"), pattern);
                (pattern.clone(), self.schema(&at))
            })
            .collect();
        let (mut needs_names, mut needs_schemas) = (BTreeMap::new(), BTreeMap::new());
        let keywords: &[&str] = if self.draft >= Draft::Nineteen {
            &["dependentRequired", "dependentSchemas"]
        } else {
            &["dependencies"]
        };
        for keyword in keywords {
            for (name, value) in of_names(keyword) {
                if value.is_array() {
                    needs_names.insert(name.clone(), Place::names(value));
                } else {
                    needs_schemas.insert(
                        name.clone(),
                        self.schema(&child(&child(place.pointer, keyword), name)),
                    );
                }
            }
        }
        let unevaluated = if self.draft >= Draft::Nineteen {
            self.rest(place, "unevaluatedProperties")
        } else {
            Rest::ANYTHING
        };
        Objects {
            properties,
            required: place.members.get("required").map(Place::names).unwrap_or_default(),
            patterns,
            additional: self.rest(place, "additionalProperties"),
            unevaluated,
            needs_names,
            needs_schemas,
            count: place.range("minProperties", "maxProperties"),
        }
    }

    fn rest(&mut self, place: Place<'_, 's>, keyword: &str) -> Rest {
        match place.members.get(keyword) {
            Some(Value::Bool(is_permitted)) => Rest { is_permitted: *is_permitted, schema: None },
            Some(Value::Object(_)) => Rest {
                is_permitted: true,
                schema: Some(self.schema(&child(place.pointer, keyword))),
            },
            _ => Rest::ANYTHING,
        }
    }
}

/// Whether the keyword has no effect.
fn says_nothing(keyword: &str, value: &Value) -> bool {
    match keyword {
        "uniqueItems" => value == &Value::Bool(false),
        "required" => value.as_array().is_some_and(Vec::is_empty),
        _ => false,
    }
}
