//! `lock --repair`: recomputes merged or edited lines, and restores missing files of the newest
//! revisions.

use crate::console::{Console, Ending};
use crate::finding::Report;
use crate::lock_file::{LockFile, Opened};
use crate::lock_findings::told;
use crate::shell;
use event_core::Catalog;
use event_grammar::lock::Lock;
use event_schema::File;
use event_schema::lock::{DamagedFile, LockFinding, restorable};
use std::fmt::Write as _;

pub(super) fn run(
    catalog: &Catalog,
    file: &LockFile,
    is_dry: bool,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let Opened { state, text } = file.open_to_repair()?;
    let Some(text) = text else {
        let what = format!("`{}` does not exist", file.name.display());
        return Err(Ending::could_not_run(
            what,
            "restore it from version control, or begin a new one: `lock`".to_owned(),
        ));
    };
    let files = restorable(catalog, &state);
    let rendered = state.lock.render();
    let is_written = text.replace("\r\n", "\n") == rendered;
    if !is_dry {
        file.write_files(&files)?;
        if !is_written {
            file.write(&[], &state.lock, Some(&text))?;
        }
    }
    let mut lines = summed(&state.lock, &text, &rendered);
    for restored in &files {
        // Writing to a `String` does not fail.
        let _ = writeln!(lines, "wrote {}", file.name_of(&restored.path).display());
    }
    if lines.is_empty() {
        lines +=
            if is_written { "nothing to repair\n" } else { "wrote the lines in their order\n" };
    }
    console.print(&lines)?;
    let is_restored =
        |damaged: &DamagedFile| files.iter().any(|file: &File| file.path == damaged.path);
    let left = state.damaged().into_iter().filter(|damaged| !is_restored(damaged));
    let left = left.map(|damaged| {
        // Another repair would not help: the declarations no longer give the file.
        let help = format!(
            "restore it: `git checkout -- {}`; if the file is right, the lock is wrong: {}",
            shell::path(&file.name_of(&damaged.path)),
            file.restore()
        );
        let event = catalog.events().find(|event| {
            event.name.snake == damaged.key.event && event.version == damaged.key.version
        });
        told(LockFinding::of_file(damaged, event), file).help(help)
    });
    console.report(&Report::new(left.collect()))
}

/// One line for each version whose sum changes.
fn summed(lock: &Lock, text: &str, rendered: &str) -> String {
    let mut lines = String::new();
    for key in lock.versions.keys() {
        let sum = format!("\"{key} sum\": ");
        let line_of = |text: &str| {
            text.lines().map(str::trim_end).find(|line| line.starts_with(&sum)).map(str::to_owned)
        };
        if line_of(text) != line_of(rendered) {
            // Writing to a `String` does not fail.
            let _ = writeln!(
                lines,
                "recomputed the sum of {key}: check its lines in `git diff` before you commit"
            );
        }
    }
    lines
}
