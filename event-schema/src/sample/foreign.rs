//! Values of foreign types, made from their schemas. A value is as small as the schema allows.

use super::random::Random;
use crate::json::Json;
use event_core::Timestamp;
use serde_json::Value;

/// How many nested references are followed.
const DEEP: u8 = 32;

/// A value that the schema accepts.
pub(super) fn value(root: &Value, random: &mut Random) -> Json {
    Foreign { root }.value(root, random, 0)
}

struct Foreign<'a> {
    root: &'a Value,
}

impl Foreign<'_> {
    fn value(&self, schema: &Value, random: &mut Random, depth: u8) -> Json {
        if depth > DEEP {
            return Json::Null;
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let found = target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
            let mut made = found.map_or(Json::Null, |found| self.value(found, random, depth + 1));
            self.add_properties(schema, random, depth, &mut made);
            return made;
        }
        if let Some(value) = schema.get("const") {
            return value.clone().into();
        }
        for list in ["enum", "examples"] {
            if let Some(values) =
                schema.get(list).and_then(Value::as_array).filter(|values| !values.is_empty())
            {
                return values[random.below(values.len())].clone().into();
            }
        }
        for list in ["oneOf", "anyOf", "allOf"] {
            if let Some(schemas) = schema.get(list).and_then(Value::as_array)
                && let Some(chosen) = simplest(schemas)
            {
                let mut made = self.value(chosen, random, depth + 1);
                self.add_properties(schema, random, depth, &mut made);
                return made;
            }
        }
        let names = match schema.get("type") {
            Some(Value::Array(names)) => names.first().and_then(Value::as_str),
            Some(name) => name.as_str(),
            None => None,
        };
        match names {
            Some("boolean") => random.coin().into(),
            Some("integer" | "number") => match schema.get("minimum") {
                Some(Value::Number(least)) => Json::Number(least.clone()),
                _ => 1.into(),
            },
            Some("string") => text(schema).into(),
            Some("array") => self.list(schema, random, depth),
            Some("object") => {
                let mut made = Json::Object(Vec::new());
                self.add_properties(schema, random, depth, &mut made);
                made
            }
            _ => Json::Null,
        }
    }

    fn list(&self, schema: &Value, random: &mut Random, depth: u8) -> Json {
        if let Some(places) = schema.get("prefixItems").and_then(Value::as_array) {
            return Json::List(
                places.iter().map(|place| self.value(place, random, depth + 1)).collect(),
            );
        }
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        let item = schema.get("items").unwrap_or(&Value::Null);
        Json::List((0..least).map(|_| self.value(item, random, depth + 1)).collect())
    }

    fn add_properties(&self, schema: &Value, random: &mut Random, depth: u8, made: &mut Json) {
        let (Json::Object(members), Some(required)) =
            (made, schema.get("required").and_then(Value::as_array))
        else {
            return;
        };
        for key in required.iter().filter_map(Value::as_str) {
            if !members.iter().any(|(known, _)| known == key) {
                let property = schema.get("properties").and_then(|properties| properties.get(key));
                let value = self.value(property.unwrap_or(&Value::Null), random, depth + 1);
                members.push((key.to_owned(), value));
            }
        }
    }
}

/// The branch without references, so that recursive types end.
fn simplest(schemas: &[Value]) -> Option<&Value> {
    let refers = |schema: &&Value| schema.to_string().contains("\"$ref\"");
    schemas.iter().find(|schema| !refers(schema)).or(schemas.first())
}

fn text(schema: &Value) -> String {
    match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => Timestamp::from_micros(1_767_323_045_000_000).to_string(),
        Some("date") => "2026-01-02".to_owned(),
        Some("uuid") => "67e55044-10b1-426f-9247-bb680e5fe0c8".to_owned(),
        Some("uri") => "https://example.com/".to_owned(),
        Some("ipv4" | "ip") => "203.0.113.0".to_owned(),
        // The types that have a pattern in schemars are numbers written as text.
        _ if schema.get("pattern").is_some() => "0".to_owned(),
        Some("ipv6") => "2001:db8:1::".to_owned(),
        _ => {
            let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or(0);
            "text".chars().cycle().take(usize::try_from(least.max(4)).unwrap_or(4)).collect()
        }
    }
}
