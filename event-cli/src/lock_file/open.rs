//! Reading the lock and the files beside it.

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
    /// What it says; an empty lock where there is no file.
    pub(crate) state: State,
    /// Its text, where there is a file.
    pub(crate) text: Option<String>,
}

impl LockFile {
    /// That there is no lock, which is right only before the first one is written. `so` is what
    /// follows: "nothing was compared".
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
                    "name a lock that is there: `--lock PATH`; without `--lock`, it is found by \
                     cargo",
                ),
            (Some(_), false) => Finding::error(
                "EV0235",
                format!("`{}` has no lock, so {so}: there is no `{name}`", self.catalog),
            )
            .help(format!(
                "begin it with `{begin}` and commit what that writes; if events were locked \
                 before, restore it from version control, and see that no .gitignore names it"
            )),
        };
        finding.at(Place::file(&self.name))
    }

    /// Reads a lock that has to be there; `so` is what follows where there is none.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and where there is none.
    pub(crate) fn open_locked(&self, so: &str) -> Result<Opened, Ending> {
        let opened = self.open()?;
        if opened.text.is_some() { Ok(opened) } else { Err(self.absent(so).into()) }
    }

    /// Reads the lock and what is beside it.
    ///
    /// # Errors
    ///
    /// A lock that cannot be understood is a finding with a code; a file that cannot be read, one
    /// without.
    pub(crate) fn open(&self) -> Result<Opened, Ending> {
        self.open_by(Lock::parse)
    }

    /// The same, of a lock that is about to be mended.
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

/// What is wrong with a stored file: "is missing".
pub(crate) const fn damage(file: &DamagedFile) -> &'static str {
    if file.is_there { "is not what was recorded" } else { "is missing" }
}
