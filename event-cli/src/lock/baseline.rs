//! What a lock is held against that this working tree did not write.

use super::args::CheckArgs;
use super::file::LockFile;
use super::git::Repository;
use crate::Env;
use crate::console::Ending;
use crate::finding::Finding;
use event_grammar::lock::{FILE, Lock};
use event_schema::lock::{DIRECTORY, State, stored_files};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where a baseline is read from. Another kind is another variant, read to a [`State`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Baseline {
    /// The lock as a git revision has it.
    Revision(String),
    /// A directory with a lock and its files.
    Directory(PathBuf),
}

impl Baseline {
    /// What the command line asks for.
    pub(super) fn of(args: &CheckArgs) -> Option<Self> {
        let revision = args.baseline_rev.clone().map(Self::Revision);
        revision.or_else(|| args.baseline_dir.clone().map(Self::Directory))
    }

    /// Reads it.
    pub(super) fn read(&self, file: &LockFile, env: &Env) -> Result<State, Ending> {
        match self {
            Self::Revision(revision) => at_revision(revision, file),
            Self::Directory(name) => {
                let path = env.directory.join(name);
                if !path.is_dir() {
                    let what = format!("`{}` is not a directory", name.display());
                    return Err(Ending::could_not_run(
                        what,
                        "a baseline is a directory with an `events.lock` in it".to_owned(),
                    ));
                }
                let there = LockFile { path: path.join(FILE), name: name.join(FILE), ..file.clone() };
                let opened = there.open()?;
                if opened.text.is_none() {
                    let what = format!("`{}` is not there", there.name.display());
                    return Err(Ending::could_not_run(
                        what,
                        "a baseline is a directory with an `events.lock` in it".to_owned(),
                    ));
                }
                Ok(opened.state)
            }
        }
    }
}

/// The lock and its files as a git revision has them; nothing is published where it has no lock.
pub(super) fn at_revision(revision: &str, file: &LockFile) -> Result<State, Ending> {
    let directory = file.path.parent().map(PathBuf::from).unwrap_or_default();
    let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let repository = Repository::at(&directory, revision)?;
    let Some(text) = repository.read(std::slice::from_ref(&name))?.pop().flatten() else {
        return Ok(State { lock: Lock::new(file.package.as_str()), files: BTreeMap::new() });
    };
    let lock = Lock::parse(&text).map_err(|error| {
        let what = format!("the lock of `{revision}` cannot be read, `{name}` line {}: {error}", error.line);
        Ending::from(Finding::error("EV0226", what).help("compare with a revision whose lock is whole"))
    })?;
    let names = stored_files(&lock);
    let paths: Vec<String> = names.iter().map(|file| format!("{DIRECTORY}/{file}")).collect();
    let contents = repository.read(&paths)?;
    let files = names.into_iter().zip(contents).filter_map(|(name, text)| Some((name, text?))).collect();
    let state = State { lock, files };
    match state.faults().first() {
        None => Ok(state),
        Some(fault) => {
            let what = format!("`{DIRECTORY}/{}` of `{revision}` is not what its lock says", fault.path);
            Err(Finding::error("EV0227", what).help("compare with a revision whose files are whole").into())
        }
    }
}
