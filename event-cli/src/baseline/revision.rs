//! The files of a git revision.
//!
//! Git first lists names (`ls-tree`), then reads contents by hash (`cat-file`). So "the revision
//! has no such file" and "git cannot read the file" are different results: a partial clone may lack
//! the objects of a file that the revision has.

use crate::console::Ending;
use crate::git::{Git, GitError, WITHOUT_GIT};
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path};
use std::process::{Child, Output, Stdio};
use std::thread;

/// A commit of the repository that a directory is in.
pub(crate) struct Revision {
    git: Git,
    /// The name on the command line.
    name: String,
    /// The commit's hash.
    commit: String,
    /// The directory's path from the root of the working tree: empty, or ending in `/`.
    prefix: Vec<u8>,
}

/// A file of a revision.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The path from the root, as git writes it.
    pub(crate) path: Vec<u8>,
    /// Whether the file is a symbolic link.
    pub(crate) is_link: bool,
    /// The hash of its contents.
    object: String,
}

impl Entry {
    /// The path, for messages.
    pub(crate) fn shown(&self) -> String {
        String::from_utf8_lossy(&self.path).into_owned()
    }

    /// The directory of the file: empty, or ending in `/`.
    pub(crate) fn directory(&self) -> &[u8] {
        let end = self.path.iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
        self.path.get(..end).unwrap_or_default()
    }

    /// The name without the directory.
    pub(crate) fn file_name(&self) -> &[u8] {
        self.path.get(self.directory().len()..).unwrap_or_default()
    }
}

impl Revision {
    /// Finds the commit with this name, in the repository of `directory`.
    pub(crate) fn at(directory: &Path, name: &str) -> Result<Self, Ending> {
        let git = Git::new(directory);
        let cannot = format!("cannot read the git repository of `{}`", git.directory());
        let ask =
            |args: &[&str]| git.output(args).map_err(|error| error.ending(&cannot, WITHOUT_GIT));
        if ask(&["rev-parse", "--is-inside-work-tree"])?.trim_ascii() != b"true" {
            let what = format!(
                "{cannot}: the directory is not in a working tree (`git rev-parse \
                 --is-inside-work-tree`)"
            );
            return Err(Ending::could_not_run(what, WITHOUT_GIT.to_owned()));
        }
        let mut prefix = ask(&["rev-parse", "--show-prefix"])?;
        // The path may end in a line break of its own, so only git's line break is removed.
        prefix.pop_if(|last| *last == b'\n');
        let commit = commit(&git, name)?;
        Ok(Self { git, name: name.to_owned(), commit, prefix })
    }

    /// The name for messages: `main` and the first digits of the commit's hash.
    pub(crate) fn shown(&self) -> String {
        format!("`{}` ({})", self.name, self.commit.get(..10).unwrap_or(&self.commit))
    }

    /// Whether this commit is checked out.
    pub(crate) fn is_checked_out(&self) -> bool {
        self.git
            .line(&["rev-parse", "--verify", "HEAD^{commit}"])
            .is_ok_and(|head| head == self.commit)
    }

    /// The file at a path relative to the directory.
    pub(crate) fn file_from_here(&self, path: &Path) -> Result<Option<Entry>, Ending> {
        joined(&self.prefix, &bytes(path)).map_or(Ok(None), |path| self.file(path))
    }

    /// The file at a path relative to the root of the repository.
    pub(crate) fn file_from_root(&self, path: &Path) -> Result<Option<Entry>, Ending> {
        joined(b"", &bytes(path)).map_or(Ok(None), |path| self.file(path))
    }

    /// Every file below a path, or the file itself; every file if the path is empty.
    pub(crate) fn entries(&self, path: &[u8]) -> Result<Vec<Entry>, Ending> {
        let mut args: Vec<OsString> =
            ["ls-tree", "-r", "-z", "--full-tree", &self.commit].map(Into::into).into();
        if !path.is_empty() {
            args.extend(["--".into(), os_string(path)]);
        }
        let listed = self.git.output(&args).map_err(|error| self.cannot_read(error))?;
        Ok(listed.split(|byte| *byte == 0).filter_map(entry).collect())
    }

    /// The file at a path. Symbolic links are followed within the revision.
    fn file(&self, mut path: Vec<u8>) -> Result<Option<Entry>, Ending> {
        // Linux's limit.
        const LINKS: usize = 40;
        for _ in 0..LINKS {
            let Some(entry) = self.entries(&path)?.into_iter().find(|entry| entry.path == path)
            else {
                return Ok(None);
            };
            if !entry.is_link {
                return Ok(Some(entry));
            }
            let target = self.contents(&[&entry])?.pop().unwrap_or_default();
            match joined(entry.directory(), &target) {
                Some(target) => path = target,
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// The contents of files. One process reads all of them.
    pub(crate) fn texts(&self, entries: &[&Entry]) -> Result<Vec<String>, Ending> {
        let contents = self.contents(entries)?;
        Ok(contents.iter().map(|contents| String::from_utf8_lossy(contents).into_owned()).collect())
    }

    fn contents(&self, entries: &[&Entry]) -> Result<Vec<Vec<u8>>, Ending> {
        let mut run = self.git.command();
        run.args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child =
            run.spawn().map_err(|error| self.cannot_read(GitError::NotStarted(error)))?;
        let mut stderr = child.stderr.take();
        // Another thread writes, because git may write more than a pipe holds.
        let told = thread::spawn(move || {
            let mut words = Vec::new();
            let _ = stderr.as_mut().map(|stderr| stderr.read_to_end(&mut words));
            words
        });
        let read = ask(&mut child, entries);
        let status = child.wait().map_err(|error| self.cannot_read(GitError::NotStarted(error)))?;
        let stderr = told.join().unwrap_or_default();
        match read {
            Ok(contents) => Ok(contents),
            Err(Unread::Missing(entry)) if stderr.is_empty() => {
                let what = format!(
                    "`git cat-file --batch`: {} missing (`{}`)",
                    entry.object,
                    entry.shown()
                );
                Err(self.cannot_read(GitError::Failed(what)))
            }
            Err(Unread::Missing(_) | Unread::Ended) => {
                let ran = Output { status, stdout: Vec::new(), stderr };
                Err(self.cannot_read(GitError::failed("cat-file --batch", &ran)))
            }
        }
    }

    fn cannot_read(&self, error: GitError) -> Ending {
        let help =
            "`git fsck` shows what is broken; a partial clone needs its remote to read old files";
        error.ending(&format!("cannot read the files of the git revision {}", self.shown()), help)
    }
}

/// The commit with this name.
fn commit(git: &Git, name: &str) -> Result<String, Ending> {
    // Git would read a name that begins with `-` as an option.
    if name.is_empty() || name.starts_with('-') {
        let what = format!("`{}` is not the name of a git revision", name.escape_debug());
        return Err(Ending::could_not_run(what, "name a branch, a tag or a commit".to_owned()));
    }
    git.line(&["rev-parse", "--verify", &format!("{name}^{{commit}}")]).map_err(|error| {
        let what = format!(
            "git finds no revision `{}` in the repository of `{}`",
            name.escape_debug(),
            git.directory()
        );
        error.ending(&what, &how_to_fetch(git, name))
    })
}

/// How to make a revision available. A clone of one branch never gets `origin/main`, whatever is
/// fetched; `FETCH_HEAD` exists after every `git fetch`.
fn how_to_fetch(git: &Git, name: &str) -> String {
    let remotes = git.line(&["remote"]).unwrap_or_default();
    let Some(first) =
        remotes.lines().find(|remote| *remote == "origin").or_else(|| remotes.lines().next())
    else {
        return "`git branch --all` and `git tag` list the names in this repository".to_owned();
    };
    let is_shallow =
        git.line(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true");
    let known =
        name.split_once('/').filter(|(remote, _)| remotes.lines().any(|known| known == *remote));
    let (remote, branch) = known.unwrap_or((first, name));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-');
    if !branch.chars().all(is_plain) {
        let fetch = if is_shallow { "git fetch --unshallow" } else { "git fetch" };
        return format!("fetch it: `{fetch} {remote}`");
    }
    // In a full clone, a depth would cut off the history.
    let depth = if is_shallow { " --depth=1" } else { "" };
    format!(
        "fetch it, and use `FETCH_HEAD` as the revision: `git fetch --no-tags{depth} {remote} \
         {branch}`, then `check --baseline-rev FETCH_HEAD`"
    )
}

/// Parses `<mode> <type> <hash>`, a tab, and the path. Entries that are not files, such as
/// submodules, are skipped.
fn entry(line: &[u8]) -> Option<Entry> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let (head, path) = (std::str::from_utf8(line.get(..tab)?).ok()?, line.get(tab + 1..)?);
    let mut words = head.split(' ');
    let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
    let is_link = mode == "120000";
    (kind == "blob").then(|| Entry { path: path.to_owned(), is_link, object: object.to_owned() })
}

/// A path relative to a directory, without `.` and `..`; `None` if the path leaves the repository.
fn joined(directory: &[u8], target: &[u8]) -> Option<Vec<u8>> {
    if target.starts_with(b"/") {
        return None;
    }
    let mut names: Vec<&[u8]> = Vec::new();
    for name in directory.split(|byte| *byte == b'/').chain(target.split(|byte| *byte == b'/')) {
        match name {
            b"" | b"." => {}
            b".." => drop(names.pop()?),
            name => names.push(name),
        }
    }
    Some(names.join(&b'/'))
}

/// Why a file was not read.
enum Unread<'e> {
    /// The repository has no such object.
    Missing(&'e Entry),
    /// Git ended, or its output was not understood.
    Ended,
}

impl From<io::Error> for Unread<'_> {
    fn from(_: io::Error) -> Self {
        Self::Ended
    }
}

/// Writes one request, then reads one response, so neither pipe fills up.
fn ask<'e>(child: &mut Child, entries: &[&'e Entry]) -> Result<Vec<Vec<u8>>, Unread<'e>> {
    let (Some(mut asked), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Unread::Ended);
    };
    let mut answers = BufReader::new(answers);
    let mut contents = Vec::with_capacity(entries.len());
    for entry in entries {
        writeln!(asked, "{}", entry.object)?;
        asked.flush()?;
        contents.push(answer(&mut answers, entry)?);
    }
    Ok(contents)
}

/// `<hash> blob <size>`, the contents and a line break; or `<hash> missing`.
fn answer<'e>(answers: &mut impl BufRead, entry: &'e Entry) -> Result<Vec<u8>, Unread<'e>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let words: Vec<&str> = head.trim_end().split(' ').collect();
    let size: usize = match words[..] {
        [_, "blob", size] => size.parse().map_err(|_| Unread::Ended)?,
        [_, "missing"] => return Err(Unread::Missing(entry)),
        _ => return Err(Unread::Ended),
    };
    let mut contents = vec![0; size + 1];
    answers.read_exact(&mut contents)?;
    contents.pop();
    Ok(contents)
}

/// A relative path as git writes it: with `/`, and without `.`.
pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    let names = path.components().filter(|component| !matches!(component, Component::CurDir));
    let names: Vec<Vec<u8>> = names.map(|component| os_bytes(component.as_os_str())).collect();
    names.join(&b'/')
}

#[cfg(unix)]
fn os_bytes(text: &std::ffi::OsStr) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(text).to_owned()
}

#[cfg(unix)]
fn os_string(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_owned())
}

#[cfg(not(unix))]
fn os_bytes(text: &std::ffi::OsStr) -> Vec<u8> {
    text.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}
