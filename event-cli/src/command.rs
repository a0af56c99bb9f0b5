//! The command line and its subcommands.

use crate::accept::{self, AcceptArgs};
use crate::changelog::{self, ChangelogArgs};
use crate::check::{self, CheckArgs};
use crate::compat::{self, CompatArgs};
use crate::completions::{self, CompletionsArgs};
use crate::console::{Console, Ending};
use crate::coverage::{self, CoverageArgs};
use crate::credentials;
use crate::diff::{self, DiffArgs};
use crate::environment::Env;
use crate::explain::{self, ExplainArgs};
use crate::export::{self, ExportArgs};
use crate::list::{self, ListArgs};
use crate::lock::{self, LockArgs};
#[cfg(feature = "query")]
use crate::query::{self, QueryArgs};
#[cfg(feature = "registry")]
use crate::registry::push::{self, PushArgs};
use crate::show::{self, ShowArgs};
use crate::validate::{self, ValidateArgs};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use event_core::Catalog;
use event_export::{EXPORTERS, Exporter};
use std::ffi::OsString;
use std::io::Read;

#[derive(Debug, Parser)]
#[command(subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    subcommand: Subcommands,
}

/// Every subcommand. `--help` and docs/command.md print its first line.
#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Write schemas and other files from the catalog
    Export(ExportArgs),
    /// List every version of every event
    List(ListArgs),
    /// Show one event: fields, level, an example line
    Show(ShowArgs),
    /// List which events the tests emitted and which they did not
    Coverage(CoverageArgs),
    /// Check whether JSON Schemas are compatible
    Compat(CompatArgs),
    /// Lock drafts, and record compatible changes
    Lock(LockArgs),
    /// Compare the declarations with the lock
    Check(CheckArgs),
    /// Accept a break of a locked version
    Accept(AcceptArgs),
    /// Show the changes between two states, and which readers break
    Diff(DiffArgs),
    /// Print the history of the locked events
    Changelog(ChangelogArgs),
    /// Register the schemas of every event version in a schema registry
    #[cfg(feature = "registry")]
    Push(PushArgs),
    /// Register the schemas of every event version in a schema registry
    #[cfg(not(feature = "registry"))]
    #[command(hide = true, disable_help_flag = true)]
    Push {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        _args: Vec<OsString>,
    },
    /// Ask the outbox of a database about its events
    #[cfg(feature = "query")]
    Query(QueryArgs),
    /// Ask the outbox of a database about its events
    #[cfg(not(feature = "query"))]
    #[command(hide = true, disable_help_flag = true)]
    Query {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        _args: Vec<OsString>,
    },
    /// Validate emitted events against the catalog
    #[command(after_help = VALIDATE_EXAMPLES)]
    Validate(ValidateArgs),
    /// Explain a finding or a rule, or list all of them
    Explain(ExplainArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

const VALIDATE_EXAMPLES: &str = "Examples:
  validate events.ndjson
  validate --contract read --fail-on unknown,invalid,deprecated shipped.ndjson
  validate --format sarif --limit 100 -

Exits with 100 if a finding counts as an error by `--fail-on`.";

/// Parses the command line and runs its subcommand. `exporters` are the program's own exporters.
pub(crate) fn run(
    catalog: &'static Catalog,
    exporters: &[&'static dyn Exporter],
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut dyn Read,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let parsed = command(catalog, exporters, env)
        .no_binary_name(true)
        .try_get_matches_from(args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let subcommand = match parsed {
        Ok(cli) => cli.subcommand,
        Err(error) if error.use_stderr() => {
            return Err(Ending::Usage(credentials::hidden(&error.render().to_string())));
        }
        Err(help) => return console.print(&help.render().to_string()),
    };
    match subcommand {
        Subcommands::Export(args) => {
            export::run(catalog, &[EXPORTERS, exporters].concat(), &args, env, console)
        }
        Subcommands::List(args) => list::run(catalog, &args, console),
        Subcommands::Show(args) => show::run(catalog, &args, console),
        Subcommands::Coverage(args) => coverage::run(catalog, &args, env, console),
        Subcommands::Compat(args) => compat::run(&args, env, console),
        Subcommands::Lock(args) => lock::run(catalog, &args, env, console),
        Subcommands::Check(args) => check::run(catalog, &args, env, console),
        Subcommands::Accept(args) => accept::run(catalog, &args, env, console),
        Subcommands::Diff(args) => diff::run(catalog, &args, env, console),
        Subcommands::Changelog(args) => changelog::run(catalog, &args, env, console),
        #[cfg(feature = "registry")]
        Subcommands::Push(args) => push::run(catalog, &args, env, console),
        #[cfg(not(feature = "registry"))]
        Subcommands::Push { .. } => Err(Ending::without("`push`", &["registry", "registry-https"])),
        #[cfg(feature = "query")]
        Subcommands::Query(args) => query::run(catalog, &args, env, console),
        #[cfg(not(feature = "query"))]
        Subcommands::Query { .. } => {
            Err(Ending::without("`query`", &["query-sqlite", "query-postgres"]))
        }
        Subcommands::Validate(args) => validate::run(catalog, &args, env, stdin, console),
        Subcommands::Explain(args) => explain::run(&args, console),
        Subcommands::Completions(args) => {
            completions::run(&args, command(catalog, exporters, env), console)
        }
    }
}

/// The command line, called as the package whose command it is. `--version` is the catalog's.
fn command(
    catalog: &'static Catalog,
    exporters: &[&'static dyn Exporter],
    env: &Env,
) -> clap::Command {
    let command = Cli::command().name(catalog.package).bin_name(env.package(catalog));
    let own = exporters.iter().map(|exporter| export::of(*exporter));
    let command = command.mut_subcommand("export", |export| export.subcommands(own));
    command.version(catalog.package_version).about(catalog.docs)
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::{Command, CommandFactory};

    /// Every command without subcommands, with the words that call it.
    fn commands(command: &Command, words: &str) -> Vec<(String, Command)> {
        let below: Vec<_> = command.get_subcommands().collect();
        // A build without `push` hides it.
        let own = (!words.is_empty() && !command.is_hide_set())
            .then(|| (words.to_owned(), command.clone()));
        let further = below.into_iter().flat_map(|below| {
            let words = format!("{words} {}", below.get_name());
            commands(below, words.trim())
        });
        own.into_iter().chain(further).collect()
    }

    #[test]
    fn every_command_has_examples_that_parse() {
        let root = Cli::command().no_binary_name(true);
        let commands = commands(&root, "");
        assert!(commands.len() > 5);
        for (words, command) in commands {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let block = help.strip_prefix("Examples:\n").unwrap_or_default();
            let lines: Vec<_> = block.lines().map_while(|line| line.strip_prefix("  ")).collect();
            assert!(!lines.is_empty(), "`{words}` has no examples");
            for line in lines {
                assert!(line.starts_with(&words), "`{words}` shows `{line}`");
                let parsed = root.clone().try_get_matches_from(words_of(line));
                assert!(parsed.is_ok(), "`{line}`: {}", parsed.unwrap_err());
            }
        }
    }

    /// The words of a line as a shell splits them: single quotes make one word.
    fn words_of(line: &str) -> Vec<&str> {
        let parts = line.split('\'').enumerate();
        parts
            .flat_map(
                |(at, part)| {
                    if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
                },
            )
            .collect()
    }

    #[test]
    fn a_first_line_is_short() {
        for (words, command) in commands(&Cli::command(), "") {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(
                !about.is_empty() && about.len() <= 70 && !about.ends_with('.'),
                "`{words}`: {about}"
            );
        }
    }
}
