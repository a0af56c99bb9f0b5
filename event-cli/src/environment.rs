//! What a run takes from its surroundings.

use event_core::{Catalog, Secret};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What a run takes from its surroundings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// The directory that relative paths start from; the process's own when it is empty.
    pub directory: PathBuf,
    /// The environment variables that are looked at, by name: `GITHUB_ACTIONS`, which chooses the
    /// format of findings; `NO_COLOR`; `CI`, in which nothing that is committed is written;
    /// `CARGO_MANIFEST_DIR` and `CARGO_PKG_NAME`, by which cargo says which package it runs, so
    /// where the lock is; `SOURCE_DATE_EPOCH`, which says what day it is; `USER`, who accepts a
    /// break where git knows no name; `EVENTS_COVERAGE`, `CARGO_TARGET_DIR` and
    /// `CARGO_BUILD_TARGET_DIR`, by which coverage is found.
    pub variables: BTreeMap<String, String>,
    /// Whether standard error is a terminal: only there are colours written, and what is
    /// overwritten later.
    pub terminal: bool,
    /// The credentials for a schema registry, `NAME:PASSWORD`, unless the command line has them:
    /// the variable `EVENTS_REGISTRY_USER_INFO`.
    pub registry_user: Option<Secret<String>>,
}

/// The environment variables that a run looks at; others may hold secrets.
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
    /// That of this process.
    pub fn of_process() -> Self {
        let set = |name: &&str| Some(((*name).to_owned(), std::env::var(name).ok()?));
        Self {
            directory: PathBuf::new(),
            variables: VARIABLES.iter().filter_map(set).collect(),
            terminal: std::io::stderr().is_terminal(),
            registry_user: std::env::var("EVENTS_REGISTRY_USER_INFO")
                .ok()
                .filter(|user| !user.is_empty())
                .map(Secret::new),
        }
    }

    /// The package whose command this is: the one that cargo runs, else the catalog's.
    pub(crate) fn package<'e>(&'e self, catalog: &'e Catalog) -> &'e str {
        self.variable("CARGO_PKG_NAME").unwrap_or(catalog.package)
    }

    /// Whether this is a run of continuous integration, where nothing that is committed is written.
    pub(crate) fn is_ci(&self) -> bool {
        self.variable("CI").is_some_and(|value| !matches!(value, "" | "false" | "0"))
    }

    /// A path as a person in the directory of the run would write it.
    pub(crate) fn shown(&self, path: &Path) -> PathBuf {
        let directory = if self.directory.as_os_str().is_empty() {
            std::env::current_dir().unwrap_or_default()
        } else {
            self.directory.clone()
        };
        path.strip_prefix(directory).unwrap_or(path).to_owned()
    }

    /// An environment variable, where it is set.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }
}
