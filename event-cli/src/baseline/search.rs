//! Finds the lock of a package in a git revision. Its path and file name may differ there.

use super::no_lock::{listed, no_lock};
use super::revision::{Entry, Revision, bytes};
use crate::console::Ending;
use crate::lock_file::{LockFile, package_of_lock};
use event_grammar::lock::FILE;
use event_schema::lock::DIRECTORY;
use std::collections::BTreeSet;
use std::path::Path;

/// A lock in a revision, and the package that it names.
struct Candidate {
    entry: Entry,
    package: Option<String>,
}

/// The lock of the package in a revision: the one at the same path if it names this package, else
/// the only one that names this package, else the one at the same path. `directory` is where git
/// runs; the path is relative to it.
pub(crate) fn find_lock(
    revision: &Revision,
    directory: &Path,
    file: &LockFile,
) -> Result<Entry, Ending> {
    let packages = file.packages();
    let own = file.path.strip_prefix(directory).unwrap_or(&file.path);
    let here = match revision.file_from_here(own)? {
        Some(entry) => {
            Some(candidate(revision.texts(&[&entry])?.pop().unwrap_or_default().as_str(), entry))
        }
        None => None,
    };
    if let Some(Candidate { entry, package }) = &here
        && package.as_ref().is_none_or(|package| packages.contains(package))
    {
        return Ok(entry.clone());
    }
    let all = search(revision, own)?;
    let is_ours = |found: &&Candidate| {
        found.package.as_ref().is_some_and(|package| packages.contains(package))
    };
    let ours: Vec<&Candidate> = all.iter().filter(is_ours).collect();
    match (ours.as_slice(), here) {
        ([found], _) => Ok(found.entry.clone()),
        // The package was renamed, but not moved.
        ([], Some(here)) => Ok(here.entry),
        ([], None) => Err(none_of(&packages, &all, revision, file)),
        (several, _) => Err(several_of(&packages, several, revision, file)),
    }
}

/// Every lock in a revision: a file with one of the two names, or a file that has the directory of
/// stored files beside it.
fn search(revision: &Revision, own: &Path) -> Result<Vec<Candidate>, Ending> {
    let own = own.file_name().map(|name| bytes(Path::new(name))).unwrap_or_default();
    let entries = revision.entries(b"")?;
    let stored = [DIRECTORY.as_bytes(), b"/"].concat();
    let above = |entry: &Entry| {
        let at = entry.path.windows(stored.len()).position(|part| part == stored)?;
        Some(entry.path.get(..at)?.to_owned())
    };
    let above: BTreeSet<Vec<u8>> = entries.iter().filter_map(above).collect();
    let may_be = |entry: &&Entry| {
        entry.file_name() == FILE.as_bytes()
            || entry.file_name() == own
            || above.contains(entry.directory())
    };
    let found: Vec<&Entry> = entries.iter().filter(|entry| !entry.is_link).filter(may_be).collect();
    let texts = revision.texts(&found)?;
    let all = found.into_iter().zip(texts).map(|(entry, text)| candidate(&text, entry.clone()));
    Ok(all.filter(|candidate| candidate.package.is_some()).collect())
}

fn candidate(text: &str, entry: Entry) -> Candidate {
    Candidate { entry, package: package_of_lock(text).map(str::to_owned) }
}

fn none_of(
    packages: &BTreeSet<String>,
    all: &[Candidate],
    revision: &Revision,
    file: &LockFile,
) -> Ending {
    let packages = listed(packages);
    let what = format!(
        "the baseline {} has no lock of {packages}, so nothing was compared with it",
        revision.shown()
    );
    let help = if all.is_empty() {
        "no file in the whole revision is a lock: name a revision that \
         has one, or leave the baseline out until the first lock is merged there"
            .to_owned()
    } else {
        let others: Vec<String> = all.iter().map(named).collect();
        format!(
            "the revision has {}: if the package was \
             renamed, say which one is its lock: `check --baseline-lock PATH`; else name a \
             revision that has a lock of {packages}, or leave the baseline out until the first \
             one is merged there",
            others.join(", ")
        )
    };
    no_lock(what, help, file)
}

fn several_of(
    packages: &BTreeSet<String>,
    found: &[&Candidate],
    revision: &Revision,
    file: &LockFile,
) -> Ending {
    let paths: Vec<String> = found.iter().map(|found| named(found)).collect();
    let what = format!(
        "the baseline {} has several locks of {}, none of them at `{}`, so nothing was compared \
         with it",
        revision.shown(),
        listed(packages),
        file.name.display()
    );
    let help =
        format!("found {}: say which one it is: `check --baseline-lock PATH`", paths.join(", "));
    no_lock(what, help, file)
}

/// "`old/events.lock` of `shop`"
fn named(found: &Candidate) -> String {
    format!("`{}` of `{}`", found.entry.shown(), found.package.as_deref().unwrap_or_default())
}
