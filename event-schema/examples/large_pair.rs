//! How long the compatibility engine takes over large schemas: `cargo run --release -p event-schema --example large_pair [SCHEMA.json]`.
//!
//! Without a file, documents of 30, 100, 300 and 1,000 definitions are made up: records of ten fields that refer to each other, tagged unions, lists, enums. With
//! one, that schema is taken. Each is compared with itself under another title (nothing is the same text, everything means the same) and with itself after up to 20 changes.
#![allow(clippy::print_stdout, reason = "that is what it is for")]

use event_schema::compat::{Mode, Report, Rules, Verdict, check};
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// So many bounds are changed.
const CHANGES: usize = 20;
/// The best of so many runs.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!(
        "| definitions | bytes | rules | changes | verdict | findings | time |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    match std::env::args().nth(1) {
        Some(file) => {
            let schema: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
            if !schema.is_object() {
                return Err("a schema to be measured is a JSON object".into());
            }
            row(&schema);
        }
        None => [30, 100, 300, 1_000].into_iter().for_each(|count| row(&document(count))),
    }
    Ok(())
}

/// A document in which every definition is reached.
fn document(count: usize) -> Value {
    let definition = |index: usize| {
        let to = |step: usize| json!({"$ref": format!("#/$defs/d{}", (index * step + step) % count)});
        if index % 7 == 3 {
            let variants = (0..4).map(|variant| {
                let properties = json!({"type": {"const": format!("v{variant}")}, "count": {"type": "integer", "maximum": 10 + variant}});
                json!({"type": "object", "properties": properties, "required": ["type"], "additionalProperties": false})
            });
            return json!({"oneOf": variants.collect::<Vec<_>>()});
        }
        let mut properties: Map<String, Value> =
            (0..6).map(|field| (format!("f{field}"), json!({"type": ["string", "null"], "maxLength": 64}))).collect();
        properties.insert("count".to_owned(), json!({"type": "integer", "minimum": 0, "maximum": 1000}));
        properties.insert("state".to_owned(), json!({"enum": ["new", "open", "done"]}));
        properties.insert("next".to_owned(), json!({"$ref": format!("#/$defs/d{}", (index + 1) % count)}));
        properties.insert("other".to_owned(), to(3));
        properties.insert("all".to_owned(), json!({"type": "array", "items": to(5)}));
        json!({"type": "object", "properties": properties, "required": ["f0", "count"], "additionalProperties": false})
    };
    let definitions: Map<String, Value> = (0..count).map(|index| (format!("d{index}"), definition(index))).collect();
    json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "#/$defs/d0", "$defs": definitions})
}

fn row(old: &Value) {
    let definitions = ["$defs", "definitions"]
        .iter()
        .filter_map(|keyword| old.get(*keyword)?.as_object())
        .map(Map::len)
        .sum::<usize>();
    let mut titled = old.clone();
    titled["title"] = json!("the same");
    let mut edited = old.clone();
    let changes = change(&mut edited);
    for rules in Rules::ALL {
        for (changes, new) in [(0, &titled), (changes, &edited)] {
            let (report, time) = timed(old, new, rules);
            let verdict = match report.verdict {
                Verdict::Compatible => "compatible",
                Verdict::Incompatible => "incompatible",
                Verdict::Undecided => "undecided",
            };
            let findings = report.findings.iter().filter(|finding| finding.breaks.is_some()).count();
            let (bytes, time) = (old.to_string().len(), time.as_secs_f64() * 1e3);
            println!(
                "| {definitions} | {bytes} | {} | {changes} | {verdict} | {findings} | {time:.1} ms |",
                rules.as_str()
            );
        }
    }
}

/// Backward, the best of several runs.
fn timed(old: &Value, new: &Value, rules: Rules) -> (Report, Duration) {
    let mut best = (Report::default(), Duration::MAX);
    for _ in 0..RUNS {
        let start = Instant::now();
        let report = check(old, new, Mode::Backward, rules);
        let time = start.elapsed();
        if time < best.1 {
            best = (report, time);
        }
    }
    best
}

/// Narrows bounds, spread over the document; gives how many.
fn change(schema: &mut Value) -> usize {
    let mut places = Vec::new();
    collect(schema, String::new(), &mut places);
    let step = (places.len() / CHANGES).max(1);
    let chosen: Vec<String> = places.into_iter().step_by(step).take(CHANGES).collect();
    for place in &chosen {
        if let Some(schema) = schema.pointer_mut(place).and_then(Value::as_object_mut) {
            match schema.get("type").and_then(Value::as_str) {
                Some("string") => schema.insert("minLength".to_owned(), json!(3)),
                _ => schema.insert("maximum".to_owned(), json!(7)),
            };
        }
    }
    chosen.len()
}

/// Where plain texts and whole numbers are described.
fn collect(value: &Value, pointer: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let is_plain = matches!(members.get("type").and_then(Value::as_str), Some("string" | "integer"));
            for (key, member) in members {
                collect(member, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), places);
            }
            if is_plain {
                places.push(pointer);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{pointer}/{index}"), places);
            }
        }
        _ => {}
    }
}
