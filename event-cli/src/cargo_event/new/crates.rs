//! Where a workspace takes the crates of this project from.

use crate::failure::Failure;
use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The repository of this project: the `repository` key in the root Cargo.toml.
pub(crate) const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// The crates that a new workspace depends on. They depend on the other crates of the project.
const NAMED: &[&str] = &["event-core", "event-cli"];

/// Where the crates come from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Crates {
    /// The path of a checkout: absolute, or relative to the new workspace.
    Path(PathBuf),
    /// The URL of a repository.
    Git(String),
}

impl Crates {
    /// The crates of a checkout. A relative path stays relative, and starts at the new workspace,
    /// which is one directory below.
    ///
    /// # Errors
    ///
    /// If the directory is not a checkout of this project.
    pub(crate) fn by_path(directory: &Path) -> Result<Self, Failure> {
        for krate in NAMED {
            let manifest = directory.join(krate).join("Cargo.toml");
            let text = fs::read_to_string(&manifest);
            if !text.is_ok_and(|text| text.contains(&format!("name = \"{krate}\""))) {
                return Err(Failure::new(
                    format!(
                        "`{}` is not a checkout of the event catalog: {} is not the manifest of `{krate}`",
                        directory.display(),
                        manifest.display()
                    ),
                    format!(
                        "give the directory that has `{}`, or take the crates by git: `--git URL`",
                        NAMED.join("` and `")
                    ),
                ));
            }
        }
        if directory.to_str().is_none() {
            return Err(Failure::new(
                format!(
                    "Cargo.toml cannot have the path `{}`: it is not UTF-8",
                    directory.display()
                ),
                "move the checkout, or take the crates by git: `--git URL`",
            ));
        }
        let path = if directory.is_absolute() {
            directory.to_owned()
        } else {
            Path::new("..").join(directory)
        };
        Ok(Self::Path(path.components().filter(|part| *part != Component::CurDir).collect()))
    }

    /// The crates of the repository that the manifest of this project names.
    ///
    /// # Errors
    ///
    /// If that repository is not public yet.
    pub(crate) fn by_default() -> Result<Self, Failure> {
        if REPOSITORY.contains("://example.invalid/") {
            return Err(Failure::new(
                "the crates have no public repository yet",
                "say where they are: `--path DIR`, a checkout, or `--git URL`, a repository",
            ));
        }
        Self::by_git(REPOSITORY)
    }

    /// The crates of a repository.
    ///
    /// # Errors
    ///
    /// If the text cannot be a URL.
    pub(crate) fn by_git(url: &str) -> Result<Self, Failure> {
        if url.is_empty() || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Failure::new(
                format!("`{}` is not the URL of a repository", url.escape_debug()),
                "write it as git does: `--git https://git.example.com/event-catalog`",
            ));
        }
        Ok(Self::Git(url.to_owned()))
    }

    /// The dependency on a crate in Cargo.toml: `{ path = "../event-catalog/event-core" }`.
    pub(crate) fn dependency(&self, krate: &str) -> String {
        match self {
            // Cargo reads `/` on every system.
            Self::Path(path) => {
                let path = path.join(krate).display().to_string();
                let path = if cfg!(windows) { path.replace('\\', "/") } else { path };
                format!("{{ path = {} }}", quoted(&path))
            }
            Self::Git(url) => format!("{{ git = {} }}", quoted(url)),
        }
    }
}

impl fmt::Display for Crates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::Git(url) => f.write_str(url),
        }
    }
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::{Crates, REPOSITORY};
    use std::path::{Path, PathBuf};

    #[test]
    fn a_dependency_is_by_path_or_by_git() {
        let by_path = |path: &str| Crates::Path(PathBuf::from(path)).dependency("event-core");
        assert_eq!(by_path("/src/events"), "{ path = \"/src/events/event-core\" }");
        assert_eq!(by_path("../my \"own\""), "{ path = \"../my \\\"own\\\"/event-core\" }");
        let url = "https://git.example.com/event-catalog";
        let by_git = Crates::by_git(url).unwrap().dependency("event-cli");
        assert_eq!(by_git, format!("{{ git = \"{url}\" }}"));
        assert!(REPOSITORY.starts_with("https://"), "the manifest has it");
    }

    #[test]
    fn a_relative_path_starts_one_directory_below() {
        // Tests run in the directory of the package: the checkout is above it.
        assert_eq!(Crates::by_path(Path::new("./..")), Ok(Crates::Path("../..".into())));
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        assert_eq!(Crates::by_path(checkout), Ok(Crates::Path(checkout.to_owned())));
    }

    #[test]
    fn what_is_no_checkout_or_no_url_is_refused() {
        let refused = Crates::by_path(Path::new(".")).unwrap_err();
        assert_eq!(
            refused.what,
            "`.` is not a checkout of the event catalog: ./event-core/Cargo.toml is not the manifest of `event-core`"
        );
        for url in ["", "a b", "a\nb"] {
            assert!(Crates::by_git(url).is_err(), "{url:?}");
        }
    }
}
