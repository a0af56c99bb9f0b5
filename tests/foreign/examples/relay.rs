//! Does with example payloads what a service does that relays a webhook: reads each as its event,
//! emits it, and reads back what it wrote. What is lost or changed on the way is an error.
//!
//! usage: relay PAYLOADS OUT: `{"kind":..,"from":..,"payload":..}` a line; writes OUT.line.ndjson
//! and OUT.envelope.ndjson.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports")]

use event_core::sink::Memory;
use event_core::{Emit, Emitter, Timestamp};
use foreign::Webhook;
use foreign::events::{
    check_run::CheckRunCompleted, dependabot_alert::DependabotAlertCreated,
    deployment_review::DeploymentReviewRequested, deployment_status::DeploymentStatusCreated,
    fork::Fork, installation::InstallationCreated, issues::IssuesLabeled,
    package::PackagePublished, ping::Ping, pull_request::PullRequestOpened,
    pull_request::PullRequestSynchronize, push::Push, release::ReleasePublished,
    repository_dispatch::RepositoryDispatch, star::StarCreated, star::StarDeleted, status::Status,
    workflow_dispatch::WorkflowDispatch, workflow_run::WorkflowRunCompleted,
};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::process::ExitCode;

/// Keys that every line of ours has for itself: a payload's own are read as these, and written so.
const KEYS: [(&str, &str); 1] = [("environment", "environment_name")];

/// One delivery, as the examples are collected.
struct Delivery {
    kind: String,
    from: String,
    payload: Box<RawValue>,
}

impl Delivery {
    fn read(line: &str) -> Result<Self, Box<dyn Error>> {
        let mut members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(line)?;
        let mut take = |key: &str| members.remove(key).ok_or_else(|| format!("no `{key}`"));
        let (kind, from, payload) = (take("kind")?, take("from")?, take("payload")?);
        Ok(Self {
            kind: serde_json::from_str(kind.get())?,
            from: serde_json::from_str(from.get())?,
            payload,
        })
    }
}

/// What was emitted of one payload.
struct Emitted {
    line: String,
    envelope: String,
}

/// Where emitted records go.
struct Relay {
    emitter: Emitter,
    memory: Memory,
}

impl Relay {
    fn new() -> Self {
        let memory = Memory::new();
        let emitter =
            Emitter::builder().service("relay").environment("test").sink(memory.clone()).build();
        Self { emitter, memory }
    }

    fn relay(&self, kind: &str, payload: &str) -> Result<Emitted, Box<dyn Error>> {
        match kind {
            "check_run.completed" => self.one::<CheckRunCompleted>(kind, payload),
            "dependabot_alert.created" => self.one::<DependabotAlertCreated>(kind, payload),
            "deployment_review.requested" => self.one::<DeploymentReviewRequested>(kind, payload),
            "deployment_status.created" => self.one::<DeploymentStatusCreated>(kind, payload),
            "fork" => self.one::<Fork>(kind, payload),
            "installation.created" => self.one::<InstallationCreated>(kind, payload),
            "issues.labeled" => self.one::<IssuesLabeled>(kind, payload),
            "package.published" => self.one::<PackagePublished>(kind, payload),
            "ping" => self.one::<Ping>(kind, payload),
            "pull_request.opened" => self.one::<PullRequestOpened>(kind, payload),
            "pull_request.synchronize" => self.one::<PullRequestSynchronize>(kind, payload),
            "push" => self.one::<Push>(kind, payload),
            "release.published" => self.one::<ReleasePublished>(kind, payload),
            "repository_dispatch" => self.one::<RepositoryDispatch>(kind, payload),
            "star.created" => self.one::<StarCreated>(kind, payload),
            "star.deleted" => self.one::<StarDeleted>(kind, payload),
            "status" => self.one::<Status>(kind, payload),
            "workflow_dispatch" => self.one::<WorkflowDispatch>(kind, payload),
            "workflow_run.completed" => self.one::<WorkflowRunCompleted>(kind, payload),
            _ => Err("no event is declared for it".into()),
        }
    }

    /// Reads, emits, and reads back.
    fn one<E: Emit + PartialEq>(
        &self,
        kind: &str,
        payload: &str,
    ) -> Result<Emitted, Box<dyn Error>> {
        if E::META.name.dotted != kind {
            return Err(format!("it is declared as `{}`", E::META.name.dotted).into());
        }
        let event = E::decode_payload(payload)?;
        self.emitter.emit(&event);
        let records = self.memory.take();
        let [record] = &records[..] else {
            return Err(format!("{} records were emitted", records.len()).into());
        };
        let record = record.record();
        let emitted = Emitted {
            line: record.text().trim_end().to_owned(),
            envelope: String::from_utf8(record.envelope().to_owned())?.trim_end().to_owned(),
        };
        let envelope: Value = serde_json::from_str(&emitted.envelope)?;
        let mut differences = Vec::new();
        compare(
            &as_written(serde_json::from_str(payload)?),
            &envelope["payload"],
            "",
            &mut differences,
        );
        if !differences.is_empty() {
            return Err(format!(
                "is written otherwise than it was read: {}",
                differences.join("; ")
            )
            .into());
        }
        for (rendering, text) in [("line", &emitted.line), ("envelope", &emitted.envelope)] {
            if E::decode(text)? != event {
                return Err(format!("the {rendering} reads back as another event").into());
            }
            Webhook::decode(text)?;
        }
        Ok(emitted)
    }
}

/// A payload with the keys under which it is written.
fn as_written(mut payload: Value) -> Value {
    if let Some(members) = payload.as_object_mut() {
        for (theirs, ours) in KEYS {
            if let Some(value) = members.remove(theirs) {
                members.insert(ours.to_owned(), value);
            }
        }
    }
    payload
}

/// Notes every place at which two values differ. Times are equal where they are the same time: they
/// are written in UTC, with microseconds.
fn compare(theirs: &Value, ours: &Value, path: &str, differences: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            for (key, value) in theirs {
                match ours.get(key) {
                    Some(written) => compare(value, written, &format!("{path}/{key}"), differences),
                    None => differences.push(format!("{path}/{key} is left out")),
                }
            }
            let added = ours.keys().filter(|key| !theirs.contains_key(*key));
            differences.extend(added.map(|key| format!("{path}/{key} is added")));
        }
        (Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => {
            for (at, (value, written)) in theirs.iter().zip(ours).enumerate() {
                compare(value, written, &format!("{path}/{at}"), differences);
            }
        }
        (Value::String(theirs), Value::String(ours)) if is_same_time(theirs, ours) => {}
        _ if theirs == ours => {}
        _ => differences.push(format!("{path} is {ours}, not {theirs}")),
    }
}

fn is_same_time(theirs: &str, ours: &str) -> bool {
    let time = Timestamp::parse(theirs);
    time.is_some() && time == Timestamp::parse(ours)
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [payloads, out] = &arguments[..] else { return Err("usage: relay PAYLOADS OUT".into()) };
    let relay = Relay::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut lines, mut envelopes, mut failed) = (String::new(), String::new(), 0);
    for (at, line) in fs::read_to_string(payloads)?.lines().enumerate() {
        let delivery =
            Delivery::read(line).map_err(|error| format!("payload {}: {error}", at + 1))?;
        match relay.relay(&delivery.kind, delivery.payload.get()) {
            Ok(emitted) => {
                *counts.entry(delivery.kind).or_default() += 1;
                lines.extend([&emitted.line, "\n"]);
                envelopes.extend([&emitted.envelope, "\n"]);
            }
            Err(error) => {
                eprintln!(
                    "payload {}, `{}` from {}: {error}",
                    at + 1,
                    delivery.kind,
                    delivery.from
                );
                failed += 1;
            }
        }
    }
    for (kind, count) in &counts {
        println!("{kind}: {count}");
    }
    println!(
        "{} payloads of {} kinds decode, emit and read back",
        counts.values().sum::<usize>(),
        counts.len()
    );
    fs::write(format!("{out}.line.ndjson"), lines)?;
    fs::write(format!("{out}.envelope.ndjson"), envelopes)?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
