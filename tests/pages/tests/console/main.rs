//! The console blocks in docs/. The command of the reference catalog runs in this process and must
//! print what the page shows. A line `..` in the output is a placeholder for any number of lines.
//!
//! A block is run unless the comment above it says why not: `<!-- not run: REASON -->`. A block
//! under `<!-- file: NAME -->` is a file that the page's commands find.
//!
//! `UPDATE_DOCS=1 cargo test -p event-pages --test console` writes the output into the pages.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod shop;

use event_cli::Env;
use event_core::Timestamp;
use event_pages::blocks::{Block, blocks, pages};
use std::cell::RefCell;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::{env, fs, io};

/// The beginnings of a line that is run.
const COMMANDS: [&str; 2] =
    ["$ cargo run -p catalog -- ", "$ cargo run -p catalog --features query-sqlite -- "];

/// The page whose commands find the database of the example `delivery`, and its path.
const DATABASE: (&str, &str) = ("queries.md", "target/delivery/shop.db");

/// The mark of blocks that `event-cli/tests/lock/clones.rs` runs in shallow clones.
const BASELINE: &str = "baseline";

/// The placeholder for lines that a block leaves out.
const LEFT_OUT: &str = "..";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Standard output and standard error together, as on a terminal.
#[derive(Clone, Default)]
struct Terminal(Rc<RefCell<Vec<u8>>>);

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The output of the command in `directory`.
fn printed(arguments: &str, directory: &Path) -> Vec<String> {
    let manifest = root().join("catalog").display().to_string();
    // A fixed day, so that expiry dates do not change the pages.
    let variables = [
        ("CARGO_PKG_NAME", "catalog"),
        ("CARGO_MANIFEST_DIR", manifest.as_str()),
        ("SOURCE_DATE_EPOCH", "1796000000"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let environment = Env {
        directory: directory.to_owned(),
        variables,
        now: Timestamp::parse("2026-11-30T09:00:00Z"),
        ..Env::default()
    };
    let words = arguments.split_whitespace().map(|word| OsString::from(word.trim_matches('\'')));
    let terminal = Terminal::default();
    let (mut out, mut err) = (terminal.clone(), terminal.clone());
    let code = event_cli::run(&catalog::CATALOG, words, &mut out, &mut err, &environment);
    let text = String::from_utf8(terminal.0.take()).unwrap();
    assert!(matches!(code, 0 | 100), "`{arguments}` ends with {code}:\n{text}");
    // Paths are relative to the root of the workspace.
    let text = text.replace(&format!("{}/", root().display()), "");
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Whether a page that shows `shown` fits the printed lines.
fn fits(shown: &[&str], lines: &[String]) -> bool {
    match shown {
        [] => lines.is_empty(),
        [first, rest @ ..] if first.trim() == LEFT_OUT => {
            (0..=lines.len()).any(|left_out| fits(rest, &lines[left_out..]))
        }
        [first, rest @ ..] => {
            lines.split_first().is_some_and(|(line, behind)| line == first && fits(rest, behind))
        }
    }
}

/// The lines for a page that showed `before`. Lines are left out at the same place as before.
fn as_before(before: &[&str], lines: &[String]) -> Vec<String> {
    let is_left_out = |line: &&str| line.trim() == LEFT_OUT;
    let (Some(first), Some(last)) =
        (before.iter().position(is_left_out), before.iter().rposition(is_left_out))
    else {
        return lines.to_vec();
    };
    let end = lines.len().saturating_sub(before.len() - 1 - last);
    let start = first.min(end);
    [&lines[..start], &[LEFT_OUT.to_owned()], &lines[end..]].concat()
}

/// Runs a block. Adds what is wrong to `wrong`, and returns the corrected block.
fn run(block: &Block, directory: &Path, wrong: &mut Vec<String>) -> String {
    let (mut text, mut lines) = (String::new(), block.text.lines().peekable());
    while let Some(line) = lines.next() {
        let arguments = COMMANDS.iter().find_map(|command| line.strip_prefix(command));
        let Some(arguments) = arguments else {
            wrong.push(format!("`{line}` is not run: say why in a comment above the block"));
            return block.text.clone();
        };
        let mut shown = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
            shown.push(line);
        }
        let printed = printed(arguments, directory);
        if fits(&shown, &printed) {
            text.extend([line, "\n"]);
            text.extend(shown.iter().flat_map(|line| [*line, "\n"]));
        } else {
            wrong.push(format!("`{line}` prints\n{}", printed.join("\n")));
            text.extend([line, "\n"]);
            text.extend(as_before(&shown, &printed).iter().flat_map(|line| [line.as_str(), "\n"]));
        }
    }
    text
}

/// A new directory with the files that the page shows.
fn directory_of(name: &str, shown: &[Block]) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("console").join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    for block in shown {
        if let Some(file) = block.mark.as_deref().and_then(|mark| mark.strip_prefix("file: ")) {
            fs::write(directory.join(file), &block.text).unwrap();
        }
    }
    if name == DATABASE.0 {
        let database = directory.join(DATABASE.1);
        fs::create_dir_all(database.parent().unwrap()).unwrap();
        shop::make(&database);
    }
    directory
}

fn is_run(block: &Block) -> bool {
    let mark = block.mark.as_deref().unwrap_or_default();
    block.info == "console" && mark != BASELINE && !mark.starts_with("not run: ")
}

#[test]
fn commands_print_what_the_pages_show() {
    let (mut blocks_run, mut problems) = (0, Vec::new());
    for (name, page) in pages(&root()).unwrap() {
        // `layout.rs` runs the README's.
        let Some(short) = name.strip_prefix("docs/") else { continue };
        let shown = blocks(&page);
        let directory = directory_of(short, &shown);
        let mut mended: Vec<String> = page.lines().map(str::to_owned).collect();
        // The last block first, because a change moves the lines after it.
        for block in shown.iter().filter(|block| is_run(block)).rev() {
            let mut wrong = Vec::new();
            let text = run(block, &directory, &mut wrong);
            blocks_run += 1;
            let place = block.line..block.line + block.text.lines().count();
            mended.splice(place, text.lines().map(str::to_owned));
            problems.extend(wrong.iter().map(|what| format!("{name}:{}: {what}", block.line)));
        }
        if env::var_os("UPDATE_DOCS").is_some() {
            fs::write(root().join(&name), mended.join("\n") + "\n").unwrap();
        }
    }
    assert!(blocks_run >= 5, "the pages have commands that are run: {blocks_run}");
    assert!(
        problems.is_empty(),
        "{}\n`UPDATE_DOCS=1 cargo test -p event-pages --test console` writes the output",
        problems.join("\n\n")
    );
}

#[test]
fn a_line_of_two_dots_is_any_number_of_lines() {
    let lines = ["a", "b", "c", "d"].map(str::to_owned);
    assert!(fits(&["a", "..", "d"], &lines) && fits(&["a", "b", "c", "d", ".."], &lines));
    assert!(!fits(&["a", "d"], &lines) && !fits(&["a", "..", "c"], &lines));
    assert_eq!(as_before(&["a", "..", "x"], &lines), ["a", "..", "d"]);
    assert_eq!(as_before(&["x"], &lines), lines);
}
