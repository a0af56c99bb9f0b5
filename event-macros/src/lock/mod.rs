//! The lock of the crate that is compiled: its place, its contents, and the files that rustc must
//! watch so that cargo recompiles when the lock changes.
//!
//! The lock is `events.lock` beside the crate's `Cargo.toml`, or the path in
//! `[package.metadata.events] lock = "../shop/events.lock"`. The manifest is watched too. If the
//! manifest declares the lock, cargo notices when the lock is added, changed or removed. Else cargo
//! notices only changes and removal, and the command that writes the first lock touches the
//! manifest.

use event_grammar::lock::{FILE, Lock, Revision, Stage, TypesOf, Version, lock_path};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

mod uses;

pub(crate) use uses::{TypeUse, Uses, members_of};

/// A lock, and the index of its types.
struct Read {
    lock: Lock,
    uses: Uses,
}

/// The result of reading the lock.
#[derive(Clone, Default)]
pub(crate) struct Contract {
    read: Option<Arc<Read>>,
    /// The error, if the lock cannot be read.
    pub(crate) error: Option<String>,
    path: Option<PathBuf>,
    /// Files to watch, relative to the directory of the manifest.
    pub(crate) watched: Vec<String>,
    /// Whether the environment variable is watched.
    pub(crate) has_switch: bool,
}

/// The environment variable that turns the lock check off, so that the command that repairs the
/// lock can be built.
pub(crate) const SWITCH: &str = "EVENTS_LOCK";

/// The state of a file when it was read: rust-analyzer keeps the macro loaded while files change.
type Stamp = (SystemTime, u64);

type Known = Result<Arc<Read>, String>;

static READ: Mutex<Option<HashMap<PathBuf, (Stamp, Known)>>> = Mutex::new(None);

impl Contract {
    /// The contract of the crate that is compiled.
    pub(crate) fn of_crate() -> Self {
        // Outside of rustc, in the macro's own tests, there is no crate with a lock.
        if !proc_macro::is_available() {
            return Self::default();
        }
        let Some(directory) = std::env::var_os("CARGO_MANIFEST_DIR") else {
            return Self::default();
        };
        // Declarations in a package's integration tests, benches and documentation are not part of
        // its contract.
        let is_set = |variable| std::env::var_os(variable).is_some();
        if is_set("CARGO_TARGET_TMPDIR") || is_set("UNSTABLE_RUSTDOC_TEST_PATH") {
            return Self::default();
        }
        let switch = std::env::var(SWITCH).unwrap_or_default();
        Self::of_directory(Path::new(&directory), &switch)
    }

    fn of_directory(directory: &Path, switch: &str) -> Self {
        let mut contract = Self::default();
        let declared = match fs::read_to_string(directory.join("Cargo.toml")) {
            Ok(text) => {
                contract.watched.push("Cargo.toml".to_owned());
                lock_path(&text)
            }
            Err(_) => Ok(None),
        };
        let name = match &declared {
            Ok(Some(path)) => path.as_str(),
            Ok(None) => FILE,
            Err(problem) => {
                contract.error = Some((*problem).to_owned());
                return contract;
            }
        };
        let path = directory.join(name);
        let Ok(stamp) = fs::metadata(&path).and_then(|found| Ok((found.modified()?, found.len())))
        else {
            let declared = declared.ok().flatten().filter(|_| !is_fetched(directory));
            contract.has_switch = declared.is_some();
            contract.error = declared.filter(|_| switch != "off").map(|name| missing(&name));
            return contract;
        };
        contract.watched.push(name.to_owned());
        contract.path = Some(path.clone());
        contract.has_switch = true;
        match switch {
            "off" => return contract,
            "" => {}
            other => {
                contract.error = Some(format!(
                    "`{SWITCH}` is `{other}`\nhelp: it is `off`, to build without the lock, or not set"
                ));
                return contract;
            }
        }
        match read(&path, name, stamp) {
            Ok(read) => contract.read = Some(read),
            Err(problem) => contract.error = Some(problem),
        }
        contract
    }

    /// The same files to watch, without a lock to compare with.
    pub(crate) fn unread(&self) -> Self {
        Self { read: None, ..self.clone() }
    }

    /// A contract with the given lock.
    #[cfg(test)]
    pub(crate) fn of_text(text: &str) -> Self {
        Self {
            read: Some(Arc::new(Read::of(Lock::parse(text).unwrap(), "shop"))),
            ..Self::default()
        }
    }

    /// The locked version of an event; `None` if it is not locked or is retired.
    pub(crate) fn locked(&self, event: &str, version: u32) -> Option<&Version> {
        let known = self.lock()?.get(event, version)?;
        (known.stage != Stage::Retired).then_some(known)
    }

    /// Every locked version of an event.
    pub(crate) fn of<'c>(&'c self, event: &'c str) -> impl Iterator<Item = (u32, &'c Version)> {
        self.lock().into_iter().flat_map(move |lock| lock.of(event))
    }

    /// Every locked version, sorted, without the retired ones.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, u32)> {
        let versions = self.lock().into_iter().flat_map(|lock| &lock.versions);
        versions
            .filter(|(_, version)| version.stage != Stage::Retired)
            .map(|(key, _)| (key.event.as_str(), key.version))
    }

    /// The types that a revision reaches.
    pub(crate) fn types_of(&self, revision: &Revision) -> TypesOf<'_> {
        self.lock().map(|lock| TypesOf::of(lock, revision)).unwrap_or_default()
    }

    /// The index of the lock's types.
    pub(crate) fn uses(&self) -> Option<&Uses> {
        self.read.as_deref().map(|read| &read.uses)
    }

    /// Whether there is a lock to compare declarations with.
    pub(crate) fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// The identifier of the lock in constants.
    pub(crate) fn id(&self) -> u64 {
        self.lock().map_or(0, |lock| event_grammar::hash(&lock.package))
    }

    /// The command line that runs the catalog's command.
    pub(crate) fn command(&self) -> String {
        command(self.lock().map_or("", |lock| &lock.package))
    }

    /// The path of the lock.
    pub(crate) fn path(&self) -> Option<&str> {
        self.path.as_deref()?.to_str()
    }

    fn lock(&self) -> Option<&Lock> {
        self.read.as_deref().map(|read| &read.lock)
    }
}

impl Read {
    fn of(lock: Lock, krate: &str) -> Self {
        let uses = Uses::of(&lock, krate);
        Self { lock, uses }
    }
}

/// The command as messages write it: that of the package which the lock names. Where no lock names
/// one, cargo finds it.
fn command(package: &str) -> String {
    if package.is_empty() { "cargo event".to_owned() } else { format!("cargo run -p {package} --") }
}

/// Whether cargo fetched the package: from a registry, by git, or into a directory of vendored
/// packages. Users of such a package cannot restore a lock that was not packaged with it, and the
/// authors' build already checked the package against their lock. So a missing lock is not an error
/// there.
fn is_fetched(directory: &Path) -> bool {
    // The first line of each manifest that cargo packages. A `Cargo.toml.orig` beside it proves
    // nothing: merge tools leave such a file too.
    const PACKAGED: &str = "# THIS FILE IS AUTOMATICALLY GENERATED BY CARGO";
    let is_packaged = || {
        fs::read_to_string(directory.join("Cargo.toml"))
            .is_ok_and(|text| text.starts_with(PACKAGED))
    };
    // A git checkout has its marker at its root, which may be above the package.
    let is_checkout = || directory.ancestors().any(|above| above.join(".cargo-ok").is_file());
    directory.join(".cargo-checksum.json").is_file() || is_packaged() || is_checkout()
}

fn missing(name: &str) -> String {
    let command = command("");
    format!(
        "`{name}`, which Cargo.toml declares to be the lock, is missing\nhelp: restore it from version control, or begin a new one: `{SWITCH}=off {command} lock`"
    )
}

fn read(path: &Path, name: &str, stamp: Stamp) -> Known {
    let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    if let Some((read_at, lock)) = known.get(path)
        && *read_at == stamp
    {
        return lock.clone();
    }
    let lock = match fs::read(path).map(String::from_utf8) {
        Err(error) => Err(format!("cannot read `{name}`: {error}")),
        Ok(Err(_)) => Err(format!("`{name}` is not text\nhelp: restore it from version control")),
        Ok(Ok(text)) => {
            Lock::parse(&text).map(|lock| Arc::new(Read::of(lock, &krate()))).map_err(|error| {
                let command = command(package_of(&text).unwrap_or_default());
                format!("{name}:{}: {error}\nhelp: {}", error.line, error.help(&command))
            })
        }
    };
    known.insert(path.to_owned(), (stamp, lock.clone()));
    lock
}

/// The name of the crate that is compiled, with which the paths of its types begin.
fn krate() -> String {
    std::env::var("CARGO_CRATE_NAME").unwrap_or_default()
}

/// The package whose command writes the lock, from a lock that cannot be read as a whole. The
/// command may be in another package than the catalog.
fn package_of(text: &str) -> Option<&str> {
    let package = text.lines().find_map(|line| line.trim().strip_prefix("\"package\": \""))?;
    package.trim_end_matches(',').strip_suffix('"')
}
