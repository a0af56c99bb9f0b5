//! `changelog`: the history that the lock holds, or what is new in one state against another.

mod json;
mod text;

use super::args::{ChangelogArgs, ChangelogFormat};
use super::baseline::at_revision;
use super::diff::sides;
use super::file::{LockFile, Opened};
use super::record::count;
use crate::Env;
use crate::args::EventArg;
use crate::console::{Console, Ending};
use crate::find;
use crate::finding::{Finding, Place};
use event_core::Catalog;
use event_core::meta::{EventMeta, Governance};
use event_grammar::lock::{Lock, Stage};
use event_schema::lock::{EventHistory, Request, State, VersionHistory, changelog, plan};

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
    let told = Told { catalog, package: &new.lock.package, events: &events };
    console.print(&match args.format {
        ChangelogFormat::Markdown => text::markdown(&told),
        ChangelogFormat::Json => json::document(&told).to_line() + "\n",
    })
}

/// What is told.
struct Told<'a> {
    /// Its declarations say why a version is deprecated, and what replaces it.
    catalog: &'static Catalog,
    package: &'a str,
    events: &'a [EventHistory],
}

impl Told<'_> {
    /// What the declaration of a deprecated version says; nothing of others.
    fn governance(&self, event: &EventHistory, version: &VersionHistory) -> Governance {
        let is_it =
            |meta: &&EventMeta| meta.name.snake == event.event && meta.version == version.version;
        let declared = Some(self.catalog).filter(|_| version.stage == Stage::Deprecated);
        let declared = declared.and_then(|catalog| catalog.events().find(is_it));
        declared.map_or(Governance::NONE, |event| event.governance)
    }
}

/// A state with its history.
fn state(side: &str, catalog: &'static Catalog, file: &LockFile) -> Result<State, Ending> {
    if !matches!(side, "lock" | "declarations") {
        return at_revision(side, None, file).map(|held| held.state);
    }
    let Opened { state, text, .. } = file.open()?;
    if text.is_none() && file.is_declared {
        return Err(file.absent("there is no history").into());
    }
    if text.is_none() {
        return Err(Ending::could_not_run(
            format!("there is no lock, and so no history: `{}` is not there", file.name.display()),
            format!("`{}` locks what is declared, and begins it", file.command_line("lock")),
        ));
    }
    // What is missing would make every verdict undecided.
    if let Some(damaged) = state.damaged().first() {
        let path = file.name_of(&damaged.path);
        let what = format!(
            "`{}` is {}",
            path.display(),
            if damaged.is_there { "not what was recorded" } else { "missing" }
        );
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
            format!("what is declared cannot be recorded: {}", count(findings.len(), "finding"));
        Ending::could_not_run(what, format!("`{}` names each", file.command_line("check")))
    })
}

/// The name in log lines of the event that is asked for. The lock knows also those that are not
/// declared any more.
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
