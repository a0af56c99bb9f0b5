//! Compares the declarations with the schemas in a schema registry.
//!
//! A registry has one schema of a version, the pushed one: the read contract, closed. It represents
//! both sides of the old version:
//!
//! - **What writers wrote.** Every payload that fits the registered schema may be in the topic,
//!   because other producers know only that schema. So new readers must read all such payloads. The
//!   schema allows more than this project's writers wrote: a key with a default may be missing. For
//!   an optional field this gives no false alarm: new readers that still have the field accept the
//!   same cases (no key, `null`, a value), and other readers ignore the key. Removing a default is
//!   a finding here, as it is in the lock.
//! - **What readers read.** Old readers ignored keys that they did not know; the registered schema
//!   is closed only for the registry's rules. So the schema is opened, except at places where the
//!   current reader refuses unknown keys: a foreign type may do so. If such a type moved or was
//!   removed, its place is opened too, and a break of its old readers by a new key is missed. The
//!   alternative is a false alarm for every added field.
//!
//! The declarations have both contracts, and neither replaces the other.

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

/// The findings of every version whose declaration is not compatible with its registered schemas.
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

/// The compatibility mode of a version: from the lock, else the one that `push` sets in the
/// registry.
fn mode(state: &State, event: &EventMeta) -> Mode {
    let locked = state.lock.get(event.name.snake, event.version);
    locked.map_or(Mode::BackwardTransitive, |version| version.mode)
}

/// The registered schemas of a subject, the newest first, each with its version in the registry.
fn registered(
    client: &Client,
    subject: &str,
    mode: Mode,
) -> Result<Vec<(u32, String)>, RegistryError> {
    let versions = client.versions(subject)?;
    let asked = if mode.is_transitive() { versions.len() } else { 1 };
    let mut stored = Vec::new();
    for version in versions.into_iter().rev().take(asked) {
        // A version that was deleted meanwhile is not compared.
        let found = client.version(subject, RegisteredVersion::Number(version))?;
        stored.extend(found.map(|found| (version, found.schema)));
    }
    Ok(stored)
}

/// A declared version of an event.
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
            "register it with `push`; if it was pushed before, its subject has another name: \
             `--subject-strategy`, `--topic`",
        )
    }

    /// Compares a declaration with the schemas of its subject. A break that several versions show
    /// is one finding.
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
        // The registered schema could be made, and it differs from these two only in what is
        // required and closed.
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
            // The written payloads fit the registered schema, and readers read what fits it.
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
            "the registry holds a schema that is not compatible with {name}: {} ({word} {numbers} \
             of `{subject}`, mode {})",
            found.message,
            self.mode.as_str()
        );
        let finding = Finding::of_rule(found.rule, what)
            .code("EV0232")
            .help(format!(
                "undo the change, or declare v{}, which gets its own subject",
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
            .help("docs/compatibility.md lists the undecided cases")
            .with("registry_versions", Json::List(vec![version.into()]))
    }
}

/// Parses a registered text as a schema, or says why it is not a schema.
fn registered_schema(text: &str) -> Result<Value, String> {
    parse(text.as_bytes()).map_err(|error| match error {
        ParseError::Syntax { .. } => "it is not JSON".to_owned(),
        error => error.to_string(),
    })
}

/// Compares a registered schema, as both contracts of the old side, with the declaration.
fn compare(registered: &Value, declared: Contracts<'_>, mode: Mode) -> schema_compat::Report {
    let mut opened = registered.clone();
    open(&mut opened, Some(declared.read));
    let old = Contracts { write: registered, read: &opened };
    schema_compat::check_contracts(old, declared, readers(mode), Rules::Semantic)
}

/// Adds the breaks of one registered version to the breaks found so far.
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
