//! A directory of generated files: compared, then written file by file.

use crate::console::Ending;
use event_schema::{File, INDEX};
use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A directory as it is and as it is called: messages name it as the command line does.
pub(crate) struct Directory {
    path: PathBuf,
    name: PathBuf,
}

/// What is to be done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is not there.
    Missing,
    /// It has other contents.
    Changed,
    /// An earlier export wrote it, and this one does not.
    Stale,
}

/// A file that is not as it should be.
pub(crate) struct Difference<'f> {
    pub(crate) state: State,
    pub(crate) file: String,
    /// What should be in it.
    contents: Option<&'f str>,
}

impl Directory {
    pub(crate) fn new(base: &Path, name: &Path) -> Self {
        Self { path: base.join(name), name: name.to_owned() }
    }

    /// What a file in it is called.
    pub(crate) fn name_of(&self, file: &str) -> String {
        self.name.join(file).display().to_string()
    }

    /// Where it differs from `files`, in their order; stale files last.
    pub(crate) fn differences<'f>(&self, files: &'f [File]) -> Result<Vec<Difference<'f>>, Ending> {
        match fs::metadata(&self.path) {
            Ok(found) if !found.is_dir() => {
                let what = format!("`{}` is not a directory", self.name.display());
                return Err(Ending::could_not_run(what, "name another one with `-o DIR`".to_owned()));
            }
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(self.cannot("read", None, &error)),
            _ => {}
        }
        let mut differences = Vec::new();
        for file in files {
            let state = match self.read(&file.path)? {
                None => State::Missing,
                Some(found) if found == file.contents.as_bytes() => continue,
                Some(_) => State::Changed,
            };
            differences.push(Difference { state, file: file.path.clone(), contents: Some(&file.contents) });
        }
        for file in self.stale(files)? {
            differences.push(Difference { state: State::Stale, file, contents: None });
        }
        Ok(differences)
    }

    /// Brings the directory to what was compared with. The index comes last: until it is written, the old one still knows which files are stale.
    pub(crate) fn write(&self, differences: &[Difference<'_>]) -> Result<(), Ending> {
        fs::create_dir_all(&self.path).map_err(|error| self.cannot("create", None, &error))?;
        let (index, others): (Vec<_>, Vec<_>) = differences.iter().partition(|difference| difference.file == INDEX);
        for difference in others.into_iter().chain(index) {
            let file = &difference.file;
            let Some(contents) = difference.contents else {
                self.remove(file)?;
                continue;
            };
            self.replace(file, contents).map_err(|error| self.cannot("write", Some(file), &error))?;
        }
        Ok(())
    }

    fn read(&self, file: &str) -> Result<Option<Vec<u8>>, Ending> {
        match fs::read(self.path.join(file)) {
            Ok(contents) => Ok(Some(contents)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.cannot("read", Some(file), &error)),
        }
    }

    /// Files that the index of an earlier export lists, and that are still there. Of other files this command knows nothing, and leaves them.
    fn stale(&self, files: &[File]) -> Result<Vec<String>, Ending> {
        let Some(index) = self.read(INDEX)? else { return Ok(Vec::new()) };
        let index: serde_json::Value = serde_json::from_slice(&index).unwrap_or_default();
        let current: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let listed = index.get("schemas").and_then(|schemas| schemas.as_array()).into_iter().flatten();
        let listed = listed.filter_map(|schema| schema.get("file").and_then(|file| file.as_str()));
        let mut stale: Vec<String> = listed
            .filter(|file| is_schema_file(file) && !current.contains(file) && self.path.join(file).is_file())
            .map(str::to_owned)
            .collect();
        stale.sort_unstable();
        stale.dedup();
        Ok(stale)
    }

    fn remove(&self, file: &str) -> Result<(), Ending> {
        match fs::remove_file(self.path.join(file)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.cannot("remove", Some(file), &error)),
            _ => Ok(()),
        }
    }

    /// Writes beside the file and renames, so that a reader sees the old file or the new one.
    fn replace(&self, file: &str, contents: &str) -> io::Result<()> {
        let beside = self.path.join(format!(".{file}.{}.tmp", std::process::id()));
        let written = fs::File::create(&beside).and_then(|mut out| out.write_all(contents.as_bytes()));
        written.and_then(|()| fs::rename(&beside, self.path.join(file))).inspect_err(|_| {
            // The first error says why; this one would only repeat it.
            let _ = fs::remove_file(&beside);
        })
    }

    fn cannot(&self, verb: &str, file: Option<&str>, error: &io::Error) -> Ending {
        let path = file.map_or_else(|| self.name.clone(), |file| self.name.join(file));
        Ending::could_not_run(format!("cannot {verb} `{}`: {error}", path.display()), None)
    }
}

/// Whether a name that an index lists is one that an export gives: `payment_process_failed.v2.json`. An index is a file that anybody can edit; nothing outside
/// of the directory is removed because of it.
fn is_schema_file(file: &str) -> bool {
    let Some((name, version)) = file.strip_suffix(".json").and_then(|stem| stem.rsplit_once(".v")) else {
        return false;
    };
    let is_digits = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    is_digits && event_grammar::name::is_part(name)
}

impl State {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Stale => "stale",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_schema_file;

    #[test]
    fn only_names_that_an_export_gives() {
        assert!(is_schema_file("payment_process_failed.v12.json"));
        for other in
            ["index.json", "../secrets.v1.json", "/etc/x.v1.json", "a.vx.json", "a.v.json", "a.v1.txt", ".v1.json"]
        {
            assert!(!is_schema_file(other), "{other}");
        }
    }
}
