//! `cargo event`: makes the workspace of a catalog, and runs the command of an existing one.
//!
//! It is a program of its own, because the command of a catalog is linked with that catalog. This
//! program knows no catalog: it runs the command with `cargo run`.

mod command;
mod failure;
mod new;

use clap::Parser;
use failure::Failure;
use new::NewArgs;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// Make the workspace of an event catalog, or run the command of the one that you are in
#[derive(Debug, Parser)]
#[command(
    name = "cargo event",
    bin_name = "cargo event",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = OTHERS
)]
struct Cli {
    /// Package of the command, if the workspace has several
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    #[command(subcommand)]
    subcommand: Subcommands,
}

#[derive(Debug, clap::Subcommand)]
enum Subcommands {
    /// Make a workspace: a catalog, its command, and a service that emits
    #[command(after_help = NEW_EXAMPLES)]
    New(NewArgs),
    /// A subcommand of the catalog's command.
    #[command(external_subcommand)]
    Command(Vec<OsString>),
}

const OTHERS: &str = "All other subcommands are those of the catalog's command. It is found from any directory of the workspace:
  cargo event help
  cargo event list
  cargo event export json-schema --help";

const NEW_EXAMPLES: &str = "Examples:
  cargo event new shop
  cargo event new shop --path ../event-catalog
  cargo event new shop --git https://git.example.com/event-catalog";

/// The exit code if nothing could run: the same as the code of the catalog's command.
const COULD_NOT_RUN: u8 = 101;

fn main() -> ExitCode {
    // Cargo runs `cargo-event event ..` for `cargo event ..`.
    let mut args: Vec<OsString> = std::env::args_os().collect();
    if args.get(1).is_some_and(|first| first == "event") {
        args.remove(1);
    }
    let cli = Cli::parse_from(args);
    let ran = match cli.subcommand {
        Subcommands::New(_) if cli.package.is_some() => Err(Failure::new(
            "`-p` chooses the command of a workspace, and `new` makes a workspace",
            "remove `-p`",
        )),
        Subcommands::New(args) => new::run(&args).map(|made| {
            // A closed output is not an error: the workspace is made.
            let _ = std::io::stdout().write_all(made.as_bytes());
            ExitCode::SUCCESS
        }),
        Subcommands::Command(args) => command::run(cli.package.as_deref(), &args),
    };
    ran.unwrap_or_else(|Failure { what, help }| {
        let _ = writeln!(std::io::stderr(), "error: {what}\nhelp: {help}");
        ExitCode::from(COULD_NOT_RUN)
    })
}
