//! What is to be done with a directory, so that it has the files of an export and keeps what a
//! person wrote.
//!
//! A file is the exporter's own if the list says so *and* its text is one that the list has the
//! digest of. Everything else is a person's, and is never written or removed.

use crate::manifest::{Digests, MANIFEST, Manifest, Section, digest_of};
use event_schema::File;
use std::borrow::Cow;
use std::collections::HashSet;

/// The difference between a directory and an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryPlan<'f> {
    /// What is not as it should be, and may be changed: the files in the order of the export, then
    /// those that it does not give any more, then [`MANIFEST`].
    pub changes: Vec<FileChange<'f>>,
    /// What is not as it should be, and is left.
    pub kept: Vec<KeptFile>,
    /// The list while files are changed, if it has to be another one than it is. It has the digests
    /// of the old texts and of the new ones: after an export that was killed, each file that it
    /// wrote or did not write yet is known as the export's own.
    meanwhile: Option<String>,
}

/// A file that an export changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange<'f> {
    /// Its path below the directory.
    pub path: String,
    /// How it is.
    pub state: FileState,
    contents: Cow<'f, str>,
}

/// How a file is that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It is not there.
    Missing,
    /// It has other contents, which an earlier export wrote.
    Changed,
    /// An earlier export wrote it, and this one does not.
    Stale,
}

/// A file that an export does not touch, although it is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Its path below the directory.
    pub path: String,
    /// Why.
    pub why: KeptWhy,
}

/// Why a file is not touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptWhy {
    /// It was changed after it was exported.
    Edited,
    /// The same, and the export does not give it any more.
    EditedAndStale,
    /// The export gives a file of its name, and did not write this one.
    Foreign,
    /// Another exporter lists it as its own.
    OfExporter(String),
}

/// One step of an export. The order matters if a step fails or the process is killed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileStep<'p> {
    /// Write a file: as a whole or not at all.
    Write {
        /// Its path below the directory.
        path: &'p str,
        /// All of its text.
        contents: &'p str,
    },
    /// Remove a file, and the directories below the export's own that have no files any more.
    Remove {
        /// Its path below the directory.
        path: &'p str,
    },
}

impl FileState {
    /// Its word in the output of `--check`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Stale => "stale",
        }
    }
}

impl<'f> DirectoryPlan<'f> {
    /// Compares a directory with the `files` of an exporter, which was asked with `options` (see
    /// [`Choices::text`](crate::Choices::text)). `list` is what [`MANIFEST`] says, empty if there
    /// is none; `read` gives what is in a file, `None` if there is no file.
    ///
    /// # Errors
    ///
    /// The first of `read`.
    pub fn new<E>(
        exporter: &str,
        options: String,
        files: &'f [File],
        list: &Manifest,
        mut read: impl FnMut(&str) -> Result<Option<Vec<u8>>, E>,
    ) -> Result<Self, E> {
        let mut plan = Comparison::new(list.section(exporter), options);
        for file in files {
            let found = read(&file.path)?;
            plan.given(file, found.as_deref(), list.other_owner(exporter, &file.path));
        }
        let given: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        for path in plan.before.files.keys().cloned().collect::<Vec<_>>() {
            if !given.contains(path.as_str())
                && let Some(found) = read(&path)?
            {
                plan.not_given(path, &found);
            }
        }
        let Comparison { before, after, mut changes, kept } = plan;
        let mut meanwhile = Section { options: after.options.clone(), ..before };
        for (path, digests) in &after.files {
            meanwhile.files.entry(path.clone()).or_default().extend(digests.iter().cloned());
        }
        let meanwhile = list.with(exporter, meanwhile).text();
        let (contents, found) = (list.with(exporter, after).text(), read(MANIFEST)?);
        let is = |text: &str| found.as_ref().is_some_and(|found| is_same_text(found, text));
        let meanwhile = (!changes.is_empty() && !is(&meanwhile)).then_some(meanwhile);
        if !is(&contents) {
            let state = if found.is_some() { FileState::Changed } else { FileState::Missing };
            let (path, contents) = (MANIFEST.to_owned(), Cow::Owned(contents));
            changes.push(FileChange { path, state, contents });
        }
        Ok(Self { changes, kept, meanwhile })
    }

    /// The steps that make the changes, in their order.
    pub fn steps(&self) -> Vec<FileStep<'_>> {
        let meanwhile = self.meanwhile.as_ref();
        let meanwhile = meanwhile.map(|contents| FileStep::Write { path: MANIFEST, contents });
        let changes = self.changes.iter().map(|FileChange { path, state, contents }| match state {
            FileState::Stale => FileStep::Remove { path },
            FileState::Missing | FileState::Changed => FileStep::Write { path, contents },
        });
        meanwhile.into_iter().chain(changes).collect()
    }
}

impl KeptFile {
    fn new(path: &str, why: KeptWhy) -> Self {
        Self { path: path.to_owned(), why }
    }
}

/// A comparison of a directory with an export, file by file.
struct Comparison<'f> {
    /// What the list says of the exporter.
    before: Section,
    /// What it is going to say.
    after: Section,
    changes: Vec<FileChange<'f>>,
    kept: Vec<KeptFile>,
}

impl<'f> Comparison<'f> {
    fn new(before: Section, options: String) -> Self {
        let after = Section { options, ..Section::default() };
        Self { before, after, changes: Vec::new(), kept: Vec::new() }
    }

    /// A file that the export gives, and what is in its place.
    fn given(&mut self, file: &'f File, found: Option<&[u8]>, other: Option<&str>) {
        let path = &file.path;
        let written = self.before.files.get(path);
        if let Some(other) = other {
            return self.kept.push(KeptFile::new(path, KeptWhy::OfExporter(other.to_owned())));
        }
        let state = match found {
            None => FileState::Missing,
            Some(found) if is_same_text(found, &file.contents) => {
                return self.after.add(path, &file.contents);
            }
            Some(found) if is_own(found, written) => FileState::Changed,
            Some(_) => {
                let why = if written.is_some() { KeptWhy::Edited } else { KeptWhy::Foreign };
                self.kept.push(KeptFile::new(path, why));
                // It stays in the list, so that it is the export's again if the edit is undone.
                return self.after.files.extend(written.map(|old| (path.clone(), old.clone())));
            }
        };
        self.after.add(path, &file.contents);
        let contents = Cow::Borrowed(&*file.contents);
        self.changes.push(FileChange { path: path.clone(), state, contents });
    }

    /// A file that the list has and the export does not give, and what is in its place.
    fn not_given(&mut self, path: String, found: &[u8]) {
        let written = self.before.files.get(&path);
        if is_own(found, written) {
            let contents = Cow::Borrowed("");
            self.changes.push(FileChange { path, state: FileState::Stale, contents });
        } else {
            self.kept.push(KeptFile::new(&path, KeptWhy::EditedAndStale));
            self.after.files.extend(written.map(|old| (path, old.clone())));
        }
    }
}

/// Whether a file is as an export wrote it.
fn is_own(found: &[u8], written: Option<&Digests>) -> bool {
    digest_of(found).is_some_and(|found| written.is_some_and(|written| written.contains(&found)))
}

/// Whether a file has this text. Line endings do not count: git writes `\r\n` on checkout where
/// `core.autocrlf` says so, and leaves both where it merged a file.
fn is_same_text(found: &[u8], text: &str) -> bool {
    found == text.as_bytes()
        || str::from_utf8(found)
            .is_ok_and(|found| found.contains("\r\n") && found.replace("\r\n", "\n") == text)
}

#[cfg(test)]
mod tests {
    use super::is_same_text;

    #[test]
    fn only_line_endings_may_differ() {
        assert!(is_same_text(b"a\nb\n", "a\nb\n") && is_same_text(b"a\r\nb\r\n", "a\nb\n"));
        assert!(
            is_same_text(b"a\r\nb\n", "a\nb\n"),
            "git leaves mixed endings where a file was merged"
        );
        for other in
            [&b"a\r\nc\r\n"[..], b"a\rb\r", b"a\r\r\nb\r\n", b"a\r\nb", b"a\r\nb\r\n\xff", b""]
        {
            assert!(!is_same_text(other, "a\nb\n"), "{other:?}");
        }
    }
}
