//! What is declared, held against what a schema registry holds.
//!
//! A registry has one schema of a version, the pushed one: what readers accept, closed. It
//! is both sides of what was pushed:
//!
//! - **What was written** fits it, and so does what other producers write, who know nothing but it.
//!   All of that may be in the topic, so new readers have to read all of it. It allows more than
//!   this project's writers wrote: a key with a default may be missing. An optional field gives no
//!   false alarm by that, because what the schema leaves open there (no key, `null`, a value) new
//!   readers that still have the field leave open too, and others pass over it. A default that is
//!   taken away is a finding, and rightly: it is one of the lock as well.
//! - **What was read** is more than it allows: readers pass over keys that they do not know, and
//!   the schema is closed only for the registry's rules. So it is opened. What the reader of today
//!   refuses at the same place stays closed there: a foreign type may refuse keys of its own. One
//!   that did, and is somewhere else or gone today, is opened too: of its readers a break by a new
//!   key is missed. The alternative is an alarm for every field that is added.
//!
//! On the side of what is declared, the two contracts are known, and neither is put for the other.

use super::client::{Client, ClientOptions, RegisteredVersion, RegistryError};
use super::connection::{address, failure};
use super::opened::open;
use super::plan::{Naming, Planned, plan, schema_options};
use crate::args::registry::RegistryArgs;
use crate::console::{Console, Ending};
use crate::environment::Env;
use crate::finding::Finding;
use event_core::meta::EventMeta;
use event_core::{Catalog, Secret};
use event_grammar::lock::Mode;
use event_schema::lock::State;
use event_schema::lock::readers;
use event_schema::{Contract, Json, ParseError, Rendering, parse, schema_in};
use schema_compat::{Contracts, Rules};
use serde_json::Value;
use std::time::Duration;

/// Everything in which a registry and the declarations do not agree.
pub(crate) fn differences(
    catalog: &'static Catalog,
    url: &Secret<String>,
    args: &RegistryArgs,
    state: &State,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<Vec<Finding>, Ending> {
    let options = ClientOptions {
        timeout: Duration::from_secs(args.timeout.into()),
        ..ClientOptions::default()
    };
    let client = Client::new(address(url, args.user.as_ref(), env)?, options);
    let naming = Naming { strategy: args.subject_strategy, topic: args.topic.as_ref() };
    let rendering = args.rendering.rendering();
    let plan = plan(catalog, &[], naming, schema_options(Contract::Registry, rendering))?;
    let mut findings = plan.errors;
    for (done, planned) in plan.planned.iter().enumerate() {
        console
            .progress(|| format!("asking {}/{} {}", done + 1, plan.planned.len(), planned.subject));
        let declared = Declared { planned, mode: mode(state, planned.event) };
        match registered(&client, &planned.subject, declared.mode) {
            Ok(stored) if stored.is_empty() => findings.push(declared.unregistered()),
            Ok(stored) => findings.extend(declared.compare(catalog, rendering, &stored)),
            Err(error) => return Err(failure(&error, None)),
        }
    }
    Ok(findings)
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
        // One that was deleted since counts for no reader.
        let found = client.version(subject, RegisteredVersion::Number(version))?;
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

    /// In what the schemas of its subject are not compatible with it. A break that several of them
    /// show is one finding.
    fn compare(
        &self,
        catalog: &Catalog,
        rendering: Rendering,
        stored: &[(u32, String)],
    ) -> Vec<Finding> {
        let contract = |contract| {
            let options = schema_options(contract, rendering);
            schema_in(catalog, self.planned.event, options).ok().map(|schema| schema.to_value())
        };
        // Its pushed schema could be made, and differs from these only in what is required and
        // closed.
        let (Some(write), Some(read)) = (contract(Contract::Write), contract(Contract::Read))
        else {
            return Vec::new();
        };
        let declared = Contracts { write: &write, read: &read };
        let pushed: Option<Value> = serde_json::from_str(&self.planned.schema).ok();
        let (mut breaks, mut undecided) =
            (Vec::<(schema_compat::Finding, Vec<u32>)>::new(), Vec::new());
        for (version, text) in stored {
            let schema = match registered_schema(text) {
                Ok(schema) => schema,
                Err(why) => {
                    undecided.push(self.undecided(*version, &why));
                    continue;
                }
            };
            // What is written fits the pushed schema, and what fits that is read.
            if pushed.as_ref() == Some(&schema) {
                continue;
            }
            let report = compare(&schema, declared, self.mode);
            if !report.undecided.is_empty() {
                undecided.push(self.undecided(*version, &report.undecided.join("; ")));
            }
            add(&mut breaks, report.findings, *version);
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
            "the registry holds a schema that is not compatible with {name}: {} ({word} {numbers} of \
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
            "cannot decide whether {name} is compatible with version {version} of `{subject}`: {why}"
        );
        self.about(Finding::warning("EV0232", what))
            .help("docs/compatibility.md lists what cannot be decided")
            .with("registry_versions", Json::List(vec![version.into()]))
    }
}

/// A registered text as a schema, or why it is none.
fn registered_schema(text: &str) -> Result<Value, String> {
    parse(text.as_bytes()).map_err(|error| match error {
        ParseError::Syntax { .. } => "it is not JSON".to_owned(),
        error => error.to_string(),
    })
}

/// Compares a registered schema, as both contracts of the old side, with what is declared.
fn compare(registered: &Value, declared: Contracts<'_>, mode: Mode) -> schema_compat::Report {
    let mut opened = registered.clone();
    open(&mut opened, Some(declared.read));
    let old = Contracts { write: registered, read: &opened };
    schema_compat::check_contracts(old, declared, readers(mode), Rules::Semantic)
}

/// Adds the breaks of one registered version to those that are known.
fn add(
    breaks: &mut Vec<(schema_compat::Finding, Vec<u32>)>,
    found: Vec<schema_compat::Finding>,
    version: u32,
) {
    for found in found.into_iter().filter(|found| found.reader.is_some()) {
        let is_same = |(known, _): &&mut (schema_compat::Finding, _)| {
            (known.rule.id, known.reader, &known.new) == (found.rule.id, found.reader, &found.new)
        };
        match breaks.iter_mut().find(is_same) {
            Some((_, versions)) if versions.contains(&version) => {}
            Some((_, versions)) => versions.push(version),
            None => breaks.push((found, vec![version])),
        }
    }
}
