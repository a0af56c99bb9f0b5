//! Repositories of several packages, and what a check against a revision finds there.

use crate::catalogs::*;
use crate::fixture::{Ran, Temp, run_with};
use crate::git::try_git;
use event_cli::Env;
use event_core::Catalog;
use std::fs;
use std::path::{Path, PathBuf};

/// A repository with packages in it.
pub struct Repository {
    pub directory: Temp,
}

impl Repository {
    pub fn new(name: &str) -> Self {
        let repository = Self { directory: Temp::new(&format!("baselines-{name}")) };
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    pub fn git(&self, args: &[&str]) -> String {
        let ran = try_git(self.directory.path(), args);
        assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    pub fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "changed"]);
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Makes a package in a directory, with whatever its manifest says beside the name.
    pub fn package(&self, directory: impl AsRef<Path>, name: &str, more: &str) {
        let directory = self.path(directory);
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("Cargo.toml"), format!("[package]\nname = \"{name}\"\n{more}"))
            .unwrap();
    }

    /// Runs the command as cargo runs that of a package.
    pub fn run(
        &self,
        directory: impl AsRef<Path>,
        name: &str,
        catalog: &'static Catalog,
        args: &[&str],
    ) -> Ran {
        let manifest = self.path(directory);
        let variables = [("CARGO_MANIFEST_DIR", manifest.to_str()), ("CARGO_PKG_NAME", Some(name))];
        let variables = variables
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        let date = ("SOURCE_DATE_EPOCH".to_owned(), "1795219200".to_owned());
        let variables = variables.chain([date]).collect();
        run_with(&Env { directory: manifest.clone(), variables, ..Env::default() }, catalog, args)
    }

    pub fn lock(&self, directory: impl AsRef<Path>, name: &str, catalog: &'static Catalog) {
        let ran = self.run(directory, name, catalog, &["lock"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }

    /// Moves a package, and begins its lock anew in the same change.
    pub fn moved(&self, from: impl AsRef<Path>, to: impl AsRef<Path>) {
        fs::create_dir_all(self.path(&to).parent().unwrap()).unwrap();
        fs::rename(self.path(&from), self.path(&to)).unwrap();
        self.forget(&to);
    }

    pub fn forget(&self, directory: impl AsRef<Path>) {
        fs::remove_file(self.path(&directory).join("events.lock")).unwrap();
        fs::remove_dir_all(self.path(&directory).join("events.lock.d")).unwrap();
    }
}

/// A repository in which `shop/` has a lock, committed to `main`.
pub fn repository(name: &str) -> Repository {
    let repository = Repository::new(name);
    repository.package("shop", "shop", "");
    repository.lock("shop", "shop", payment(FIRST));
    repository.commit();
    repository
}

pub const CHECK: &[&str] = &["check", "--baseline-rev", "main"];

pub fn finds_the_break(ran: &Ran) {
    assert!(
        ran.code == 100 && ran.err.contains("EV0230") && ran.err.contains("EV0208"),
        "{}{}",
        ran.out,
        ran.err
    );
}

/// It has no lock to compare with, and says so by a finding.
pub fn finds_no_lock(ran: &Ran, says: &[&str]) {
    assert!(
        ran.code == 100 && ran.err.contains("error[EV0234]: the baseline"),
        "{}{}",
        ran.out,
        ran.err
    );
    for words in says {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
}
