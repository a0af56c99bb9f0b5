//! The Rust of the READMEs and of docs/, as a reader sees it: it compiles, and what can run does.
#![allow(clippy::unwrap_used, reason = "a test may")]

use event_pages::blocks::{blocks, pages};
use std::path::Path;

/// How a program of a page ends.
trait Ends {
    fn well(self) -> bool;
}

impl Ends for () {
    fn well(self) -> bool {
        true
    }
}

impl<E: std::fmt::Debug> Ends for Result<(), E> {
    fn well(self) -> bool {
        self.is_ok()
    }
}

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn no_page_shows_lines_that_rustdoc_hides() {
    for (name, page) in pages(root()).unwrap() {
        for block in blocks(&page) {
            let hidden = block.hidden_line();
            assert_eq!(
                hidden, None,
                "{name}:{}: write it so that a reader of Markdown needs it, or leave it out",
                block.line
            );
        }
    }
}

#[test]
fn every_rust_block_is_compiled() {
    let (mut compiled, mut left_out) = (0, Vec::new());
    for (name, page) in pages(root()).unwrap() {
        for block in blocks(&page).into_iter().filter(|block| block.language() == "rust") {
            compiled += usize::from(block.is_compiled());
            // `layout.rs` builds the files of README.md, `event-cli/tests/new` those of start.md.
            let is_built = matches!(name.as_str(), "README.md" | "docs/start.md");
            assert!(block.path().is_none() || is_built, "{name}:{}: not compiled", block.line);
            if block.has("ignore") {
                left_out.push(format!("{name}:{}", block.line));
            }
        }
    }
    assert!(compiled >= 40, "{compiled}");
    assert!(left_out.is_empty(), "{left_out:?} are ignored: let them compile");
}

#[test]
fn dependencies_are_shown_as_they_can_be_used() {
    for (name, page) in pages(root()).unwrap() {
        for block in blocks(&page).into_iter().filter(|block| block.language() == "toml") {
            for line in block.text.lines().filter(|line| line.starts_with("event-")) {
                let is_of_the_repository = ["event-", "delivery/event-", "integrations/event-"]
                    .iter()
                    .any(|place| line.contains(&format!("/event-catalog/{place}")));
                let is_there = is_of_the_repository || line.contains("git = ");
                assert!(is_there, "{name}:{}: no registry has `{line}`", block.line);
            }
        }
    }
}
