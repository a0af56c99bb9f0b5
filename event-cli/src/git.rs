//! Runs `git` in the repository of a directory, and reports its errors in its own words.

use crate::console::Ending;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The variables that point git to a different repository than the one of a directory;
/// `git rev-parse --local-env-vars` lists them. Git sets some of them for its hooks. The variables
/// that hold configuration stay, as git itself keeps them when it enters a submodule: they may set
/// `safe.directory`.
const LOCAL_VARIABLES: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// The variables that change how git reads a path. Git refuses them together with the one that is
/// set here.
const PATH_VARIABLES: &[&str] =
    &["GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_NOGLOB_PATHSPECS"];

/// The other way to give a baseline.
pub(crate) const WITHOUT_GIT: &str =
    "`check --baseline-dir DIR` compares with the lock in a directory";

/// The `git` of this machine, run in one directory.
#[derive(Clone, Debug)]
pub(crate) struct Git {
    directory: PathBuf,
}

/// Why git failed.
#[derive(Debug)]
pub(crate) enum GitError {
    /// The program could not be started.
    NotStarted(io::Error),
    /// Git failed; the text has the command line and git's output.
    Failed(String),
}

impl Git {
    pub(crate) fn new(directory: &Path) -> Self {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        Self { directory: directory.to_owned() }
    }

    /// The directory, for messages.
    pub(crate) fn directory(&self) -> std::path::Display<'_> {
        self.directory.display()
    }

    /// A command that runs git in the repository of the directory, whatever the environment says.
    /// Git reads every path literally.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new("git");
        for name in LOCAL_VARIABLES.iter().chain(PATH_VARIABLES) {
            command.env_remove(name);
        }
        command.env("GIT_LITERAL_PATHSPECS", "1").arg("-C").arg(&self.directory);
        command
    }

    /// Runs git and returns its output.
    pub(crate) fn output<A: AsRef<OsStr>>(&self, args: &[A]) -> Result<Vec<u8>, GitError> {
        let ran = self
            .command()
            .args(args)
            .stdin(Stdio::null())
            .output()
            .map_err(GitError::NotStarted)?;
        if ran.status.success() {
            return Ok(ran.stdout);
        }
        let line: Vec<_> = args.iter().map(|arg| arg.as_ref().to_string_lossy()).collect();
        Err(GitError::failed(&line.join(" "), &ran))
    }

    /// Runs git and returns its output as one line of text.
    pub(crate) fn line(&self, args: &[&str]) -> Result<String, GitError> {
        let written = self.output(args)?;
        Ok(String::from_utf8_lossy(&written).trim().to_owned())
    }
}

impl GitError {
    /// The error of a run that failed; `line` is the command line without the program.
    pub(crate) fn failed(line: &str, ran: &Output) -> Self {
        let words = words(&ran.stderr);
        let words = if words.is_empty() { ran.status.to_string() } else { words };
        Self::Failed(format!("`git {line}`: {words}"))
    }

    /// How the command's run ends. `doing` names the purpose of the git run: "cannot read .."
    pub(crate) fn ending(self, doing: &str, help: &str) -> Ending {
        match self {
            Self::NotStarted(error) => Ending::could_not_run(
                format!("{doing}: cannot run `git`: {error}"),
                format!("install git and put it on the PATH; {WITHOUT_GIT}"),
            ),
            Self::Failed(words) => {
                Ending::could_not_run(format!("{doing}: {words}"), help.to_owned())
            }
        }
    }
}

/// The standard error of a program, on one line.
pub(crate) fn words(written: &[u8]) -> String {
    let text = String::from_utf8_lossy(written);
    let mut words = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !words.is_empty() {
            words += if words.ends_with([':', '.']) { " " } else { "; " };
        }
        words += line;
    }
    words
}

/// A value of git's configuration, such as `user.name`.
pub(crate) fn configured(directory: &Path, name: &str) -> Option<String> {
    let value = Git::new(directory).line(&["config", "--get", name]).ok()?;
    Some(value).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{LOCAL_VARIABLES, words};
    use std::process::Command;

    #[test]
    fn every_variable_that_leads_git_elsewhere_is_known() {
        let listed =
            Command::new("git").args(["rev-parse", "--local-env-vars"]).output().unwrap().stdout;
        for name in String::from_utf8(listed).unwrap().lines() {
            let is_configuration = name == "GIT_CONFIG_PARAMETERS" || name == "GIT_CONFIG_COUNT";
            assert!(is_configuration || LOCAL_VARIABLES.contains(&name), "{name}");
        }
    }

    #[test]
    fn what_git_writes_is_one_line() {
        let written = b"fatal: dubious\nTo add it, call:\n\n\tgit config --add x y\n";
        assert_eq!(words(written), "fatal: dubious; To add it, call: git config --add x y");
    }
}
