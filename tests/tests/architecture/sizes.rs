//! Files, functions and folders are rooms of a size that one look takes in.

use super::{hold, known};
use event_tests::sources::{Texts, rust_files};
use std::collections::{BTreeMap, BTreeSet};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// The lines of a file.
const FILE: usize = 400;

/// The lines of a function, from its signature to its end.
const FUNCTION: usize = 60;

/// How many exceptions a rule may have.
const EXCEPTIONS: usize = 3;

/// Directories of cases that compilers read, of output, and of packages that are none of ours.
const NO_SOURCES: &[&str] =
    &["/cases/", "/fixtures/", "/snapshots/", "/tests/ui", "/node_modules/", "/target/"];

/// The Rust sources and tests of the repository.
pub(crate) fn sources() -> Texts {
    let mut sources = Texts::new();
    let roots = std::fs::read_dir(event_tests::sources::repository()).expect("it can be read");
    for root in roots.flatten() {
        let Some(name) = root.file_name().to_str().map(str::to_owned) else { continue };
        if root.path().join("Cargo.toml").is_file() {
            for part in ["src", "tests"] {
                sources.extend(rust_files(&format!("{name}/{part}")));
            }
        }
    }
    sources.extend(rust_files("tests"));
    sources.extend(rust_files("catalog/events"));
    sources.retain(|path, _| !NO_SOURCES.iter().any(|directory| path.contains(directory)));
    sources
}

fn long_files(sources: &Texts) -> Vec<String> {
    let long = sources.iter().filter(|(_, text)| text.lines().count() > FILE);
    long.map(|(path, _)| path.clone()).collect()
}

fn long_functions(sources: &Texts) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut lengths = Lengths(Vec::new());
        lengths.visit_file(&file);
        for (name, lines) in lengths.0 {
            if lines > FUNCTION {
                found.push(format!("{path} fn {name}"));
            }
        }
    }
    found
}

/// The functions of a file, with their lines.
struct Lengths(Vec<(String, usize)>);

impl Lengths {
    fn note(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line - signature.span().start().line + 1;
        self.0.push((signature.ident.to_string(), lines));
    }
}

impl<'a> Visit<'a> for Lengths {
    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.note(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.note(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.note(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

/// The directories below a `src/` that hold one file and nothing else.
fn folders_of_one_file(sources: &Texts) -> Vec<String> {
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in sources.keys() {
        let Some(src) = path.find("/src/").map(|at| at + "/src/".len()) else { continue };
        for (at, _) in path.match_indices('/').filter(|(at, _)| *at >= src) {
            let rest = &path[at + 1..];
            let entry = rest.split('/').next().unwrap_or(rest);
            entries.entry(&path[..at]).or_default().insert(entry);
        }
    }
    let of_one = entries.into_iter().filter(|(_, entries)| entries.len() == 1);
    of_one.map(|(directory, _)| directory.to_owned()).collect()
}

fn names(exceptions: &[(&'static str, &str)]) -> Vec<&'static str> {
    assert!(exceptions.len() <= EXCEPTIONS, "there are at most {EXCEPTIONS} exceptions");
    for (name, reason) in exceptions {
        assert!(reason.len() > 20, "why is {name} an exception?");
    }
    exceptions.iter().map(|(name, _)| *name).collect()
}

#[test]
fn files_are_short() {
    let known = names(known::EXCEPTED_FILES);
    hold("a file has at most 400 lines", long_files(&sources()), &known);
}

#[test]
fn functions_are_short() {
    let known = names(known::EXCEPTED_FUNCTIONS);
    hold("a function has at most 60 lines", long_functions(&sources()), &known);
}

#[test]
fn no_folder_holds_one_file() {
    let found = folders_of_one_file(&sources());
    hold("no folder of src/ holds one file", found, &[]);
}

#[test]
fn what_is_too_long_is_found() {
    let body = "    work();\n".repeat(59);
    let text = format!("impl A {{\nfn long() {{\n{body}}}\nfn short() {{\n}}\n}}\n");
    let mut made = Texts::from([("a/src/lib.rs".to_owned(), text)]);
    assert_eq!(long_functions(&made), ["a/src/lib.rs fn long"]);
    made.insert("a/src/long.rs".to_owned(), "\n".repeat(401));
    made.insert("a/src/just.rs".to_owned(), "\n".repeat(400));
    assert_eq!(long_files(&made), ["a/src/long.rs"]);
}

#[test]
fn a_folder_of_one_file_is_found() {
    let made = ["lib.rs", "a/mod.rs", "b/mod.rs", "b/c.rs", "d/e/mod.rs", "d/e/f.rs", "d/mod.rs"]
        .map(|file| (format!("x/src/{file}"), String::new()));
    assert_eq!(folders_of_one_file(&Texts::from(made)), ["x/src/a"]);
}
