//! `export`: compares the files of an exporter with a directory, then writes or reports them.

mod args;
mod directory;
mod finding;

pub(crate) use args::{ExportArgs, of};

use crate::console::{Console, Ending};
use crate::count::count;
use crate::environment::Env;
use crate::finding::Report;
use crate::table::Table;
use args::Target;
use clap::ArgMatches;
use directory::Directory;
use event_core::Catalog;
use event_export::{DirectoryPlan, Exporter, FileState, MANIFEST, Manifest};
use finding::Checked;
use std::collections::HashSet;

pub(crate) fn run(
    catalog: &'static Catalog,
    exporters: &[&'static dyn Exporter],
    args: &ExportArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    match args {
        ExportArgs::List => list(exporters, console),
        ExportArgs::One { name, target, matches } => {
            let asked = exporters.iter().find(|exporter| exporter.name() == name);
            let unknown = || Ending::could_not_run(format!("no exporter is called `{name}`"), None);
            one(catalog, *asked.ok_or_else(unknown)?, target, matches, env, console)
        }
    }
}

fn list(exporters: &[&'static dyn Exporter], console: &mut Console<'_>) -> Result<(), Ending> {
    let mut table = Table::new();
    for exporter in exporters {
        table.row([exporter.name(), exporter.about()].map(str::to_owned));
    }
    console.print(&(table.lines().join("\n") + "\n"))
}

fn one(
    catalog: &'static Catalog,
    exporter: &'static dyn Exporter,
    target: &Target,
    matches: &ArgMatches,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    console.choose(target.reporting.format);
    let choices = args::choices(exporter, matches);
    let files = match event_export::export(exporter, catalog, &choices) {
        Ok(files) => files,
        Err(errors) => {
            return console.report(&Report::new(errors.iter().map(finding::refused).collect()));
        }
    };
    let directory = Directory::new(&env.directory, &target.out);
    directory.is_one()?;
    // A command that compares and then writes must be the only writer.
    let _hold = (!target.check).then(|| directory.hold(console)).transpose()?;
    let list = directory.list()?;
    let given: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    if !target.check {
        let listed = list.files().map(|(path, _)| path);
        directory.sweep(given.iter().copied().chain(listed));
    }
    let plan = DirectoryPlan::new(exporter.name(), choices.text(), &files, &list, |path| {
        // If a person put a directory in the place of an old file, the old file is gone.
        let is_gone = !given.contains(path) && directory.is_directory(path);
        if is_gone { Ok(None) } else { directory.read(path) }
    })?;
    let checked = Checked {
        directory: &directory,
        plan: &plan,
        unlisted: unlisted(exporter, &directory, &given, &list)?,
        summary: format!("{} in {}", count(files.len(), "file"), target.out.display()),
        out: &target.out,
        command: args::to_write(env.package(catalog), exporter, &choices, target),
        other_options: list
            .options(exporter.name())
            .filter(|options| *options != choices.text())
            .map(|options| format!("{} {options}", exporter.name()).trim_end().to_owned()),
    };
    if target.check { check(&checked, console) } else { write(&checked, console) }
}

/// Files that are named like those of the exporter, but that neither the exporter nor the list has:
/// a merge of two lists may have lost them, or a person wrote them. The command cannot tell which,
/// so it never writes or removes them.
fn unlisted(
    exporter: &dyn Exporter,
    directory: &Directory,
    given: &HashSet<&str>,
    list: &Manifest,
) -> Result<Vec<String>, Ending> {
    let listed: HashSet<&str> = list.files().map(|(path, _)| path).collect();
    let is_known = |name: &str| given.contains(name) || listed.contains(name);
    let names = directory.names()?.into_iter();
    Ok(names.filter(|name| exporter.gives_name(name) && !is_known(name)).collect())
}

fn write(checked: &Checked<'_>, console: &mut Console<'_>) -> Result<(), Ending> {
    let Checked { directory, plan, unlisted, summary, .. } = checked;
    directory.apply(&plan.steps())?;
    for file in unlisted {
        console.note(&format!(
            "kept {}: it has the name of an exported file, but no export lists it",
            directory.name_of(file)
        ));
    }
    let files = plan.changes.iter().filter(|change| change.path != MANIFEST);
    let (stale, written): (Vec<_>, Vec<_>) =
        files.partition(|change| change.state == FileState::Stale);
    for change in &stale {
        console.note(&format!("removed {}", directory.name_of(&change.path)));
    }
    let removed =
        if stale.is_empty() { String::new() } else { format!(", {} removed", stale.len()) };
    console.note(&format!("{summary}, {} changed{removed}", written.len()));
    console.report(&Report::new(checked.kept()))
}

fn check(checked: &Checked<'_>, console: &mut Console<'_>) -> Result<(), Ending> {
    let findings = checked.findings();
    if findings.is_empty() {
        console.note(&format!("{}, up to date", checked.summary));
    }
    console.report(&Report::new(findings).text(checked.lines()))
}
