//! What to do with a directory, so that it has the files of an export and keeps the files of a
//! person.
//!
//! A file is the exporter's own if the list has the file *and* the digest of its text. Every other
//! file is a person's, and is never written or removed.

use crate::manifest::{Digests, MANIFEST, Manifest, Section, digest_of};
use event_schema::File;
use std::borrow::Cow;
use std::collections::HashSet;

/// The difference between a directory and an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryPlan<'f> {
    /// The files to change: first the files of the export, in order, then the files that it no
    /// longer has, then [`MANIFEST`].
    pub changes: Vec<FileChange<'f>>,
    /// The files that differ, but are not touched.
    pub kept: Vec<KeptFile>,
    /// The list during the export, if it must differ from the current one. It has the digests of
    /// the old and the new texts, so that after a killed export each file is still known as the
    /// export's own, whether it was written or not.
    meanwhile: Option<String>,
}

/// A file that an export changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange<'f> {
    /// The path below the directory.
    pub path: String,
    /// The state of the file.
    pub state: FileState,
    contents: Cow<'f, str>,
}

/// The state of a file that differs from the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// The file is missing.
    Missing,
    /// The file has other contents, which an earlier export wrote.
    Changed,
    /// An earlier export wrote the file, and this export does not have it.
    Stale,
}

/// A file that an export does not touch, although it differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// The path below the directory.
    pub path: String,
    /// Why the file is not touched.
    pub why: KeptWhy,
}

/// Why a file is not touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptWhy {
    /// The file was edited after it was exported.
    Edited,
    /// The file was edited, and the export no longer has it.
    EditedAndStale,
    /// The export has a file of this name, but did not write this file.
    Foreign,
    /// Another exporter lists the file as its own.
    OfExporter(String),
}

/// One step of an export. The order matters if a step fails or the process is killed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileStep<'p> {
    /// Write a file, completely or not at all.
    Write {
        /// The path below the directory.
        path: &'p str,
        /// The whole text of the file.
        contents: &'p str,
    },
    /// Remove a file, and the directories below the export's own that are empty then.
    Remove {
        /// The path below the directory.
        path: &'p str,
    },
}

impl FileState {
    /// The state's word in the output of `--check`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Stale => "stale",
        }
    }
}

impl<'f> DirectoryPlan<'f> {
    /// Compares a directory with the `files` of an exporter. `options` are the exporter's (see
    /// [`Choices::text`](crate::Choices::text)). `list` is the content of [`MANIFEST`], empty if
    /// there is none. `read` returns the content of a file, `None` if there is no file.
    ///
    /// # Errors
    ///
    /// Returns the first error of `read`.
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

    /// The steps that make the changes, in order.
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
    /// The list's section of the exporter.
    before: Section,
    /// The section after the export.
    after: Section,
    changes: Vec<FileChange<'f>>,
    kept: Vec<KeptFile>,
}

impl<'f> Comparison<'f> {
    fn new(before: Section, options: String) -> Self {
        let after = Section { options, ..Section::default() };
        Self { before, after, changes: Vec::new(), kept: Vec::new() }
    }

    /// Compares a file of the export with the file in its place.
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
                // The file stays in the list, so that it is the export's again if the edit is
                // undone.
                return self.after.files.extend(written.map(|old| (path.clone(), old.clone())));
            }
        };
        self.after.add(path, &file.contents);
        let contents = Cow::Borrowed(&*file.contents);
        self.changes.push(FileChange { path: path.clone(), state, contents });
    }

    /// Compares a file that is in the list, but not in the export.
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

/// Whether an export wrote the file's content.
fn is_own(found: &[u8], written: Option<&Digests>) -> bool {
    digest_of(found).is_some_and(|found| written.is_some_and(|written| written.contains(&found)))
}

/// Whether a file has this text. Line endings do not count: with `core.autocrlf`, git writes `\r\n`
/// on checkout, and both endings may remain in a merged file.
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
