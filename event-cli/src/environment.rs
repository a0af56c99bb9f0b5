//! The environment of a run.

use event_core::{Catalog, Secret, Timestamp};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The environment of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// The directory that relative paths start from; if empty, the process's own.
    pub directory: PathBuf,
    /// The environment variables that a run reads, by name: `GITHUB_ACTIONS` chooses the format of
    /// findings; `NO_COLOR`; if `CI` is set, no committed file is written; `CARGO_MANIFEST_DIR` and
    /// `CARGO_PKG_NAME` name the package that cargo runs, and so the place of the lock;
    /// `SOURCE_DATE_EPOCH` sets the day; `USER` is the person who accepts a break if git has no
    /// name; `EVENTS_COVERAGE`, `CARGO_TARGET_DIR` and `CARGO_BUILD_TARGET_DIR` are where coverage
    /// is found.
    pub variables: BTreeMap<String, String>,
    /// Whether standard error is a terminal. Colours and progress are written only to a terminal.
    pub terminal: bool,
    /// Whether standard output is a terminal. `query` colours its tables only there.
    pub output_terminal: bool,
    /// The current time, for tests. If it is missing, the system's clock is asked.
    pub now: Option<Timestamp>,
    /// The credentials for a schema registry, `NAME:PASSWORD`, from the variable
    /// `EVENTS_REGISTRY_USER_INFO`. The command line overrides them.
    pub registry_user: Option<Secret<String>>,
    /// The database of `query`, from the variable `EVENTS_DATABASE_URL`. The command line overrides
    /// it.
    pub database: Option<Secret<String>>,
}

/// The environment variables that a run reads. Others may hold secrets and are not read.
const VARIABLES: &[&str] = &[
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_MANIFEST_DIR",
    "CARGO_PKG_NAME",
    "CARGO_TARGET_DIR",
    "CI",
    "EVENTS_COVERAGE",
    "GITHUB_ACTIONS",
    "NO_COLOR",
    "SOURCE_DATE_EPOCH",
    "USER",
];

impl Env {
    /// The environment of this process.
    pub fn of_process() -> Self {
        let set = |name: &&str| Some(((*name).to_owned(), std::env::var(name).ok()?));
        let secret = |name: &str| {
            std::env::var(name).ok().filter(|value| !value.is_empty()).map(Secret::new)
        };
        Self {
            directory: PathBuf::new(),
            variables: VARIABLES.iter().filter_map(set).collect(),
            terminal: std::io::stderr().is_terminal(),
            output_terminal: std::io::stdout().is_terminal(),
            now: None,
            registry_user: secret("EVENTS_REGISTRY_USER_INFO"),
            database: secret("EVENTS_DATABASE_URL"),
        }
    }

    /// The current time.
    pub(crate) fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }

    /// Whether colours are wanted on a terminal.
    pub(crate) fn wants_colours(&self) -> bool {
        self.variable("NO_COLOR").is_none_or(str::is_empty)
    }

    /// The package of this command: the one that cargo runs, else the catalog's.
    pub(crate) fn package<'e>(&'e self, catalog: &'e Catalog) -> &'e str {
        self.variable("CARGO_PKG_NAME").unwrap_or(catalog.package)
    }

    /// Whether the run is in continuous integration, where no committed file is written.
    pub(crate) fn is_ci(&self) -> bool {
        self.variable("CI").is_some_and(|value| !matches!(value, "" | "false" | "0"))
    }

    /// The path relative to the directory of the run, for messages.
    pub(crate) fn shown(&self, path: &Path) -> PathBuf {
        let directory = if self.directory.as_os_str().is_empty() {
            std::env::current_dir().unwrap_or_default()
        } else {
            self.directory.clone()
        };
        path.strip_prefix(directory).unwrap_or(path).to_owned()
    }

    /// The value of an environment variable, if it is set.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }
}
