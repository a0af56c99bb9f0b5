//! `lock`: locking drafts, and recording what changed.

use super::args::LockArgs;
use super::file::{LockFile, Opened};
use super::{finding, key, refuse_in_ci, upgrade};
use crate::Env;
use crate::console::{Console, Ending};
use crate::finding::{Finding, Report};
use crate::opaque_names;
use crate::shell;
use event_core::Catalog;
use event_grammar::lock::VersionKey;
use event_schema::lock::{Plan, Request, State, Step, StepKind, plan, restorable};
use std::fmt::Write as _;

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &LockArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let is_dry = args.dry_run || args.check;
    if !is_dry {
        refuse_in_ci("lock", env, args.force)?;
    }
    let file = LockFile::find(catalog, args.place.lock.as_deref(), env)?;
    if !is_dry && !args.repair && !args.upgrade {
        file.make_directory()?;
    }
    let _hold = (!is_dry).then(|| file.hold(console)).transpose()?;
    if args.repair {
        return repair(catalog, &file, is_dry, console);
    }
    if args.upgrade {
        return upgrade::run(catalog, &file, is_dry, console);
    }
    let Opened { state, text, .. } = file.open()?;
    whole(&state, &file)?;
    let unmasked = opaque_names::findings(catalog);
    if !unmasked.is_empty() {
        return console.report(&Report::new(unmasked));
    }
    let request = request(catalog, &state, args)?;
    let planned = match plan(catalog, &state, &request) {
        Ok(planned) => planned,
        Err(findings) => {
            let findings = findings.into_iter().map(|found| finding::told(found, &file)).collect();
            return console.report(&Report::new(findings));
        }
    };
    let told = told(&planned, is_dry);
    if planned.steps.is_empty() {
        console.print("nothing to record: the lock says what is declared\n")?;
        return Ok(());
    }
    if !is_dry {
        file.write(&planned.files, &planned.state.lock, text.as_deref())?;
        if text.is_none() {
            file.touch_manifest()?;
        }
    }
    console.print(&told)?;
    if !planned.undecided.is_empty() {
        let findings =
            planned.undecided.into_iter().map(|found| finding::told(found, &file)).collect();
        console.report(&Report::new(findings))?;
    }
    if text.is_none() && !is_dry {
        introduce(&file, console);
    }
    if args.check {
        let finding = Finding::error("EV0222", format!("`{}` is out of date", file.name.display()))
            .help(format!("run `{}` and commit what it writes", file.command_line("lock")));
        return console.report(&Report::new(vec![finding]));
    }
    Ok(())
}

/// A lock whose files are not as recorded is not added to: what follows would rest on what is not
/// known.
fn whole(state: &State, file: &LockFile) -> Result<(), Ending> {
    let Some(damaged) = state.damaged().into_iter().next() else { return Ok(()) };
    let what = if damaged.is_there { "is not what was recorded" } else { "is missing" };
    let name = file.name_of(&damaged.path);
    Err(Finding::error("EV0227", format!("`{}` {what}", name.display()))
        .help(format!(
            "restore it: `git checkout -- {}`; files of the newest revision can be written anew: \
             `EVENTS_LOCK=off {}`",
            shell::path(&name),
            file.command_line("lock --repair")
        ))
        .into())
}

fn request(catalog: &'static Catalog, state: &State, args: &LockArgs) -> Result<Request, Ending> {
    let of = |wanted: &_| key(catalog, &state.lock, wanted);
    let versions = args.events.iter().map(of).collect::<Result<Vec<VersionKey>, _>>()?;
    let retire = args.retire.iter().map(of).collect::<Result<Vec<VersionKey>, _>>()?;
    for key in &retire {
        if !state.lock.versions.contains_key(key) {
            let what = format!("`{key}` is not locked: there is nothing to retire");
            return Err(Ending::could_not_run(what, "a draft is simply removed".to_owned()));
        }
        if catalog
            .events()
            .any(|event| event.name.snake == key.event && event.version == key.version)
        {
            let what = format!("`{key}` is still declared");
            let help =
                "remove its declaration first: what is retired is not read any more".to_owned();
            return Err(Ending::could_not_run(what, help));
        }
    }
    Ok(Request { versions, mode: args.mode.map(crate::args::ModeArg::mode), retire })
}

fn told(plan: &Plan, is_dry: bool) -> String {
    let mut lines = String::new();
    for Step { key, kind } in &plan.steps {
        // Writing to a `String` does not fail.
        let _ = match kind {
            StepKind::Locked { fields, samples } => {
                let verb = if is_dry { "would lock" } else { "locked" };
                writeln!(
                    lines,
                    "{verb} {key} ({}, {})",
                    count(*fields, "field"),
                    count(*samples, "sample")
                )
            }
            StepKind::Revised { revision, changes } => {
                let verb = if is_dry { "would record" } else { "recorded" };
                writeln!(lines, "{verb} {key} as revision {revision} ({})", changes.join(", "))
            }
            StepKind::Updated { what } => {
                let verb = if is_dry { "would update" } else { "updated" };
                writeln!(lines, "{verb} {key} ({what})")
            }
            StepKind::Retired => {
                writeln!(lines, "{} {key}", if is_dry { "would retire" } else { "retired" })
            }
            StepKind::Settled { rule, path } => {
                let verb = if is_dry { "would remove" } else { "removed" };
                writeln!(
                    lines,
                    "{verb} an acceptance of {key} that is of no more use ({})",
                    format!("{rule} {path}").trim_end()
                )
            }
            _ => Ok(()),
        };
    }
    lines
}

/// What there is to do once, when the first lock is written.
fn introduce(file: &LockFile, console: &mut Console<'_>) {
    console.note(&format!("wrote {}: commit it, and the directory beside it", file.name.display()));
    if file.manifest.is_some() && !file.is_declared {
        console.note("declare it in Cargo.toml, so that a lock that is lost is noticed:\n\n[package.metadata.events]\nlock = \"events.lock\"\n");
    }
}

/// Writes anew what was merged or edited, and what is missing of the newest revisions.
fn repair(
    catalog: &Catalog,
    file: &LockFile,
    is_dry: bool,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let Opened { state, text, .. } = file.open_to_repair()?;
    let Some(text) = text else {
        let what = format!("`{}` is not there", file.name.display());
        return Err(Ending::could_not_run(
            what,
            "restore it from version control, or begin a new one: `lock`".to_owned(),
        ));
    };
    let rendered = state.lock.render();
    let mut lines = String::new();
    for key in state.lock.versions.keys() {
        let sum = format!("\"{key} sum\": ");
        let line_of = |text: &str| {
            text.lines().map(str::trim_end).find(|line| line.starts_with(&sum)).map(str::to_owned)
        };
        if line_of(&text) != line_of(&rendered) {
            // Writing to a `String` does not fail.
            let _ = writeln!(
                lines,
                "summed {key} anew: look at its lines in `git diff` before you commit"
            );
        }
    }
    let files = restorable(catalog, &state);
    for restored in &files {
        let _ = writeln!(lines, "wrote {}", file.name_of(&restored.path).display());
    }
    let is_written = text.replace("\r\n", "\n") == rendered;
    if !is_dry {
        file.write_files(&files)?;
        if !is_written {
            file.write(&[], &state.lock, Some(&text))?;
        }
    }
    if lines.is_empty() {
        lines +=
            if is_written { "nothing to repair\n" } else { "wrote the lines where they belong\n" };
    }
    console.print(&lines)?;
    let left = state
        .damaged()
        .into_iter()
        .filter(|damaged| !files.iter().any(|file| file.path == damaged.path));
    let left = left.map(|damaged| {
        let event = catalog.events().find(|event| {
            event.name.snake == damaged.key.event && event.version == damaged.key.version
        });
        // The declarations do not give it any more, so that repairing again would not help.
        let help = format!(
            "restore it: `git checkout -- {}`; if the file is right, the lock is wrong: {}",
            shell::path(&file.name_of(&damaged.path)),
            file.restore()
        );
        finding::told(event_schema::lock::LockFinding::of_file(damaged, event), file).help(help)
    });
    console.report(&Report::new(left.collect()))
}

pub(super) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
