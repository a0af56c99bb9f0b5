//! Plans what to record: the next lock, its files, and the steps in words.

use super::check::{Comparison, changed_in, compare, stage_of};
use super::comparison;
use super::declared::{Declared, key_of};
use super::digest;
use super::fields::FieldForms;
use super::finding::{LockFinding, LockFindingKind, by_cause};
use super::frozen::Frozen;
use super::state::{State, samples_file, schema_file};
use crate::file::File;
use crate::options::Contract;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_grammar::lock::{Acceptance, Mode, Stage, Version, VersionKey};
use std::collections::BTreeMap;

/// The request to record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Only these versions; all versions if empty.
    pub versions: Vec<VersionKey>,
    /// The compatibility mode for the named versions; for the drafts if no version is named.
    pub mode: Option<Mode>,
    /// Versions to retire.
    pub retire: Vec<VersionKey>,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The version.
    pub key: VersionKey,
    /// The kind of step.
    pub kind: StepKind,
}

/// The kinds of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepKind {
    /// A draft becomes locked.
    Locked {
        /// The number of fields, context included.
        fields: usize,
        /// The number of golden samples.
        samples: usize,
    },
    /// A locked version gets a revision. No break is in it that is not accepted.
    Revised {
        /// The number of the new revision.
        revision: usize,
        /// The changes.
        changes: Vec<String>,
    },
    /// A fact outside the form is updated.
    Updated {
        /// The fact: `stage`, `aliases`, `mode`, `fingerprint`, `names of types`.
        what: &'static str,
    },
    /// The version is retired.
    Retired,
    /// An acceptance is removed because its break is recorded: the mode does not compare earlier
    /// revisions.
    Settled {
        /// The rule of the acceptance.
        rule: String,
        /// The path of the acceptance.
        path: String,
    },
}

/// The steps and the resulting state.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The steps, by version.
    pub steps: Vec<Step>,
    /// The new files, by path below [`DIRECTORY`](super::DIRECTORY). Each file is written once, so
    /// no file that the lock already has is among them.
    pub files: Vec<File>,
    /// The state after the steps.
    pub state: State,
    /// Recorded changes for which the engine cannot decide whether they break a reader. A check
    /// warns about each until it is accepted.
    pub undecided: Vec<LockFinding>,
}

/// Plans a request.
///
/// # Errors
///
/// Every finding that must be fixed or accepted before.
pub fn plan(catalog: &Catalog, state: &State, request: &Request) -> Result<Plan, Vec<LockFinding>> {
    let declared = Declared::of(catalog);
    let mut planning = Planning {
        before: state,
        request,
        plan: Plan {
            steps: Vec::new(),
            files: Vec::new(),
            state: state.clone(),
            undecided: Vec::new(),
        },
        findings: Vec::new(),
    };
    for key in &request.retire {
        planning.retire(key);
    }
    for (key, _) in state.locked() {
        if declared.get(key).is_none() && !request.retire.contains(key) {
            planning.findings.push(LockFinding::new(
                key.clone(),
                None,
                LockFindingKind::Undeclared,
            ));
        }
    }
    for event in declared.all() {
        let key = key_of(event);
        if !request.retire.contains(&key)
            && (request.versions.is_empty() || request.versions.contains(&key))
        {
            planning.record(&declared, key, event);
        }
    }
    planning.plan.state.lock.forget_types();
    if planning.findings.is_empty() { Ok(planning.plan) } else { Err(by_cause(planning.findings)) }
}

struct Planning<'p> {
    before: &'p State,
    request: &'p Request,
    plan: Plan,
    findings: Vec<LockFinding>,
}

impl Planning<'_> {
    fn step(&mut self, key: &VersionKey, kind: StepKind) {
        self.plan.steps.push(Step { key: key.clone(), kind });
    }

    fn retire(&mut self, key: &VersionKey) {
        if let Some(version) = self.plan.state.lock.versions.get_mut(key)
            && version.stage != Stage::Retired
        {
            version.stage = Stage::Retired;
            self.step(key, StepKind::Retired);
        }
    }

    fn record(&mut self, declared: &Declared, key: VersionKey, event: &'static EventMeta) {
        let again = comparison::taken_again(&self.before.lock, event);
        if !again.is_empty() {
            let kinds =
                again.into_iter().map(|broken| LockFindingKind::Break { broken, witness: None });
            self.findings
                .extend(kinds.map(|kind| LockFinding::new(key.clone(), Some(event), kind)));
            return;
        }
        let frozen = match Frozen::among(declared, event) {
            Ok(frozen) => frozen,
            Err(error) => {
                self.findings.push(LockFinding::new(
                    key,
                    Some(event),
                    LockFindingKind::NoSchema(error),
                ));
                return;
            }
        };
        match self.before.lock.get(&key.event, key.version) {
            None => self.push(declared, &key, &frozen),
            Some(version) => self.revise(declared, &key, version, &frozen),
        }
    }

    fn push(&mut self, declared: &Declared, key: &VersionKey, frozen: &Frozen) {
        let samples = frozen.samples();
        let count = samples.lines().count();
        let version = Version {
            event_type: frozen.event.name.dotted.to_owned(),
            stage: stage_of(frozen.event, Stage::Locked),
            mode: self.request.mode.unwrap_or_default(),
            aliases: frozen.aliases(),
            revisions: vec![frozen.revision.clone()],
            accepted: Vec::new(),
            retired: self.gone(declared, key, &BTreeMap::new(), frozen),
            samples: digest(&samples),
        };
        self.write_schemas(key, 0, frozen);
        self.write(samples_file(key), samples);
        self.plan.state.lock.types.extend(frozen.types.clone());
        self.plan.state.lock.versions.insert(key.clone(), version);
        self.step(key, StepKind::Locked { fields: frozen.fields.forms.len(), samples: count });
    }

    fn revise(&mut self, declared: &Declared, key: &VersionKey, before: &Version, frozen: &Frozen) {
        let compared = compare(key, before, frozen, self.before);
        if compared.breaks() {
            self.findings.extend(compared.findings(key, frozen.event));
            return;
        }
        let mut version = before.clone();
        let changes = changed_in(key, before, frozen, self.before);
        if !changes.is_empty() {
            let revision = version.revisions.len();
            version.revisions.push(frozen.revision.clone());
            self.plan.state.lock.types.extend(frozen.types.clone());
            version.retired = self.gone(declared, key, &before.retired, frozen);
            self.write_schemas(key, revision, frozen);
            self.step(key, StepKind::Revised { revision, changes: changes.clone() });
        } else if let Some(last) = version.revisions.last_mut() {
            if last.fingerprint != frozen.revision.fingerprint {
                last.fingerprint = frozen.revision.fingerprint;
                self.step(key, StepKind::Updated { what: "fingerprint" });
            }
            if (&last.fields, &last.groups, &last.types)
                != (&frozen.revision.fields, &frozen.revision.groups, &frozen.revision.types)
            {
                // The same values are written by types that were moved, renamed, named or unnamed.
                // Their new paths are recorded, so that the types are found again.
                last.fields.clone_from(&frozen.revision.fields);
                last.groups.clone_from(&frozen.revision.groups);
                last.types.clone_from(&frozen.revision.types);
                self.plan.state.lock.types.extend(frozen.types.clone());
                self.step(key, StepKind::Updated { what: "names of types" });
            }
        }
        // An alias that was once read stays in the lock as a promise: dropping it is a break,
        // accepted or not.
        version.aliases.extend(frozen.aliases());
        version.aliases.sort_unstable();
        version.aliases.dedup();
        version.stage = stage_of(frozen.event, version.stage);
        if self.request.versions.contains(key) {
            version.mode = self.request.mode.unwrap_or(version.mode);
        }
        let updates = [
            ("aliases", version.aliases != before.aliases),
            ("stage", version.stage != before.stage),
            ("mode", version.mode != before.mode),
        ];
        for (what, _) in updates.into_iter().filter(|(_, is_other)| *is_other) {
            self.step(key, StepKind::Updated { what });
        }
        self.settle(key, &compared, &mut version, frozen);
        self.plan.state.lock.versions.insert(key.clone(), version);
        if !changes.is_empty() {
            self.plan.undecided.extend(compared.findings(key, frozen.event));
        }
    }

    /// Removes acceptances whose break ended because it is recorded. An acceptance that was already
    /// unused stays, because it is a finding.
    fn settle(
        &mut self,
        key: &VersionKey,
        was: &Comparison,
        version: &mut Version,
        frozen: &Frozen,
    ) {
        let is = compare(key, version, frozen, &self.plan.state);
        let is_settled = |accepted: &Acceptance| was.uses(accepted) && !is.uses(accepted);
        let (settled, kept): (Vec<_>, Vec<_>) = version.accepted.drain(..).partition(is_settled);
        version.accepted = kept;
        for accepted in settled {
            self.step(key, StepKind::Settled { rule: accepted.rule, path: accepted.path });
        }
    }

    /// The names that may not be used again: names of fields of an earlier revision or of the
    /// version before that neither this version nor a later version has. A name that a later
    /// version has always had is in use.
    fn gone(
        &self,
        declared: &Declared,
        key: &VersionKey,
        known: &BTreeMap<String, String>,
        frozen: &Frozen,
    ) -> BTreeMap<String, String> {
        let lock = &self.plan.state.lock;
        let before = lock.of(&key.event).filter(|(number, _)| *number < key.version).last();
        let before = before.and_then(|(_, version)| version.revisions.last());
        let own =
            lock.get(&key.event, key.version).into_iter().flat_map(|version| &version.revisions);
        let in_use = |name: &str| {
            let later = declared.versions(&key.event).filter(|event| event.version >= key.version);
            frozen.fields.forms.contains_key(name)
                || later.flat_map(names_of).any(|field| field == name)
        };
        let mut gone = known.clone();
        for (name, form) in
            before.into_iter().chain(own).flat_map(|revision| FieldForms::of(lock, revision).forms)
        {
            if !in_use(&name) {
                gone.insert(name, form);
            }
        }
        gone
    }

    fn write_schemas(&mut self, key: &VersionKey, revision: usize, frozen: &Frozen) {
        self.write(schema_file(key, revision, Contract::Write), frozen.write.clone());
        self.write(schema_file(key, revision, Contract::Read), frozen.read.clone());
    }

    fn write(&mut self, path: String, contents: String) {
        let file = File { path, contents };
        self.plan.state.put(&file);
        self.plan.files.push(file);
    }
}

/// The names of every field of an event.
fn names_of(event: &'static EventMeta) -> impl Iterator<Item = &'static str> {
    let fields = [event.fields(), event.context_fields(), event.wide_fields()];
    fields.into_iter().flatten().map(|field| field.name)
}

/// The missing or changed files that the declarations can restore byte for byte: files of the
/// newest revision, and golden samples.
pub fn restorable(catalog: &Catalog, state: &State) -> Vec<File> {
    let declared = Declared::of(catalog);
    let files = state.damaged().into_iter().filter_map(|file| {
        let frozen = Frozen::of(declared.get(&file.key)?).ok()?;
        let version = state.lock.versions.get(&file.key)?;
        let (last, number) = (version.revisions.last()?, version.revisions.len() - 1);
        let samples = frozen.samples();
        let candidates = [
            (schema_file(&file.key, number, Contract::Write), frozen.write, &last.write),
            (schema_file(&file.key, number, Contract::Read), frozen.read, &last.read),
            (samples_file(&file.key), samples, &version.samples),
        ];
        let found = candidates.into_iter().find(|(path, contents, expected)| {
            *path == file.path && digest(contents) == **expected
        });
        found.map(|(path, contents, _)| File { path, contents })
    });
    files.collect()
}
