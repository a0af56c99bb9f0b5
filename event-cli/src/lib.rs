//! The command of an event catalog, as a library. A package beside the catalog's has a `main.rs` of
//! three lines; a service that depends on the catalog does not compile it.
//!
//! ```no_run
//! # static CATALOG: event_core::Catalog =
//! #     event_core::Catalog { type_name: "ShopEvent", docs: "", package: "shop", package_version: "1.0.0", blocks: &[] };
//! fn main() -> std::process::ExitCode {
//!     event_cli::main(&CATALOG)
//! }
//! ```
//!
//! The catalog is linked in, so what is exported is what runs. The exit code tells findings from
//! failures:
//!
//! | code | means |
//! | --- | --- |
//! | 0 | nothing to say |
//! | 100 | findings: something in the catalog, in what was exported of it, or in what is emitted of it, is to be mended; two schemas are not compatible; a registry refuses a schema |
//! | 101 | could not run: an unknown event, a directory that cannot be written, a file that is damaged, a question that could not be decided, a registry that does not answer |
//! | 2 | the command line is wrong |

mod args;
mod codes;
mod compat;
mod completions;
mod console;
mod coverage;
mod credentials;
mod directory;
mod disk;
#[cfg(test)]
mod documentation;
mod event_json;
mod examples;
mod explain;
mod export;
mod field_type;
mod find;
mod finding;
mod list;
mod lock;
mod opaque_names;
mod progress;
#[cfg(feature = "registry")]
mod push;
#[cfg(feature = "registry")]
pub mod registry;
mod shell;
mod show;
mod table;
pub mod testing;
mod validate;

use args::{Command, Exported};
use clap::{CommandFactory, FromArgMatches};
use console::{Console, Ending};
use event_core::{Catalog, Secret};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// What a run takes from its surroundings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// The directory that relative paths start from; the process's own when it is empty.
    pub directory: PathBuf,
    /// The environment variables that are looked at, by name: `GITHUB_ACTIONS`, which chooses how
    /// findings are told; `NO_COLOR`; `CI`, in which nothing that is committed is written;
    /// `CARGO_MANIFEST_DIR` and `CARGO_PKG_NAME`, by which cargo says which package it runs, so
    /// where the lock is; `SOURCE_DATE_EPOCH`, which says what day it is; `USER`, who accepts a
    /// break where git knows no name; `EVENTS_COVERAGE`, `CARGO_TARGET_DIR` and
    /// `CARGO_BUILD_TARGET_DIR`, by which coverage is found.
    pub variables: BTreeMap<String, String>,
    /// Whether standard error is a terminal: only there are colours written, and what is
    /// overwritten later.
    pub terminal: bool,
    /// As whom a schema registry is asked, `NAME:PASSWORD`, unless the command line says it: the
    /// variable `EVENTS_REGISTRY_USER_INFO`.
    pub registry_user: Option<Secret<String>>,
}

/// The environment variables that a run looks at; others may hold secrets.
const VARIABLES: &[&str] = &[
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_MANIFEST_DIR",
    "CARGO_PKG_NAME",
    "CARGO_TARGET_DIR",
    "CI",
    "EVENTS_COVERAGE",
    "GITHUB_ACTIONS",
    "NO_COLOR",
    "SOURCE_DATE_EPOCH",
    "USER",
];

impl Env {
    /// That of this process.
    pub fn of_process() -> Self {
        let set = |name: &&str| Some(((*name).to_owned(), std::env::var(name).ok()?));
        Self {
            directory: PathBuf::new(),
            variables: VARIABLES.iter().filter_map(set).collect(),
            terminal: std::io::stderr().is_terminal(),
            registry_user: std::env::var("EVENTS_REGISTRY_USER_INFO")
                .ok()
                .filter(|user| !user.is_empty())
                .map(Secret::new),
        }
    }

    /// The package whose command this is: the one that cargo runs, else the catalog's.
    pub(crate) fn package<'e>(&'e self, catalog: &'e Catalog) -> &'e str {
        self.variable("CARGO_PKG_NAME").unwrap_or(catalog.package)
    }

    /// An environment variable, where it is set.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }
}

/// Runs the command that the process was started with.
pub fn main(catalog: &'static Catalog) -> ExitCode {
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    let (args, mut stdin) = (std::env::args_os().skip(1), std::io::stdin().lock());
    ExitCode::from(run_reading(catalog, args, &mut stdin, &mut out, &mut err, &Env::of_process()))
}

/// Runs a command and gives its exit code. `args` are those after the program's name; standard
/// input is empty.
pub fn run(
    catalog: &'static Catalog,
    args: impl IntoIterator<Item = OsString>,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
    env: &Env,
) -> u8 {
    run_reading(catalog, args, &mut std::io::empty(), stdout, stderr, env)
}

/// Runs a command that may read standard input, and gives its exit code.
pub fn run_reading(
    catalog: &'static Catalog,
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
    env: &Env,
) -> u8 {
    let mut console = Console::new(stdout, stderr, env, catalog);
    let ended = dispatch(catalog, args, stdin, env, &mut console).and_then(|()| console.flush());
    console.end(ended)
}

fn dispatch(
    catalog: &'static Catalog,
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut dyn Read,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let parsed = command(catalog)
        .no_binary_name(true)
        .try_get_matches_from(args)
        .and_then(|matches| args::Cli::from_arg_matches(&matches));
    match parsed {
        Err(error) if error.use_stderr() => {
            Err(Ending::Usage(credentials::hidden(&error.render().to_string())))
        }
        Err(help) => console.print(&help.render().to_string()),
        Ok(cli) => match cli.command {
            Command::Export { what: Exported::JsonSchema(options) } => {
                export::run(catalog, &options, env, console)
            }
            Command::List { format } => list::run(catalog, format, console),
            Command::Show { event, format } => show::run(catalog, &event, format, console),
            Command::Coverage(options) => coverage::run(catalog, &options, env, console),
            Command::Compat(args) => compat::run(&args, env, console),
            #[cfg(feature = "registry")]
            Command::Push(args) => push::run(catalog, &args, env, console),
            #[cfg(not(feature = "registry"))]
            Command::Push { .. } => Err(Ending::could_not_run(
                "this command was built without `push`".to_owned(),
                "turn on the feature `registry` of event-cli, or `registry-https`".to_owned(),
            )),
            Command::Validate(args) => validate::run(catalog, &args, env, stdin, console),
            Command::Completions { shell } => completions::run(shell, command(catalog), console),
            Command::Lock(args) => lock::record::run(catalog, &args, env, console),
            Command::Check(args) => lock::check::run(catalog, &args, env, console),
            Command::Diff(args) => lock::diff::run(catalog, &args, env, console),
            Command::Changelog(args) => lock::changelog::run(catalog, &args, env, console),
            Command::Accept(args) => lock::accept::run(catalog, &args, env, console),
            Command::Explain { code } => explain::run(code.as_deref(), console),
        },
    }
}

/// The command line, as the catalog's own.
fn command(catalog: &'static Catalog) -> clap::Command {
    let command = args::Cli::command().name(catalog.package).bin_name(catalog.package);
    command.version(catalog.package_version).about(catalog.docs)
}
