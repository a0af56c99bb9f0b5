//! The house: ARCHITECTURE.md's order of crates and rooms, the sizes of files and the paths in pages,
//! held against the sources. `cargo test -p event-tests --test architecture -- --nocapture measures`
//! prints where the house is now.

mod circles;
mod crates;
mod known;
mod measures;
mod modules;
mod paths;
mod public_names;
mod questions;
mod rooms;
mod sizes;
mod words;

use event_tests::sources::{Crate, Texts, rust_files, text_of};
use std::collections::BTreeSet;

/// A crate of the order, read from its sources. None if it has no library.
fn read(name: &str) -> Option<Crate> {
    let directory = crates::directory(name);
    text_of(&format!("{directory}/src/lib.rs"))?;
    Some(Crate::read(directory, &rust_files(&format!("{directory}/src"))))
}

/// A crate of a test's own: file names below `src/`, and their texts.
fn made_of(name: &str, files: &[(&str, &str)]) -> Crate {
    let texts: Texts = files
        .iter()
        .map(|(file, text)| (format!("{name}/src/{file}"), (*text).to_owned()))
        .collect();
    Crate::read(name, &texts)
}

/// Fails if a rule is broken in a place that is not known, or if a known place keeps the rule.
fn hold(rule: &str, found: impl IntoIterator<Item = String>, known: &[&str]) {
    let found: BTreeSet<String> = found.into_iter().collect();
    let known: BTreeSet<String> = known.iter().map(|&known| known.to_owned()).collect();
    let new: Vec<&String> = found.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&found).collect();
    assert!(new.is_empty() && gone.is_empty(), "{}", told(rule, &new, &gone));
}

fn told(rule: &str, new: &[&String], gone: &[&String]) -> String {
    let gone = gone
        .iter()
        .map(|known| format!("  no longer an exception, take it out of the list: {known}"));
    let new = new.iter().map(|violation| format!("  {violation}"));
    let lines: Vec<String> = [rule.to_owned()].into_iter().chain(new).chain(gone).collect();
    lines.join("\n")
}

#[test]
#[should_panic(expected = "is too long")]
fn a_new_violation_fails() {
    hold("files are short", ["a is too long".to_owned()], &[]);
}

#[test]
#[should_panic(expected = "take it out of the list: a is too long")]
fn an_exception_without_use_fails() {
    hold("files are short", [], &["a is too long"]);
}
