//! The options of each exporter in `docs/schemas.md`, held against the table that the command reads.
//! `UPDATE_DOCS=1 cargo test -p event-export` writes them.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test may")]

use event_export::{EXPORTERS, ExportOption};
use std::fmt::Write as _;
use std::{env, fs};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas.md");

fn table(options: &[ExportOption]) -> String {
    let mut table = "| option | says |\n| --- | --- |\n".to_owned();
    for option in options {
        writeln!(table, "| `--{}` | {} |", option.name, option.about).unwrap();
        for (at, value) in option.choices.iter().enumerate() {
            let default = if at == 0 { "; the default" } else { "" };
            writeln!(table, "| `--{} {}` | {}{default} |", option.name, value.name, value.about)
                .unwrap();
        }
    }
    table
}

#[test]
fn every_exporter_and_every_option_is_documented() {
    let mut text = fs::read_to_string(PAGE).unwrap();
    let width = EXPORTERS.iter().map(|exporter| exporter.name().len()).max().unwrap_or(0);
    for exporter in EXPORTERS {
        let name = exporter.name();
        let line = format!("{name:width$}  {}\n", exporter.about());
        assert!(text.contains(&line), "`export --list` shows {line}");
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
        let (before, rest) = text.split_once(&start).unwrap();
        let (found, after) = rest.split_once(&end).unwrap();
        let table = table(exporter.options());
        if env::var_os("UPDATE_DOCS").is_some() {
            text = format!("{before}{start}{table}{end}{after}");
        } else {
            assert_eq!(found, table, "`UPDATE_DOCS=1 cargo test -p event-export` writes it");
        }
    }
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(PAGE, text).unwrap();
    }
}
