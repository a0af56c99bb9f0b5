//! Files of a git revision, by the `git` that is there.

use crate::console::Ending;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A revision of the repository that a directory is in.
pub(super) struct Repository {
    directory: PathBuf,
    /// The commit, by its hash.
    commit: String,
}

impl Repository {
    /// Finds the commit that `revision` names.
    pub(super) fn at(directory: &Path, revision: &str) -> Result<Self, Ending> {
        let directory = if directory.as_os_str().is_empty() { PathBuf::from(".") } else { directory.to_owned() };
        let inside = git(&directory, &["rev-parse", "--git-dir"])?;
        if !inside.status.success() {
            let what = format!("`{}` is in no git repository", directory.display());
            return Err(Ending::could_not_run(
                what,
                "take a directory as the baseline: `--baseline-dir DIR`".to_owned(),
            ));
        }
        // A revision that begins with `-` would be an option.
        let is_plain = !revision.starts_with('-') && !revision.is_empty();
        let found =
            is_plain.then(|| git(&directory, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]));
        match found.transpose()?.filter(|output| output.status.success()) {
            Some(output) => Ok(Self { directory, commit: String::from_utf8_lossy(&output.stdout).trim().to_owned() }),
            None => Err(Ending::could_not_run(
                format!("git knows no revision `{}`", revision.escape_debug()),
                "in a pipeline, fetch it first: `git fetch --depth 1 origin main`, then `origin/main`".to_owned(),
            )),
        }
    }

    /// The texts of files below the directory; none for one that the commit has not. One process reads them all.
    pub(super) fn read(&self, paths: &[String]) -> Result<Vec<Option<String>>, Ending> {
        self.batch(paths).map_err(|error| cannot_run(&error))
    }

    fn batch(&self, paths: &[String]) -> io::Result<Vec<Option<String>>> {
        let mut child = Command::new("git")
            .arg("-C")
            .arg(&self.directory)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let closed = || io::Error::other("git closed a pipe");
        let (mut asked, answers) = (child.stdin.take().ok_or_else(closed)?, child.stdout.take().ok_or_else(closed)?);
        let mut answers = BufReader::new(answers);
        let mut texts = Vec::with_capacity(paths.len());
        for path in paths {
            // One question, one answer: neither pipe fills while nobody reads it.
            writeln!(asked, "{}:./{path}", self.commit)?;
            asked.flush()?;
            texts.push(answer(&mut answers)?);
        }
        drop(asked);
        child.wait()?;
        Ok(texts)
    }
}

/// `<hash> blob <size>`, the contents and a line break; or `<what was asked> missing`.
fn answer(answers: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut head = String::new();
    if answers.read_line(&mut head)? == 0 {
        return Err(io::Error::other("git ended before it answered"));
    }
    let mut words = head.trim_end().rsplit(' ');
    let (Some(size), Some(kind)) = (words.next().and_then(|size| size.parse::<usize>().ok()), words.next()) else {
        return Ok(None);
    };
    let mut contents = vec![0; size + 1];
    answers.read_exact(&mut contents)?;
    contents.pop();
    Ok((kind == "blob").then(|| String::from_utf8_lossy(&contents).into_owned()))
}

fn git(directory: &Path, args: &[&str]) -> Result<Output, Ending> {
    Command::new("git").arg("-C").arg(directory).args(args).output().map_err(|error| cannot_run(&error))
}

/// A line of git's configuration: `user.name`.
pub(super) fn configured(directory: &Path, name: &str) -> Option<String> {
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let output = git(directory, &["config", "--get", name]).ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned()).filter(|value| !value.is_empty())
}

fn cannot_run(error: &io::Error) -> Ending {
    Ending::could_not_run(
        format!("cannot run `git`: {error}"),
        "install it, or take a directory as the baseline: `--baseline-dir DIR`".to_owned(),
    )
}
