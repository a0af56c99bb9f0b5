//! `coverage`: which events the tests emitted, and which they never did.

mod args;
mod file;
mod report;

pub(crate) use args::CoverageArgs;

use crate::console::{Console, Ending};
use crate::environment::Env;
use crate::finding::{self, Finding};
use crate::shell;
use args::Percent;
use event_core::Catalog;
use event_grammar::coverage::{Surroundings, VARIABLE};
use file::Recorded;
use report::Report;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &CoverageArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    console.choose(args.reporting.format);
    let mut recorded = Recorded::new();
    for name in files(&args.paths, env, catalog)? {
        let contents = fs::read(env.directory.join(&name))
            .map_err(|error| Ending::cannot("read", &name, &error))?;
        file::read(&contents, &mut recorded).map_err(|damage| damage.at(&name))?;
    }
    let report = Report::new(catalog, &recorded);
    let too_few = args
        .fail_under
        .filter(|wanted| report.is_under(wanted.0))
        .map(|wanted| too_few(&report, wanted));
    let told = finding::Report::new(too_few.into_iter().collect()).text(report.to_string());
    console.report(
        &report.members().into_iter().fold(told, |told, (name, value)| told.with(name, value)),
    )
}

fn too_few(report: &Report<'_>, wanted: Percent) -> Finding {
    let finding =
        Finding::error("EV0301", format!("{}, {} % are asked for", report.summary(), wanted.0))
            .help(
                "test what emits the events that are listed as never emitted, or remove those \
                 that nothing emits",
            );
    match report.never_emitted() {
        Some(event) => finding.at(&event.source).event(event),
        None => finding,
    }
}

/// Where recorders write unless the environment says otherwise, absolute.
fn default_directory(env: &Env) -> PathBuf {
    let here = std::path::absolute(&env.directory)
        .or_else(|_| std::env::current_dir())
        .unwrap_or_default();
    let variable = |name: &str| env.variable(name).map(OsString::from);
    Surroundings { directory: &here, variable: &variable }.coverage()
}

/// The files that are named, and those in the directories that are, by name.
fn files(paths: &[PathBuf], env: &Env, catalog: &Catalog) -> Result<Vec<PathBuf>, Ending> {
    let default = default_directory(env);
    let looked = [env.shown(&default)];
    let paths = if paths.is_empty() { &looked } else { paths };
    let nothing = |what: &str| nothing(what, &default, env.package(catalog));
    let mut files = Vec::new();
    for name in paths {
        let path = env.directory.join(name);
        if path.is_dir() {
            let entries = fs::read_dir(&path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
            let entries = entries.map_err(|error| Ending::cannot("read", name, &error))?;
            let names = entries.iter().map(|entry| name.join(entry.file_name()));
            files
                .extend(names.filter(|file| {
                    file.extension().is_some_and(|extension| extension == "ndjson")
                }));
        } else if path.exists() {
            files.push(name.clone());
        } else {
            return Err(nothing(&format!("`{}` is not there", name.display())));
        }
    }
    if files.is_empty() {
        let names: Vec<_> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        return Err(nothing(&format!("no coverage file is in {}", names.join(", "))));
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn nothing(what: &str, default: &Path, package: &str) -> Ending {
    let help = format!(
        "run the tests and read what they wrote: `{VARIABLE}={} cargo test`, then `cargo run -p \
         {} -- coverage`",
        shell::path(default),
        shell::quoted(package)
    );
    Ending::could_not_run(what.to_owned(), help)
}
