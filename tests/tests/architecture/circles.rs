//! No circle of imports is longer than three files. A re-export is followed to the file that defines
//! the name, and is no import itself: it is a signpost.

use super::crates::MAY_IMPORT;
use super::{hold, made_of, read};
use event_tests::sources::{Crate, Import, Place, imports};
use std::collections::{BTreeMap, BTreeSet};

/// The longest circle, in files.
const LONGEST: usize = 3;

/// Who imports whom; every node is a key.
pub(crate) type Graph = BTreeMap<String, BTreeSet<String>>;

/// The graph of a crate's files, or of what `node` makes of a file.
pub(crate) fn graph(krate: &Crate, node: impl Fn(&str) -> String) -> Graph {
    let mut graph: Graph =
        krate.files.iter().map(|file| (node(&file.path), BTreeSet::new())).collect();
    for import in imports(krate).iter().filter(|import| !import.is_re_export) {
        let Some(to) = file_of_place(krate, import) else { continue };
        let (from, to) = (node(krate.file_of(import.module)), node(to));
        if from != to {
            graph.entry(from).or_default().insert(to);
        }
    }
    graph
}

fn file_of_place<'k>(krate: &'k Crate, import: &Import) -> Option<&'k str> {
    match &import.place {
        Place::Module(module) | Place::Item { module, .. } => Some(krate.file_of(*module)),
        Place::Outside(_) => None,
    }
}

/// The circles of a graph: its strongly connected components of two nodes and more, largest first.
pub(crate) fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        graph.keys().map(|node| (node, reached_from(graph, node))).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for node in graph.keys() {
        if !reached[node].contains(node) || !seen.insert(node) {
            continue;
        }
        let circle: Vec<&String> =
            reached[node].iter().copied().filter(|other| reached[*other].contains(node)).collect();
        seen.extend(&circle);
        found.push(circle.into_iter().cloned().collect());
    }
    found.sort_by_key(|circle: &Vec<String>| std::cmp::Reverse(circle.len()));
    found
}

/// The nodes that are reached in one step and more.
fn reached_from<'g>(graph: &'g Graph, start: &String) -> BTreeSet<&'g String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&String> = graph[start].iter().collect();
    while let Some(node) = next.pop() {
        if reached.insert(node) {
            next.extend(graph.get(node).into_iter().flatten());
        }
    }
    reached
}

/// The circles that are too long, by their size and first file; and who imports whom in them.
fn too_long(krate: &Crate) -> (Vec<String>, Vec<String>) {
    let graph = graph(krate, str::to_owned);
    let (mut found, mut edges) = (Vec::new(), Vec::new());
    for circle in circles(&graph).iter().filter(|circle| circle.len() > LONGEST) {
        for file in circle {
            let others = graph[file].iter().filter(|other| circle.contains(other));
            let others: Vec<&str> = others.map(|other| without_src(other)).collect();
            edges.push(format!("{file} imports {}", others.join(" ")));
        }
        found.push(format!("{} files in a circle with {}", circle.len(), circle[0]));
    }
    (found, edges)
}

fn without_src(file: &str) -> &str {
    file.split_once("/src/").map_or(file, |(_, within)| within)
}

#[test]
fn no_circle_of_imports_is_long() {
    let crates = MAY_IMPORT.iter().filter_map(|(name, _)| read(name));
    let (found, edges): (Vec<_>, Vec<_>) = crates.map(|krate| too_long(&krate)).unzip();
    println!("{}", edges.concat().join("\n"));
    hold("no circle of imports is longer than three files", found.concat(), &[]);
}

#[test]
fn a_long_circle_is_found() {
    let made = made_of(
        "event-core",
        &[
            ("lib.rs", "mod a;\nmod b;\nmod c;\nmod d;\nmod e;\n"),
            ("a.rs", "use super::b::B;\npub struct A;\n"),
            ("b.rs", "mod inner { use super::super::c; }\npub struct B;\n"),
            ("c.rs", "pub fn c() { crate::d::Deep::new(); }\n"),
            ("d/mod.rs", "mod deep;\npub use deep::Deep;\n"),
            ("d/deep.rs", "pub struct Deep(crate::a::A);\n"),
            ("e.rs", "pub struct E(crate::a::A);\n#[cfg(test)]\nmod tests { use crate::a; }\n"),
        ],
    );
    let (found, _) = too_long(&made);
    assert_eq!(found, ["4 files in a circle with event-core/src/a.rs"]);
    let files = ["a.rs", "b.rs", "c.rs", "d/deep.rs"].map(|file| format!("event-core/src/{file}"));
    assert_eq!(circles(&graph(&made, str::to_owned)), [files]);
}

#[test]
fn a_re_export_is_no_import() {
    let made = made_of(
        "event-core",
        &[
            ("lib.rs", "mod a;\n"),
            ("a/mod.rs", "mod b;\nmod c;\nmod d;\npub use b::B;\npub use c::C;\npub use d::D;\n"),
            ("a/b.rs", "use super::C;\npub struct B;\n"),
            ("a/c.rs", "use super::D;\npub struct C;\n"),
            ("a/d.rs", "pub struct D;\n"),
        ],
    );
    assert_eq!(circles(&graph(&made, str::to_owned)), Vec::<Vec<String>>::new());
}
