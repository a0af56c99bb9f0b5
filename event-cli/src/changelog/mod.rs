//! `changelog`: the history in the lock, or the difference between two states.

mod history;
mod json;
mod markdown;

use crate::args::{EventArg, LockPlace, sides};
use crate::baseline::at_revision;
use crate::console::{Console, Ending};
use crate::count::count;
use crate::environment::Env;
use crate::find;
use crate::finding::{Finding, Place};
use crate::lock_file::{LockFile, Opened, damage};
use clap::{Args, ValueEnum};
use event_core::Catalog;
use event_grammar::lock::Lock;
use event_schema::lock::{Request, State, changelog, plan};
use history::History;

/// The arguments of `changelog`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ChangelogArgs {
    /// Only what is new in B: git revisions, `lock`, `declarations` [default: the whole lock]
    #[arg(value_name = "A..B")]
    range: Option<String>,
    /// Only this event, or one version of it
    #[arg(long, value_name = "NAME")]
    event: Option<EventArg>,
    /// Output format
    #[arg(long, value_enum, default_value_t = ChangelogFormat::Markdown)]
    format: ChangelogFormat,
    #[command(flatten)]
    place: LockPlace,
}

const EXAMPLES: &str = "Examples:
  changelog
  changelog v1.2.0..v1.3.0
  changelog origin/main..declarations --event payment_process_failed
  changelog --format json

`A..` ends at the lock, and `..B` begins with an empty lock. `declarations` are the lock that \
                                    `lock` would write.
Exits with 101 if there is no lock.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ChangelogFormat {
    /// Markdown, to keep beside the catalog
    Markdown,
    /// JSON
    Json,
}

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &ChangelogArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let file = LockFile::find(catalog, args.place.lock.as_deref(), env)?;
    let (old, new) = sides(args.range.as_deref());
    let old = old.map_or_else(|| Ok(State::default()), |side| state(side, catalog, &file))?;
    let new = state(new.unwrap_or("lock"), catalog, &file)?;
    let mut events = changelog(&old, &new);
    if let Some(wanted) = &args.event {
        let name = name(catalog, &new.lock, wanted)?;
        events.retain_mut(|history| {
            history
                .versions
                .retain(|version| wanted.version.is_none_or(|wanted| version.version == wanted));
            history.event == name && !history.versions.is_empty()
        });
    }
    let history = History { catalog, package: &new.lock.package, events: &events };
    console.print(&match args.format {
        ChangelogFormat::Markdown => markdown::document(&history),
        ChangelogFormat::Json => json::document(&history).to_line() + "\n",
    })
}

/// A state and its history.
fn state(side: &str, catalog: &'static Catalog, file: &LockFile) -> Result<State, Ending> {
    if !matches!(side, "lock" | "declarations") {
        return at_revision(side, None, file).map(|held| held.state);
    }
    let Opened { state, text } = file.open()?;
    if text.is_none() && file.is_declared {
        return Err(file.absent("there is no history").into());
    }
    if text.is_none() {
        return Err(Ending::could_not_run(
            format!(
                "there is no lock, and so no history: `{}` does not exist",
                file.name.display()
            ),
            format!(
                "`{}` locks the declarations and begins the history",
                file.command_line("lock")
            ),
        ));
    }
    // Every verdict would be undecided if a file were missing.
    if let Some(damaged) = state.damaged().first() {
        let path = file.name_of(&damaged.path);
        let what = format!("`{}` {}", path.display(), damage(damaged));
        let help =
            format!("restore it from version control, or `{}`", file.command_line("lock --repair"));
        return Err(Finding::error("EV0227", what).help(help).at(Place::file(&path)).into());
    }
    if side == "lock" {
        return Ok(state);
    }
    let planned = plan(catalog, &state, &Request::default());
    planned.map(|plan| plan.state).map_err(|findings| {
        let what =
            format!("the declarations cannot be recorded: {}", count(findings.len(), "finding"));
        Ending::could_not_run(what, format!("`{}` lists them", file.command_line("check")))
    })
}

/// The event's name in log lines. The lock also has names of events that are no longer declared.
fn name(catalog: &'static Catalog, lock: &Lock, wanted: &EventArg) -> Result<String, Ending> {
    let is_it = |key: &str, event_type: &str| key == wanted.name || event_type == wanted.name;
    let known = lock.versions.iter().find(|(key, version)| is_it(&key.event, &version.event_type));
    match known {
        Some((key, _))
            if wanted.version.is_none_or(|version| lock.get(&key.event, version).is_some()) =>
        {
            Ok(key.event.clone())
        }
        _ => Ok(find::find(catalog, wanted)?.name.snake.to_owned()),
    }
}
