//! The program, started on a free port, with a directory of its own.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long the program has to start, and to end.
const LIMIT: Duration = Duration::from_secs(30);

/// A shop that runs.
pub(crate) struct Program {
    child: Child,
    address: String,
    directory: PathBuf,
}

impl Program {
    /// Starts the program in a directory that is named after the test.
    pub(crate) fn start(test: &str) -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        fs::create_dir_all(&directory).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_shop"))
            .env("SHOP_LISTEN", "127.0.0.1:0")
            .env("SHOP_DATA", &directory)
            .stdout(File::create(directory.join("log.ndjson")).unwrap())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        errors.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(',').next());
        let address = address.unwrap_or_else(|| panic!("the program says: {line}")).to_owned();
        Self { child, address, directory }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The file of its database.
    pub(crate) fn database(&self) -> PathBuf {
        self.directory.join("shop.db")
    }

    /// The most memory that it has had, in KiB.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Asks it to stop, as a supervisor does.
    pub(crate) fn ask_to_stop(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// Waits for its end.
    pub(crate) fn ended(mut self) -> (ExitStatus, PathBuf) {
        let begun = Instant::now();
        while begun.elapsed() < LIMIT {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, self.directory.clone());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the program has not ended in {LIMIT:?}");
    }

    /// Stops it, and returns its directory. It must end in order.
    pub(crate) fn stop(self) -> PathBuf {
        self.ask_to_stop();
        let (status, directory) = self.ended();
        assert!(status.success(), "{status}");
        directory
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already, unless a test has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
