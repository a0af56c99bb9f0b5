//! The reference catalog's lock, its samples, and their envelopes.

use event_grammar::form::parts_of;
use event_grammar::lock::{DIRECTORY, FILE, Lock, TypesOf, VersionKey, schema_file};
use event_grammar::record::{Key, RECORD, Within};
use event_relay::contract::LockedContract;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub(crate) static CONTRACT: LazyLock<LockedContract> =
    LazyLock::new(|| LockedContract::open(&directory().join(FILE)).unwrap());

pub(crate) static VERSIONS: LazyLock<Vec<Version>> = LazyLock::new(versions);

/// A locked version, as an independent reader sees it.
pub(crate) struct Version {
    pub(crate) key: VersionKey,
    pub(crate) event_type: String,
    /// The fields of its context.
    pub(crate) context: BTreeSet<String>,
    /// Its other fields.
    pub(crate) payload: BTreeSet<String>,
    /// The golden samples: flat lines.
    pub(crate) samples: Vec<Map<String, Value>>,
    /// The write schema of each revision.
    pub(crate) schemas: Vec<Value>,
}

pub(crate) fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/events")
}

fn versions() -> Vec<Version> {
    let lock = Lock::parse(&std::fs::read_to_string(directory().join(FILE)).unwrap()).unwrap();
    let stored = directory().join(DIRECTORY);
    let read = |path: &str| std::fs::read_to_string(stored.join(path)).unwrap();
    let version = |(key, version): (&VersionKey, &event_grammar::lock::Version)| {
        let fields = version
            .revisions
            .iter()
            .flat_map(|revision| TypesOf::of(&lock, revision).fields(revision));
        let is_context = |form: &str| parts_of(form).1.iter().any(|(mark, _)| *mark == "context");
        let (context, payload): (Vec<_>, Vec<_>) = fields.partition(|(_, form)| is_context(form));
        let names = |fields: Vec<(String, String)>| fields.into_iter().map(|(name, _)| name);
        Version {
            context: names(context).collect(),
            payload: names(payload).collect(),
            key: key.clone(),
            event_type: version.event_type.clone(),
            samples: read(&format!("{key}/samples.ndjson"))
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
            schemas: (0..version.revisions.len())
                .map(|number| {
                    serde_json::from_str(&read(&schema_file(key, number, "write"))).unwrap()
                })
                .collect(),
        }
    };
    lock.versions.iter().map(version).collect()
}

impl Version {
    /// The envelope of the record that has this line.
    pub(crate) fn envelope(&self, line: &Map<String, Value>) -> Value {
        let (mut envelope, mut context, mut payload) = (Map::new(), Map::new(), Map::new());
        for (name, value) in line {
            let row = RECORD
                .iter()
                .find(|row| row.place(Within::Line).is_some_and(|place| place.name == name));
            let place = |within| row.and_then(|row| row.place(within)).map(|place| place.name);
            if self.context.contains(name) {
                context.insert(name.clone(), value.clone());
            } else if self.payload.contains(name) {
                payload.insert(name.clone(), value.clone());
            } else if let Some(name) = place(Within::Envelope) {
                envelope.insert(name.to_owned(), value.clone());
            } else if let Some(name) = place(Within::Context) {
                context.insert(name.to_owned(), value.clone());
            } else {
                payload.insert(name.clone(), value.clone());
            }
        }
        let name = |key: Key| key.name(Within::Envelope).to_owned();
        envelope.insert(name(Key::Event), json!(self.event_type));
        envelope.insert(name(Key::RecordedAt), json!("2026-01-02T03:04:05.678901Z"));
        let id = json!("019b7ca9-8f2e-7ba5-b435-449ea5ba3643");
        envelope.entry(name(Key::EventId)).or_insert(id);
        envelope.insert(name(Key::Context), Value::Object(context));
        envelope.insert(name(Key::Payload), Value::Object(payload));
        Value::Object(envelope)
    }
}

/// The version with this key.
pub(crate) fn version(key: &str) -> &'static Version {
    VERSIONS.iter().find(|version| version.key.to_string() == key).unwrap()
}
