//! The command line.

use crate::examples;
use crate::finding::ReportFormat;
use crate::lock::args::{AcceptArgs, ChangelogArgs, CheckArgs, DiffArgs, LockArgs};
use crate::shell;
use crate::validate::ValidateArgs;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use event_grammar::lock::Mode;
use event_schema::{Contract, Dialect, Options, Rendering};
use schema_compat::Rules;
use std::path::PathBuf;
use std::str::FromStr;

#[derive(Debug, Parser)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write what others read the catalog from
    #[command(subcommand_required = true, arg_required_else_help = true, after_help = examples::EXPORT)]
    Export {
        #[command(subcommand)]
        what: Exported,
    },
    /// List every version of every event
    #[command(after_help = examples::LIST)]
    List {
        /// Output format
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Show one event: fields, level, an example line
    #[command(after_help = examples::SHOW)]
    Show {
        /// A name in either spelling, or an alias; the newest version unless one is given
        #[arg(value_name = "EVENT[@VERSION]")]
        event: EventArg,
        /// Output format
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// List which events the tests emitted, and which they never did
    #[command(after_help = examples::COVERAGE)]
    Coverage(CoverageArgs),
    /// Say whether what is written under one schema is read under another
    #[command(after_help = examples::COMPAT)]
    Compat(CompatArgs),
    /// Lock drafts, and record what changed compatibly
    Lock(LockArgs),
    /// Hold what is declared against what is locked
    Check(CheckArgs),
    /// Accept a break of a locked version
    Accept(AcceptArgs),
    /// Show what changed between two states, and which readers break
    #[command(after_help = examples::DIFF)]
    Diff(DiffArgs),
    /// Print the history of what is locked, event by event
    #[command(after_help = examples::CHANGELOG)]
    Changelog(ChangelogArgs),
    /// Register the schemas of every event version in a schema registry
    #[cfg(feature = "registry")]
    Push(crate::push::args::PushArgs),
    /// Register the schemas of every event version in a schema registry
    #[cfg(not(feature = "registry"))]
    #[command(hide = true, disable_help_flag = true)]
    Push {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        _args: Vec<std::ffi::OsString>,
    },
    /// Hold emitted events against the catalog
    #[command(after_help = examples::VALIDATE)]
    Validate(ValidateArgs),
    /// Explain a finding or a rule, or list all of them
    #[command(after_help = examples::EXPLAIN)]
    Explain {
        /// As a finding shows it: EV0102, property-removed
        code: Option<String>,
    },
    /// Print what a shell needs to complete command lines
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Exported {
    /// Write one JSON Schema per event version, and an index
    #[command(after_help = examples::JSON_SCHEMA)]
    JsonSchema(JsonSchemaArgs),
}

#[derive(Debug, Args)]
pub(crate) struct JsonSchemaArgs {
    /// The version of JSON Schema
    #[arg(long, value_enum, default_value_t = DialectArg::Draft2020_12)]
    pub(crate) dialect: DialectArg,
    /// What writers promise, or what readers accept
    #[arg(long, value_enum, default_value_t = ContractArg::Write)]
    pub(crate) contract: ContractArg,
    /// The flat line, the event's own fields, or the envelope
    #[arg(long, value_enum, default_value_t = RenderingArg::Line)]
    pub(crate) rendering: RenderingArg,
    /// Standard keywords only, without `x-event`
    #[arg(long)]
    pub(crate) strict: bool,
    /// Where the files are written
    #[arg(short, long = "out", value_name = "DIR", default_value = DIRECTORY)]
    pub(crate) out: PathBuf,
    /// Write nothing; exit 100 if a file would change
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// How findings are told.
#[derive(Debug, Args)]
pub(crate) struct Reporting {
    /// Output format [default: human; github where `GITHUB_ACTIONS=true`]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReportFormat>,
}

#[derive(Debug, Args)]
pub(crate) struct CoverageArgs {
    /// What recorders wrote: directories, or files in them [default: `EVENTS_COVERAGE`, else
    /// `event-coverage` in cargo's target directory]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Exit 100 if a smaller part of the events was emitted
    #[arg(long, value_name = "PERCENT")]
    pub(crate) fail_under: Option<Percent>,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// Where schemas go unless `-o` says so.
const DIRECTORY: &str = "schemas";

#[derive(Debug, Args)]
pub(crate) struct CompatArgs {
    /// Every version before, the oldest first, and the new one last
    #[arg(value_name = "OLD.json.. NEW.json", required_unless_present = "batch", conflicts_with = "batch", num_args = 2..)]
    pub(crate) versions: Vec<PathBuf>,
    /// Who has to be able to read what
    #[arg(long, value_enum, default_value_t = ModeArg::FullTransitive)]
    pub(crate) mode: ModeArg,
    /// By which rules
    #[arg(long, value_enum, default_value_t = RulesArg::Semantic)]
    pub(crate) rules: RulesArg,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
    /// Many pairs instead: one `{"id", "old", "new"}` a line; the answers are JSON, one a line
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "format")]
    pub(crate) batch: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModeArg {
    /// Nobody is asked
    None,
    /// New readers read what was written under the version before
    Backward,
    /// The same, under every version before
    BackwardTransitive,
    /// Readers of the version before read what is written now
    Forward,
    /// The same, of every version before
    ForwardTransitive,
    /// Both, for the version before
    Full,
    /// Both, for every version before
    FullTransitive,
}

impl ModeArg {
    pub(crate) const fn mode(self) -> Mode {
        match self {
            Self::None => Mode::None,
            Self::Backward => Mode::Backward,
            Self::BackwardTransitive => Mode::BackwardTransitive,
            Self::Forward => Mode::Forward,
            Self::ForwardTransitive => Mode::ForwardTransitive,
            Self::Full => Mode::Full,
            Self::FullTransitive => Mode::FullTransitive,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesArg {
    /// What schemas mean: whatever is written is read
    Semantic,
    /// What a Confluent-compatible registry says by default
    ConfluentStrict,
    /// What it says under the policy `LENIENT`
    ConfluentLenient,
}

impl RulesArg {
    pub(crate) const fn rules(self) -> Rules {
        match self {
            Self::Semantic => Rules::Semantic,
            Self::ConfluentStrict => Rules::ConfluentStrict,
            Self::ConfluentLenient => Rules::ConfluentLenient,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text to read
    Human,
    /// JSON
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DialectArg {
    /// The current one
    #[value(name = "2020-12")]
    Draft2020_12,
    /// For `AsyncAPI` and generators of types
    #[value(name = "draft-07")]
    Draft07,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ContractArg {
    /// What writers promise: closed
    Write,
    /// What readers accept: open
    Read,
    /// What a schema registry is given: what readers accept, closed
    Registry,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RenderingArg {
    /// The whole flat line
    Line,
    /// The event's own fields
    Payload,
    /// The nested envelope
    Envelope,
}

impl ContractArg {
    pub(crate) const fn contract(self) -> Contract {
        match self {
            Self::Write => Contract::Write,
            Self::Read => Contract::Read,
            Self::Registry => Contract::Registry,
        }
    }
}

impl RenderingArg {
    pub(crate) const fn rendering(self) -> Rendering {
        match self {
            Self::Line => Rendering::Line,
            Self::Payload => Rendering::Payload,
            Self::Envelope => Rendering::Envelope,
        }
    }
}

impl JsonSchemaArgs {
    pub(crate) fn options(&self) -> Options {
        Options {
            dialect: match self.dialect {
                DialectArg::Draft2020_12 => Dialect::Draft2020_12,
                DialectArg::Draft07 => Dialect::Draft07,
            },
            contract: self.contract.contract(),
            rendering: self.rendering.rendering(),
            annotations: !self.strict,
        }
    }

    /// The command line that writes what `--check` has checked.
    pub(crate) fn to_write(&self, package: &str) -> String {
        let (options, default) = (self.options(), Options::default());
        let mut line = format!("cargo run -p {} -- export json-schema", shell::quoted(package));
        if options.dialect != default.dialect {
            line += " --dialect ";
            line += options.dialect.as_str();
        }
        if options.contract != default.contract {
            line += " --contract ";
            line += options.contract.as_str();
        }
        if options.rendering != default.rendering {
            line += " --rendering ";
            line += options.rendering.as_str();
        }
        if self.strict {
            line += " --strict";
        }
        if self.out.as_os_str() != DIRECTORY {
            line += " -o ";
            line += &shell::path(&self.out);
        }
        line
    }
}

/// An event by a name, and perhaps one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EventArg {
    pub(crate) name: String,
    pub(crate) version: Option<u32>,
}

impl FromStr for EventArg {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, version) = match text.split_once('@') {
            None => (text, None),
            Some((name, version)) => {
                let digits = version.strip_prefix('v').unwrap_or(version);
                (
                    name,
                    Some(digits.parse().map_err(|_| "after `@` stands the number of a version")?),
                )
            }
        };
        if name.is_empty() {
            return Err("the name is missing");
        }
        Ok(Self { name: name.to_owned(), version })
    }
}

/// A part of all, from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Percent(pub(crate) f64);

impl FromStr for Percent {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_suffix('%').unwrap_or(text).trim_end().parse() {
            Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(Self(percent)),
            _ => Err("a number from 0 to 100"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EventArg, Percent};

    #[test]
    fn an_event_and_its_version() {
        let event = |name: &str, version| Ok(EventArg { name: name.into(), version });
        assert_eq!("a_b".parse(), event("a_b", None));
        assert_eq!("a.b@2".parse(), event("a.b", Some(2)));
        assert_eq!("a.b@v2".parse(), event("a.b", Some(2)));
        assert!("a@x".parse::<EventArg>().is_err());
        assert!("@1".parse::<EventArg>().is_err());
    }

    #[test]
    fn a_part_of_all() {
        assert_eq!(
            ["0", "87.5", "100%"].map(str::parse),
            [0.0, 87.5, 100.0].map(|percent| Ok(Percent(percent)))
        );
        for wrong in ["", "-1", "100.1", "NaN", "half"] {
            assert!(wrong.parse::<Percent>().is_err(), "{wrong}");
        }
    }
}
