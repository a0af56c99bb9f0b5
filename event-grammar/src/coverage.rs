//! Where the coverage of a catalog by its tests is: recorders in tests write it there, and the
//! command reads it there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The environment variable that turns recording on, and names the directory.
pub const VARIABLE: &str = "EVENTS_COVERAGE";

/// The variables that say where cargo builds, the first that is set. Relative paths in them are
/// from where cargo was started.
pub const TARGET_VARIABLES: [&str; 2] = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"];

/// The variable by which cargo tells a test or a command where its package is.
pub const PACKAGE_VARIABLE: &str = "CARGO_MANIFEST_DIR";

/// What a process knows of where it runs.
#[derive(Clone, Copy)]
pub struct Surroundings<'s> {
    /// The directory in which it was started.
    pub directory: &'s Path,
    /// Its environment variables; [`VARIABLE`], [`TARGET_VARIABLES`] and [`PACKAGE_VARIABLE`] are
    /// asked for.
    pub variable: &'s dyn Fn(&str) -> Option<OsString>,
}

impl Surroundings<'_> {
    /// The directory that [`VARIABLE`] names; `None` where coverage is not recorded. A relative one
    /// is from the directory of the workspace, because cargo runs the tests of each package in a
    /// directory of their own.
    pub fn named(&self) -> Option<PathBuf> {
        self.set(VARIABLE).map(|directory| self.workspace().join(directory))
    }

    /// The directory that [`VARIABLE`] names, else `event-coverage` where cargo builds: in the
    /// directory that one of [`TARGET_VARIABLES`] names, else in `target` of the workspace.
    pub fn coverage(&self) -> PathBuf {
        self.named().unwrap_or_else(|| {
            let built = TARGET_VARIABLES.iter().find_map(|name| self.set(name));
            let built = built.map_or_else(
                || self.workspace().join("target"),
                |built| self.directory.join(built),
            );
            built.join("event-coverage")
        })
    }

    /// The directory with the `Cargo.lock` above the package, else above where the process was
    /// started.
    fn workspace(&self) -> PathBuf {
        let start =
            self.set(PACKAGE_VARIABLE).map_or_else(|| self.directory.to_owned(), PathBuf::from);
        let workspace = start.ancestors().find(|directory| directory.join("Cargo.lock").is_file());
        workspace.unwrap_or(&start).to_owned()
    }

    fn set(&self, name: &str) -> Option<OsString> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::Surroundings;
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    /// The directory of this project: its `Cargo.lock` is there.
    fn workspace() -> PathBuf {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        package
            .parent()
            .filter(|parent| parent.join("Cargo.lock").is_file())
            .unwrap_or(package)
            .to_owned()
    }

    fn coverage(directory: &Path, variables: &[(&str, &str)]) -> (Option<PathBuf>, PathBuf) {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        let here = Surroundings { directory, variable: &variable };
        (here.named(), here.coverage())
    }

    #[test]
    fn tests_and_command_mean_one_directory() {
        let root = workspace();
        let package = root.join("event-grammar");
        // A test runs in the directory of its package, the command where somebody types.
        for directory in [&package, &root] {
            let of = |variables: &[(&str, &str)]| {
                let package = [("CARGO_MANIFEST_DIR", package.to_str().unwrap_or_default())];
                coverage(directory, &[&package, variables].concat())
            };
            assert_eq!(of(&[]), (None, root.join("target/event-coverage")));
            assert_eq!(of(&[("EVENTS_COVERAGE", "")]).0, None);
            let relative = root.join("covered");
            assert_eq!(of(&[("EVENTS_COVERAGE", "covered")]), (Some(relative.clone()), relative));
            let both = [("CARGO_TARGET_DIR", "/built"), ("EVENTS_COVERAGE", "/covered")];
            assert_eq!(of(&both), (Some("/covered".into()), "/covered".into()));
            assert_eq!(of(&both[..1]).1, Path::new("/built/event-coverage"));
            assert_eq!(
                of(&[("CARGO_BUILD_TARGET_DIR", "/built")]).1,
                Path::new("/built/event-coverage")
            );
        }
        let installed = coverage(&root, &[]).1;
        assert_eq!(
            installed,
            root.join("target/event-coverage"),
            "without cargo, it is the workspace of the directory"
        );
        let nowhere = Path::new("/nowhere");
        assert_eq!(coverage(nowhere, &[]).1, Path::new("/nowhere/target/event-coverage"));
    }
}
