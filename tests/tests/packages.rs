//! The packages in `cargo metadata`: the manifests of the published packages are complete, and the
//! licence of each dependency is allowed, for every feature and platform, tests included. `fuzz` is
//! not read: it is a workspace of its own, and no package depends on it.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use event_tests::sources::repository;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The licences that a dependency may have, in SPDX spelling. All are permissive.
const ALLOWED: &[&str] = &[
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    // Of data: the root certificates of the tests' client.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

/// The words of an SPDX expression. `/` is what crates wrote for `OR` before there were expressions.
fn words(expression: &str) -> Vec<String> {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// Reads `a OR b OR ..`. One allowed licence is enough, but all alternatives are read.
fn one_of(words: &mut std::slice::Iter<'_, String>) -> bool {
    let mut is_allowed = all_of(words);
    while words.as_slice().first().is_some_and(|word| word == "OR") {
        words.next();
        is_allowed |= all_of(words);
    }
    is_allowed
}

/// Reads `a AND b AND ..`. All must be allowed. `AND` binds more tightly than `OR`.
fn all_of(words: &mut std::slice::Iter<'_, String>) -> bool {
    let mut is_allowed = licence(words);
    while words.as_slice().first().is_some_and(|word| word == "AND") {
        words.next();
        is_allowed &= licence(words);
    }
    is_allowed
}

/// Reads a licence, with or without `WITH` and an exception, or an expression in parentheses.
fn licence(words: &mut std::slice::Iter<'_, String>) -> bool {
    let Some(first) = words.next() else { return false };
    if first == "(" {
        let is_allowed = one_of(words);
        return words.next().is_some_and(|word| word == ")") && is_allowed;
    }
    let mut name = first.clone();
    if words.as_slice().first().is_some_and(|word| word == "WITH") {
        words.next();
        name = format!("{name} WITH {}", words.next().map_or("", String::as_str));
    }
    ALLOWED.contains(&name.as_str())
}

fn is_allowed(expression: &str) -> bool {
    let words = words(expression);
    let mut rest = words.iter();
    one_of(&mut rest) && rest.len() == 0
}

/// Why the licence of a package is refused, and what to do.
fn refused(package: &Value) -> Option<String> {
    let name = format!("{} {}", package["name"].as_str()?, package["version"].as_str()?);
    let why = match package["license"].as_str() {
        Some(expression) if is_allowed(expression) => return None,
        Some(expression) => format!("its licence `{expression}` is not in the list"),
        None => "its manifest names no licence".to_owned(),
    };
    Some(format!(
        "{name}: {why}\n  help: use another crate (`cargo tree -i {} --all-features --target all` \
         says what needs it), or, if the licence is permissive, add it to `ALLOWED` in \
         tests/tests/packages.rs",
        package["name"].as_str()?
    ))
}

/// The keys that the manifest of a published package lacks.
fn unsaid(package: &Value) -> Vec<String> {
    let needed = [
        "description",
        "license",
        "repository",
        "rust_version",
        "readme",
        "keywords",
        "categories",
    ];
    let is_said = |key: &&str| match &package[*key] {
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    let unsaid = needed.iter().filter(|key| !is_said(key));
    unsaid.map(|key| format!("{} says no `{key}`", package["name"])).collect()
}

/// Whether the package is a member of the workspace and may be published.
fn is_published(package: &Value) -> bool {
    package["source"].is_null() && package["publish"].is_null()
}

/// The members of the workspace and all their dependencies.
fn packages() -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--all-features", "--format-version", "1"]);
    let output = cargo.current_dir(repository()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let Value::Object(mut metadata) = serde_json::from_slice(&output.stdout).unwrap() else {
        panic!("`cargo metadata` writes an object")
    };
    let Some(Value::Array(packages)) = metadata.remove("packages") else {
        panic!("`cargo metadata` lists packages")
    };
    packages
}

#[test]
fn every_dependency_has_a_licence_of_the_list() {
    let packages = packages();
    assert!(packages.len() > 100, "the whole tree was read: {}", packages.len());
    let refused: Vec<String> = packages.iter().filter_map(refused).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));

    let used = packages.iter().filter_map(|package| package["license"].as_str());
    let used: BTreeSet<String> =
        used.flat_map(|expression| words(&expression.replace(" WITH ", "_WITH_"))).collect();
    let unused: Vec<&&str> =
        ALLOWED.iter().filter(|name| !used.contains(&name.replace(" WITH ", "_WITH_"))).collect();
    assert!(unused.is_empty(), "no dependency has these, take them out of the list: {unused:?}");
}

#[test]
fn every_package_says_which_compiler_it_needs_and_the_published_say_what_they_are() {
    let packages = packages();
    let own = packages.iter().filter(|package| package["source"].is_null());
    let without: Vec<&Value> = own
        .filter(|package| package["rust_version"].is_null())
        .map(|package| &package["name"])
        .collect();
    assert!(without.is_empty(), "their manifests have no `rust-version`: {without:?}");

    let published: Vec<&Value> = packages.iter().filter(|package| is_published(package)).collect();
    assert!(published.len() >= 8, "the published packages were found: {}", published.len());
    let unsaid: Vec<String> = published.iter().flat_map(|package| unsaid(package)).collect();
    assert!(unsaid.is_empty(), "{}", unsaid.join("\n"));
    for package in published {
        let manifest = package["manifest_path"].as_str().unwrap();
        let readme = Path::new(manifest).with_file_name(package["readme"].as_str().unwrap());
        assert!(readme.is_file(), "{}", readme.display());
    }
}

#[test]
fn what_a_manifest_does_not_say_is_found() {
    let package = serde_json::json!({
        "name": "event-new", "description": "New", "license": "MIT", "rust_version": "1.88",
        "repository": "https://git.example.com", "readme": null, "keywords": [], "categories": ["encoding"],
    });
    let expected = ["\"event-new\" says no `readme`", "\"event-new\" says no `keywords`"];
    assert_eq!(unsaid(&package), expected);
}

#[test]
fn an_expression_is_read_as_spdx_has_it() {
    for allowed in [
        "MIT",
        "MIT/GPL-3.0-only",
        "GPL-3.0-only OR Apache-2.0 WITH LLVM-exception",
        "(MIT OR GPL-3.0-only) AND Unicode-3.0",
        "GPL-3.0-only AND MIT OR ISC",
    ] {
        assert!(is_allowed(allowed), "{allowed}");
    }
    for not in [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "MIT ISC",
        "(MIT",
        "GPL-2.0-only WITH LLVM-exception",
        "MIT AND (GPL-3.0-only OR AGPL-3.0-only)",
    ] {
        assert!(!is_allowed(not), "{not}");
    }
}

#[test]
fn a_refusal_says_which_crate_and_what_to_do() {
    let package = |licence: Value| {
        let mut package = serde_json::json!({"name": "borrowed", "version": "1.2.3"});
        package["license"] = licence;
        refused(&package)
    };
    assert_eq!(package("MIT OR GPL-3.0-only".into()), None);
    let refused = package("GPL-3.0-only".into()).unwrap();
    assert!(
        refused.starts_with("borrowed 1.2.3: its licence `GPL-3.0-only` is not in the list\n"),
        "{refused}"
    );
    assert!(refused.contains("cargo tree -i borrowed"), "{refused}");
    let unnamed = package(Value::Null).unwrap();
    assert!(unnamed.starts_with("borrowed 1.2.3: its manifest names no licence\n"), "{unnamed}");
}
