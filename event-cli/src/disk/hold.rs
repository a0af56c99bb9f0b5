//! One writer at a time: while a command reads a file, changes it and writes it, no other process
//! may write the file.
//!
//! The lock is an advisory lock of the operating system (`flock`) on the directory of the file. The
//! directory exists before the file does, it is the same directory under every name and through
//! every symbolic link, and the lock leaves no file in it. The file itself cannot be locked,
//! because each writer replaces it. The lock ends with the process, even if the process is killed.

use crate::console::{Console, Ending};
use crate::shell;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long a writer waits for another writer. A writer computes and writes for at most a second;
/// if it takes longer, it hangs.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a writer waits before it reports that it waits.
const SILENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(10);

/// A directory that only this process may write to, among the processes of this command, until the
/// value is dropped.
#[derive(Debug)]
pub(crate) struct Hold {
    /// The operating system holds the lock while this file is open.
    _lock: File,
}

impl Hold {
    /// Waits until no other process holds the directory. `name` is the file that will be written
    /// there, for messages.
    pub(crate) fn of(
        directory: &Path,
        name: &Path,
        console: &mut Console<'_>,
    ) -> Result<Self, Ending> {
        Self::within(directory, name, PATIENCE, |text| console.note(text))
    }

    fn within(
        directory: &Path,
        name: &Path,
        patience: Duration,
        mut note: impl FnMut(&str),
    ) -> Result<Self, Ending> {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        let cannot = |error: io::Error| {
            Ending::could_not_run(format!("cannot lock `{}`: {error}", name.display()), None)
        };
        let (lock, mut taken) = open(directory).map_err(cannot)?;
        let (begun, mut is_silent) = (Instant::now(), true);
        loop {
            match taken {
                Ok(()) => return Ok(Self { _lock: lock }),
                Err(TryLockError::Error(error)) => return Err(cannot(error)),
                Err(TryLockError::WouldBlock) if begun.elapsed() >= patience => {
                    return Err(busy(name, patience, holder(&lock).as_ref()));
                }
                Err(TryLockError::WouldBlock) => {}
            }
            if is_silent && begun.elapsed() >= SILENCE {
                is_silent = false;
                let who = holder(&lock)
                    .map_or_else(|| "another process".to_owned(), |process| process.text());
                note(&format!("waiting for {who}, which is writing `{}`", name.display()));
            }
            thread::sleep(PAUSE);
            taken = lock.try_lock();
        }
    }
}

/// Opens the file to lock for a directory and tries to lock it. It is the directory itself, or, if
/// the system cannot lock directories (Windows, some network file systems), a file in the temporary
/// directory that is named after it.
fn open(directory: &Path) -> io::Result<(File, Result<(), TryLockError>)> {
    if let Ok(own) = File::open(directory) {
        match own.try_lock() {
            Err(TryLockError::Error(_)) => {}
            taken => return Ok((own, taken)),
        }
    }
    stand_in(directory)
}

/// The file that is locked if the directory cannot be locked.
fn stand_in(directory: &Path) -> io::Result<(File, Result<(), TryLockError>)> {
    let path = fs::canonicalize(directory)?;
    let name = format!("event-cli-{:016x}.lock", event_grammar::hash(&path.to_string_lossy()));
    let file = File::options().create(true).append(true).open(std::env::temp_dir().join(name))?;
    let taken = file.try_lock();
    Ok((file, taken))
}

/// A process that holds a lock.
struct Process {
    id: u32,
    /// Its command line, as far as it is readable.
    command: Option<String>,
}

impl Process {
    fn text(&self) -> String {
        let command =
            self.command.as_ref().map(|command| format!(" (`{command}`)")).unwrap_or_default();
        format!("process {}{command}", self.id)
    }
}

/// The process that holds a lock. Linux lists every lock with its process and the inode of its
/// file.
#[cfg(target_os = "linux")]
fn holder(lock: &File) -> Option<Process> {
    use std::os::unix::fs::MetadataExt;
    let file = format!(":{}", lock.metadata().ok()?.ino());
    let locks = fs::read_to_string("/proc/locks").ok()?;
    // `1: FLOCK  ADVISORY  WRITE 4711 00:2e:1234 0 EOF`; a waiting process has `->` after the
    // number. The device is not compared: some file systems show another one.
    let id = locks.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_this = words.get(1) == Some(&"FLOCK")
            && words.get(5).is_some_and(|word| word.ends_with(&file));
        is_this.then(|| words.get(4)?.parse().ok().filter(|id| *id > 0)).flatten()
    })?;
    let command = fs::read(format!("/proc/{id}/cmdline"))
        .ok()
        .filter(|words| !words.is_empty())
        .map(|words| {
            let words = words.split(|byte| *byte == 0).filter(|word| !word.is_empty());
            words
                .map(|word| shell::quoted(&String::from_utf8_lossy(word)))
                .collect::<Vec<_>>()
                .join(" ")
        });
    Some(Process { id, command })
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &File) -> Option<Process> {
    None
}

fn busy(name: &Path, patience: Duration, holder: Option<&Process>) -> Ending {
    let seconds = patience.as_secs();
    let (who, end) = match holder {
        Some(process) => (process.text(), format!("end it: `kill {}`", process.id)),
        None => ("another process".to_owned(), "end it".to_owned()),
    };
    Ending::could_not_run(
        format!("`{}` is being written by {who}, for more than {seconds} s", name.display()),
        format!("run this again when that process has ended; if it hangs, {end}"),
    )
}

#[cfg(test)]
mod tests {
    use super::{Hold, stand_in};
    use crate::console::Ending;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    fn directory(name: &str) -> PathBuf {
        let path =
            std::env::temp_dir().join(format!("event-cli-hold-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        path
    }

    fn hold(directory: &Path, patience: Duration) -> Result<Hold, Ending> {
        Hold::within(directory, Path::new("events.lock"), patience, |_| {})
    }

    #[test]
    fn a_second_writer_waits_until_the_first_has_ended() {
        let directory = directory("waits");
        let first = hold(&directory, Duration::ZERO).unwrap();
        let (send, receive) = mpsc::channel();
        let second = thread::spawn({
            let directory = directory.clone();
            move || {
                let held = hold(&directory, Duration::from_secs(30));
                send.send(()).unwrap();
                held.is_ok()
            }
        });
        assert!(receive.recv_timeout(Duration::from_millis(100)).is_err(), "it waits");
        drop(first);
        assert!(second.join().unwrap());
        assert_eq!(
            fs::read_dir(&directory).unwrap().count(),
            0,
            "nothing is left in the directory"
        );
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn a_writer_that_hangs_is_named() {
        let directory = directory("hangs");
        let _first = hold(&directory, Duration::ZERO).unwrap();
        let Err(Ending::CouldNotRun(finding)) = hold(&directory, Duration::from_millis(20)) else {
            panic!("it is held")
        };
        assert!(
            finding.message.starts_with("`events.lock` is being written by "),
            "{}",
            finding.message
        );
        if cfg!(target_os = "linux") {
            let id = std::process::id();
            assert!(finding.message.contains(&format!("process {id} (`")), "{}", finding.message);
            assert!(finding.help.unwrap().ends_with(&format!("if it hangs, end it: `kill {id}`")));
        }
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn where_a_directory_cannot_be_locked_a_file_stands_in() {
        let (one, other) = (directory("lock-file"), directory("lock-file-other"));
        let (_first, taken) = stand_in(&one).unwrap();
        assert!(taken.is_ok());
        let (_second, taken) = stand_in(&one.join(".")).unwrap();
        assert!(taken.is_err(), "it is the same directory");
        assert!(stand_in(&other).unwrap().1.is_ok());
        for directory in [one, other] {
            assert_eq!(fs::read_dir(&directory).unwrap().count(), 0, "it is not in the directory");
            fs::remove_dir_all(directory).unwrap();
        }
    }

    #[cfg(unix)]
    #[test]
    fn two_names_of_one_directory_exclude_each_other() {
        let directory = directory("names");
        let other = directory.with_extension("link");
        let _ = fs::remove_file(&other);
        std::os::unix::fs::symlink(&directory, &other).unwrap();
        let _first = hold(&directory, Duration::ZERO).unwrap();
        assert!(hold(&other, Duration::ZERO).is_err());
        fs::remove_file(other).unwrap();
        fs::remove_dir_all(directory).unwrap();
    }
}
