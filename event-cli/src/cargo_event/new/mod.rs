//! `cargo event new NAME`: the workspace of a catalog.

mod crates;
mod names;
mod template;
mod write;

use crate::failure::Failure;
use crates::Crates;
use names::Names;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// Name of the workspace and of its directory; its packages begin with it
    name: String,
    /// Checkout of the event catalog's repository, to take its crates by path
    #[arg(long, value_name = "DIR", conflicts_with = "git")]
    path: Option<PathBuf>,
    /// Repository of the event catalog, to take its crates by git
    #[arg(long, value_name = "URL")]
    git: Option<String>,
}

/// Makes the workspace. Returns the text that says what it has and what to do next.
pub(crate) fn run(args: &NewArgs) -> Result<String, Failure> {
    let names = Names::new(&args.name)?;
    let crates = match (&args.path, &args.git) {
        (Some(path), _) => Crates::by_path(path)?,
        (None, Some(url)) => Crates::by_git(url)?,
        (None, None) => Crates::by_default()?,
    };
    write::write(Path::new(&names.workspace), &template::files(&names, &crates))?;
    Ok(made(&names, &crates))
}

fn made(names: &Names, crates: &Crates) -> String {
    let Names { workspace, events, command, service, .. } = names;
    let mut text = format!("made the workspace `{workspace}`:\n");
    for (package, says) in [
        (events, "the events, and their lock"),
        (command, "the command of the catalog; services do not compile it"),
        (service, "a service that emits one of the events"),
    ] {
        let _ = writeln!(text, "  {package:<width$}  {says}", width = command.len());
    }
    let _ = write!(
        text,
        "event-core and event-cli come from {crates}, as Cargo.toml says\n\nnext:\n  cd {workspace}\n  cargo run            # the service emits an event\n  cargo test\n  cargo event list     # the first time, this builds the command\n"
    );
    if let Crates::Path(_) = crates {
        text.push_str(
            "\nThe CI job needs the crates by git: a runner does not have your checkout.\n",
        );
    }
    text
}
