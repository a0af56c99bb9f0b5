//! Reading a baseline.

use super::no_lock::{listed, no_lock};
use super::revision::{Entry, Revision};
use super::search::find_lock;
use crate::console::Ending;
use crate::environment::Env;
use crate::finding::Finding;
use crate::lock_file::{LockFile, damage, package_of_lock, read};
use crate::shell;
use event_grammar::lock::{FILE, FORMAT, Lock, LockErrorKind};
use event_schema::lock::{DIRECTORY, State, stored_files};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where a baseline is read from. Each source is one variant and is read into a [`Held`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Baseline {
    /// The lock in a git revision.
    Revision(String),
    /// A directory with a lock and its files.
    Directory(PathBuf),
}

/// A baseline that was read.
#[derive(Debug)]
pub(crate) struct Held {
    /// The lock and its files.
    pub(crate) state: State,
    /// Their place, for messages.
    pub(crate) name: String,
}

impl Baseline {
    /// Reads the baseline. `asked` is the path of the lock in it, if the command line gives one.
    ///
    /// # Errors
    ///
    /// A baseline without a lock of the package is a finding with the code
    /// [`NO_LOCK`](super::NO_LOCK).
    pub(crate) fn read(
        &self,
        asked: Option<&Path>,
        file: &LockFile,
        env: &Env,
    ) -> Result<Held, Ending> {
        match self {
            Self::Revision(revision) => at_revision(revision, asked, file),
            Self::Directory(name) => in_directory(name, asked, file, env),
        }
    }
}

/// The lock and its files in a directory.
fn in_directory(
    name: &Path,
    asked: Option<&Path>,
    file: &LockFile,
    env: &Env,
) -> Result<Held, Ending> {
    let path = env.directory.join(name);
    let help = "a baseline is a directory with an `events.lock` in it".to_owned();
    let found = fs::metadata(&path).map_err(|error| Ending::cannot("read", name, &error))?;
    if !found.is_dir() {
        return Err(Ending::could_not_run(
            format!("`{}` is not a directory", name.display()),
            help,
        ));
    }
    let own = file.path.file_name().map_or_else(|| FILE.into(), PathBuf::from);
    let names = asked.map_or_else(|| vec![FILE.into(), own], |asked| vec![asked.to_owned()]);
    let lock = names.iter().find(|lock| path.join(lock).try_exists().unwrap_or(true));
    let Some(lock) = lock else {
        let first = names.first().map(|lock| name.join(lock)).unwrap_or_default();
        return Err(Ending::could_not_run(format!("`{}` does not exist", first.display()), help));
    };
    let there = LockFile { path: path.join(lock), name: name.join(lock), ..file.clone() };
    let text = read(&there.path, &there.name)?.unwrap_or_default();
    let packages = file.packages();
    if let Some(package) = package_of_lock(&text)
        && asked.is_none()
        && !packages.contains(package)
    {
        let what = format!(
            "the baseline has no lock of {}: `{}` is the lock of `{package}`, so nothing was \
             compared with it",
            listed(&packages),
            there.name.display()
        );
        let help = format!(
            "name a directory with the lock of this package; if the package was renamed: `check \
             --baseline-lock {}`",
            shell::path(lock)
        );
        return Err(no_lock(what, help, &there));
    }
    let lock = parsed(&text, &format!("`{}`", there.name.display()), "directory")?;
    let mut state = State { lock, files: BTreeMap::new() };
    for stored in stored_files(&state.lock) {
        if let Some(contents) = read(&there.directory().join(&stored), &there.name_of(&stored))? {
            state.files.insert(stored, contents);
        }
    }
    whole(Held { state, name: format!("`{}`", there.name.display()) }, "directory")
}

/// The lock and its files in a git revision. The lock is the one at the same path if it names this
/// package, else the one that names this package. `asked` is its path from the root of the
/// repository, if the path is known.
///
/// # Errors
///
/// A revision without a lock of the package is a finding with the code [`NO_LOCK`](super::NO_LOCK).
pub(crate) fn at_revision(
    name: &str,
    asked: Option<&Path>,
    file: &LockFile,
) -> Result<Held, Ending> {
    let directory = file
        .path
        .ancestors()
        .skip(1)
        .find(|directory| directory.as_os_str().is_empty() || directory.is_dir());
    let directory = directory.unwrap_or(Path::new("."));
    let revision = Revision::at(directory, name)?;
    let entry = match asked {
        Some(path) => {
            revision.file_from_root(path)?.ok_or_else(|| not_at(path, &revision, file))?
        }
        None => find_lock(&revision, directory, file)?,
    };
    let text = revision.texts(&[&entry])?.pop().unwrap_or_default();
    let place = format!("`{}` of {}", entry.shown(), revision.shown());
    let lock = parsed(&text, &place, "revision")?;
    let names: BTreeSet<String> = stored_files(&lock).into_iter().collect();
    let below = [entry.directory(), DIRECTORY.as_bytes(), b"/"].concat();
    let stored = |entry: Entry| {
        let name = String::from_utf8(entry.path.strip_prefix(below.as_slice())?.to_owned()).ok()?;
        names.contains(&name).then_some((name, entry))
    };
    let directory = below.get(..below.len() - 1).unwrap_or_default();
    let (names, entries): (Vec<String>, Vec<Entry>) =
        revision.entries(directory)?.into_iter().filter_map(stored).unzip();
    let texts = revision.texts(&entries.iter().collect::<Vec<_>>())?;
    let state = State { lock, files: names.into_iter().zip(texts).collect() };
    let is_checked_out =
        if revision.is_checked_out() { ", the commit that is checked out" } else { "" };
    whole(Held { state, name: format!("{place}{is_checked_out}") }, "revision")
}

fn not_at(path: &Path, revision: &Revision, file: &LockFile) -> Ending {
    let what = format!(
        "the baseline {} has no file `{}`, so nothing was compared with it",
        revision.shown(),
        path.display()
    );
    let help = "`--baseline-lock` is the path of the lock in that revision, from the root of the \
                repository";
    no_lock(what, help, file)
}

fn parsed(text: &str, place: &str, kind: &str) -> Result<Lock, Ending> {
    Lock::parse(text).map_err(|error| {
        let what = format!("the lock {place} cannot be read, line {}: {error}", error.line);
        let help = match error.kind {
            LockErrorKind::Format { .. } => {
                format!("compare with a {kind} whose lock has format {FORMAT}")
            }
            _ => format!("compare with a {kind} whose lock is not damaged"),
        };
        Finding::error("EV0226", what).help(help).into()
    })
}

/// Checks that the files match the lock: a missing file could not be compared.
fn whole(held: Held, kind: &str) -> Result<Held, Ending> {
    let name = &held.name;
    match held.state.damaged().first() {
        None => Ok(held),
        Some(file) => {
            let what =
                format!("`{DIRECTORY}/{}` {} beside the lock {name}", file.path, damage(file));
            Err(Finding::error("EV0227", what)
                .help(format!("compare with a {kind} whose files are complete"))
                .into())
        }
    }
}
