//! The tables of `docs/command.md`, held against what they list. `UPDATE_DOCS=1` writes them.

use crate::args::Cli;
use crate::codes::kinds;
use clap::{Command, CommandFactory};
use std::fs;
use std::path::PathBuf;

fn commands(command: &Command, words: &str, rows: &mut Vec<String>) {
    for below in command.get_subcommands() {
        let words = format!("{words} {}", below.get_name()).trim().to_owned();
        if below.has_subcommands() {
            commands(below, &words, rows);
        } else {
            rows.push(format!(
                "| `{words}` | {} |",
                below.get_about().map(ToString::to_string).unwrap_or_default()
            ));
        }
    }
}

fn table(head: &str, rows: &[String]) -> String {
    format!("| {head} |\n| --- | --- |\n{}\n", rows.join("\n"))
}

#[test]
fn every_command_and_every_code_is_listed() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/command.md");
    let mut text = fs::read_to_string(&path).unwrap();
    let mut rows = Vec::new();
    commands(&Cli::command(), "", &mut rows);
    let codes: Vec<_> =
        kinds().iter().map(|kind| format!("| `{}` | {} |", kind.code, kind.title)).collect();
    for (name, table) in
        [("commands", table("command | does", &rows)), ("codes", table("code | says", &codes))]
    {
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
