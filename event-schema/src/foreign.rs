//! Rewrites the schemas of foreign types. schemars writes them in the current dialect, with formats
//! and keywords of Rust's own; the result is in the portable profile.

use crate::error::SchemaErrorKind;
use crate::json::Json;
use crate::keywords::Keywords;
use crate::options::{Dialect, Options};
use crate::types::{Origin, Types, reference};
use event_core::meta::shape::OpaqueShape;
use serde_json::{Map, Value};

/// The schema of an opaque field. An object becomes a definition, so that generators of types make
/// one type of it, however often it is used.
pub(crate) fn schema(
    opaque: &OpaqueShape,
    options: Options,
    types: &mut Types,
) -> Result<Keywords, SchemaErrorKind> {
    let Some(generate) = opaque.schema else { return Ok(Keywords::new()) };
    let path = (opaque.name)();
    let Value::Object(mut root) = generate(options.contract.direction()) else {
        return Ok(Keywords::new());
    };
    let title = root
        .remove("title")
        .and_then(|title| title.as_str().map(str::to_owned))
        .unwrap_or_else(|| short(path));
    let mut portable = Portable { dialect: options.dialect, root: &title, refers_to_root: false };
    for definitions in ["$defs", "definitions"] {
        if let Some(Value::Object(definitions)) = root.remove(definitions) {
            for (name, definition) in definitions {
                let described = portable.schema(&definition).with("title", name.as_str());
                types.define(&name, Origin::Foreign(path), described.into())?;
            }
        }
    }
    let described = portable.object(&root);
    let is_type = portable.refers_to_root
        || ["properties", "oneOf", "anyOf", "enum"].iter().any(|k| root.contains_key(*k));
    if !is_type {
        return Ok(described);
    }
    let described = described.without_bare_ref().with("title", title.as_str());
    types.define(&title, Origin::Foreign(path), described.into())?;
    Ok(reference(options.dialect, &title))
}

/// The last segment of a type's path, without generic arguments.
fn short(path: &str) -> String {
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path).to_owned()
}

/// Keywords that only the current dialect has, that ajv's strict mode refuses, or that say where a
/// schema is stored.
const DROPPED: &[&str] = &["$schema", "$id", "$anchor", "$comment", "$dynamicAnchor", "title"];
const NOT_IN_DRAFT_07: &[&str] = &[
    "dependentRequired",
    "dependentSchemas",
    "maxContains",
    "minContains",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Formats that both dialects define and that generators of types know.
const FORMATS: &[&str] = &["date", "date-time", "ipv4", "ipv6", "time", "uri"];

/// Rewrites schemas of the current dialect into the portable profile of a dialect.
struct Portable<'a> {
    dialect: Dialect,
    /// The name of the root among the definitions.
    root: &'a str,
    refers_to_root: bool,
}

impl Portable<'_> {
    fn schema(&mut self, schema: &Value) -> Keywords {
        match schema {
            Value::Object(members) => self.object(members),
            Value::Bool(false) => Keywords::new().with("not", Keywords::new()),
            _ => Keywords::new(),
        }
    }

    fn object(&mut self, members: &Map<String, Value>) -> Keywords {
        let mut sorted: Vec<_> = members.iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(b.0));
        let mut keywords = Keywords::new();
        for (keyword, value) in sorted {
            let dropped = DROPPED.contains(&keyword.as_str()) || keyword.starts_with("x-");
            let unknown =
                self.dialect == Dialect::Draft07 && NOT_IN_DRAFT_07.contains(&keyword.as_str());
            if !dropped && !unknown {
                self.keyword(keyword, value, members, &mut keywords);
            }
        }
        let keywords = merge_words(split_types(keywords));
        if keywords.names() == ["$ref"] { keywords } else { keywords.without_bare_ref() }
    }

    fn keyword(
        &mut self,
        keyword: &str,
        value: &Value,
        members: &Map<String, Value>,
        keywords: &mut Keywords,
    ) {
        match (keyword, value) {
            ("$ref", Value::String(target)) => keywords.set("$ref", self.target(target)),
            ("format", Value::String(format)) => self.format(format, keywords),
            ("properties" | "patternProperties" | "dependentSchemas", Value::Object(schemas)) => {
                let mut schemas: Vec<_> = schemas
                    .iter()
                    .map(|(key, schema)| (key.clone(), self.schema(schema).into()))
                    .collect();
                schemas.sort_by(|a: &(String, Json), b| a.0.cmp(&b.0));
                keywords.set(keyword, Json::Object(schemas));
            }
            ("prefixItems", Value::Array(places)) => self.places(places, members, keywords),
            // It belongs to the positions and is set together with them.
            ("items", _) if members.contains_key("prefixItems") => {}
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                keywords.set(
                    keyword,
                    Json::List(schemas.iter().map(|schema| self.schema(schema).into()).collect()),
                );
            }
            (
                "additionalProperties" | "unevaluatedProperties" | "unevaluatedItems",
                Value::Bool(allowed),
            ) => {
                keywords.set(keyword, *allowed);
            }
            (
                "items"
                | "additionalProperties"
                | "propertyNames"
                | "contains"
                | "not"
                | "if"
                | "then"
                | "else"
                | "unevaluatedItems"
                | "unevaluatedProperties",
                schema,
            ) => keywords.set(keyword, self.schema(schema)),
            ("required", Value::Array(names)) => {
                let mut names: Vec<_> = names.iter().filter_map(Value::as_str).collect();
                names.sort_unstable();
                keywords.set("required", Json::texts(names));
            }
            (_, literal) => keywords.set(keyword, literal.clone()),
        }
    }

    fn target(&mut self, target: &str) -> Json {
        let name = match target.strip_prefix('#') {
            Some("") => {
                self.refers_to_root = true;
                self.root
            }
            Some(path) => match path.strip_prefix("/$defs/").or(path.strip_prefix("/definitions/"))
            {
                Some(name) => return format!("#/{}/{name}", self.dialect.definitions()).into(),
                None => return target.into(),
            },
            None => return target.into(),
        };
        reference(self.dialect, name).take("$ref").unwrap_or(Json::Null)
    }

    /// Formats of Rust's integers become bounds; other formats of Rust's own are dropped.
    fn format(&self, format: &str, keywords: &mut Keywords) {
        if FORMATS.contains(&format) || format == "uuid" && self.dialect == Dialect::Draft2020_12 {
            keywords.set("format", format);
        }
        let (least, most): (Json, Json) = match format {
            "int8" => (i32::from(i8::MIN).into(), i32::from(i8::MAX).into()),
            "int16" => (i32::from(i16::MIN).into(), i32::from(i16::MAX).into()),
            "int32" => (i32::MIN.into(), i32::MAX.into()),
            "int64" => (i64::MIN.into(), i64::MAX.into()),
            "uint8" => (0.into(), u32::from(u8::MAX).into()),
            "uint16" => (0.into(), u32::from(u16::MAX).into()),
            "uint32" => (0.into(), u32::MAX.into()),
            "uint64" | "uint" => (0.into(), u64::MAX.into()),
            _ => return,
        };
        // Narrower bounds replace these later: `maximum` and `minimum` sort after `format`.
        keywords.set("minimum", least);
        keywords.set("maximum", most);
    }

    fn places(&mut self, places: &[Value], members: &Map<String, Value>, keywords: &mut Keywords) {
        let len = places.len() as u64;
        let places = Json::List(places.iter().map(|place| self.schema(place).into()).collect());
        let rest = match members.get("items") {
            Some(rest @ Value::Object(_)) => self.schema(rest).into(),
            Some(Value::Bool(true)) => true.into(),
            _ => Json::from(false),
        };
        let (first, others) = match self.dialect {
            Dialect::Draft2020_12 => ("prefixItems", "items"),
            Dialect::Draft07 => ("items", "additionalItems"),
        };
        keywords.set(first, places);
        keywords.set(others, rest);
        // ajv's strict mode requires both.
        keywords.set("minItems", len);
        keywords.set("maxItems", len);
    }
}

/// The types to which a keyword applies; empty if it applies to all.
fn speaks_of(keyword: &str) -> &'static [&'static str] {
    match keyword {
        "format" | "maxLength" | "minLength" | "pattern" => &["string"],
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" | "multipleOf" => {
            &["number", "integer"]
        }
        "additionalItems" | "contains" | "items" | "maxItems" | "minItems" | "prefixItems"
        | "uniqueItems" => &["array"],
        "additionalProperties"
        | "maxProperties"
        | "minProperties"
        | "patternProperties"
        | "properties"
        | "propertyNames"
        | "required" => &["object"],
        _ => &[],
    }
}

/// One branch per type for a value of several types, as ajv's strict mode requires.
fn split_types(mut keywords: Keywords) -> Keywords {
    let types = match keywords.get("type") {
        Some(Json::List(types)) => types.clone(),
        _ => return keywords,
    };
    let others = types.iter().filter(|name| **name != "null".into()).count();
    if others < 2 || keywords.get("anyOf").is_some() {
        return keywords;
    }
    keywords.take("type");
    let mut branches: Vec<Keywords> =
        types.iter().map(|name| Keywords::new().with("type", name.clone())).collect();
    for keyword in keywords.names() {
        let of = speaks_of(&keyword);
        if !of.is_empty()
            && let Some(value) = keywords.take(&keyword)
        {
            for (branch, name) in branches.iter_mut().zip(&types) {
                if of.iter().any(|of| *name == (*of).into()) {
                    branch.set(&keyword, value.clone());
                }
            }
        }
    }
    keywords.with_schemas("anyOf", branches)
}

/// Branches that are all words become one list of words: a doc comment on a variant must not change
/// the accepted values.
fn merge_words(mut keywords: Keywords) -> Keywords {
    let Some(Json::List(branches)) = keywords.get("oneOf") else { return keywords };
    let mut words = Vec::new();
    for branch in branches {
        match (branch.get("const"), branch.get("enum")) {
            (Some(word @ Json::Text(_)), None) => words.push(word.clone()),
            (None, Some(Json::List(more)))
                if more.iter().all(|word| matches!(word, Json::Text(_))) =>
            {
                words.extend(more.iter().cloned());
            }
            _ => return keywords,
        }
    }
    keywords.take("oneOf");
    keywords.with("type", "string").with("enum", Json::List(words))
}
