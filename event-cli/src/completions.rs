//! `completions SHELL`.

use crate::console::{Console, Ending};
use clap::Args;
use clap_complete::Shell;

/// The arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "Examples:
  completions bash
  completions zsh

Write it to a file that your shell reads: bash: ~/.local/share/bash-completion/completions/NAME; zsh:
_NAME in a directory of its `fpath`; fish: ~/.config/fish/completions/NAME.fish; PowerShell and
elvish: a file that the profile reads.";

/// Prints the script that completes the command lines of `command`.
pub(crate) fn run(
    args: &CompletionsArgs,
    mut command: clap::Command,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    console.print(&String::from_utf8_lossy(&script))
}
