//! Locks drafts and records changes.

use super::args::LockArgs;
use crate::console::{Console, Ending};
use crate::count::count;
use crate::find;
use crate::finding::{Finding, Report};
use crate::lock_file::{LockFile, Opened, damage};
use crate::lock_findings::report;
use crate::opaque_names;
use crate::shell;
use event_core::Catalog;
use event_grammar::lock::VersionKey;
use event_schema::lock::{Plan, Request, State, Step, StepKind, plan};
use std::fmt::Write as _;

/// Records the requested changes; with `is_dry`, only prints them.
pub(super) fn run(
    catalog: &'static Catalog,
    args: &LockArgs,
    file: &LockFile,
    is_dry: bool,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let Opened { state, text } = file.open()?;
    whole(&state, file)?;
    let unmasked = opaque_names::findings(catalog);
    if !unmasked.is_empty() {
        return console.report(&Report::new(unmasked));
    }
    let request = request(catalog, &state, args)?;
    let planned = match plan(catalog, &state, &request) {
        Ok(planned) => planned,
        Err(findings) => return console.report(&report(findings, file)),
    };
    if planned.steps.is_empty() {
        return console.print("nothing to record: the lock is up to date\n");
    }
    if !is_dry {
        file.write(&planned.files, &planned.state.lock, text.as_deref())?;
        if text.is_none() {
            file.touch_manifest()?;
        }
    }
    console.print(&steps(&planned, is_dry))?;
    if !planned.undecided.is_empty() {
        console.report(&report(planned.undecided, file))?;
    }
    if text.is_none() && !is_dry {
        introduce(file, console);
    }
    if args.check {
        let finding =
            Finding::error("EV0222", format!("`{}` is out of date", file.name.display())).help(
                format!("run `{}` and commit the files that it writes", file.command_line("lock")),
            );
        return console.report(&Report::new(vec![finding]));
    }
    Ok(())
}

/// Refuses to add to a lock whose files do not match it: the new revision would be compared with an
/// unknown one.
fn whole(state: &State, file: &LockFile) -> Result<(), Ending> {
    let Some(damaged) = state.damaged().into_iter().next() else { return Ok(()) };
    let name = file.name_of(&damaged.path);
    let what = format!("`{}` {}", name.display(), damage(&damaged));
    Err(Finding::error("EV0227", what)
        .help(format!(
            "restore it: `git checkout -- {}`; or write the files of the newest revision again: \
             `EVENTS_LOCK=off {}`",
            shell::path(&name),
            file.command_line("lock --repair")
        ))
        .into())
}

fn request(catalog: &'static Catalog, state: &State, args: &LockArgs) -> Result<Request, Ending> {
    let of = |wanted: &_| find::key(catalog, &state.lock, wanted);
    let versions = args.events.iter().map(of).collect::<Result<Vec<VersionKey>, _>>()?;
    let retire = args.retire.iter().map(of).collect::<Result<Vec<VersionKey>, _>>()?;
    for key in &retire {
        if !state.lock.versions.contains_key(key) {
            let what = format!("`{key}` is not locked: there is nothing to retire");
            return Err(Ending::could_not_run(
                what,
                "to drop a draft, remove its declaration".to_owned(),
            ));
        }
        if catalog
            .events()
            .any(|event| event.name.snake == key.event && event.version == key.version)
        {
            let what = format!("`{key}` is still declared");
            let help =
                "remove its declaration first: a retired version is not read any more".to_owned();
            return Err(Ending::could_not_run(what, help));
        }
    }
    Ok(Request { versions, mode: args.mode, retire })
}

/// One line for each step.
fn steps(plan: &Plan, is_dry: bool) -> String {
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
                    "{verb} an acceptance of {key} that is no longer used ({})",
                    format!("{rule} {path}").trim_end()
                )
            }
            _ => Ok(()),
        };
    }
    lines
}

/// The steps that follow the first lock.
fn introduce(file: &LockFile, console: &mut Console<'_>) {
    console.note(&format!("wrote {}: commit it, and the directory beside it", file.name.display()));
    if file.manifest.is_some() && !file.is_declared {
        console.note(&format!(
            "declare it in {}, so that a lost lock is an error:\n\n[package.metadata.events]\nlock = \"events.lock\"\n",
            file.name.with_file_name("Cargo.toml").display()
        ));
    }
}
