//! The directory of a server.

use crate::account::Account;
use std::env;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// What the names of the directories begin with. The number of the test's process follows.
const PREFIX: &str = "event-servers-";

/// The directory of a server. It is removed when it is dropped.
pub(crate) struct Directory {
    path: PathBuf,
    account: Account,
}

impl Directory {
    /// Makes a directory that belongs to a user, and removes those that killed tests have left.
    ///
    /// # Panics
    ///
    /// If it cannot be made.
    pub(crate) fn of(account: Account) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let temporary = env::temp_dir();
        remove_stale(&temporary);
        loop {
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let path = temporary.join(format!("{PREFIX}{}-{number}", process::id()));
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => {
                    account.own(&path);
                    return Self { path, account };
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => panic!("cannot make {}: {error}", path.display()),
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A text with the path of the directory in place of `{dir}`.
    pub(crate) fn placed(&self, text: &str) -> String {
        text.replace("{dir}", &self.path.display().to_string())
    }

    /// Writes a file that only the server's user can read: PostgreSQL refuses a key that others can
    /// read.
    ///
    /// # Panics
    ///
    /// If it cannot be written.
    pub(crate) fn write(&self, name: &str, contents: &[u8]) {
        let path = self.path.join(name);
        let opened =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
        let written = opened.and_then(|mut file| file.write_all(contents));
        written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
        self.account.own(&path);
    }

    /// The file for what the server prints.
    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("log")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Removes the directories of processes that have ended.
fn remove_stale(temporary: &Path) {
    for entry in fs::read_dir(temporary).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let rest = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        let owner = rest.and_then(|rest| rest.split('-').next()?.parse::<u32>().ok());
        if owner.is_some_and(|owner| !Path::new(&format!("/proc/{owner}")).exists()) {
            remove(&entry.path());
        }
    }
}

fn remove(path: &Path) {
    remove_shared_memory(&path.join("data/postmaster.pid"));
    // Another test's process may remove the same directory at this moment. What remains is removed
    // at the next start.
    let _ = fs::remove_dir_all(path);
}

/// Removes the System V segment that a killed postmaster leaves. The kernel keeps such segments until
/// it restarts, and has 4,096 at most. Line 7 of `postmaster.pid` has the key and the id (PostgreSQL's
/// `miscadmin.h`, `LOCK_FILE_LINE_SHMEM_KEY`).
fn remove_shared_memory(pid_file: &Path) {
    let text = fs::read_to_string(pid_file).unwrap_or_default();
    let mut words = text.lines().nth(6).unwrap_or_default().split_whitespace();
    let (Some(key), Some(id)) = (words.next(), words.next()) else { return };
    let segments = fs::read_to_string("/proc/sysvipc/shm").unwrap_or_default();
    // proc(5): key, id, mode, size, two processes, the number that are attached.
    let is_unused = segments.lines().any(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        fields.first() == Some(&key) && fields.get(1) == Some(&id) && fields.get(6) == Some(&"0")
    });
    if is_unused {
        let mut command = Command::new("ipcrm");
        let _ = command.args(["-m", id]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}
