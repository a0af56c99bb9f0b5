//! The arguments of `export json-schema`.

use super::reporting::Reporting;
use super::schema::{ContractArg, RenderingArg};
use crate::shell;
use clap::{Args, Subcommand, ValueEnum};
use event_schema::{Dialect, Options};
use std::path::PathBuf;

/// Where schemas go unless `-o` says so.
const DIRECTORY: &str = "schemas";

pub(crate) const EXPORT_EXAMPLES: &str = "Examples:
  export json-schema
  export json-schema --check";

const EXAMPLES: &str = "Examples:
  export json-schema -o schemas
  export json-schema --check --format github
  export json-schema --contract read --dialect draft-07 --strict -o generated

Exits with 100 if the catalog has no schema, or with `--check` if a file would change.";

#[derive(Debug, Subcommand)]
pub(crate) enum Exported {
    /// Write one JSON Schema per event version, and an index
    #[command(after_help = EXAMPLES)]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DialectArg {
    /// The current one
    #[value(name = "2020-12")]
    Draft2020_12,
    /// For `AsyncAPI` and generators of types
    #[value(name = "draft-07")]
    Draft07,
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
