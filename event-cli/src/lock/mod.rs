//! The commands about what has been locked: `lock`, `check`, `accept`, `diff`, `changelog`.
//!
//! What they decide is in `event_schema::lock`; here files are found, read and written, and
//! findings told.

pub(crate) mod accept;
pub(crate) mod args;
mod baseline;
pub(crate) mod changelog;
pub(crate) mod check;
pub(crate) mod codes;
mod day;
pub(crate) mod diff;
mod file;
mod finding;
mod git;
mod markdown;
mod merged;
mod package;
pub(crate) mod record;
#[cfg(feature = "registry")]
mod registry;
mod revision;
mod search;
mod unreadable;
mod upgrade;
mod write;

pub(crate) use file::shown;

use crate::Env;
use crate::args::EventArg;
use crate::console::Ending;
use crate::find;
use event_core::Catalog;
use event_grammar::lock::{Lock, VersionKey};
use event_schema::lock::State;

/// Whether this is a run of continuous integration, where nothing that is committed is written.
fn is_ci(env: &Env) -> bool {
    env.variable("CI").is_some_and(|value| !matches!(value, "" | "false" | "0"))
}

/// What a pipeline is told.
fn refuse_in_ci(what: &str, env: &Env, force: bool) -> Result<(), Ending> {
    if force || !is_ci(env) {
        return Ok(());
    }
    Err(Ending::could_not_run(
        format!(
            "`{what}` writes what is committed, and this is a run of continuous integration (`CI` \
             is set)"
        ),
        format!(
            "run it where you commit; `check` looks and writes nothing; `{what} --force` writes \
             all the same"
        ),
    ))
}

/// The version of an event that is asked for: one that is declared, or one that the lock has.
fn key(catalog: &'static Catalog, lock: &Lock, wanted: &EventArg) -> Result<VersionKey, Ending> {
    if let Some(version) = wanted.version
        && lock.get(&wanted.name, version).is_some()
    {
        return Ok(VersionKey::new(wanted.name.as_str(), version));
    }
    let event = find::find(catalog, wanted)?;
    Ok(VersionKey::new(event.name.snake, event.version))
}

/// The lock of a package, for its tests; the text of what is wrong with it.
pub(crate) fn opened(catalog: &'static Catalog, env: &Env) -> Result<State, String> {
    let opened = file::LockFile::find(catalog, None, env).and_then(|file| {
        let opened = file.open()?;
        // A lock that is not declared may not have been begun.
        if opened.text.is_none() && file.is_declared {
            Err(file.absent("nothing was compared").into())
        } else {
            Ok(opened)
        }
    });
    opened.map(|opened| opened.state).map_err(|ending| match ending {
        Ending::CouldNotRun(finding) => {
            let place = finding
                .place
                .as_ref()
                .map(|place| format!("{}: ", place.to_text()))
                .unwrap_or_default();
            let help =
                finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
            format!("{place}{}{help}", finding.message)
        }
        other => format!("{other:?}"),
    })
}
