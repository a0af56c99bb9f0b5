//! `export json-schema`.

use crate::Env;
use crate::args::JsonSchemaArgs;
use crate::console::{Console, Ending};
use crate::directory::{Difference, Directory, State};
use crate::finding::{Finding, Place, Report};
use event_core::Catalog;
use event_schema::{INDEX, Json, SchemaError};
use std::path::Path;

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &JsonSchemaArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    console.choose(args.reporting.format);
    let files = match event_schema::export(catalog, args.options()) {
        Ok(files) => files,
        Err(errors) => return console.report(&Report::new(errors.iter().map(refusal).collect())),
    };
    let directory = Directory::new(&env.directory, &args.out);
    let differences = directory.differences(&files)?;
    let summary = format!("{} in {}", count(files.len() - 1, "schema"), args.out.display());
    if args.check {
        return check(catalog, args, &directory, &differences, &summary, console);
    }
    directory.write(&differences)?;
    let is_schema = |difference: &&Difference<'_>| difference.file != INDEX;
    let (stale, written): (Vec<_>, Vec<_>) =
        differences.iter().filter(is_schema).partition(|difference| difference.state == State::Stale);
    for difference in &stale {
        console.note(&format!("removed {}", directory.name_of(&difference.file)));
    }
    let removed = if stale.is_empty() { String::new() } else { format!(", {} removed", stale.len()) };
    console.note(&format!("{summary}, {} changed{removed}", written.len()));
    console.report(&Report::default())
}

fn check(
    catalog: &Catalog,
    args: &JsonSchemaArgs,
    directory: &Directory,
    differences: &[Difference<'_>],
    summary: &str,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let Some(first) = differences.first() else {
        console.note(&format!("{summary}, up to date"));
        return console.report(&Report::default());
    };
    let named: Vec<_> =
        differences.iter().map(|found| (found.state.as_str(), directory.name_of(&found.file))).collect();
    let lines: String = named.iter().flat_map(|(state, file)| [state, " ", file, "\n"]).collect();
    let files =
        named.iter().map(|(state, file)| Json::object([("file", file.as_str().into()), ("state", (*state).into())]));
    let verb = if differences.len() == 1 { "is" } else { "are" };
    let what = format!("{} in `{}` {verb} out of date", count(differences.len(), "file"), args.out.display());
    let finding = Finding::error("EV0102", what)
        .help(format!("run `{}` and commit what it writes", args.to_write(catalog.package)))
        .at(Place::file(Path::new(&directory.name_of(&first.file))))
        .with("files", Json::List(files.collect()));
    console.report(&Report::new(vec![finding]).text(lines))
}

/// What is said of an event that has no schema.
pub(crate) fn refusal(error: &SchemaError) -> Finding {
    let finding = Finding::error(error.code(), error.to_string());
    finding.help(error.help()).at(&error.event.source).event(error.event)
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
