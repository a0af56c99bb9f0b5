//! What the servers have in common.

use crate::account::Account;
use crate::directory::Directory;
use crate::ports;
use crate::process::{Process, wait_until};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a server may take to start.
const START_LIMIT: Duration = Duration::from_secs(60);

/// How often a start is tried with another port. Another process may take a port that was free.
const TRIES: usize = 3;

/// How a kind of server is started.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
    /// `{port}` and `{dir}` are replaced.
    pub(crate) arguments: Vec<String>,
    pub(crate) account: Account,
    pub(crate) is_ready: fn(&Started) -> bool,
}

/// A server that has started and may be ready.
pub(crate) struct Started<'a> {
    pub(crate) directory: &'a Directory,
    pub(crate) port: u16,
    pub(crate) process: u32,
    /// What it has printed since it started.
    pub(crate) printed: String,
}

/// What every server can do. It ends when it is dropped.
pub struct Server {
    // Before the directory: the server ends before its files are removed.
    process: Mutex<Option<Process>>,
    kind: Kind,
    directory: Directory,
    port: u16,
}

impl Server {
    /// Starts a server.
    ///
    /// # Panics
    ///
    /// If it does not become ready, with what it has printed.
    pub(crate) fn start(kind: Kind, directory: Directory) -> Self {
        let mut server = Self { process: Mutex::new(None), kind, directory, port: 0 };
        for left in (0..TRIES).rev() {
            server.port = ports::free();
            match server.try_start() {
                Ok(()) => break,
                Err(why) => assert!(left > 0, "{why}"),
            }
        }
        server
    }

    /// The port on 127.0.0.1.
    pub const fn port(&self) -> u16 {
        self.port
    }

    pub(crate) const fn directory(&self) -> &Directory {
        &self.directory
    }

    pub(crate) fn program(&self) -> &PathBuf {
        &self.kind.program
    }

    fn try_start(&self) -> Result<(), String> {
        let log = self.directory.log();
        let out = File::options().create(true).append(true).open(&log).expect("a log");
        let before = out.metadata().map_or(0, |metadata| metadata.len());
        let mut command = self.kind.account.command(&self.kind.program);
        let port = self.port.to_string();
        for argument in &self.kind.arguments {
            command.arg(self.directory.placed(argument).replace("{port}", &port));
        }
        command.current_dir(self.directory.path()).stdin(Stdio::null());
        command.stdout(out.try_clone().expect("a log")).stderr(out);
        let name = self.kind.name;
        let started = Process::start(command);
        let mut process = started.map_err(|error| format!("cannot start {name}: {error}"))?;
        let printed = || text_from(&log, before);
        let (id, mut has_ended) = (process.id(), false);
        let is_ready = wait_until(START_LIMIT, || {
            has_ended = process.has_ended();
            let (directory, port) = (&self.directory, self.port);
            let started = Started { directory, port, process: id, printed: printed() };
            has_ended || (self.kind.is_ready)(&started)
        });
        if has_ended || !is_ready {
            let what = if has_ended { "has ended" } else { "is not ready in time" };
            return Err(format!("{name} {what} at its start. It printed:\n{}", printed()));
        }
        *self.locked() = Some(process);
        Ok(())
    }

    fn locked(&self) -> MutexGuard<'_, Option<Process>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it has printed since the directory was made.
    pub fn log(&self) -> String {
        text_from(&self.directory.log(), 0)
    }

    /// The number of its process; of PostgreSQL, the postmaster's.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn process(&self) -> u32 {
        self.locked().as_ref().expect("the server runs").id()
    }

    /// Stops all of its processes (SIGSTOP): connections stay open and are not answered.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn pause(&self) {
        self.locked().as_mut().expect("the server runs").pause();
    }

    /// Lets them go on. The end of the test's process does the same.
    pub fn resume(&self) {
        if let Some(process) = self.locked().as_mut() {
            process.resume();
        }
    }

    /// Kills all of its processes (SIGKILL), and waits until they are gone.
    pub fn kill(&self) {
        // Its drop kills.
        *self.locked() = None;
    }

    pub(crate) fn quit(&self) {
        if let Some(mut process) = self.locked().take() {
            process.quit();
        }
    }

    /// Starts it again, with the same port and directory. A server that runs is killed first.
    ///
    /// # Panics
    ///
    /// If it does not become ready, with what it has printed.
    pub fn restart(&self) {
        self.kill();
        if let Err(why) = self.try_start() {
            panic!("{why}");
        }
    }
}

/// The text of a file from an offset on.
fn text_from(path: &PathBuf, offset: u64) -> String {
    let mut bytes = Vec::new();
    // No file, no text: the log is for messages.
    let _ = File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(offset))?;
        file.read_to_end(&mut bytes)
    });
    String::from_utf8_lossy(&bytes).into_owned()
}
