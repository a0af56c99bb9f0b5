//! Every kind of change, once in a locked version and once as the next one.

use crate::cargo::{Diagnostic, Workspace};
use crate::case::Case;
use crate::lock::{joined, locked};
use crate::page;
use event_grammar::lock::Lock;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const CORE: &str = "event-core = { path = \"{root}/event-core\", features = [\"uuid\"] }\nserde_json = \"1\"\nuuid = \"1\"\n";

/// The cases by crate: where a macro refuses something, no constant is evaluated, and a catalog is
/// asked for everything that the lock has.
const CRATES: &[(&str, &[&str])] = &[
    (
        "constants",
        &[
            include_str!("cases/fields.txt"),
            include_str!("cases/types.txt"),
            include_str!("cases/enums.txt"),
            include_str!("cases/events.txt"),
            include_str!("cases/places.txt"),
        ],
    ),
    ("guide", &[include_str!("cases/guide.txt")]),
    ("catalogs", &[include_str!("cases/catalog.txt")]),
    ("macros", &[include_str!("cases/macros.txt")]),
];

/// Every case, with the crate that it is in.
fn cases() -> (Vec<Case>, Vec<&'static str>) {
    let (mut cases, mut crates) = (Vec::new(), Vec::new());
    for (name, files) in CRATES {
        for text in *files {
            cases.extend(Case::parse(text, cases.len()));
        }
        crates.resize(cases.len(), *name);
    }
    (cases, crates)
}

/// A crate of one module for each source.
fn library(
    workspace: &Workspace,
    name: &str,
    sources: &[(String, String)],
    lock: &str,
    more: &str,
) {
    workspace.manifest(
        name,
        &format!("[package.metadata.events]\nlock = \"events.lock\"\n\n[dependencies]\n{more}"),
    );
    workspace.write(&format!("crates/{name}/events.lock"), lock);
    let mut root = String::from("#![allow(warnings)]\n");
    for (module, source) in sources {
        let _ = writeln!(root, "pub mod {module};");
        workspace.write(&format!("crates/{name}/src/{module}.rs"), source);
    }
    workspace.write(&format!("crates/{name}/src/lib.rs"), &root);
}

fn shared(workspace: &Workspace, name: &str, text: &str) {
    workspace.manifest(name, &format!("[dependencies]\n{CORE}"));
    workspace.write(&format!("crates/{name}/src/lib.rs"), text);
}

#[test]
fn a_break_is_found_where_it_is_and_a_new_version_breaks_nothing() {
    let workspace = Workspace::create("lock-matrix");
    shared(&workspace, "shared-before", include_str!("cases/shared_before.rs"));
    shared(&workspace, "shared-after", include_str!("cases/shared_after.rs"));
    let (cases, crates) = cases();
    let before =
        format!("{CORE}shared = {{ package = \"shared-before\", path = \"../shared-before\" }}\n");
    let after =
        format!("{CORE}shared = {{ package = \"shared-after\", path = \"../shared-after\" }}\n");
    let beside = format!("{after}shared-before = {{ path = \"../shared-before\" }}\n");
    let locks: Vec<Lock> = locked(&workspace, &cases, &crates, &before);

    let mut problems = String::new();
    let mut errors = Vec::new();
    for (name, _) in CRATES {
        let of_crate = |at: &usize| crates[*at] == *name;
        let chosen: Vec<&Case> = (0..cases.len()).filter(of_crate).map(|at| &cases[at]).collect();
        let locks = (0..cases.len()).filter(of_crate).map(|at| &locks[at]);
        let sources: Vec<(String, String)> =
            chosen.iter().map(|case| (case.module(), case.source_after())).collect();
        library(&workspace, name, &sources, &joined(locks), &after);
        let checked = workspace.check(name);
        problems += &differences(name, &chosen, &checked.errors);
        errors.extend(checked.errors);
    }
    hold_messages(&cases, &errors, &mut problems);
    page::hold(&cases, &errors, &mut problems);

    let sources: Vec<(String, String)> = cases
        .iter()
        .filter(|case| case.header("beside").is_none())
        .map(|case| (case.module(), case.source_beside()))
        .collect();
    library(&workspace, "beside", &sources, &joined(&locks), &beside);
    for error in workspace.check("beside").errors {
        let _ = writeln!(problems, "as the next version: {}", error.rendered);
    }
    assert!(problems.is_empty(), "{problems}");
}

/// What was expected and is not there, and what is there and was not expected.
fn differences(package: &str, cases: &[&Case], errors: &[Diagnostic]) -> String {
    let mut problems = String::new();
    let mut known = vec![false; errors.len()];
    for case in cases {
        let file = format!("crates/{package}/src/{}.rs", case.module());
        let source = case.source_after();
        for expected in Case::expected(&source) {
            let found = errors.iter().enumerate().position(|(at, error)| {
                let path = format!("`{}`", expected.path);
                let has_path = expected.path == "-" || error.message.contains(&path);
                let columns = (expected.columns.start as u64 + 1, expected.columns.end as u64 + 1);
                !known[at]
                    && error.file == file
                    && error.line == expected.line as u64
                    && error.columns == columns
                    && (expected.code == "-"
                        || error.message.contains(&format!("[{}]", expected.code)))
                    && has_path
            });
            match found {
                Some(at) => known[at] = true,
                None => {
                    let _ = writeln!(problems, "`{}`: not said: {expected:?}", case.title);
                }
            }
        }
    }
    for (error, _) in errors.iter().zip(&known).filter(|(_, known)| !**known) {
        let _ = writeln!(problems, "not expected, at {:?}: {}", error.columns, error.rendered);
    }
    problems
}

/// Every message, to be read in review.
fn hold_messages(cases: &[Case], errors: &[Diagnostic], problems: &mut String) {
    let mut text = String::new();
    for case in cases {
        let file = format!("/{}.rs", case.module());
        let mut of_case: Vec<&Diagnostic> =
            errors.iter().filter(|error| error.file.ends_with(&file)).collect();
        of_case.sort_by_key(|error| (error.line, error.columns));
        let _ = writeln!(text, "# {}", case.title);
        if of_case.is_empty() {
            text.push_str("builds\n");
        }
        for error in of_case {
            let message =
                error.message.strip_prefix("evaluation panicked: ").unwrap_or(&error.message);
            let _ = writeln!(text, "{}", case.unnamed(message));
        }
        text.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lock_check/messages.txt");
    if std::env::var_os("UPDATE_MESSAGES").is_some() {
        fs::write(path, text).unwrap();
    } else if fs::read_to_string(path).unwrap_or_default() != text {
        problems.push_str(
            "the messages changed: UPDATE_MESSAGES=1 cargo test -p event-tests --test lock_check, \
             and read the difference\n",
        );
    }
}
