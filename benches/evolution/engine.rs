//! What the compatibility engine takes over large schemas.
//!
//! Documents of 30, 300 and 1,000 definitions are made up: records of ten fields that refer to each
//! other, tagged unions, lists, enums. So is a real one measured: SARIF 2.1.0, which event-cli's
//! tests have. Each is compared with itself under another title (nothing is the same text,
//! everything means the same) and with itself after 20 changes.

use event_benches::Table;
use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Map, Value, json};
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// So many bounds are changed.
const CHANGES: usize = 20;
/// The best of so many runs.
const RUNS: usize = 3;

pub(crate) fn table(root: &Path) -> io::Result<Table> {
    let sarif = fs::read(root.join("event-cli/tests/sarif/sarif-schema-2.1.0.json"))?;
    let mut documents = vec![("SARIF 2.1.0".to_owned(), serde_json::from_slice(&sarif)?)];
    documents.extend(
        [30, 300, 1_000].map(|count| (format!("made up, {count} definitions"), document(count))),
    );
    let mut table = Table::new(&["schema", "kB", "rules", "changes", "verdict", "findings", "ms"]);
    for (name, document) in &documents {
        rows(name, document, &mut table);
    }
    Ok(table)
}

/// A document in which every definition is reached.
fn document(count: usize) -> Value {
    let definition = |index: usize| {
        let to =
            |step: usize| json!({"$ref": format!("#/$defs/d{}", (index * step + step) % count)});
        if index % 7 == 3 {
            let variants = (0..4).map(|variant| {
                let properties = json!({"type": {"const": format!("v{variant}")}, "count": {"type": "integer", "maximum": 10 + variant}});
                json!({"type": "object", "properties": properties, "required": ["type"], "additionalProperties": false})
            });
            return json!({"oneOf": variants.collect::<Vec<_>>()});
        }
        let mut properties: Map<String, Value> = (0..6)
            .map(|field| {
                (format!("f{field}"), json!({"type": ["string", "null"], "maxLength": 64}))
            })
            .collect();
        properties
            .insert("count".to_owned(), json!({"type": "integer", "minimum": 0, "maximum": 1000}));
        properties.insert("state".to_owned(), json!({"enum": ["new", "open", "done"]}));
        properties.insert(
            "next".to_owned(),
            json!({"$ref": format!("#/$defs/d{}", (index + 1) % count)}),
        );
        properties.insert("other".to_owned(), to(3));
        properties.insert("all".to_owned(), json!({"type": "array", "items": to(5)}));
        json!({"type": "object", "properties": properties, "required": ["f0", "count"], "additionalProperties": false})
    };
    let definitions: Map<String, Value> =
        (0..count).map(|index| (format!("d{index}"), definition(index))).collect();
    json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "#/$defs/d0", "$defs": definitions})
}

fn rows(name: &str, old: &Value, table: &mut Table) {
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
            let findings =
                report.findings.iter().filter(|finding| finding.reader.is_some()).count();
            table.row([
                name.to_owned(),
                (old.to_string().len() / 1_000).to_string(),
                rules.as_str().to_owned(),
                changes.to_string(),
                verdict.to_owned(),
                findings.to_string(),
                format!("{:.1}", time.as_secs_f64() * 1e3),
            ]);
        }
    }
}

/// Backward, the best of several runs.
fn timed(old: &Value, new: &Value, rules: Rules) -> (Report, Duration) {
    let mut best = (Report::default(), Duration::MAX);
    for _ in 0..RUNS {
        let start = Instant::now();
        let report = check(old, new, Readers::New, rules);
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
            let is_plain =
                matches!(members.get("type").and_then(Value::as_str), Some("string" | "integer"));
            for (key, member) in members {
                collect(
                    member,
                    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
                    places,
                );
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
