//! Writing what is committed: the files first, the lock last, and each of them as a whole or not at all.

use super::file::{LockFile, cannot};
use crate::console::Ending;
use event_grammar::lock::Lock;
use event_schema::File;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

impl LockFile {
    /// Writes files, and then the lock that knows them. Until its last step the old lock is there, and every file that it speaks of is as it was: a file that a lock
    /// knows is never written again.
    pub(super) fn write(&self, files: &[File], lock: &Lock) -> Result<(), Ending> {
        self.write_files(files)?;
        replace(&self.path, &lock.render()).map_err(|error| cannot("write", &self.name, &error))
    }

    /// Writes files beside the lock.
    pub(super) fn write_files(&self, files: &[File]) -> Result<(), Ending> {
        let mut directories: BTreeSet<PathBuf> = BTreeSet::new();
        for file in files {
            let (path, name) = (self.directory().join(&file.path), self.name_of(&file.path));
            let directory = path.parent().map(Path::to_owned).unwrap_or_default();
            if directories.insert(directory.clone()) {
                fs::create_dir_all(&directory).map_err(|error| cannot("create the directory of", &name, &error))?;
            }
            replace(&path, &file.contents).map_err(|error| cannot("write", &name, &error))?;
        }
        if let Some(parent) = self.path.parent().filter(|_| !files.is_empty()) {
            // The directories that are new are in the one beside the lock.
            directories.insert(self.directory());
            directories.insert(parent.to_owned());
        }
        for directory in directories {
            sync(&directory).map_err(|error| cannot("write", &directory, &error))?;
        }
        Ok(())
    }

    /// Makes cargo look again. Where no manifest declares the lock, the macro could not ask rustc to watch a file that was not there; it does watch the manifest.
    pub(super) fn touch_manifest(&self) -> Result<(), Ending> {
        let Some(manifest) = &self.manifest else { return Ok(()) };
        let touched = OpenOptions::new().append(true).open(manifest);
        let touched = touched.and_then(|file| file.set_modified(SystemTime::now()));
        touched.map_err(|error| cannot("touch", manifest, &error))
    }
}

/// Writes beside the file, and renames: a reader sees the old file or the new one, also after the machine went down.
fn replace(path: &Path, contents: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(contents.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        // The first error says why; this one would only repeat it.
        let _ = fs::remove_file(&beside);
    })?;
    path.parent().map_or(Ok(()), sync)
}

/// Makes names in a directory lasting. Other systems than Unix do it by themselves, or offer no way.
fn sync(directory: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        return fs::File::open(directory)?.sync_all();
    }
    Ok(())
}
