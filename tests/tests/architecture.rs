//! Who must never import whom: the table in ARCHITECTURE.md, held against the manifests.
//! Dev-dependencies do not count: a test may look from outside.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A crate, and the crates of this workspace that it may depend on.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("event-grammar", &[]),
    ("event-macros", &["event-grammar"]),
    ("event-core", &["event-grammar", "event-macros"]),
    ("event-trace", &["event-core", "event-grammar"]),
    ("schema-compat", &[]),
    ("event-schema", &["event-core", "event-grammar", "schema-compat"]),
    ("event-export", &["event-core", "event-grammar", "event-schema"]),
    (
        "event-cli",
        &["event-core", "event-export", "event-grammar", "event-schema", "schema-compat"],
    ),
];

/// What event-core must not need, unless a feature is on.
const NOT_BY_DEFAULT: &[&str] = &["chrono", "jiff", "schemars", "time", "tokio", "tracing", "uuid"];

/// The lines of a manifest's `[dependencies]`, by crate.
fn dependencies(name: &str) -> BTreeMap<String, String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("every crate has a manifest");
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    section
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(['=', '.']))
        .map(|(name, rest)| (name.trim().to_owned(), rest.to_owned()))
        .collect()
}

#[test]
fn nobody_imports_what_they_must_not() {
    for (name, allowed) in MAY_IMPORT {
        for dependency in dependencies(name).keys() {
            let own = dependency.starts_with("event-")
                || ["catalog", "schema-compat"].contains(&dependency.as_str());
            assert!(!own || allowed.contains(&dependency.as_str()), "{name} imports {dependency}");
        }
    }
}

#[test]
fn a_service_does_not_compile_what_it_does_not_ask_for() {
    let dependencies = dependencies("event-core");
    for name in NOT_BY_DEFAULT {
        if let Some(rest) = dependencies.get(*name) {
            assert!(rest.contains("optional = true"), "event-core needs {name}");
        }
    }
    assert!(dependencies.contains_key("serde_json"), "the manifest was read");
}

#[test]
fn a_service_does_not_compile_what_tests_record_with() {
    let core =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../event-core/Cargo.toml"));
    let core = core.expect("it has a manifest");
    assert!(
        core.contains("\ndefault = []\n") && core.contains("\ntest-util = []\n"),
        "the feature is there, and off"
    );
    for (name, _) in MAY_IMPORT.iter().chain(&[("catalog", &[][..])]) {
        for (dependency, rest) in dependencies(name) {
            assert!(
                !rest.contains("test-util"),
                "{name} needs the recorder of {dependency} outside of tests"
            );
        }
    }
}
