//! Where the lock is, and reading it.

use super::merged::parse_merged;
use crate::Env;
use crate::console::Ending;
use crate::finding::{Finding, Place};
use crate::{disk, shell};
use event_core::Catalog;
use event_grammar::lock::{FILE, Lock, lock_path};
use event_schema::lock::{DIRECTORY, State, stored_files};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Where the lock is, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct LockFile {
    /// The file; it may not be there yet.
    pub(super) path: PathBuf,
    /// As messages name it.
    pub(super) name: PathBuf,
    /// The manifest of the catalog's package, where it is known.
    pub(super) manifest: Option<PathBuf>,
    /// Whether the manifest says where the lock is.
    pub(super) is_declared: bool,
    /// The package whose command this is.
    pub(super) package: String,
}

/// Why a lock is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// To compare with it, or to add to it.
    Whole,
    /// To repair it.
    Repair,
}

/// A lock that was read.
pub(super) struct Opened {
    /// What it says; nothing is published where there is no file.
    pub(super) state: State,
    /// Its text, where there is a file.
    pub(super) text: Option<String>,
}

impl LockFile {
    /// Finds the lock as the macro finds it: in the package's directory, or where its manifest says. Cargo tells the package that it runs; a path in the program
    /// itself would be that of whoever built it.
    pub(super) fn find(catalog: &Catalog, asked: Option<&Path>, env: &Env) -> Result<Self, Ending> {
        let package = env.variable("CARGO_PKG_NAME").unwrap_or(catalog.package).to_owned();
        if let Some(name) = asked {
            let path = env.directory.join(name);
            return Ok(Self { path, name: name.to_owned(), manifest: None, is_declared: true, package });
        }
        let Some(directory) = env.variable("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
            let (path, name) = (env.directory.join(FILE), PathBuf::from(FILE));
            return Ok(Self { path, name, manifest: None, is_declared: false, package });
        };
        let manifest = directory.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(|error| cannot("read", &manifest, &error))?;
        let declared = lock_path(&text).map_err(|problem| {
            let (what, help) = problem.split_once("\nhelp: ").unwrap_or((problem, ""));
            Ending::from(Finding::failure(what).help(help).at(Place::file(&shown(&manifest, env))))
        })?;
        if declared.is_none() && package != catalog.package {
            return Err(Ending::could_not_run(
                format!("this command is of the package `{package}`, and the catalog is of `{}`", catalog.package),
                format!(
                    "say where the lock is: `--lock PATH`, or in Cargo.toml of `{package}`: `[package.metadata.events]` and `lock = \"../..\"`"
                ),
            ));
        }
        let path = directory.join(declared.as_deref().unwrap_or(FILE));
        let name = shown(&path, env);
        Ok(Self { path, name, manifest: Some(manifest), is_declared: declared.is_some(), package })
    }

    /// What runs this command.
    pub(super) fn command(&self) -> String {
        format!("cargo run -p {} --", shell::quoted(&self.package))
    }

    /// The command line that does `rest` to this lock, ready to paste.
    pub(super) fn command_line(&self, rest: &str) -> String {
        format!("{} {rest}{}", self.command(), self.place())
    }

    /// The end of a command line that names this lock, where the one that runs does.
    pub(super) fn place(&self) -> String {
        let is_asked_for = self.manifest.is_none() && self.is_declared;
        if is_asked_for { format!(" --lock {}", shell::path(&self.name)) } else { String::new() }
    }

    /// The directory beside it. Of a symbolic link, the one beside the file that it leads to: lock and files are one, by whatever name.
    pub(super) fn directory(&self) -> PathBuf {
        disk::target(&self.path).unwrap_or_else(|_| self.path.clone()).with_file_name(DIRECTORY)
    }

    /// As messages name a stored file.
    pub(super) fn name_of(&self, file: &str) -> PathBuf {
        match disk::target(&self.path) {
            Ok(target) if target != self.path => target.with_file_name(DIRECTORY).join(file),
            _ => self.name.with_file_name(DIRECTORY).join(file),
        }
    }

    /// Reads the lock and what stands beside it.
    ///
    /// # Errors
    ///
    /// A lock that cannot be understood is told by a finding with a code; a file that cannot be read, by one without.
    pub(super) fn open(&self) -> Result<Opened, Ending> {
        self.open_as(Reading::Whole)
    }

    /// The same, of a lock that is about to be mended.
    pub(super) fn open_to_repair(&self) -> Result<Opened, Ending> {
        self.open_as(Reading::Repair)
    }

    fn open_as(&self, reading: Reading) -> Result<Opened, Ending> {
        let Some(text) = read(&self.path, &self.name)? else {
            let lock = Lock::new(self.package.as_str());
            return Ok(Opened { state: State { lock, files: BTreeMap::new() }, text: None });
        };
        let lock = match reading {
            Reading::Whole => Lock::parse(&text),
            Reading::Repair => parse_merged(&text),
        };
        let lock = lock.map_err(|error| Ending::from(self.unreadable(&error, &text)))?;
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

/// A file's text; none where there is none. What is no text was written by nobody of ours: it is read as far as it is text, and then fits no digest.
pub(super) fn read(path: &Path, name: &Path) -> Result<Option<String>, Ending> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => match disk::dangling(path) {
            Some(error) => Err(cannot("read", name, &error)),
            None => Ok(None),
        },
        Err(error) => Err(cannot("read", name, &error)),
    }
}

/// A path as somebody in the directory of the run would write it.
pub(crate) fn shown(path: &Path, env: &Env) -> PathBuf {
    let directory = if env.directory.as_os_str().is_empty() {
        std::env::current_dir().unwrap_or_default()
    } else {
        env.directory.clone()
    };
    path.strip_prefix(directory).unwrap_or(path).to_owned()
}

pub(super) fn cannot(verb: &str, path: &Path, error: &io::Error) -> Ending {
    Ending::could_not_run(format!("cannot {verb} `{}`: {error}", path.display()), None)
}
