//! `export json-schema`.

use crate::Env;
use crate::args::JsonSchemaArgs;
use crate::console::{Console, Ending, Problem};
use crate::directory::{Difference, Directory, State};
use event_core::Catalog;
use event_schema::{INDEX, SchemaError};

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &JsonSchemaArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let files = match event_schema::export(catalog, args.options()) {
        Ok(files) => files,
        Err(errors) => return Err(report(&errors, console)),
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
    Ok(())
}

fn check(
    catalog: &Catalog,
    args: &JsonSchemaArgs,
    directory: &Directory,
    differences: &[Difference<'_>],
    summary: &str,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    if differences.is_empty() {
        console.note(&format!("{summary}, up to date"));
        return Ok(());
    }
    let line = |difference: &Difference<'_>| {
        format!("{} {}\n", difference.state.as_str(), directory.name_of(&difference.file))
    };
    match console.print(&differences.iter().map(line).collect::<String>()) {
        // Whoever reads only the first lines has findings all the same.
        Ok(()) | Err(Ending::OutputClosed) => {}
        Err(ending) => return Err(ending),
    }
    let verb = if differences.len() == 1 { "is" } else { "are" };
    console.problem(&Problem {
        code: Some("EV0102"),
        what: format!("{} in `{}` {verb} out of date", count(differences.len(), "file"), args.out.display()),
        help: Some(format!("run `{}` and commit what it writes", args.to_write(catalog.package))),
    });
    Err(Ending::Findings)
}

fn report(errors: &[SchemaError], console: &mut Console<'_>) -> Ending {
    for error in errors {
        let source = &error.event.source;
        console.problem(&Problem {
            code: Some(error.code()),
            what: format!("{error} ({}:{})", source.file, source.line),
            help: Some(error.help()),
        });
    }
    Ending::Findings
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
