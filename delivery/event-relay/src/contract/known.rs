//! What a lock says, as the relay needs it: events by each of their names, and the write schemas of
//! their versions.

use super::ContractError;
use event_grammar::form::parts_of;
use event_grammar::lock::{
    DIRECTORY, FILE, Lock, LockErrorKind, Stage, TypesOf, Version, VersionKey, digest, schema_file,
};
use event_grammar::record::{Key, RECORD, RecordKey, Within};
use schema_compat::Validator;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::OnceLock;

/// What to do about a lock that is not whole.
const COPY: &str =
    "copy `events.lock` and `events.lock.d` together, from one commit of the catalog, as they are";

/// The events of a lock.
pub(super) struct Known {
    /// The text of the lock.
    pub(super) text: String,
    /// The index of each event, by each of its names.
    names: HashMap<String, usize>,
    events: Vec<BTreeMap<u32, Locked>>,
}

/// One locked version.
pub(super) struct Locked {
    pub(super) key: VersionKey,
    /// The name of the event in a line.
    pub(super) name: Value,
    pub(super) is_retired: bool,
    /// The fields of the event's context.
    pub(super) context: HashSet<String>,
    /// The other fields.
    pub(super) payload: HashSet<String>,
    /// Its revisions, the newest first.
    pub(super) revisions: Vec<Revision>,
}

/// The write schema of one revision.
pub(super) struct Revision {
    /// The schema's file, below the lock's directory.
    pub(super) file: String,
    pub(super) schema: Value,
    compiled: OnceLock<Result<Validator, String>>,
}

impl Revision {
    /// The compiled schema; the error says why there is none.
    pub(super) fn validator(&self) -> Result<&Validator, &str> {
        let compiled = self.compiled.get_or_init(|| {
            Validator::new(&self.schema).map_err(|error| format!("{}: {error}", self.file))
        });
        compiled.as_ref().map_err(String::as_str)
    }

    /// Whether the schema lists the key of a line.
    pub(super) fn lists(&self, key: &str) -> bool {
        self.schema.get("properties").is_some_and(|properties| properties.get(key).is_some())
    }
}

impl Known {
    /// Reads the lock.
    pub(super) fn read(path: &Path) -> Result<String, ContractError> {
        std::fs::read_to_string(path).map_err(|error| {
            let help = format!(
                "name the `{FILE}` of the catalog; its schemas are beside it in `{DIRECTORY}`"
            );
            ContractError::new(path, format!("the lock cannot be read: {error}"), help)
        })
    }

    /// Reads the files beside a lock with this text.
    pub(super) fn of(path: &Path, text: String) -> Result<Self, ContractError> {
        let lock = Lock::parse(&text).map_err(|error| {
            let what = format!("line {}: {error}", error.line);
            // Where the relay runs, there is mostly no catalog to run the command in.
            let help = match error.kind {
                LockErrorKind::Format { .. } => error.help("cargo event"),
                _ => COPY.to_owned(),
            };
            ContractError::new(path, what, help)
        })?;
        let directory = path.with_file_name(DIRECTORY);
        let mut known = Self { text, names: HashMap::new(), events: Vec::new() };
        for (key, version) in &lock.versions {
            let at = *known.names.entry(key.event.clone()).or_insert_with(|| {
                known.events.push(BTreeMap::new());
                known.events.len() - 1
            });
            known.names.insert(version.event_type.clone(), at);
            let locked = Locked::read(&lock, key, version, &directory)?;
            known.events[at].insert(key.version, locked);
        }
        // A current name is never an alias.
        for (key, version) in &lock.versions {
            let Some(at) = known.names.get(&key.event).copied() else { continue };
            for alias in &version.aliases {
                known.names.entry(alias.clone()).or_insert(at);
            }
        }
        Ok(known)
    }

    /// The index of an event, by any of its names.
    pub(super) fn event(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The versions of an event.
    pub(super) fn versions(&self, event: usize) -> &BTreeMap<u32, Locked> {
        &self.events[event]
    }
}

/// The objects of an envelope that have the event's own fields.
pub(super) const CONTEXT: &str = Key::Context.name(Within::Envelope);
pub(super) const PAYLOAD: &str = Key::Payload.name(Within::Envelope);

impl Locked {
    /// The place in the envelope of a key of the line, as a JSON pointer.
    pub(super) fn in_envelope(&self, name: &str) -> String {
        let is_context = self.context.contains(name);
        let is_key = |row: &&RecordKey| row.place(Within::Line).is_some_and(|at| at.name == name);
        if let Some(row) = RECORD.iter().find(is_key)
            && !is_context
            && !self.payload.contains(name)
        {
            if let Some(place) = row.place(Within::Envelope) {
                return format!("/{}", place.name);
            }
            if let Some(place) = row.place(Within::Context) {
                return format!("/{CONTEXT}/{}", place.name);
            }
        }
        let object = if is_context { CONTEXT } else { PAYLOAD };
        format!("/{object}/{name}")
    }

    fn read(
        lock: &Lock,
        key: &VersionKey,
        version: &Version,
        directory: &Path,
    ) -> Result<Self, ContractError> {
        let mut locked = Self {
            key: key.clone(),
            name: Value::from(key.event.as_str()),
            is_retired: version.stage == Stage::Retired,
            context: HashSet::new(),
            payload: HashSet::new(),
            revisions: Vec::new(),
        };
        for (number, revision) in version.revisions.iter().enumerate() {
            for (name, form) in TypesOf::of(lock, revision).fields(revision) {
                let (_, marks) = parts_of(&form);
                let is_context = marks.iter().any(|(mark, _)| *mark == "context");
                let fields = if is_context { &mut locked.context } else { &mut locked.payload };
                fields.insert(name);
            }
            let file = schema_file(key, number, "write");
            let schema = schema(&directory.join(&file), &revision.write)?;
            locked.revisions.push(Revision { file, schema, compiled: OnceLock::new() });
        }
        locked.revisions.reverse();
        Ok(locked)
    }
}

/// The schema in a file with this digest.
fn schema(path: &Path, expected: &str) -> Result<Value, ContractError> {
    let wrong = |what: String| ContractError::new(path, what, COPY);
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return Err(wrong(format!("the schema cannot be read: {error}"))),
    };
    if digest(&text, hmac_sha256::Hash::hash) != expected {
        return Err(wrong(format!("the file is not the one that `{FILE}` has the digest of")));
    }
    serde_json::from_str(&text).map_err(|error| wrong(format!("the file is not JSON: {error}")))
}
