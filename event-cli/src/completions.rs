//! `completions SHELL`.

use crate::console::{Console, Ending};
use clap_complete::Shell;

/// Prints what a shell reads to complete the command lines of `command`.
pub(crate) fn run(
    shell: Shell,
    mut command: clap::Command,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    console.print(&String::from_utf8_lossy(&script))
}
