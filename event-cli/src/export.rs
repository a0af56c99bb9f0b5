//! `export json-schema`.

use crate::args::JsonSchemaArgs;
use crate::console::{Console, Ending};
use crate::directory::{Difference, Directory, State};
use crate::environment::Env;
use crate::finding::{Finding, Place, Report};
use crate::shell;
use event_core::Catalog;
use event_schema::{INDEX, Json};
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
        Err(errors) => {
            return console.report(&Report::new(errors.iter().map(Finding::of_schema).collect()));
        }
    };
    let directory = Directory::new(&env.directory, &args.out);
    // A command that compares and then writes has to be the only writer.
    let _hold = (!args.check).then(|| directory.hold(console)).transpose()?;
    let differences = directory.differences(&files)?;
    let unlisted = directory.unlisted(&files, &differences)?;
    let summary = format!("{} in {}", count(files.len() - 1, "schema"), args.out.display());
    if args.check {
        let command = args.to_write(env.package(catalog));
        return check(&command, args, &directory, &differences, &unlisted, &summary, console);
    }
    directory.write(&differences)?;
    for file in &unlisted {
        console.note(&format!(
            "kept {}: it has the name of a schema, but no index lists it",
            directory.name_of(file)
        ));
    }
    let is_schema = |difference: &&Difference<'_>| difference.file != INDEX;
    let (stale, written): (Vec<_>, Vec<_>) = differences
        .iter()
        .filter(is_schema)
        .partition(|difference| difference.state == State::Stale);
    for difference in &stale {
        console.note(&format!("removed {}", directory.name_of(&difference.file)));
    }
    let removed =
        if stale.is_empty() { String::new() } else { format!(", {} removed", stale.len()) };
    console.note(&format!("{summary}, {} changed{removed}", written.len()));
    console.report(&Report::default())
}

fn check(
    command: &str,
    args: &JsonSchemaArgs,
    directory: &Directory,
    differences: &[Difference<'_>],
    unlisted: &[String],
    summary: &str,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    if differences.is_empty() && unlisted.is_empty() {
        console.note(&format!("{summary}, up to date"));
        return console.report(&Report::default());
    }
    let differing =
        differences.iter().map(|found| (found.state.as_str(), directory.name_of(&found.file)));
    let unlisted: Vec<String> = unlisted.iter().map(|file| directory.name_of(file)).collect();
    let named: Vec<_> =
        differing.chain(unlisted.iter().map(|file| ("unlisted", file.clone()))).collect();
    let lines: String = named.iter().flat_map(|(state, file)| [state, " ", file, "\n"]).collect();
    let mut findings = Vec::new();
    if let Some(first) = differences.first() {
        let files = named[..differences.len()].iter().map(|(state, file)| {
            Json::object([("file", file.as_str().into()), ("state", (*state).into())])
        });
        let verb = if differences.len() == 1 { "is" } else { "are" };
        let what = format!(
            "{} in `{}` {verb} out of date",
            count(differences.len(), "file"),
            args.out.display()
        );
        let finding = Finding::error("EV0102", what)
            .help(format!("run `{command}` and commit what it writes"))
            .at(Place::file(Path::new(&directory.name_of(&first.file))))
            .with("files", Json::List(files.collect()));
        findings.push(finding);
    }
    findings.extend(unlisted.iter().map(|file| unlisted_file(file)));
    console.report(&Report::new(findings).text(lines))
}

/// A schema file that no export keeps up to date.
fn unlisted_file(file: &str) -> Finding {
    let path = shell::quoted(file);
    Finding::error(
        "EV0107",
        format!("`{file}` has the name of an exported schema, but no index lists it"),
    )
    .help(format!(
        "if no event has this version any more, remove it: `rm {path}`; keep files of your own \
         under another name"
    ))
    .at(Place::file(Path::new(file)))
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
