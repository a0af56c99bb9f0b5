//! The arguments of `export`. Each exporter becomes a subcommand, built from its description: name,
//! options, directory.

use crate::args::Reporting;
use crate::shell;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::error::{Error, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use event_export::{Choices, EXPORTERS, ExportOption, Exporter};
use std::path::PathBuf;

const LIST: &str = "list";

const EXAMPLES: &str = "Examples:
  export --list
  export json-schema
  export json-schema --check";

/// The parsed arguments of `export`.
#[derive(Debug)]
pub(crate) enum ExportArgs {
    /// The list of exporters.
    List,
    /// An exporter by its name.
    One { name: String, target: Target, matches: ArgMatches },
}

/// The directory of an export, for every exporter.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// The directory to write to
    #[arg(short, long = "out", value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Write nothing; exit with 100 if a file would change
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

impl Args for ExportArgs {
    fn augment_args(command: Command) -> Command {
        let list = Arg::new(LIST).long(LIST).help("List the exporters");
        let command = command
            .arg(list.action(ArgAction::SetTrue))
            .arg_required_else_help(true)
            .args_conflicts_with_subcommands(true)
            .after_help(EXAMPLES);
        EXPORTERS.iter().fold(command, |command, exporter| command.subcommand(of(*exporter)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for ExportArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        match matches.subcommand() {
            Some((name, matches)) => Ok(Self::One {
                name: name.to_owned(),
                target: Target::from_arg_matches(matches)?,
                matches: matches.clone(),
            }),
            None if matches.get_flag(LIST) => Ok(Self::List),
            None => Err(Error::new(ErrorKind::MissingSubcommand)),
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The subcommand of an exporter.
pub(crate) fn of(exporter: &'static dyn Exporter) -> Command {
    let command = Command::new(exporter.name()).args(exporter.options().iter().map(arg));
    // `augment_args` sets the command's own text from the type, so it comes first.
    Target::augment_args(command)
        .about(exporter.about())
        .after_help(examples(exporter))
        .mut_arg("out", |out| out.default_value(exporter.directory()).required(false))
}

fn arg(option: &'static ExportOption) -> Arg {
    let arg = Arg::new(option.name).long(option.name).help(option.about);
    let Some(default) = option.choices.first() else { return arg.action(ArgAction::SetTrue) };
    let values =
        option.choices.iter().map(|value| PossibleValue::new(value.name).help(value.about));
    arg.value_parser(PossibleValuesParser::new(values))
        .value_name("VALUE")
        .default_value(default.name)
}

fn examples(exporter: &dyn Exporter) -> String {
    let name = exporter.name();
    let further = exporter.options().iter().map(|option| match option.choices {
        [_, second, ..] => format!(" --{} {}", option.name, second.name),
        [only] => format!(" --{} {}", option.name, only.name),
        [] => format!(" --{}", option.name),
    });
    format!(
        "Examples:\n  export {name}\n  export {name} --check --format github\n  export {name}{} -o \
         generated\n\nExits with 100 if the catalog cannot be exported, if a file was changed by \
         hand, or with `--check` if a file would change.",
        further.collect::<String>()
    )
}

/// The options of an exporter, from the command line.
pub(crate) fn choices(exporter: &dyn Exporter, matches: &ArgMatches) -> Choices {
    let options = exporter.options();
    options.iter().fold(Choices::of(options), |choices, option| {
        let value = if option.is_flag() {
            if matches.get_flag(option.name) { "true" } else { "false" }
        } else {
            matches.get_one::<String>(option.name).map_or("", String::as_str)
        };
        // The command line accepts no other values.
        choices.clone().with(option.name, value).unwrap_or(choices)
    })
}

/// The command line that writes the files that `--check` compared.
pub(crate) fn to_write(
    package: &str,
    exporter: &dyn Exporter,
    choices: &Choices,
    target: &Target,
) -> String {
    let mut line = format!("cargo run -p {} -- export {}", shell::quoted(package), exporter.name());
    let text = choices.text();
    if !text.is_empty() {
        line += " ";
        line += &text;
    }
    if target.out.as_os_str() != exporter.directory() {
        line += " -o ";
        line += &shell::path(&target.out);
    }
    line
}
