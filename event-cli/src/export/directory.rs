//! A directory of exported files: it is read, then written file by file.

use crate::console::{Console, Ending};
use crate::disk::{self, Hold, Lasting};
use crate::shell;
use event_export::{FileStep, MANIFEST, Manifest, ManifestError};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A directory: its path, and its name in messages, which is the one on the command line.
pub(super) struct Directory {
    path: PathBuf,
    name: PathBuf,
}

impl Directory {
    pub(super) fn new(base: &Path, name: &Path) -> Self {
        Self { path: base.join(name), name: name.to_owned() }
    }

    /// The name of a file in it, for messages.
    pub(super) fn name_of(&self, file: &str) -> String {
        self.name.join(file).display().to_string()
    }

    /// Creates the directory, and keeps other writers out of it until the result is dropped.
    pub(super) fn hold(&self, console: &mut Console<'_>) -> Result<Hold, Ending> {
        fs::create_dir_all(&self.path).map_err(|error| self.cannot("create", None, &error))?;
        Hold::of(&self.path, &self.name, console)
    }

    /// Removes the temporary files of killed writers. The caller must hold the directory.
    pub(super) fn sweep<'f>(&self, files: impl Iterator<Item = &'f str>) {
        let mut by_directory: HashMap<&str, HashSet<&str>> = HashMap::new();
        for file in files.chain([MANIFEST]) {
            let (directory, name) = file.rsplit_once('/').unwrap_or(("", file));
            by_directory.entry(directory).or_default().insert(name);
        }
        for (directory, names) in by_directory {
            if self.link_above(directory).is_none() {
                disk::sweep(&self.path.join(directory), |name| names.contains(name));
            }
        }
    }

    /// Checks that the path is a directory or does not exist yet.
    pub(super) fn is_one(&self) -> Result<(), Ending> {
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

    /// The list of exported files; empty if there is no list.
    pub(super) fn list(&self) -> Result<Manifest, Ending> {
        let Some(text) = self.read(MANIFEST)? else { return Ok(Manifest::default()) };
        Manifest::parse(&text).map_err(|error| {
            let name = self.name_of(MANIFEST);
            let help = match error {
                ManifestError::Newer(_) => "build this command with a newer event-cli".to_owned(),
                ManifestError::Damaged(_) | ManifestError::Outside(_) => format!(
                    "restore it from version control; or remove it, `rm {}`, and export again: \
                     files that differ from the export are reported",
                    shell::quoted(&name)
                ),
            };
            Ending::could_not_run(format!("cannot read `{name}`: {error}"), help)
        })
    }

    /// The contents of a file; `None` if it does not exist.
    pub(super) fn read(&self, file: &str) -> Result<Option<Vec<u8>>, Ending> {
        if let Some(link) = self.link_above(file.rsplit_once('/').map_or("", |(above, _)| above)) {
            let (link, file) = (self.name_of(link), self.name_of(file));
            return Err(Ending::could_not_run(
                format!("`{link}` is a symbolic link, so `{file}` is outside of the directory"),
                "make it a directory, or export to another one with `-o DIR`".to_owned(),
            ));
        }
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

    /// Whether the path of a file is a directory.
    pub(super) fn is_directory(&self, file: &str) -> bool {
        self.path.join(file).is_dir()
    }

    /// The names of the entries, sorted. Names that are not UTF-8 are left out: no export has them.
    pub(super) fn names(&self) -> Result<Vec<String>, Ending> {
        let entries =
            match fs::read_dir(&self.path).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
                Ok(entries) => entries,
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
                Err(error) => return Err(self.cannot("read", None, &error)),
            };
        let names = entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Runs the steps of a plan.
    pub(super) fn apply(&self, steps: &[FileStep<'_>]) -> Result<(), Ending> {
        for step in steps {
            match step {
                FileStep::Write { path, contents } => self.write(path, contents)?,
                FileStep::Remove { path } => self.remove(path)?,
            }
        }
        Ok(())
    }

    fn write(&self, file: &str, contents: &str) -> Result<(), Ending> {
        let path = self.path.join(file);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| disk::replace(&path, contents, Lasting::Process))
            .map_err(|error| self.cannot("write", Some(file), &error))
    }

    /// Removes a file, and then the directories that are empty.
    fn remove(&self, file: &str) -> Result<(), Ending> {
        match fs::remove_file(self.path.join(file)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(self.cannot("remove", Some(file), &error));
            }
            _ => {}
        }
        let mut above = file;
        while let Some((directory, _)) = above.rsplit_once('/') {
            above = directory;
            // The call fails if the directory is not empty.
            if fs::remove_dir(self.path.join(directory)).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// The first directory on the path of a file that is a symbolic link. An edited list together
    /// with a symbolic link could lead out of the directory.
    fn link_above<'f>(&self, directory: &'f str) -> Option<&'f str> {
        let ends = directory.match_indices('/').map(|(at, _)| at).chain([directory.len()]);
        let mut above = ends.map(|end| &directory[..end]).filter(|above| !above.is_empty());
        above.find(|above| self.path.join(above).is_symlink())
    }

    fn cannot(&self, verb: &str, file: Option<&str>, error: &io::Error) -> Ending {
        let path = file.map_or_else(|| self.name.clone(), |file| self.name.join(file));
        Ending::could_not_run(format!("cannot {verb} `{}`: {error}", path.display()), None)
    }
}
