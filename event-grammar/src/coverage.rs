//! The place of a catalog's test coverage: recorders in tests write files there, and the command
//! reads them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The environment variable that turns recording on and names the directory.
pub const VARIABLE: &str = "EVENTS_COVERAGE";

/// The variables that say where cargo builds; the first that is set is used. A relative path in
/// them is relative to the directory in which cargo was started.
pub const TARGET_VARIABLES: [&str; 2] = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"];

/// The variable in which cargo gives a test or a command the directory of its package.
pub const PACKAGE_VARIABLE: &str = "CARGO_MANIFEST_DIR";

/// The surroundings of a process.
#[derive(Clone, Copy)]
pub struct Surroundings<'s> {
    /// The directory in which the process was started.
    pub directory: &'s Path,
    /// Reads an environment variable: [`VARIABLE`], one of [`TARGET_VARIABLES`] or
    /// [`PACKAGE_VARIABLE`].
    pub variable: &'s dyn Fn(&str) -> Option<OsString>,
}

impl Surroundings<'_> {
    /// The directory that [`VARIABLE`] names; `None` if coverage is not recorded. A relative path
    /// is relative to the directory of the workspace, because cargo runs the tests of each package
    /// in the directory of that package.
    pub fn named(&self) -> Option<PathBuf> {
        self.set(VARIABLE).map(|directory| self.workspace().join(directory))
    }

    /// The directory that [`VARIABLE`] names. If the variable is not set: `event-coverage` in the
    /// build directory, which is the directory that one of [`TARGET_VARIABLES`] names, else
    /// `target` of the workspace.
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

    /// The closest directory with a `Cargo.lock`, upwards from the package; if there is none,
    /// upwards from the directory in which the process was started.
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

    /// The directory of this project, which has a `Cargo.lock`.
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
        // A test runs in the directory of its package; the command runs where the user types.
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
