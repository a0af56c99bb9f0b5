//! The links in Markdown pages. Each leads to an existing file and heading.
#![allow(clippy::unwrap_used, reason = "a test may")]

use event_pages::links::{definitions, inline_targets, prose, slugs};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The entries of a directory without generated and hidden ones.
fn entries(directory: &Path) -> Vec<PathBuf> {
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        !name.starts_with('.') && !matches!(name.as_ref(), "target" | "node_modules")
    };
    fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).filter(is_ours).collect()
}

/// The Markdown pages of the repository, by path: at the root, in docs/, and two levels below.
fn markdown() -> BTreeMap<PathBuf, String> {
    let (mut found, mut level) = (BTreeMap::new(), vec![root()]);
    for _ in 0..3 {
        let all: Vec<PathBuf> = level.iter().flat_map(|directory| entries(directory)).collect();
        for path in all.iter().filter(|path| path.extension().is_some_and(|end| end == "md")) {
            found.insert(path.clone(), fs::read_to_string(path).unwrap());
        }
        level = all.into_iter().filter(|path| path.is_dir() && !path.is_symlink()).collect();
    }
    found
}

/// The labels that a page's links name: `[text][label]`.
fn labels(prose: &str) -> Vec<String> {
    let parts = prose.split("][").skip(1);
    let labels = parts.filter_map(|rest| Some(rest.split_once(']')?.0));
    labels.map(|label| label.replace('\n', " ")).collect()
}

/// Why a link target is wrong; `None` if it exists.
fn wrong(page: &Path, text: &str, target: &str) -> Option<String> {
    if target.starts_with("https://") || target.starts_with("http://") {
        return None;
    }
    let (file, heading) = target.split_once('#').map_or((target, None), |(f, h)| (f, Some(h)));
    let path = page.parent().unwrap().join(file);
    if !file.is_empty() && !path.exists() {
        return Some("no such file".to_owned());
    }
    let other = if file.is_empty() { text.to_owned() } else { fs::read_to_string(path).ok()? };
    let heading = heading?;
    let known = slugs(&other);
    (!known.iter().any(|own| own == heading)).then(|| format!("headings: {}", known.join(", ")))
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let (mut links, mut problems) = (0, Vec::new());
    for (page, text) in markdown() {
        let (prose, definitions) = (prose(&text), definitions(&text));
        let shown = page.strip_prefix(root()).unwrap().display().to_string();
        let targets = definitions.iter().map(|(_, target)| target.as_str());
        for target in inline_targets(&prose).into_iter().chain(targets) {
            links += 1;
            if let Some(why) = wrong(&page, &text, target) {
                problems.push(format!("{shown}: `{target}`: {why}"));
            }
        }
        let labels = labels(&prose);
        let is_defined = |label: &String| definitions.iter().any(|(own, _)| own == label);
        for label in labels.iter().filter(|label| !is_defined(label)) {
            problems.push(format!("{shown}: `[{label}]` is not defined"));
        }
        for (label, _) in definitions.iter().filter(|(label, _)| !labels.contains(label)) {
            problems.push(format!("{shown}: no link names `[{label}]`"));
        }
    }
    assert!(links >= 60, "the pages have links: {links}");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
