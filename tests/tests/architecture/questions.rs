//! tests/README.md says which question is answered by which test: every test has a row.

use super::hold;
use event_tests::sources::{repository, text_of};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The test targets of a package's directory `tests`: `x.rs` and `x/main.rs`.
fn targets(directory: &str) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(repository().join(directory)) else { return found };
    for entry in entries.flatten() {
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        let is_file = Path::new(&name).extension().is_some_and(|extension| extension == "rs");
        if is_file || entry.path().join("main.rs").is_file() {
            found.push(format!("{directory}/{name}"));
        }
    }
    found
}

/// All test targets, and the packages of tests below `tests/`.
fn tests() -> BTreeSet<String> {
    let directories = |within: &str| -> Vec<String> {
        let entries = fs::read_dir(repository().join(within)).expect("it can be read");
        let directories = entries.flatten().filter(|entry| entry.path().is_dir());
        directories.filter_map(|entry| entry.file_name().to_str().map(str::to_owned)).collect()
    };
    let packages = directories("tests").into_iter().map(|name| format!("tests/{name}"));
    let packages: Vec<String> =
        packages.filter(|name| !matches!(name.as_str(), "tests/tests" | "tests/src")).collect();
    let crates = directories("").into_iter().filter(|name| name != "target");
    let below = |within: &'static str| {
        directories(within).into_iter().map(move |name| format!("{within}/{name}"))
    };
    let others =
        ["tests", "catalog/events", "examples/shop", "examples/shop/events"].map(str::to_owned);
    let within = crates
        .chain(below("delivery"))
        .chain(below("integrations"))
        .chain(others)
        .chain(packages.clone());
    let targets = within.flat_map(|package| targets(&format!("{package}/tests")));
    targets.chain(packages).collect()
}

/// The first cells of the rows of a page's tables.
fn rows(page: &str) -> Vec<String> {
    let cells = page.lines().filter_map(|line| line.strip_prefix("| `"));
    cells.filter_map(|rest| Some(rest.split_once("` | ")?.0.to_owned())).collect()
}

fn without_a_row(tests: &BTreeSet<String>, rows: &[String]) -> Vec<String> {
    let missing = tests.iter().filter(|test| !rows.contains(test));
    let missing = missing.map(|test| format!("tests/README.md has no row for {test}"));
    let gone = rows.iter().filter(|row| !tests.contains(*row));
    missing.chain(gone.map(|row| format!("tests/README.md has a row for {row}"))).collect()
}

#[test]
fn every_test_has_its_question() {
    let page = text_of("tests/README.md").expect("it is there");
    let rows = rows(&page);
    hold("a test has one row in tests/README.md", without_a_row(&tests(), &rows), &[]);
    let unique: BTreeSet<&String> = rows.iter().collect();
    assert_eq!(unique.len(), rows.len(), "a test has one row");
}

#[test]
fn a_test_without_a_row_is_found() {
    let tests = BTreeSet::from(["a/tests/b.rs".to_owned(), "a/tests/c".to_owned()]);
    let rows =
        rows("| test | question |\n| --- | --- |\n| `a/tests/c` | is it? |\n| `x` | no? |\n");
    let expected =
        ["tests/README.md has no row for a/tests/b.rs", "tests/README.md has a row for x"];
    assert_eq!(without_a_row(&tests, &rows), expected);
}
