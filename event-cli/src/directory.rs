//! A directory of generated files: compared, then written file by file.

use crate::console::{Console, Ending};
use crate::disk::{self, Hold, Lasting};
use event_schema::{File, INDEX};
use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
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

    /// Makes the directory, and keeps other writers out of it until the result is dropped. What
    /// killed writers left behind is removed.
    pub(crate) fn hold(&self, console: &mut Console<'_>) -> Result<Hold, Ending> {
        self.is_one()?;
        fs::create_dir_all(&self.path).map_err(|error| self.cannot("create", None, &error))?;
        let hold = Hold::of(&self.path, &self.name, console)?;
        disk::sweep(&self.path, |file| file == INDEX || is_schema_file(file));
        Ok(hold)
    }

    /// It is a directory, or is not there yet.
    fn is_one(&self) -> Result<(), Ending> {
        match fs::metadata(&self.path) {
            Ok(found) if !found.is_dir() => {
                let what = format!("`{}` is not a directory", self.name.display());
                Err(Ending::could_not_run(what, "name another one with `-o DIR`".to_owned()))
            }
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(self.cannot("read", None, &error))
            }
            Err(_) => disk::dangling(&self.path)
                .map_or(Ok(()), |error| Err(self.cannot("read", None, &error))),
            Ok(_) => Ok(()),
        }
    }

    /// Where it differs from `files`, in their order; stale files last.
    pub(crate) fn differences<'f>(&self, files: &'f [File]) -> Result<Vec<Difference<'f>>, Ending> {
        self.is_one()?;
        let mut differences = Vec::new();
        for file in files {
            let state = match self.read(&file.path)? {
                None => State::Missing,
                Some(found) if disk::is_same_text(&found, &file.contents) => continue,
                Some(_) => State::Changed,
            };
            differences.push(Difference {
                state,
                file: file.path.clone(),
                contents: Some(&file.contents),
            });
        }
        for file in self.stale(files)? {
            differences.push(Difference { state: State::Stale, file, contents: None });
        }
        Ok(differences)
    }

    /// Files that are named like schemas of an export, and that neither this one gives nor an
    /// earlier one has listed: what a merge of two indexes forgot, or what somebody wrote by hand.
    /// This command cannot tell which, so it never writes or removes one.
    pub(crate) fn unlisted(
        &self,
        files: &[File],
        differences: &[Difference<'_>],
    ) -> Result<Vec<String>, Ending> {
        let entries =
            match fs::read_dir(&self.path).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
                Ok(entries) => entries,
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
                Err(error) => return Err(self.cannot("read", None, &error)),
            };
        let differing = differences.iter().map(|difference| difference.file.as_str());
        let known: HashSet<&str> =
            files.iter().map(|file| file.path.as_str()).chain(differing).collect();
        let names = entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok());
        let mut unlisted: Vec<_> =
            names.filter(|name| is_schema_file(name) && !known.contains(name.as_str())).collect();
        unlisted.sort_unstable();
        Ok(unlisted)
    }

    /// Brings the directory to what was compared with. The index comes last: until it is written,
    /// the old one still knows which files are stale.
    pub(crate) fn write(&self, differences: &[Difference<'_>]) -> Result<(), Ending> {
        let (index, others): (Vec<_>, Vec<_>) =
            differences.iter().partition(|difference| difference.file == INDEX);
        for difference in others.into_iter().chain(index) {
            let file = &difference.file;
            let Some(contents) = difference.contents else {
                self.remove(file)?;
                continue;
            };
            let written = disk::replace(&self.path.join(file), contents, Lasting::Process);
            written.map_err(|error| self.cannot("write", Some(file), &error))?;
        }
        Ok(())
    }

    fn read(&self, file: &str) -> Result<Option<Vec<u8>>, Ending> {
        let path = self.path.join(file);
        match fs::read(&path) {
            Ok(contents) => Ok(Some(contents)),
            Err(error) if error.kind() == ErrorKind::NotFound => match disk::dangling(&path) {
                Some(error) => Err(self.cannot("read", Some(file), &error)),
                None => Ok(None),
            },
            Err(error) => Err(self.cannot("read", Some(file), &error)),
        }
    }

    /// Files that the index of an earlier export lists, and that are still there. Of other files
    /// this command knows nothing, and leaves them.
    fn stale(&self, files: &[File]) -> Result<Vec<String>, Ending> {
        let Some(index) = self.read(INDEX)? else { return Ok(Vec::new()) };
        let index: serde_json::Value = serde_json::from_slice(&index).unwrap_or_default();
        let current: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let listed =
            index.get("schemas").and_then(|schemas| schemas.as_array()).into_iter().flatten();
        let listed = listed.filter_map(|schema| schema.get("file").and_then(|file| file.as_str()));
        let mut stale: Vec<String> = listed
            .filter(|file| {
                is_schema_file(file) && !current.contains(file) && self.path.join(file).is_file()
            })
            .map(str::to_owned)
            .collect();
        stale.sort_unstable();
        stale.dedup();
        Ok(stale)
    }

    fn remove(&self, file: &str) -> Result<(), Ending> {
        match fs::remove_file(self.path.join(file)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(self.cannot("remove", Some(file), &error))
            }
            _ => Ok(()),
        }
    }

    fn cannot(&self, verb: &str, file: Option<&str>, error: &io::Error) -> Ending {
        let path = file.map_or_else(|| self.name.clone(), |file| self.name.join(file));
        Ending::could_not_run(format!("cannot {verb} `{}`: {error}", path.display()), None)
    }
}

/// Whether a name that an index lists is one that an export gives:
/// `payment_process_failed.v2.json`. An index is a file that anybody can edit; nothing outside of
/// the directory is removed because of it.
fn is_schema_file(file: &str) -> bool {
    let Some((name, version)) = file.strip_suffix(".json").and_then(|stem| stem.rsplit_once(".v"))
    else {
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
        for other in [
            "index.json",
            "../secrets.v1.json",
            "/etc/x.v1.json",
            "a.vx.json",
            "a.v.json",
            "a.v1.txt",
            ".v1.json",
        ] {
            assert!(!is_schema_file(other), "{other}");
        }
    }
}
