//! `diff`: the changes between two states, which readers break, and the bump of every version.

use crate::args::{EventArg, LockPlace, sides};
use crate::baseline::at_revision;
use crate::console::{Console, Ending};
use crate::count::count;
use crate::environment::Env;
use crate::find;
use crate::finding::Finding;
use crate::lock_change::{members, what};
use crate::lock_file::{LockFile, Opened};
use clap::{Args, ValueEnum};
use event_core::Catalog;
use event_schema::Json;
use event_schema::lock::{Bump, Diff, Model, State, UNDECIDED, VersionChange, diff};
use std::fmt::Write as _;

/// The arguments of `diff`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DiffArgs {
    /// The two states: git revisions, `lock`, `declarations` [default: lock..declarations]
    #[arg(value_name = "A..B")]
    range: Option<String>,
    /// Only this event
    #[arg(long, value_name = "NAME")]
    event: Option<EventArg>,
    /// Output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    format: DiffFormat,
    /// Exit 100 if anything changed
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    place: LockPlace,
}

const EXAMPLES: &str = "Examples:
  diff
  diff origin/main..lock --format markdown
  diff v1.2.0..declarations --event payment_process_failed --exit-code

The bump, `none`, `revision` or `major`, follows from the changes.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// Text to read
    Human,
    /// JSON
    Json,
    /// Markdown, for a comment
    Markdown,
}

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &DiffArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let file = LockFile::find(catalog, args.place.lock.as_deref(), env)?;
    let Opened { state, text } = file.open()?;
    let (old, new) = sides(args.range.as_deref());
    let (old, new) = (old.unwrap_or("lock"), new.unwrap_or("declarations"));
    // Without a lock, every event would be new.
    if text.is_none() && [old, new].iter().any(|side| matches!(*side, "lock" | "declarations")) {
        return Err(file.absent("nothing was compared").into());
    }
    let (old, new) = (model(old, catalog, &file, &state)?, model(new, catalog, &file, &state)?);
    let mut diff = diff(&old, &new);
    if let Some(wanted) = &args.event {
        let known = diff.changes.iter().any(|change| change.key.event == wanted.name);
        let name = if known {
            wanted.name.clone()
        } else {
            find::find(catalog, wanted)?.name.snake.to_owned()
        };
        diff.changes.retain(|change| change.key.event == name);
        diff.bumps.retain(|key, _| key.event == name);
    }
    let text = match args.format {
        DiffFormat::Human => human(&diff),
        DiffFormat::Markdown => markdown(&diff),
        DiffFormat::Json => json(&diff).to_line() + "\n",
    };
    console.print(&text)?;
    if args.exit_code && !diff.changes.is_empty() { Err(Ending::Findings) } else { Ok(()) }
}

fn model(side: &str, catalog: &Catalog, file: &LockFile, state: &State) -> Result<Model, Ending> {
    match side {
        "lock" => Ok(Model::of_state(state)),
        "declarations" => {
            Model::of_catalog(catalog, state).map_err(|errors| match errors.first() {
                Some(error) => Finding::of_schema(error).into(),
                None => Ending::could_not_run("the declarations have no schemas".to_owned(), None),
            })
        }
        revision => at_revision(revision, None, file).map(|held| Model::of_state(&held.state)),
    }
}

fn summary(diff: &Diff) -> String {
    if diff.changes.is_empty() {
        return "nothing changed".to_owned();
    }
    format!("{}, the largest bump is {}", count(diff.changes.len(), "change"), diff.bump().as_str())
}

/// The changes of each version, with its bump if both states have the version.
fn by_version(diff: &Diff) -> impl Iterator<Item = (String, &[VersionChange])> {
    diff.changes.chunk_by(|a, b| a.key == b.key).filter_map(|changes| {
        let key = &changes.first()?.key;
        let bump =
            diff.bumps.get(key).map(|bump| format!(": {}", bump.as_str())).unwrap_or_default();
        Some((format!("{key}{bump}"), changes))
    })
}

fn human(diff: &Diff) -> String {
    let mut text = String::new();
    for (title, changes) in by_version(diff) {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "{title}");
        for change in changes {
            let _ = writeln!(text, "  {} ({})", what(change), change.verdict.as_str());
        }
    }
    text + &summary(diff)
        + "\n"
        + &note(diff).map(|note| format!("{UNDECIDED}: {note}\n")).unwrap_or_default()
}

/// The help for a bump that a person must decide.
fn note(diff: &Diff) -> Option<&'static str> {
    diff.bumps.values().any(|bump| *bump == Bump::Undecided).then_some(
        "it is proven neither that a reader breaks nor that all readers work. `check` gives the \
         reasons. A person decides: `accept` the change, or declare the next version",
    )
}

fn markdown(diff: &Diff) -> String {
    // A `|` would end the cell.
    let cell = |text: &str| text.replace('|', "\\|");
    let mut text = format!("{}\n", summary(diff));
    if let Some(note) = note(diff) {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "\n{UNDECIDED}: {note}");
    }
    for (title, changes) in by_version(diff) {
        let _ = writeln!(text, "\n### {title}\n\n| change | verdict |\n| --- | --- |");
        for change in changes {
            let _ = writeln!(text, "| {} | {} |", cell(&what(change)), change.verdict.as_str());
        }
    }
    text
}

fn json(diff: &Diff) -> Json {
    let changes = diff.changes.iter().map(|change| {
        let key =
            [("event", change.key.event.as_str().into()), ("version", change.key.version.into())];
        Json::object(key.into_iter().chain(members(change)))
    });
    let bumps = diff.bumps.iter().map(|(key, bump)| {
        let members = [
            ("event", key.event.as_str().into()),
            ("version", key.version.into()),
            ("bump", bump.as_str().into()),
        ];
        Json::object(members)
    });
    let members = [
        ("bump", diff.bump().as_str().into()),
        ("versions", Json::List(bumps.collect())),
        ("changes", Json::List(changes.collect())),
    ];
    Json::object(members.into_iter().chain(note(diff).map(|note| ("note", note.into()))))
}
