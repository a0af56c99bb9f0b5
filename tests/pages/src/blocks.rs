//! The fenced code blocks of a page.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// A fenced code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What is behind the opening fence: `rust,no_run`.
    pub info: String,
    /// The line of its opening fence, from 1.
    pub line: usize,
    /// What is in it. A block in a list has the list's indentation taken away.
    pub text: String,
    /// Whether it is written from a case of `tests/tests/lock_check`, which compiles it.
    pub is_case: bool,
    /// What the comment says that is directly above it: `not run: it needs a registry`.
    pub mark: Option<String>,
}

impl Block {
    /// Its language: `rust`.
    pub fn language(&self) -> &str {
        self.info.split(',').next().unwrap_or_default()
    }

    /// Whether it has a word behind its language: `ignore`, `no_run`.
    pub fn has(&self, word: &str) -> bool {
        self.info.split(',').skip(1).any(|own| own == word)
    }

    /// The file that it is, where its first line is a comment that says so:
    /// `// shop-events/src/lib.rs`.
    pub fn path(&self) -> Option<&str> {
        let first = self.text.lines().next()?;
        let path = first.strip_prefix("// ").or_else(|| first.strip_prefix("# "))?;
        let path = path.strip_suffix(", at the end").unwrap_or(path);
        let is_path = !path.contains(' ') && [".rs", ".toml"].iter().any(|end| path.ends_with(end));
        is_path.then_some(path)
    }

    /// The first line that rustdoc would hide and a viewer of Markdown shows.
    pub fn hidden_line(&self) -> Option<&str> {
        let is_hidden = |line: &&str| line.trim() == "#" || line.trim_start().starts_with("# ");
        self.text.lines().find(is_hidden).filter(|_| self.language() == "rust")
    }

    /// Whether the pages' own tests compile it: it is Rust, and neither a file of the README's
    /// workspace, nor a case, nor left out by decision.
    pub fn is_compiled(&self) -> bool {
        self.language() == "rust" && !self.has("ignore") && !self.is_case && self.path().is_none()
    }
}

/// The blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let (mut found, mut open, mut is_case) = (Vec::new(), None::<(usize, Block)>, false);
    let mut above = "";
    for (at, line) in page.lines().enumerate() {
        let bare = line.trim_start();
        match &mut open {
            None if bare.starts_with("```") => {
                let (info, text) = (bare.trim_start_matches('`').to_owned(), String::new());
                let comment =
                    above.strip_prefix("<!-- ").and_then(|mark| mark.strip_suffix(" -->"));
                let mark = comment.map(str::to_owned);
                let block = Block { info, line: at + 1, text, is_case, mark };
                open = Some((line.len() - bare.len(), block));
            }
            None if bare.starts_with("<!-- case: ") => is_case = true,
            None if bare.starts_with("<!-- /case ") => is_case = false,
            None => {}
            Some(_) if bare == "```" => found.extend(open.take().map(|(_, block)| block)),
            Some((indentation, block)) => {
                block.text.push_str(line.get(*indentation..).unwrap_or(bare));
                block.text.push('\n');
            }
        }
        above = bare;
    }
    found
}

/// `README.md`, that of each package at the root, and every page in `docs/`, with their text, by
/// name.
///
/// # Errors
///
/// When one cannot be read.
pub fn pages(root: &Path) -> io::Result<Vec<(String, String)>> {
    let mut paths: Vec<PathBuf> = vec![root.join("README.md")];
    for entry in fs::read_dir(root)? {
        let page = entry?.path().join("README.md");
        if page.with_file_name("Cargo.toml").is_file() && page.is_file() {
            paths.push(page);
        }
    }
    for entry in fs::read_dir(root.join("docs"))? {
        paths.push(entry?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        Ok((name, fs::read_to_string(path)?))
    };
    paths.iter().map(read).collect()
}
