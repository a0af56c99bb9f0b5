//! The command line of `event-relay` and its subcommands.
//!
//! Exit codes: 0 ok, 100 findings (something needs a person, or a limit is exceeded), 101 could not
//! run, 2 wrong command line.

mod age;
mod change;
mod check_config;
mod console;
mod dead;
mod lag;
mod migrate;
mod outbox;
mod purge;
mod replay;
mod rewind;
mod run;
mod signals;
mod status;
mod table;
mod targets;
mod user;

use clap::{Parser, Subcommand};
use console::{Console, Ending};
use event_core::Emitter;
use event_core::sink::JsonLines;
use outbox::OutboxArgs;
use std::env;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// Publishes the events of an outbox, and shows and changes what a relay keeps of them
#[derive(Debug, Parser)]
#[command(name = "event-relay", version, subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    outbox: OutboxArgs,
    #[command(subcommand)]
    subcommand: Subcommands,
}

/// Every subcommand. `--help` prints its first line.
#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Publish the events of the outbox, until it is stopped
    Run(run::RunArgs),
    /// Check the configuration, and print what would run
    CheckConfig(check_config::CheckConfigArgs),
    /// Show how far each target is, and what is parked
    Status(status::StatusArgs),
    /// Print how far targets are behind, for scripts and alerts
    Lag(lag::LagArgs),
    /// Show and change parked events
    #[command(subcommand)]
    Dead(dead::DeadCommands),
    /// Move the cursor of a target
    Rewind(rewind::RewindArgs),
    /// Send delivered events again
    Replay(replay::ReplayArgs),
    /// Delete old events that every target has
    Purge(purge::PurgeArgs),
    /// Make the outbox's tables, or update them
    Migrate(migrate::MigrateArgs),
}

/// Runs the command line of this process. What people change goes to standard error as events of
/// the relay's own log.
pub fn main() -> ExitCode {
    // Not locked: a target of `run` writes to it from a thread of its own.
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let mut input = io::stdin().lock();
    let is_terminal = input.is_terminal() && err.is_terminal();
    let mut console = Console::new(&mut out, &mut err, &mut input, is_terminal);
    let emitter = Emitter::builder()
        .service("event-relay")
        .service_version(env!("CARGO_PKG_VERSION"))
        .sink(JsonLines::stderr())
        .build();
    let ended = run(&emitter, &mut console);
    ExitCode::from(console.end(ended))
}

fn run(emitter: &Emitter, console: &mut Console<'_>) -> Result<(), Ending> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => return Err(Ending::Usage(error.render().to_string())),
        Err(help) => return console.print(&help.render().to_string()),
    };
    let outbox = || cli.outbox.place();
    match cli.subcommand {
        Subcommands::Run(args) => run::run(cli.outbox.only_config()?, &args),
        Subcommands::CheckConfig(_) => check_config::run(cli.outbox.only_config()?, console),
        Subcommands::Status(args) => status::run(&outbox()?, &args, console),
        Subcommands::Lag(args) => lag::run(&outbox()?, &args, console),
        Subcommands::Dead(command) => dead::run(&outbox()?, &command, emitter, console),
        Subcommands::Rewind(args) => rewind::run(&outbox()?, &args, emitter, console),
        Subcommands::Replay(args) => replay::run(&outbox()?, &args, emitter, console),
        Subcommands::Purge(args) => purge::run(&outbox()?, &args, emitter, console),
        Subcommands::Migrate(args) => migrate::run(&cli.outbox, &args, console),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::{Command, CommandFactory};

    /// Every command without subcommands, with the words that call it.
    fn commands(command: &Command, words: &str) -> Vec<(String, Command)> {
        let below: Vec<_> = command.get_subcommands().collect();
        let own = (below.is_empty()).then(|| (words.to_owned(), command.clone()));
        let further = below.into_iter().flat_map(|below| {
            let words = format!("{words} {}", below.get_name());
            commands(below, &words)
        });
        own.into_iter().chain(further).collect()
    }

    #[test]
    fn every_command_has_examples_that_parse() {
        let commands = commands(&Cli::command(), "event-relay");
        assert!(commands.len() > 5);
        for (words, command) in commands {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let block = help.strip_prefix("Examples:\n").unwrap_or_default();
            let lines: Vec<_> = block.lines().map_while(|line| line.strip_prefix("  ")).collect();
            assert!(!lines.is_empty(), "`{words}` has no examples");
            for line in lines {
                assert!(line.starts_with(&words), "`{words}` shows `{line}`");
                let parsed = Cli::command().try_get_matches_from(line.split(' '));
                assert!(parsed.is_ok(), "`{line}`: {}", parsed.unwrap_err());
            }
        }
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
