//! Who must never import whom: the table in ARCHITECTURE.md, held against manifests and sources.
//! Dev-dependencies do not count: a test may look from outside.

use super::{made_of, read};
use event_tests::sources::{Crate, Place, imports, repository};
use std::collections::BTreeMap;
use std::fs;

/// The crates, lowest first, and the crates of this workspace that each may import.
pub(crate) const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("event-grammar", &[]),
    ("event-macros", &["event-grammar"]),
    ("event-core", &["event-grammar", "event-macros"]),
    ("event-trace", &["event-core", "event-grammar"]),
    ("schema-compat", &[]),
    ("event-schema", &["event-core", "event-grammar", "schema-compat"]),
    ("event-export", &["event-core", "event-grammar", "event-schema", "schema-compat"]),
    ("event-outbox", &["event-core", "event-grammar"]),
    ("event-store", &["event-core", "event-outbox"]),
    ("event-outbox-rusqlite", &["event-core", "event-outbox"]),
    ("event-outbox-tokio-postgres", &["event-core", "event-outbox"]),
    ("event-outbox-sqlx", &["event-core", "event-outbox"]),
    (
        "event-relay",
        &[
            "event-core",
            "event-grammar",
            "event-outbox",
            "event-outbox-rusqlite",
            "event-outbox-tokio-postgres",
            "schema-compat",
        ],
    ),
    (
        "event-cli",
        &[
            "event-core",
            "event-grammar",
            "schema-compat",
            "event-schema",
            "event-export",
            "event-outbox-tokio-postgres",
            "event-store",
        ],
    ),
    ("event-otel", &["event-core", "event-grammar"]),
    ("event-tower", &["event-core", "event-trace"]),
    ("event-tracing", &["event-core", "event-grammar"]),
    ("catalog-events", &["event-core", "event-tower"]),
    ("catalog", &["catalog-events", "event-cli"]),
];

/// The directory of a crate of the table.
pub(crate) fn directory(name: &str) -> &str {
    match name {
        "catalog-events" => "catalog/events",
        "event-otel" => "integrations/event-otel",
        "event-outbox" => "delivery/event-outbox",
        "event-outbox-rusqlite" => "delivery/event-outbox-rusqlite",
        "event-outbox-sqlx" => "delivery/event-outbox-sqlx",
        "event-outbox-tokio-postgres" => "delivery/event-outbox-tokio-postgres",
        "event-relay" => "delivery/event-relay",
        "event-store" => "delivery/event-store",
        "event-tower" => "integrations/event-tower",
        "event-tracing" => "integrations/event-tracing",
        _ => name,
    }
}

/// The directories whose packages may depend on the reference catalog.
const MAY_IMPORT_CATALOG: &[&str] = &["benches", "catalog", "examples", "fuzz", "tests"];

/// What event-core must not need, unless a feature is on.
const NOT_BY_DEFAULT: &[&str] = &["chrono", "jiff", "schemars", "time", "tokio", "tracing", "uuid"];

fn manifest(directory: &str) -> Option<String> {
    fs::read_to_string(repository().join(directory).join("Cargo.toml")).ok()
}

/// The lines of a manifest's `[dependencies]`, by crate.
fn dependencies(manifest: &str) -> BTreeMap<String, String> {
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    section
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(['=', '.']))
        .map(|(name, rest)| (name.trim().to_owned(), rest.to_owned()))
        .collect()
}

fn is_own(name: &str) -> bool {
    MAY_IMPORT.iter().any(|(own, _)| *own == name) || name.starts_with("event-")
}

/// What a manifest depends on against the table.
fn not_allowed(manifest: &str, allowed: &[&str]) -> Vec<String> {
    dependencies(manifest)
        .into_keys()
        .filter(|name| is_own(name) && !allowed.contains(&name.as_str()))
        .collect()
}

/// What the sources of a crate import against the table, as `file:line imports path`.
fn imported_against(krate: &Crate, allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for import in imports(krate) {
        let Place::Outside(path) = &import.place else { continue };
        let Some(name) = path.first().map(|first| first.replace('_', "-")) else { continue };
        if is_own(&name) && !allowed.contains(&name.as_str()) {
            let (file, line) = (krate.file_of(import.module), import.line);
            found.push(format!("{file}:{line} imports {}", path.join("::")));
        }
    }
    found
}

#[test]
fn the_table_goes_down_only() {
    for (place, (name, allowed)) in MAY_IMPORT.iter().enumerate() {
        for other in *allowed {
            let below = MAY_IMPORT[..place].iter().any(|(lower, _)| lower == other);
            assert!(below, "{name} may import {other}, which is not below it");
        }
    }
}

#[test]
fn nobody_imports_what_they_must_not() {
    for (name, allowed) in MAY_IMPORT {
        let manifest = manifest(directory(name)).expect("a crate of the table has a manifest");
        let against = not_allowed(&manifest, allowed);
        assert!(against.is_empty(), "{name}/Cargo.toml names {against:?}");
        let Some(krate) = read(name) else {
            assert_eq!(*name, "catalog", "all but the reference catalog's command have a library");
            continue;
        };
        let against = imported_against(&krate, allowed);
        assert!(against.is_empty(), "imports go down only:\n{}", against.join("\n"));
    }
}

#[test]
fn only_its_own_tests_and_benches_import_the_catalog() {
    let mut directories = vec![repository()];
    let mut seen = 0;
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).expect("it can be read").flatten() {
            let hidden = entry.file_name().to_str().is_none_or(|name| name.starts_with('.'));
            if entry.path().is_dir() && !hidden && entry.file_name() != "target" {
                directories.push(entry.path());
            } else if entry.file_name() == "Cargo.toml" {
                seen += 1;
                let text = fs::read_to_string(entry.path()).expect("it can be read");
                let place = directory.strip_prefix(repository()).expect("it is below the root");
                let may = MAY_IMPORT_CATALOG.iter().any(|may| place.starts_with(may));
                assert!(may || !names_the_catalog(&text), "{} imports catalog", place.display());
            }
        }
    }
    assert!(seen > MAY_IMPORT.len(), "the manifests were found");
}

fn names_the_catalog(manifest: &str) -> bool {
    manifest
        .lines()
        .any(|line| line.starts_with("catalog-events =") || line.starts_with("catalog-events."))
}

#[test]
fn a_service_does_not_compile_what_it_does_not_ask_for() {
    let dependencies = dependencies(&manifest("event-core").expect("it has a manifest"));
    for name in NOT_BY_DEFAULT {
        if let Some(rest) = dependencies.get(*name) {
            assert!(rest.contains("optional = true"), "event-core needs {name}");
        }
    }
    assert!(dependencies.contains_key("serde_json"), "the manifest was read");
}

#[test]
fn a_service_does_not_compile_what_tests_record_with() {
    let core = manifest("event-core").expect("it has a manifest");
    assert!(
        core.contains("\ndefault = []\n") && core.contains("\ntest-util = []\n"),
        "the feature is there, and off"
    );
    for (name, _) in MAY_IMPORT {
        let manifest = manifest(directory(name)).expect("a crate of the table has a manifest");
        for (dependency, rest) in dependencies(&manifest) {
            assert!(
                !rest.contains("test-util"),
                "{name} needs the recorder of {dependency} outside of tests"
            );
        }
    }
}

#[test]
fn an_import_that_goes_up_is_found() {
    let up = "[package]\n\n[dependencies]\nserde = \"1\"\nevent-cli.workspace = true\n\n[dev-dependencies]\nevent-schema = \"1\"\n";
    assert_eq!(not_allowed(up, &["event-core"]), ["event-cli"]);
    assert!(names_the_catalog("[dev-dependencies]\ncatalog-events = { path = \"..\" }\n"));

    let core = made_of(
        "event-core",
        &[
            ("lib.rs", "mod emit;\n"),
            ("emit.rs", "use std::fmt;\n\nfn emit() {\n    event_schema::schema();\n}\n"),
        ],
    );
    let found = imported_against(&core, &["event-grammar"]);
    assert_eq!(found, ["event-core/src/emit.rs:4 imports event_schema::schema"]);
}

#[test]
fn tokens_that_become_other_code_import_nothing() {
    let macros = made_of(
        "event-macros",
        &[("lib.rs", "fn f() { quote!(::event_core::Event); panic!(\"{}\", event_core::X) }")],
    );
    let found = imported_against(&macros, &[]);
    assert_eq!(found, ["event-macros/src/lib.rs:1 imports event_core::X"]);
}
