//! Where the lock is, and reading it.

use super::merged::parse_merged;
use super::package;
use crate::Env;
use crate::console::Ending;
use crate::finding::{Finding, Place};
use crate::{disk, shell};
use event_core::Catalog;
use event_grammar::lock::{FILE, FORMAT, Lock, lock_path};
use event_schema::lock::{DIRECTORY, State, stored_files};
use std::collections::{BTreeMap, BTreeSet};
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
    /// The package whose catalog this is.
    pub(super) catalog: String,
}

/// Why a lock is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// To compare with it, or to add to it.
    Whole,
    /// To repair it.
    Repair,
    /// To convert it, whatever its format is.
    Upgrade,
}

/// A lock that was read.
pub(super) struct Opened {
    /// What it says; an empty lock where there is no file.
    pub(super) state: State,
    /// Its text, where there is a file.
    pub(super) text: Option<String>,
    /// The lock format of the file.
    pub(super) format: u32,
}

impl LockFile {
    /// Finds the lock as the macro finds it: in the package's directory, or where its manifest
    /// says. Cargo tells the package that it runs; a path in the program itself would be that of
    /// whoever built it. Where cargo tells nothing, or another package, the package is looked for
    /// by its name.
    ///
    /// # Errors
    ///
    /// When the package is not found. A lock that is in no known place is never taken for one that
    /// was not begun.
    pub(super) fn find(catalog: &Catalog, asked: Option<&Path>, env: &Env) -> Result<Self, Ending> {
        let package = env.package(catalog).to_owned();
        if let Some(name) = asked {
            let path = env.directory.join(name);
            let catalog = catalog.package.to_owned();
            return Ok(Self {
                path,
                name: name.to_owned(),
                manifest: None,
                is_declared: true,
                package,
                catalog,
            });
        }
        let Some(directory) = env.variable("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
            return Self::without_cargo(catalog, env);
        };
        let manifest = directory.join("Cargo.toml");
        let declared = declared(&manifest, env)?;
        if package == catalog.package {
            return Ok(Self::beside(manifest, declared.as_deref(), package, catalog, env));
        }
        let wanted = catalog.package;
        let from = [directory.as_path(), &env.directory];
        let found = from.into_iter().find_map(|from| package::find(wanted, from));
        if declared.is_some() {
            let file = Self::beside(manifest, declared.as_deref(), package, catalog, env);
            return match found
                .map(|manifest| Self::of_package(manifest, catalog, env))
                .transpose()?
            {
                Some(own) if own.path.exists() && !is_same(&own.path, &file.path) => {
                    Err(file.not_of_catalog(&own))
                }
                _ => Ok(file),
            };
        }
        match found {
            Some(manifest) => Self::of_package(manifest, catalog, env),
            None => Err(Ending::could_not_run(
                format!(
                    "this command is of the package `{package}`, and the catalog is of `{wanted}`"
                ),
                format!(
                    "say where the lock is: `--lock PATH`, or in Cargo.toml of `{package}`: `[package.metadata.events]` and `lock = \"../..\"`"
                ),
            )),
        }
    }

    /// Where no cargo runs the command: by the package's name, in the directory of the run, above
    /// it, and in its workspace.
    fn without_cargo(catalog: &Catalog, env: &Env) -> Result<Self, Ending> {
        let (wanted, from) = (catalog.package, env.directory.as_path());
        if let Some(manifest) = package::above(wanted, from) {
            return Self::of_package(manifest, catalog, env);
        }
        let (path, name) = (from.join(FILE), PathBuf::from(FILE));
        let here = read(&path, &name)?;
        let here = here.as_deref().map(|text| package::package_of_lock(text).unwrap_or_default());
        if here == Some(wanted) {
            let (package, catalog) = (wanted.to_owned(), wanted.to_owned());
            return Ok(Self { path, name, manifest: None, is_declared: true, package, catalog });
        }
        let why = match package::in_workspace(wanted, from) {
            Ok(manifest) => return Self::of_package(manifest, catalog, env),
            Err(why) => why,
        };
        let here = here
            .map(|package| format!("; `{FILE}` there is of the package `{package}`"))
            .unwrap_or_default();
        Err(Ending::could_not_run(
            format!(
                "cannot find the package `{wanted}`, and so not its lock: cargo does not run this \
                 command (`CARGO_MANIFEST_DIR` is not set), and neither `{}` nor a directory \
                 above it is the package{here}; {why}",
                package::absolute(from).display()
            ),
            format!(
                "run it with cargo: `cargo run -p {wanted} -- ..`, or in the directory of the \
                 package; or name the lock: `--lock PATH`"
            ),
        ))
    }

    /// Two locks, of which the compiler reads one and this command would read the other.
    fn not_of_catalog(&self, own: &Self) -> Ending {
        let (package, catalog) = (&self.package, &self.catalog);
        Ending::could_not_run(
            format!(
                "this command is of the package `{package}`, which declares the lock `{}`, and \
                 the catalog is of `{catalog}`, whose lock is `{}`",
                self.name.display(),
                own.name.display()
            ),
            format!(
                "declare one lock in both Cargo.toml files: `[package.metadata.events]` and `lock = \"..\"`; or say which one is meant: `--lock {}`",
                shell::path(&own.name)
            ),
        )
    }

    /// The lock of a package that was found by its name. Which package's command writes it, only
    /// the lock itself knows.
    fn of_package(manifest: PathBuf, catalog: &Catalog, env: &Env) -> Result<Self, Ending> {
        let declared = declared(&manifest, env)?;
        let mut file =
            Self::beside(manifest, declared.as_deref(), catalog.package.to_owned(), catalog, env);
        if let Some(text) = read(&file.path, &file.name)?
            && let Some(package) = package::package_of_lock(&text)
        {
            package.clone_into(&mut file.package);
        }
        Ok(file)
    }

    fn beside(
        manifest: PathBuf,
        declared: Option<&str>,
        package: String,
        catalog: &Catalog,
        env: &Env,
    ) -> Self {
        let path = manifest.with_file_name(declared.unwrap_or(FILE));
        let (name, catalog) = (shown(&path, env), catalog.package.to_owned());
        Self {
            path,
            name,
            manifest: Some(manifest),
            is_declared: declared.is_some(),
            package,
            catalog,
        }
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

    /// The directory beside it. Of a symbolic link, the one beside the file that it leads to: lock
    /// and files are one, by whatever name.
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

    /// The packages that the lock may name: its command's, its catalog's, and the one that it names
    /// now.
    pub(super) fn packages(&self) -> BTreeSet<String> {
        let text = read(&self.path, &self.name).ok().flatten();
        let named = text.as_deref().and_then(package::package_of_lock).map(str::to_owned);
        [self.package.clone(), self.catalog.clone()].into_iter().chain(named).collect()
    }

    /// That there is no lock, which is right only before the first one is written. `so` is what
    /// follows: "nothing was compared".
    pub(super) fn absent(&self, so: &str) -> Finding {
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
    pub(super) fn open_locked(&self, so: &str) -> Result<Opened, Ending> {
        let opened = self.open()?;
        if opened.text.is_some() { Ok(opened) } else { Err(self.absent(so).into()) }
    }

    /// Reads the lock and what stands beside it.
    ///
    /// # Errors
    ///
    /// A lock that cannot be understood is told by a finding with a code; a file that cannot be
    /// read, by one without.
    pub(super) fn open(&self) -> Result<Opened, Ending> {
        self.open_as(Reading::Whole)
    }

    /// The same, of a lock that is about to be mended.
    pub(super) fn open_to_repair(&self) -> Result<Opened, Ending> {
        self.open_as(Reading::Repair)
    }

    /// The same, of a lock that is about to be converted.
    pub(super) fn open_to_upgrade(&self) -> Result<Opened, Ending> {
        self.open_as(Reading::Upgrade)
    }

    fn open_as(&self, reading: Reading) -> Result<Opened, Ending> {
        let Some(text) = read(&self.path, &self.name)? else {
            let lock = Lock::new(self.package.as_str());
            return Ok(Opened {
                state: State { lock, files: BTreeMap::new() },
                text: None,
                format: FORMAT,
            });
        };
        let lock = match reading {
            Reading::Whole => Lock::parse(&text).map(|lock| (lock, FORMAT)),
            Reading::Repair => parse_merged(&text).map(|lock| (lock, FORMAT)),
            Reading::Upgrade => Lock::parse_any(&text),
        };
        let (lock, format) = lock.map_err(|error| Ending::from(self.unreadable(&error, &text)))?;
        if let Some(finding) = self.without_digest(&lock, &text) {
            return Err(finding.into());
        }
        let mut files = BTreeMap::new();
        for file in stored_files(&lock) {
            if let Some(contents) = read(&self.directory().join(&file), &self.name_of(&file))? {
                files.insert(file, contents);
            }
        }
        Ok(Opened { state: State { lock, files }, text: Some(text), format })
    }
}

/// Whether two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// Where a manifest says that the lock is.
fn declared(manifest: &Path, env: &Env) -> Result<Option<String>, Ending> {
    let text = fs::read_to_string(manifest).map_err(|error| cannot("read", manifest, &error))?;
    lock_path(&text).map_err(|finding| {
        let (what, help) = finding.split_once("\nhelp: ").unwrap_or((finding, ""));
        Finding::failure(what).help(help).at(Place::file(&shown(manifest, env))).into()
    })
}

/// A file's text; none where there is none. What is no text was written by nobody of ours: it is
/// read as far as it is text, and then fits no digest.
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
