//! Writes one module for each page, with the page's Rust blocks in it, in order: what one block
//! declares, later ones use. Nothing is added that a reader of the page does not see.

#[path = "src/blocks.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests use all of it")]
mod blocks;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// A reader's own lints are not ours.
const ALLOW: &str =
    "#[allow(warnings, clippy::all, clippy::pedantic, clippy::unwrap_used, missing_docs)]";

fn main() -> io::Result<()> {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).ok_or(io::ErrorKind::NotFound);
    let root = variable("CARGO_MANIFEST_DIR")?.join("../..");
    println!("cargo::rerun-if-changed=../../docs");
    let mut text = String::new();
    for (name, page) in blocks::pages(&root)? {
        println!("cargo::rerun-if-changed=../../{name}");
        module(&mut text, &name, &blocks::blocks(&page)).map_err(io::Error::other)?;
    }
    fs::write(Path::new(&variable("OUT_DIR")?).join("pages.rs"), text)
}

/// A program in a module of its own, because a page may have several, and a test that runs it.
fn program(text: &mut String, block: &blocks::Block) -> std::fmt::Result {
    writeln!(text, "mod line_{} {{\nuse super::*;\n{}", block.line, block.text)?;
    if !block.has("no_run") {
        writeln!(text, "#[test]\nfn main_ends_well() {{ assert!(crate::Ends::well(main())); }}")?;
    }
    writeln!(text, "}}")
}

fn module(text: &mut String, name: &str, blocks: &[blocks::Block]) -> std::fmt::Result {
    let module = name.trim_end_matches(".md").to_lowercase().replace(['/', '-'], "_");
    writeln!(text, "{ALLOW}\nmod {module} {{")?;
    for block in blocks.iter().filter(|block| block.is_compiled()) {
        writeln!(text, "// {name}:{}", block.line)?;
        if block.text.contains("fn main()") {
            program(text, block)?;
        } else {
            text.push_str(&block.text);
        }
    }
    writeln!(text, "}}")
}
