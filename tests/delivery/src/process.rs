//! Processes that are killed, stopped and limited, and that never outlive the test.

use rustix::process::{
    Pid, Resource, Rlimit, Signal, kill_process, prlimit, set_parent_process_death_signal,
};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The process gets SIGKILL when the thread ends that has started it. Programs call it first.
pub fn end_with_parent() {
    // Without it a killed test leaves a process behind, and no result is wrong.
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
}

/// A process. It is killed when it is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
    started: Instant,
}

impl Process {
    /// Starts a program. Its output is appended to `log`. A write beyond the limit of
    /// [`Process::limit_files`] is an error of the write, not the end of the process.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub fn start<A: AsRef<OsStr>>(
        program: &Path,
        args: impl IntoIterator<Item = A>,
        log: &Path,
    ) -> Self {
        let out = File::options().create(true).append(true).open(log).expect("a log");
        let child = Command::new("sh")
            // A signal that is ignored stays ignored in the program.
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
            .arg(program)
            .args(args)
            .stdin(Stdio::null())
            .stdout(out.try_clone().expect("a log"))
            .stderr(out)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
        Self { child, log: log.to_owned(), started: Instant::now() }
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has written.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// Waits until it has written these words.
    ///
    /// # Panics
    ///
    /// If it has not within `limit`.
    pub fn wait_for(&self, words: &str, limit: Duration) {
        let start = Instant::now();
        while !self.log().contains(words) {
            assert!(start.elapsed() < limit, "no `{words}` within {limit:?}\n{}", self.log());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    fn signal(&self, signal: Signal) {
        // A process that has ended needs no signal; it is not reaped yet, so its number is its own.
        let _ = kill_process(self.pid(), signal);
    }

    /// Kills it (SIGKILL), and waits until it is gone.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Stops it (SIGSTOP) where it is.
    pub fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    /// Asks it to end (SIGTERM). Returns how it ended, and after what time.
    ///
    /// # Panics
    ///
    /// If it has not ended within `limit`.
    pub fn terminate(&mut self, limit: Duration) -> (ExitStatus, Duration) {
        self.signal(Signal::TERM);
        self.wait(limit)
    }

    /// Waits until it ends by itself. Returns how it ended, and after what time.
    ///
    /// # Panics
    ///
    /// If it has not ended within `limit`.
    pub fn wait(&mut self, limit: Duration) -> (ExitStatus, Duration) {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return (status, start.elapsed());
            }
            assert!(start.elapsed() < limit, "it runs for more than {limit:?}\n{}", self.log());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until it ends by itself, and successfully.
    ///
    /// # Panics
    ///
    /// If it has not within `limit`, or with another end: the panic says which, after what time,
    /// and the end of what it has written.
    pub fn succeeds(&mut self, limit: Duration) {
        let (status, _) = self.wait(limit);
        let (id, ran) = (self.id(), self.started.elapsed());
        assert!(
            status.success(),
            "process {id} ended {ran:.1?} after its start with {status}; the end of {}:\n{}",
            self.log.display(),
            last_lines(&self.log(), 20)
        );
    }

    /// Whether it runs.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Lets it write no file beyond so many bytes, as if the disk were full there; `None`: any.
    ///
    /// # Panics
    ///
    /// If the system refuses.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let limit = Rlimit { current: bytes, maximum: None };
        prlimit(Some(self.pid()), Resource::Fsize, limit).expect("a limit");
    }

    /// The most memory that it has used, in KiB (`VmHWM`).
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id())).expect("it runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = peak.and_then(|peak| peak.split_whitespace().next());
        kib.and_then(|kib| kib.parse().ok()).expect("a number of KiB")
    }

    /// The time that it has used on processors (proc(5), `stat`, fields 14 and 15), in ticks of
    /// 10 ms.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn processor_time(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.id())).expect("it runs");
        // The name of the program is in parentheses, and may have spaces.
        let (_, after) = stat.rsplit_once(')').expect("the name of the program");
        let fields = after.split_whitespace().skip(11).take(2);
        let ticks: u64 = fields.map(|field| field.parse::<u64>().expect("ticks")).sum();
        Duration::from_millis(ticks * 10)
    }

    /// How often its threads have gone to sleep (proc(5), `voluntary_ctxt_switches`). Unlike its
    /// time on processors, this does not depend on what else the machine does.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn sleeps(&self) -> u64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.id())).expect("it runs");
        let of_task = |task: io::Result<fs::DirEntry>| {
            let status = fs::read_to_string(task.ok()?.path().join("status")).ok()?;
            let line =
                status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            line.trim().parse::<u64>().ok()
        };
        // A thread may end between the two.
        tasks.filter_map(of_task).sum()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The last lines of a text; words for none, so that an empty log is no silence.
fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return "(nothing was written)".to_owned();
    }
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// Runs a program to its end. Returns how it ended and what it wrote.
pub fn output<A: AsRef<OsStr>>(
    program: &Path,
    args: impl IntoIterator<Item = A>,
) -> io::Result<(ExitStatus, String)> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output()?;
    let text = [output.stdout, output.stderr].concat();
    Ok((output.status, String::from_utf8_lossy(&text).into_owned()))
}
