//! A reader, `validate`, and the exported schemas with an independent validator give the same
//! verdict for generated and mutated records.
//!
//! `EVENTS_VERDICTS=100000` sets the number of records.

use super::mutation::{Mutant, Numbers, mutated};
use super::{FORMS, REFERENCE, Subject, validate};
use event_core::meta::EventMeta;
use event_schema::{Contract, Options, Rendering, sample, schema};
use jsonschema::Validator;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The default number of records for each catalog.
const USUAL: usize = 1_500;
/// How many records `validate` reads in one run.
const BATCH: usize = 5_000;

/// Keys that a reader ignores, and that a schema describes for information.
const AROUND: &[&str] = &[
    "level",
    "timestamp",
    "event_id",
    "sequence",
    "incomplete",
    "sample_rate",
    "sample_reason",
    "actor",
    "entity",
    "occurred_at",
    "recorded_at",
    "context",
    "trace_id",
    "span_id",
    "parent_span_id",
    "correlation_id",
    "causation_id",
    "service",
    "service_version",
    "environment",
    "service_host",
    "service_pid",
];

/// The schemas of one event: each rendering, for both contracts.
struct Schemas(HashMap<(Contract, Rendering), Validator>);

impl Schemas {
    fn of(event: &'static EventMeta) -> Self {
        let mut schemas = HashMap::new();
        for contract in [Contract::Read, Contract::Write] {
            for rendering in Rendering::ALL {
                let schema = schema(event, Options { contract, rendering, ..Options::default() })
                    .unwrap()
                    .to_value();
                let validator =
                    jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
                schemas.insert((contract, rendering), validator);
            }
        }
        Self(schemas)
    }

    fn fit(&self, contract: Contract, rendering: Rendering, value: &Value) -> bool {
        self.0[&(contract, rendering)].is_valid(value)
    }
}

/// A mutant, and the record that it was made from.
struct Case {
    at: usize,
    event: &'static EventMeta,
    rendering: Rendering,
    mutant: Mutant,
}

#[derive(Default)]
struct Counts {
    read: usize,
    refused: usize,
    by_schema: usize,
}

#[test]
fn readers_validate_and_schemas_give_one_verdict() {
    let asked = std::env::var("EVENTS_VERDICTS").ok().and_then(|count| count.parse().ok());
    for (seed, subject) in [(1, &*REFERENCE), (2, &*FORMS)] {
        let count = asked.map_or(USUAL, |asked: usize| asked / 2);
        let events: Vec<&'static EventMeta> = subject.catalog.events().collect();
        let schemas: Vec<Schemas> = events.iter().map(|event| Schemas::of(event)).collect();
        let mut numbers = Numbers(seed);
        let mut counts = Counts::default();
        for done in (0..count).step_by(BATCH) {
            let cases: Vec<Case> =
                (done..count.min(done + BATCH)).map(|_| case(&events, &mut numbers)).collect();
            compare(subject, &schemas, &cases, &mut counts);
        }
        println!(
            "{count} records: {} read, {} refused, {} by a schema too",
            counts.read, counts.refused, counts.by_schema
        );
        // A run in which every record is refused, or none, would prove nothing.
        assert!(
            counts.read > count / 20 && counts.refused > count / 20 && counts.by_schema > count / 2
        );
    }
}

fn case(events: &[&'static EventMeta], numbers: &mut Numbers) -> Case {
    let at = numbers.below(events.len());
    let seed = numbers.next() % 400;
    let (rendering, record) = match numbers.below(2) {
        0 => (Rendering::Line, sample::line(events[at], seed)),
        _ => (Rendering::Envelope, sample::envelope(events[at], seed)),
    };
    Case { at, event: events[at], rendering, mutant: mutated(&record, numbers) }
}

fn compare(subject: &Subject, schemas: &[Schemas], cases: &[Case], counts: &mut Counts) {
    // A line break inside a record would separate two records.
    let lines: Vec<String> = cases.iter().map(|case| case.mutant.text.replace('\n', " ")).collect();
    let (read, written) = (refused(subject, &lines, "read"), refused(subject, &lines, "write"));
    for ((number, case), line) in (1..).zip(cases).zip(&lines) {
        let decodes = (subject.reads)(line);
        *if decodes { &mut counts.read } else { &mut counts.refused } += 1;
        assert_eq!(
            decodes,
            !read.contains(&number),
            "decode and `validate --contract read`: {line}"
        );
        let is_valid = !written.contains(&number);
        // A reader accepts everything that the write contract allows.
        assert!(decodes || !is_valid, "decode and `validate --contract write`: {line}");
        let Some(value) =
            case.mutant.is_value.then(|| serde_json::from_str::<Value>(line).ok()).flatten()
        else {
            continue;
        };
        counts.by_schema += 1;
        let schemas = &schemas[case.at];
        let fits = schemas.fit(Contract::Write, case.rendering, &value);
        // The schema does not limit a sequence number; no writer counts beyond 64 bits.
        let place = value["sequence"].as_f64().unwrap_or_default();
        let is_too_large = case.mutant.pointer == "/sequence" && fits && place >= 2_f64.powi(64);
        assert!(
            fits == is_valid || is_too_large,
            "`validate --contract write` ({is_valid}) and the schema ({fits}): {line}"
        );
        let fits = schemas.fit(Contract::Read, case.rendering, &value);
        let is_around = is_around(case.event, &case.mutant.pointer)
            || is_other_version(&case.mutant.pointer, &value);
        assert!(
            fits == decodes || (decodes && is_around),
            "decode ({decodes}) and the read schema ({fits}): {line}"
        );
        if case.rendering == Rendering::Envelope
            && case.mutant.pointer.starts_with("/payload/")
            && !is_around
        {
            let fits = schemas.fit(Contract::Read, Rendering::Payload, &value["payload"]);
            assert_eq!(fits, decodes, "decode and the read schema of the payload: {line}");
            let fits = schemas.fit(Contract::Write, Rendering::Payload, &value["payload"]);
            assert_eq!(
                fits, is_valid,
                "`validate --contract write` and the schema of the payload: {line}"
            );
        }
    }
}

/// Whether a reader of the event ignores the place: the record's own keys, the context, and fields
/// that a unit of work may have added.
fn is_around(event: &'static EventMeta, pointer: &str) -> bool {
    let key =
        pointer.strip_prefix("/payload").unwrap_or(pointer).split('/').nth(1).unwrap_or_default();
    let not_read = event.context_fields().into_iter().chain(event.wide_fields());
    AROUND.contains(&key) || not_read.map(|field| field.name).any(|name| name == key)
}

/// Whether it is a version that a reader accepts from other systems and the schema does not: text
/// or `null`.
fn is_other_version(pointer: &str, value: &Value) -> bool {
    let is_version = ["/version", "/event_version"].contains(&pointer);
    is_version
        && value.pointer(pointer).is_some_and(|version| version.is_string() || version.is_null())
}

/// The line numbers that `validate` reports as wrong.
fn refused(subject: &Subject, lines: &[String], contract: &str) -> HashSet<u64> {
    let (_, said) = validate(
        subject.catalog,
        &lines.join("\n"),
        &["--contract", contract, "--limit", "1000000"],
    );
    let findings = said["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|finding| finding["severity"] == "error");
    errors.map(|finding| finding["line"].as_u64().unwrap()).collect()
}
