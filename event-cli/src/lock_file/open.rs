//! Reads the lock and the files beside it.

use super::merged::parse_merged;
use super::place::LockFile;
use super::text::read;
use crate::console::Ending;
use crate::finding::{Finding, Place};
use event_grammar::lock::{Lock, LockError};
use event_schema::lock::{DIRECTORY, DamagedFile, State, stored_files};
use std::collections::BTreeMap;

/// A lock that was read.
pub(crate) struct Opened {
    /// Its contents; an empty lock if there is no file.
    pub(crate) state: State,
    /// Its text, if there is a file.
    pub(crate) text: Option<String>,
}

impl LockFile {
    /// The finding that there is no lock, which is correct only before the first lock is written.
    /// `so` names the consequence: "nothing was compared".
    pub(crate) fn absent(&self, so: &str) -> Finding {
        let (name, begin) = (self.name.display(), self.command_line("lock"));
        let finding = match (&self.manifest, self.is_declared) {
            (Some(_), true) => Finding::error(
                "EV0235",
                format!(
                    "the lock of `{}` is missing, so {so}: Cargo.toml declares `{name}`",
                    self.catalog
                ),
            )
            .help(format!(
                "restore it from version control: {}, and `{DIRECTORY}` beside it; if nothing was \
                 ever locked, begin it: `EVENTS_LOCK=off {begin}`",
                self.restore()
            )),
            (None, _) => Finding::error("EV0235", format!("there is no lock at `{name}`, so {so}"))
                .help(
                    "give the path of a lock: `--lock PATH`; without `--lock`, cargo gives its \
                     place",
                ),
            (Some(_), false) => Finding::error(
                "EV0235",
                format!("`{}` has no lock, so {so}: there is no `{name}`", self.catalog),
            )
            .help(format!(
                "begin it with `{begin}` and commit the files that it writes; if events were \
                 locked before, restore it from version control, and check that no .gitignore \
                 names it"
            )),
        };
        finding.at(Place::file(&self.name))
    }

    /// Reads a lock that must exist; `so` names the consequence if it does not.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); also if the lock does not exist.
    pub(crate) fn open_locked(&self, so: &str) -> Result<Opened, Ending> {
        let opened = self.open()?;
        if opened.text.is_some() { Ok(opened) } else { Err(self.absent(so).into()) }
    }

    /// Reads the lock and the files beside it.
    ///
    /// # Errors
    ///
    /// A lock that is not valid is a finding with a code; a file that cannot be read is a finding
    /// without a code.
    pub(crate) fn open(&self) -> Result<Opened, Ending> {
        self.open_by(Lock::parse)
    }

    /// Reads the lock and the files beside it, for a repair.
    pub(crate) fn open_to_repair(&self) -> Result<Opened, Ending> {
        self.open_by(parse_merged)
    }

    fn open_by(&self, parse: fn(&str) -> Result<Lock, LockError>) -> Result<Opened, Ending> {
        let Some(text) = read(&self.path, &self.name)? else {
            let lock = Lock::new(self.package.as_str());
            return Ok(Opened { state: State { lock, files: BTreeMap::new() }, text: None });
        };
        let lock = parse(&text).map_err(|error| self.unreadable(&error, &text))?;
        if let Some(finding) = self.without_digest(&lock, &text) {
            return Err(finding.into());
        }
        let mut files = BTreeMap::new();
        for file in stored_files(&lock) {
            if let Some(contents) = read(&self.directory().join(&file), &self.name_of(&file))? {
                files.insert(file, contents);
            }
        }
        Ok(Opened { state: State { lock, files }, text: Some(text) })
    }
}

/// The damage of a stored file, in words: "is missing".
pub(crate) const fn damage(file: &DamagedFile) -> &'static str {
    if file.is_there { "is not what was recorded" } else { "is missing" }
}
