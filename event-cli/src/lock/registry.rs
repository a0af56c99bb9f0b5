//! What is declared, held against what a schema registry holds.
//!
//! A registry has one schema of a version, the pushed one: what readers accept, closed. It
//! stands for both sides of what was pushed:
//!
//! - **What was written** fits it, and so does what other producers write, who know nothing but it.
//!   All of that may be in the topic, so new readers have to read all of it. It allows more than
//!   this project's writers wrote: a key with a default may be missing. An optional field gives no
//!   false alarm by that, because what the schema leaves open there (no key, `null`, a value) new
//!   readers that still have the field leave open too, and others pass over it. A default that is
//!   taken away is told, and rightly: the lock tells it as well.
//! - **What was read** is more than it allows: readers pass over keys that they do not know, and
//!   the schema is closed only for the registry's rules. So it is opened. What the reader of today
//!   refuses at the same place stays closed there: a foreign type may refuse keys of its own. One
//!   that did, and is somewhere else or gone today, is opened too: of its readers a break by a new
//!   key is missed. The alternative is an alarm for every field that is added.
//!
//! On the side of what is declared, the two contracts are known, and neither is put for the other.

use super::args::RegistryArgs;
use crate::Env;
use crate::console::{Console, Ending};
use crate::finding::Finding;
use crate::push::address;
use crate::push::plan::{Naming, Planned, plan, schema_options};
use crate::push::progress::Progress;
use crate::registry::{Client, Options, RegistryError, Version};
use event_core::meta::EventMeta;
use event_core::{Catalog, Secret};
use event_grammar::lock::Mode;
use event_schema::lock::{State, readers};
use event_schema::{Contract, Json, ParseError, Rendering, parse, schema_in};
use schema_compat::{Contracts, Rules};
use serde_json::Value;
use std::time::Duration;

/// Everything in which a registry and the declarations do not agree.
pub(super) fn findings(
    catalog: &'static Catalog,
    url: &Secret<String>,
    args: &RegistryArgs,
    state: &State,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<Vec<Finding>, Ending> {
    let options =
        Options { timeout: Duration::from_secs(args.timeout.into()), ..Options::default() };
    let client = Client::new(address(url, args.user.as_ref(), env)?, options);
    let naming = Naming { strategy: args.subject_strategy, topic: args.topic.as_ref() };
    let rendering = args.rendering.rendering();
    let plan = plan(catalog, &[], naming, schema_options(Contract::Registry, rendering))?;
    let mut findings = plan.errors;
    let mut progress = Progress::new(env.terminal);
    for (done, planned) in plan.planned.iter().enumerate() {
        progress.show("asking", done, plan.planned.len(), &planned.subject, console);
        let declared = Declared { planned, mode: mode(state, planned.event) };
        match registered(&client, &planned.subject, declared.mode) {
            Ok(stored) if stored.is_empty() => findings.push(declared.unregistered()),
            Ok(stored) => findings.extend(declared.compare(catalog, rendering, &stored)),
            Err(error) => {
                progress.end(console);
                return Err(failure(&error));
            }
        }
    }
    progress.end(console);
    Ok(findings)
}

fn failure(error: &RegistryError) -> Ending {
    let failure = Finding::error("EV0502", error.to_string());
    error.help().into_iter().fold(failure, Finding::help).into()
}

/// Who has to be able to read what of a version: as the lock says, else as `push` tells the
/// registry.
fn mode(state: &State, event: &EventMeta) -> Mode {
    let locked = state.lock.get(event.name.snake, event.version);
    locked.map_or(Mode::BackwardTransitive, |version| version.mode)
}

/// The schemas of a subject that count, the newest first, each with its version there.
fn registered(
    client: &Client,
    subject: &str,
    mode: Mode,
) -> Result<Vec<(u32, String)>, RegistryError> {
    let versions = client.versions(subject)?;
    let asked = if mode.is_transitive() { versions.len() } else { 1 };
    let mut stored = Vec::new();
    for version in versions.into_iter().rev().take(asked) {
        // One that was deleted since is not there for anybody.
        let found = client.version(subject, Version::Number(version))?;
        stored.extend(found.map(|found| (version, found.schema)));
    }
    Ok(stored)
}

/// A version of an event as it is declared.
struct Declared<'p> {
    planned: &'p Planned,
    mode: Mode,
}

impl Declared<'_> {
    fn name(&self) -> String {
        format!("`{}` v{}", self.planned.event.name.snake, self.planned.event.version)
    }

    fn about(&self, finding: Finding) -> Finding {
        let Planned { event, subject, .. } = self.planned;
        finding.at(&event.source).event(event).with("subject", subject.as_str().into())
    }

    fn unregistered(&self) -> Finding {
        let what = format!(
            "the registry has no schema of {} under `{}`",
            self.name(),
            self.planned.subject
        );
        self.about(Finding::note("EV0233", what)).help(
            "`push` registers it; pushed before, it is under another subject: \
             `--subject-strategy`, `--topic`",
        )
    }

    /// What does not go with the schemas of its subject. A break that several of them show is told
    /// once.
    fn compare(
        &self,
        catalog: &Catalog,
        rendering: Rendering,
        stored: &[(u32, String)],
    ) -> Vec<Finding> {
        let contract = |contract| {
            let schema =
                schema_in(catalog, self.planned.event, schema_options(contract, rendering)).ok()?;
            serde_json::from_str::<Value>(&schema.to_line()).ok()
        };
        // Its pushed schema could be made, and differs from these only in what is required and
        // closed.
        let (Some(write), Some(read)) = (contract(Contract::Write), contract(Contract::Read))
        else {
            return Vec::new();
        };
        let pushed: Option<Value> = serde_json::from_str(&self.planned.schema).ok();
        let (mut breaks, mut undecided) =
            (Vec::<(schema_compat::Finding, Vec<u32>)>::new(), Vec::new());
        for (version, schema) in stored {
            let schema = match parse(schema.as_bytes()) {
                Ok(schema) => schema,
                Err(error) => {
                    let is_syntax = matches!(error, ParseError::Syntax { .. });
                    let why =
                        if is_syntax { "it is not JSON".to_owned() } else { error.to_string() };
                    undecided.push(self.undecided(*version, &why));
                    continue;
                }
            };
            // What is written fits the pushed schema, and what fits that is read.
            if pushed.as_ref() == Some(&schema) {
                continue;
            }
            let mut opened = schema.clone();
            open(&mut opened, Some(&read));
            let old = Contracts { write: &schema, read: &opened };
            let new = Contracts { write: &write, read: &read };
            let report =
                schema_compat::check_contracts(old, new, readers(self.mode), Rules::Semantic);
            if !report.undecided.is_empty() {
                undecided.push(self.undecided(*version, &report.undecided.join("; ")));
            }
            for found in report.findings.into_iter().filter(|found| found.reader.is_some()) {
                let is_same = |(known, _): &&mut (schema_compat::Finding, _)| {
                    (known.rule.id, known.reader, &known.new)
                        == (found.rule.id, found.reader, &found.new)
                };
                match breaks.iter_mut().find(is_same) {
                    Some((_, versions)) if versions.contains(version) => {}
                    Some((_, versions)) => versions.push(*version),
                    None => breaks.push((found, vec![*version])),
                }
            }
        }
        let breaks = breaks.into_iter().map(|(found, versions)| self.broken(found, &versions));
        breaks.chain(undecided).collect()
    }

    fn broken(&self, found: schema_compat::Finding, versions: &[u32]) -> Finding {
        let (name, subject) = (self.name(), &self.planned.subject);
        let numbers: Vec<String> = versions.iter().map(u32::to_string).collect();
        let word = if versions.len() == 1 { "version" } else { "versions" };
        let numbers = numbers.join(", ");
        let what = format!(
            "the registry holds a schema that does not go with {name}: {} ({word} {numbers} of \
             `{subject}`, mode {})",
            found.message,
            self.mode.as_str()
        );
        let finding = Finding::of_rule(found.rule, what)
            .code("EV0232")
            .help(format!(
                "undo the change, or declare v{}, which has a subject of its own",
                self.planned.event.version + 1
            ))
            .with("old", found.old.as_str().into())
            .with("new", found.new.as_str().into())
            .with(
                "registry_versions",
                Json::List(versions.iter().map(|version| (*version).into()).collect()),
            )
            .with("mode", self.mode.as_str().into());
        let finding =
            found.reader.into_iter().fold(finding, |finding, who| finding.reader(who.as_str()));
        let finding = found
            .witness
            .into_iter()
            .fold(finding, |finding, payload| finding.witness(payload.into()));
        self.about(finding)
    }

    fn undecided(&self, version: u32, why: &str) -> Finding {
        let (name, subject) = (self.name(), &self.planned.subject);
        let what = format!(
            "the registry holds a schema of which could not be decided whether it goes with \
             {name}, version {version} of `{subject}`: {why}"
        );
        self.about(Finding::warning("EV0232", what))
            .help("what is not decided stands in docs/compatibility.md")
            .with("registry_versions", Json::List(vec![version.into()]))
    }
}

/// Lets every object have keys that it does not declare, as readers do, but where the reader of
/// today refuses them.
fn open(schema: &mut Value, reader: Option<&Value>) {
    match schema {
        Value::Object(members) => {
            let is_closed =
                |schema: &Value| schema.get("additionalProperties") == Some(&Value::Bool(false));
            if members.get("additionalProperties") == Some(&Value::Bool(false))
                && !reader.is_some_and(is_closed)
            {
                members.remove("additionalProperties");
            }
            for (key, member) in members {
                let reader = reader.and_then(|reader| reader.get(key));
                match (key.as_str(), member) {
                    // Values, not schemas.
                    ("const" | "enum" | "default" | "examples", _) => {}
                    // Names, not keywords.
                    (
                        "properties" | "patternProperties" | "definitions" | "$defs",
                        Value::Object(named),
                    ) => {
                        for (name, schema) in named {
                            open(schema, reader.and_then(|reader| reader.get(name)));
                        }
                    }
                    (_, member) => open(member, reader),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                open(item, reader.and_then(|reader| reader.get(index)));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::open;
    use serde_json::json;

    #[test]
    fn what_the_reader_closes_stays_closed() {
        let closed = json!({"additionalProperties": false});
        // Keys may be called like keywords.
        let named = json!({"additionalProperties": false, "enum": {}});
        let mut schema = json!({
            "additionalProperties": false,
            "properties": {"ours": closed, "foreign": closed, "gone": closed, "map": {"additionalProperties": closed}, "enum": closed},
            "definitions": named,
            "enum": [closed]
        });
        open(&mut schema, Some(&json!({"properties": {"ours": {}, "foreign": closed}})));
        let opened = json!({
            "properties": {"ours": {}, "foreign": closed, "gone": {}, "map": {"additionalProperties": {}}, "enum": {}},
            "definitions": named,
            "enum": [closed]
        });
        assert_eq!(schema, opened);
    }
}
