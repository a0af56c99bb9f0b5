//! The tables of `docs/command.md`, held against what the command lists. `UPDATE_DOCS=1` writes
//! them.

mod fixture;

use fixture::run;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The subcommands that a help lists, each with what it does.
fn listed(help: &str) -> impl Iterator<Item = (&str, &str)> {
    let listed = help.split_once("Commands:\n").map_or("", |(_, listed)| listed);
    let lines = listed.lines().map_while(|line| line.strip_prefix("  ")?.split_once(' '));
    lines.filter(|(name, _)| *name != "help")
}

/// The rows of the subcommands that help lists, and of those below them.
fn subcommands(words: &[&str]) -> Vec<String> {
    let help = run(&[words, &["--help"]].concat()).out;
    let rows = listed(&help).flat_map(|(name, about)| {
        let words = [words, &[name]].concat();
        let below = subcommands(&words);
        if below.is_empty() { vec![row(&words.join(" "), about)] } else { below }
    });
    rows.collect()
}

/// The rows of what `cargo event` does without a catalog.
fn without_a_catalog() -> Vec<String> {
    let ran = Command::new(env!("CARGO_BIN_EXE_cargo-event")).arg("--help").output();
    let help = String::from_utf8(ran.expect("it runs").stdout).expect("a help is text");
    listed(&help).map(|(name, about)| row(&format!("cargo event {name}"), about)).collect()
}

fn row(name: &str, says: &str) -> String {
    format!("| `{name}` | {} |", says.trim())
}

fn table(head: &str, rows: &[String]) -> String {
    format!("| {head} |\n| --- | --- |\n{}\n", rows.join("\n"))
}

#[test]
fn every_subcommand_and_every_code_is_listed() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/command.md");
    let mut text = fs::read_to_string(&path).unwrap();
    let explained = run(&["explain"]).out;
    let codes = explained.lines().filter(|line| line.starts_with("EV"));
    let codes: Vec<_> = codes.filter_map(|line| line.split_once(' ')).collect();
    let codes: Vec<_> = codes.into_iter().map(|(code, title)| row(code, title)).collect();
    for (name, table) in [
        ("cargo-event", table("command | does", &without_a_catalog())),
        ("commands", table("command | does", &subcommands(&[]))),
        ("codes", table("code | says", &codes)),
    ] {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
        let (before, rest) = text.split_once(&start).unwrap();
        let (found, after) = rest.split_once(&end).unwrap();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            text = format!("{before}{start}{table}{end}{after}");
        } else {
            assert_eq!(found, table, "`UPDATE_DOCS=1 cargo test -p event-cli` writes it");
        }
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, text).unwrap();
    }
}
