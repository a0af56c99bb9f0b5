//! Where the lock is, and how messages and command lines name it.

use super::package;
use super::text::read;
use crate::console::Ending;
use crate::environment::Env;
use crate::finding::{Finding, Place};
use crate::{disk, shell};
use event_core::Catalog;
use event_grammar::lock::{FILE, catalog_path, lock_path};
use event_schema::lock::DIRECTORY;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the lock is, and what it is called.
#[derive(Clone, Debug)]
pub(crate) struct LockFile {
    /// The file; it may not be there yet.
    pub(crate) path: PathBuf,
    /// As messages name it.
    pub(crate) name: PathBuf,
    /// The manifest of the catalog's package, where it is known.
    pub(crate) manifest: Option<PathBuf>,
    /// Whether the manifest says where the lock is.
    pub(crate) is_declared: bool,
    /// The package whose command this is.
    pub(crate) package: String,
    /// The package whose catalog this is.
    pub(crate) catalog: String,
}

impl LockFile {
    /// Finds the lock as the macro does: at the path in the `Cargo.toml` of the catalog's package,
    /// else beside that file. Cargo names the package that it runs, and that package's
    /// `catalog = ".."` leads to the catalog's package. Without either, the package is searched by
    /// its name. The program has no path in it: it would be a path on the machine that built it.
    ///
    /// # Errors
    ///
    /// If the package is not found, or the command's manifest declares a lock. A lock whose place
    /// is not known is an error, not a missing lock.
    pub(crate) fn find(catalog: &Catalog, asked: Option<&Path>, env: &Env) -> Result<Self, Ending> {
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
        if let Some(to) = declared(&manifest, env, catalog_path)? {
            return Self::of_command(&manifest, &to, package, catalog, env);
        }
        let declared = declared(&manifest, env, lock_path)?;
        if package == catalog.package {
            return Ok(Self::beside(manifest, declared.as_deref(), package, catalog, env));
        }
        let wanted = catalog.package;
        if let Some(lock) = declared {
            return Err(declared_twice(&lock, &package, wanted, &env.shown(&manifest)));
        }
        let from = [directory.as_path(), &env.directory];
        match from.into_iter().find_map(|from| package::find(wanted, from)) {
            Some(manifest) => Self::of_package(manifest, catalog, env),
            None => Err(Ending::could_not_run(
                format!(
                    "this command is of the package `{package}`, and the catalog is of `{wanted}`"
                ),
                format!(
                    "say where the package `{wanted}` is, in Cargo.toml of `{package}`: \
                     `[package.metadata.events]` and `catalog = \"../{wanted}\"`; or name the \
                     lock: `--lock PATH`"
                ),
            )),
        }
    }

    /// Finds the lock through the manifest of the command's package, which names the catalog's
    /// package.
    fn of_command(
        command: &Path,
        to: &str,
        package: String,
        catalog: &Catalog,
        env: &Env,
    ) -> Result<Self, Ending> {
        let wanted = catalog.package;
        let manifest = package::without_parents(&command.with_file_name(to).join("Cargo.toml"));
        let wrong = |what: String| {
            Finding::failure(format!("`catalog = \"{to}\"` is wrong: {what}"))
                .help(format!("write the path to the directory of the package `{wanted}`"))
                .at(Place::file(&env.shown(command)))
        };
        let text = fs::read_to_string(&manifest).map_err(|error| {
            wrong(format!("cannot read {}: {error}", env.shown(&manifest).display()))
        })?;
        match package::name_in_manifest(&text) {
            Some(name) if name == wanted => {}
            name => {
                let name = name.map_or("none".to_owned(), |name| format!("`{name}`"));
                return Err(wrong(format!(
                    "the package there is {name}, and the catalog is of `{wanted}`"
                ))
                .into());
            }
        }
        let declared = declared(&manifest, env, lock_path)?;
        Ok(Self::beside(manifest, declared.as_deref(), package, catalog, env))
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
            "run it with cargo: `cargo event ..`, or in the directory of the package; or name the \
             lock: `--lock PATH`"
                .to_owned(),
        ))
    }

    /// The lock of a package that was found by its name. Which package's command writes it, only
    /// the lock itself knows.
    fn of_package(manifest: PathBuf, catalog: &Catalog, env: &Env) -> Result<Self, Ending> {
        let declared = declared(&manifest, env, lock_path)?;
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
        let (name, catalog) = (env.shown(&path), catalog.package.to_owned());
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
    pub(crate) fn command(&self) -> String {
        format!("cargo run -p {} --", shell::quoted(&self.package))
    }

    /// The command line that does `rest` to this lock, ready to paste.
    pub(crate) fn command_line(&self, rest: &str) -> String {
        format!("{} {rest}{}", self.command(), self.place())
    }

    /// The end of a command line that names this lock, where the one that runs does.
    pub(crate) fn place(&self) -> String {
        let is_asked_for = self.manifest.is_none() && self.is_declared;
        if is_asked_for { format!(" --lock {}", shell::path(&self.name)) } else { String::new() }
    }

    /// The directory beside it. Of a symbolic link, the one beside the file that it leads to: lock
    /// and files are one, by whatever name.
    pub(crate) fn directory(&self) -> PathBuf {
        disk::target(&self.path).unwrap_or_else(|_| self.path.clone()).with_file_name(DIRECTORY)
    }

    /// As messages name a stored file.
    pub(crate) fn name_of(&self, file: &str) -> PathBuf {
        match disk::target(&self.path) {
            Ok(target) if target != self.path => target.with_file_name(DIRECTORY).join(file),
            _ => self.name.with_file_name(DIRECTORY).join(file),
        }
    }

    /// The packages that the lock may name: its command's, its catalog's, and the one that it names
    /// now.
    pub(crate) fn packages(&self) -> BTreeSet<String> {
        let text = read(&self.path, &self.name).ok().flatten();
        let named = text.as_deref().and_then(package::package_of_lock).map(str::to_owned);
        [self.package.clone(), self.catalog.clone()].into_iter().chain(named).collect()
    }
}

/// The compiler reads the lock that the catalog's manifest declares. A second declaration could
/// only be another one.
fn declared_twice(lock: &str, package: &str, catalog: &str, manifest: &Path) -> Ending {
    let what = format!(
        "this command is of the package `{package}`, which declares the lock `{lock}`, and the \
         catalog is of `{catalog}`"
    );
    let help = format!(
        "say where the catalog's package is, instead of `lock`: `catalog = \"../{catalog}\"`; the \
         lock is declared in Cargo.toml of `{catalog}`"
    );
    Finding::failure(what).help(help).at(Place::file(manifest)).into()
}

/// What a manifest says, as it is read by `key`.
fn declared(
    manifest: &Path,
    env: &Env,
    key: fn(&str) -> Result<Option<String>, &'static str>,
) -> Result<Option<String>, Ending> {
    let text =
        fs::read_to_string(manifest).map_err(|error| Ending::cannot("read", manifest, &error))?;
    key(&text).map_err(|finding| {
        let (what, help) = finding.split_once("\nhelp: ").unwrap_or((finding, ""));
        Finding::failure(what).help(help).at(Place::file(&env.shown(manifest))).into()
    })
}
