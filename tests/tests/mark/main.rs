//! The audit mark: it is in a binary exactly where an emission of the event is linked. The test
//! builds services on a catalog of 150 events, and scans them.
//!
//! Two builds, as a service has them in development and in production; all of [`builds::ALL`] where
//! `EVENTS_FULL` is set.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a test, which says what it builds"
)]

mod builds;
mod services;
mod workspace;

use builds::Build;
use event_grammar::mark::{self, Mark};
use services::{SERVICES, Service};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use workspace::Workspace;

/// What every emitter can emit, of itself.
const SUPPRESSED: &str = "emission.event.suppressed";

fn marks(binary: &Path) -> BTreeSet<String> {
    let marks = mark::scan(File::open(binary).unwrap()).unwrap();
    marks
        .into_iter()
        .map(|Mark { event_type, version }| format!("{event_type} v{version}"))
        .collect()
}

/// What the service's marks have to be.
fn expected(service: &Service) -> BTreeSet<String> {
    let all = workspace::event_types();
    let own: Vec<String> = match service.emits {
        ["*"] => all,
        emits => emits.iter().map(|name| (*name).to_owned()).collect(),
    };
    let by_itself = service.has_emitter.then(|| SUPPRESSED.to_owned());
    own.into_iter().chain(by_itself).map(|name| format!("{name} v1")).collect()
}

/// Every event that it writes when it runs is one of its marks.
fn assert_emits_what_is_marked(service: &Service, binary: &Path, marks: &BTreeSet<String>) {
    let lines = workspace::output(binary);
    for line in lines.lines() {
        let name = line.split('"').nth(3).unwrap().to_owned();
        let event_type = workspace::event_types()
            .into_iter()
            .find(|known| known.replace('.', "_") == name)
            .unwrap();
        assert!(marks.contains(&format!("{event_type} v1")), "{}: {line}", service.name);
    }
    assert_eq!(lines.lines().count(), service.writes, "{}:\n{lines}", service.name);
}

fn scan(build: &Build, workspace: &Workspace) {
    let begun = Instant::now();
    workspace.build(build);
    let (took, begun) = (begun.elapsed(), Instant::now());
    let (mut size, mut wrong) = (0, Vec::new());
    for service in SERVICES {
        let binary = workspace.binary(service.name);
        size += fs::metadata(&binary).unwrap().len();
        let found = marks(&binary);
        if found != expected(service) {
            wrong.push((service.name, found));
            continue;
        }
        assert_emits_what_is_marked(service, &binary, &found);
    }
    assert!(
        wrong.is_empty(),
        "{}: these have other marks than what they can emit: {wrong:#?}",
        build.name
    );
    let message = format!(
        "{}: {} services built in {took:.1?}; {} kB scanned and run in {:.1?}\n",
        build.name,
        SERVICES.len(),
        size / 1_000,
        begun.elapsed()
    );
    // Not captured: what takes long says so.
    std::io::stdout().write_all(message.as_bytes()).unwrap();
}

#[test]
fn a_binary_has_the_marks_of_the_events_that_it_can_emit() {
    let workspace = Workspace::create();
    let is_full = std::env::var_os("EVENTS_FULL").is_some();
    for build in builds::ALL.iter().filter(|build| build.is_usual || is_full) {
        scan(build, &workspace);
    }
}
