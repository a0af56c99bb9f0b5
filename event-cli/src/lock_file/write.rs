//! Writes committed files: stored files first, the lock last; each file completely or not at all,
//! by one writer at a time.

use super::place::LockFile;
use super::text::read;
use crate::console::{Console, Ending};
use crate::disk::{self, Hold, Lasting};
use crate::environment::Env;
use event_grammar::lock::Lock;
use event_schema::File;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Refuses to write in continuous integration, unless `force` is given. `what` is the subcommand.
pub(crate) fn refuse_in_ci(what: &str, env: &Env, force: bool) -> Result<(), Ending> {
    if force || !env.is_ci() {
        return Ok(());
    }
    Err(Ending::could_not_run(
        format!(
            "`{what}` writes committed files, and this is a run of continuous integration (`CI` \
             is set)"
        ),
        format!(
            "run it where you commit; `check` compares and writes nothing; `{what} --force` writes \
             anyway"
        ),
    ))
}

impl LockFile {
    /// Waits until no other command writes this lock, and keeps others out until the result is
    /// dropped. A command that changes the lock must hold it before it reads it; else the later of
    /// two writers drops the records of the earlier one. Also removes the temporary files of killed
    /// writers.
    pub(crate) fn hold(&self, console: &mut Console<'_>) -> Result<Hold, Ending> {
        let path = self.target()?;
        let directory = path.parent().unwrap_or(Path::new("")).to_owned();
        let hold = Hold::of(&directory, &self.name, console)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        disk::sweep(&directory, |file| file == name);
        for version in fs::read_dir(self.directory()).into_iter().flatten().flatten() {
            disk::sweep(&version.path(), is_stored_file);
        }
        Ok(hold)
    }

    /// Creates the directory of the lock, for a first lock.
    pub(crate) fn make_directory(&self) -> Result<(), Ending> {
        let path = self.target()?;
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.map_err(|error| Ending::cannot("create the directory of", &self.name, &error))
    }

    /// Writes files, and then the lock that lists them. `before` is the text of the lock that it
    /// replaces. Until the last step the old lock and every file that it lists are unchanged: a
    /// file that a lock lists is never written again.
    pub(crate) fn write(
        &self,
        files: &[File],
        lock: &Lock,
        before: Option<&str>,
    ) -> Result<(), Ending> {
        self.write_files(files)?;
        // Git and editors do not respect the hold.
        if read(&self.path, &self.name)?.as_deref() != before {
            let what = format!(
                "`{}` was changed by another program while this command ran",
                self.name.display()
            );
            return Err(Ending::could_not_run(
                what,
                "nothing was recorded: run it again".to_owned(),
            ));
        }
        let written = disk::replace(&self.path, &lock.render(), Lasting::Machine);
        written.map_err(|error| Ending::cannot("write", &self.name, &error))
    }

    /// Writes files beside the lock.
    pub(crate) fn write_files(&self, files: &[File]) -> Result<(), Ending> {
        let mut directories: BTreeSet<PathBuf> = BTreeSet::new();
        for file in files {
            let (path, name) = (self.directory().join(&file.path), self.name_of(&file.path));
            let directory = path.parent().map(Path::to_owned).unwrap_or_default();
            if directories.insert(directory.clone()) {
                let made = fs::create_dir_all(&directory);
                let made = made.map_err(|error| disk::dangling(&self.directory()).unwrap_or(error));
                made.map_err(|error| Ending::cannot("create the directory of", &name, &error))?;
            }
            let written = disk::replace(&path, &file.contents, Lasting::Machine);
            written.map_err(|error| Ending::cannot("write", &name, &error))?;
        }
        let beside = self.directory();
        if let Some(parent) = beside.parent().filter(|_| !files.is_empty()) {
            // The new directories are in the directory beside the lock.
            directories.insert(parent.to_owned());
            directories.insert(beside);
        }
        for directory in directories {
            disk::sync(&directory).map_err(|error| Ending::cannot("write", &directory, &error))?;
        }
        Ok(())
    }

    /// Makes cargo run the macro again. If no manifest declares the lock, the macro could not ask
    /// rustc to watch a file that did not exist; rustc does watch the manifest.
    pub(crate) fn touch_manifest(&self) -> Result<(), Ending> {
        let Some(manifest) = &self.manifest else { return Ok(()) };
        let touched = OpenOptions::new().append(true).open(manifest);
        let touched = touched.and_then(|file| file.set_modified(SystemTime::now()));
        touched.map_err(|error| Ending::cannot("touch", manifest, &error))
    }

    /// The file that is written: the lock, or the target if the lock is a symbolic link.
    fn target(&self) -> Result<PathBuf, Ending> {
        disk::target(&self.path).map_err(|error| Ending::cannot("write", &self.name, &error))
    }
}

/// Whether this command gives a file in a version's directory such a name: `r0.write.json`,
/// `samples.ndjson`.
fn is_stored_file(name: &str) -> bool {
    let revision = || {
        let (number, contract) = name.strip_prefix('r')?.split_once('.')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && matches!(contract, "write.json" | "read.json")).then_some(())
    };
    name == "samples.ndjson" || revision().is_some()
}
