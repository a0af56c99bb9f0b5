//! `coverage`: which events the tests emitted, and which they did not.

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
        Finding::error("EV0301", format!("{}, {} % are required", report.summary(), wanted.0))
            .help(
                "test the code that emits the events listed as never emitted, or remove the events \
                 that no code emits",
            );
    match report.never_emitted() {
        Some(event) => finding.at(&event.source).event(event),
        None => finding,
    }
}

/// The absolute path of the directory where recorders write by default.
fn default_directory(env: &Env) -> PathBuf {
    let here = std::path::absolute(&env.directory)
        .or_else(|_| std::env::current_dir())
        .unwrap_or_default();
    let variable = |name: &str| env.variable(name).map(OsString::from);
    Surroundings { directory: &here, variable: &variable }.coverage()
}

/// The given files, and the files in the given directories, sorted by name.
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
            return Err(nothing(&format!("`{}` does not exist", name.display())));
        }
    }
    if files.is_empty() {
        let names: Vec<_> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        return Err(nothing(&format!("there is no coverage file in {}", names.join(", "))));
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn nothing(what: &str, default: &Path, package: &str) -> Ending {
    let help = format!(
        "run the tests, then read their files: `{VARIABLE}={} cargo test`, then `cargo run -p \
         {} -- coverage`",
        shell::path(default),
        shell::quoted(package)
    );
    Ending::could_not_run(what.to_owned(), help)
}
