//! The pages for contributors name files. Each file exists.

use super::hold;
use event_tests::sources::{repository, text_of};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The pages that are checked. Pages for users name files of a user's own workspace.
const FOR_THOSE_WHO_CARRY_ON: &[&str] =
    &["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md", "tests/README.md"];

/// Directories that are generated or belong to a tool.
const NOT_OURS: &[&str] = &[".git", ".venv", "node_modules", "target"];

/// Every file and directory of the repository, from its root, with `/`.
fn files() -> BTreeSet<String> {
    fn walk(directory: &Path, within: &str, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(directory).expect("it can be read").flatten() {
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            if NOT_OURS.contains(&name.as_str()) {
                continue;
            }
            let path = if within.is_empty() { name } else { format!("{within}/{name}") };
            if entry.path().is_dir() {
                walk(&entry.path(), &path, found);
            }
            found.insert(path);
        }
    }
    let mut found = BTreeSet::new();
    walk(&repository(), "", &mut found);
    found
}

/// The texts in backticks outside of fenced blocks.
fn code_spans(page: &str) -> Vec<&str> {
    let mut is_code = false;
    let prose = page.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    prose.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The paths that a code span names: none, one, or several as `{a,b}`.
fn paths(span: &str) -> Vec<String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./{},".contains(letter);
    let ends = [".rs", ".md", ".toml", ".txt", ".lock"];
    let is_path =
        span.contains('/') || ends.iter().any(|end| span.len() > 5 && span.ends_with(end));
    if !is_path || !span.chars().all(is_plain) || span.contains("..") {
        return Vec::new();
    }
    match span.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        Some((before, (names, after))) => {
            names.split(',').map(|name| format!("{before}{name}{after}")).collect()
        }
        None => vec![span.to_owned()],
    }
}

/// Whether a path is there: from the root, or as the end of one, where a page has said whose it is.
fn is_there(path: &str, files: &BTreeSet<String>) -> bool {
    let path = path.trim_end_matches('/');
    let end = format!("/{path}");
    files.contains(path) || files.iter().any(|file| file.ends_with(&end))
}

#[test]
fn what_pages_name_is_there() {
    let files = files();
    let mut named = 0;
    let mut missing = Vec::new();
    for page in FOR_THOSE_WHO_CARRY_ON {
        let text = text_of(page).expect("the page is there");
        for path in code_spans(&text).into_iter().flat_map(paths) {
            named += 1;
            if !is_there(&path, &files) {
                missing.push(format!("{page} names {path}"));
            }
        }
    }
    assert!(named > 200, "the pages were read: {named}");
    hold("a page names files that are there", missing, &[]);
}

#[test]
fn a_path_that_is_not_there_is_found() {
    let page = "See `a/b.rs`, `{x}`, `c/{d,e}.rs` and `emit_*`.\n```\n`not/code`\n```\n";
    let named: Vec<String> = code_spans(page).into_iter().flat_map(paths).collect();
    assert_eq!(named, ["a/b.rs", "c/d.rs", "c/e.rs"]);
    let files = ["a/b.rs", "x/c/d.rs"].map(str::to_owned).into();
    let missing: Vec<&String> = named.iter().filter(|path| !is_there(path, &files)).collect();
    assert_eq!(missing, ["c/e.rs"]);
}
