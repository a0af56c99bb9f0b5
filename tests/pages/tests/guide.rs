//! The guide in event-core's rustdoc: it has every page of docs/, and the links between pages lead
//! to modules.
//!
//! `UPDATE_DOCS=1 cargo test -p event-pages --test guide` writes `guide-links.txt`.
#![allow(clippy::unwrap_used, reason = "a test may")]

use event_pages::blocks::pages;
use event_pages::links::{definitions, inline_targets, prose};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Pages of docs/ that are not in the guide.
const NOT_IN_THE_GUIDE: &[&str] = &[
    // Its table is in the documentation of the guide's module.
    "README",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The pages of the guide, by name.
fn guide() -> BTreeMap<String, String> {
    let pages = pages(&root()).unwrap().into_iter();
    let pages = pages.filter_map(|(path, text)| {
        let name = path.strip_prefix("docs/")?.strip_suffix(".md")?;
        (!NOT_IN_THE_GUIDE.contains(&name)).then(|| (name.to_owned(), text))
    });
    pages.collect()
}

#[test]
fn the_guide_has_every_page() {
    let source = fs::read_to_string(root().join("event-core/src/_guide.rs")).unwrap();
    let (_, listed) = source.split_once("pages!(\n").unwrap();
    let (listed, _) = listed.split_once(");").unwrap();
    let mut listed: Vec<&str> = listed.split_whitespace().collect();
    listed.sort_unstable();
    assert_eq!(listed, guide().keys().collect::<Vec<_>>(), "`pages!` of event-core/src/_guide.rs");
}

#[test]
fn links_between_pages_lead_to_modules() {
    let mut links: BTreeMap<String, String> = BTreeMap::new();
    for (page, text) in guide() {
        let inline = inline_targets(&prose(&text)).join(" ");
        assert!(
            !inline.contains(".md"),
            "docs/{page}.md: {inline}: write `[text][label]`, and `[label]: page.md` at the end of the page"
        );
        for (label, target) in definitions(&text) {
            let module = match target.replacen(".md", "", 1) {
                elsewhere if elsewhere.starts_with("https://") => elsewhere,
                page => format!("mod@crate::_guide::{page}"),
            };
            let known = links.entry(label.clone()).or_insert_with(|| module.clone());
            assert_eq!(*known, module, "docs/{page}.md: `[{label}]` is another link elsewhere");
        }
    }
    let links: Vec<String> =
        links.iter().map(|(label, module)| format!("[{label}]: {module}\n")).collect();
    let path = root().join("event-core/guide-links.txt");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, links.concat()).unwrap();
    } else {
        assert_eq!(
            fs::read_to_string(path).unwrap(),
            links.concat(),
            "`UPDATE_DOCS=1 cargo test -p event-pages --test guide` writes it"
        );
    }
}
