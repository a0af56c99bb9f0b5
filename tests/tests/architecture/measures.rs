//! Where the house is now, in numbers. `-- --nocapture measures` prints them.

use super::circles::{circles, graph};
use super::crates::{MAY_IMPORT, directory};
use super::public_names::root_names;
use super::read;
use super::rooms::room;
use event_tests::sources::{Crate, public, repository, rust_files};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Directories that hold no fixtures of ours.
const NOT_OURS: &[&str] = &["node_modules", "target", "src"];

fn lines(directory: &str) -> usize {
    rust_files(directory).values().map(|text| text.lines().count()).sum()
}

fn largest(krate: &Crate, node: impl Fn(&str) -> String) -> usize {
    circles(&graph(krate, node)).first().map_or(0, Vec::len)
}

/// The files that tests read: what is no Rust, and the Rust of cases that compilers read.
fn fixtures(directory: &Path, is_case: bool) -> usize {
    let Ok(entries) = fs::read_dir(directory) else { return 0 };
    let mut count = 0;
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_str().unwrap_or_default();
        if entry.path().is_dir() {
            let holds_cases = is_case
                || name.starts_with("ui")
                || matches!(name, "cases" | "fixtures" | "snapshots");
            if !NOT_OURS.contains(&name) {
                count += fixtures(&entry.path(), holds_cases);
            }
        } else if is_case
            || !matches!(name, "Cargo.toml" | "README.md")
                && entry.path().extension().is_none_or(|extension| extension != "rs")
        {
            count += 1;
        }
    }
    count
}

fn top(file: &str) -> String {
    room(file).to_owned()
}

#[test]
fn measures() {
    println!(
        "| crate | lines of src | of tests | largest circle of files | public names | in the root |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for (name, _) in MAY_IMPORT {
        let Some(krate) = read(name) else { continue };
        let place = directory(name);
        println!(
            "| {name} | {} | {} | {} | {} | {} |",
            lines(&format!("{place}/src")),
            lines(&format!("{place}/tests")),
            largest(&krate, str::to_owned),
            public(&krate).len(),
            root_names(&krate).len()
        );
        assert!(!public(&krate).is_empty() || *name == "event-macros", "{name} has public names");
    }
    println!("| tests | {} | {} | | | |", lines("tests/src"), lines("tests") - lines("tests/src"));
    let core = read("event-core").expect("it is there");
    let mut rooms = graph(&core, top);
    // What is above all rooms is no room.
    for above in ["lib", "__private"] {
        rooms.remove(above);
        for to in rooms.values_mut() {
            to.remove(above);
        }
    }
    let (circles, arrows) = (circles(&rooms), rooms.values().map(BTreeSet::len).sum::<usize>());
    let within = |circle: &Vec<String>| {
        let inside = circle.iter().flat_map(|room| &rooms[room]).filter(|to| circle.contains(to));
        inside.count()
    };
    println!("event-core: {} modules at the top, {arrows} arrows between them", rooms.len());
    for circle in &circles {
        let (size, within) = (circle.len(), within(circle));
        println!("a circle of {size} with {within} arrows: {}", circle.join(" "));
    }
    let count: usize = MAY_IMPORT
        .iter()
        .map(|(name, _)| repository().join(directory(name)))
        .flat_map(|krate| [krate.join("tests"), krate.join("snapshots")])
        .chain([repository().join("tests")])
        .map(|directory| fixtures(&directory, directory.ends_with("snapshots")))
        .sum();
    println!("{count} fixture files");
}
