//! Processes that are killed and stopped, and that never outlive the test.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long the kernel may take to end, stop or show a process.
const LIMIT: Duration = Duration::from_secs(10);

type Request = (Command, Sender<io::Result<Child>>);

/// Starts a process from a thread that lives as long as this process.
///
/// `PR_SET_PDEATHSIG` (prctl(2)) kills a process when the *thread* ends that has started it, and each
/// test has a thread of its own: a server that tests share would end with the first of them.
pub(crate) fn spawn(command: Command) -> io::Result<Child> {
    static STARTER: OnceLock<Mutex<Sender<Request>>> = OnceLock::new();
    let starter = STARTER.get_or_init(|| {
        let (sender, requests) = channel::<Request>();
        thread::spawn(move || {
            for (mut command, answer) in requests {
                let _ = answer.send(command.spawn());
            }
        });
        Mutex::new(sender)
    });
    let (answer, child) = channel();
    let sender = starter.lock().unwrap_or_else(PoisonError::into_inner);
    sender.send((command, answer)).map_err(io::Error::other)?;
    child.recv().map_err(io::Error::other)?
}

/// Waits until something is the case. Returns whether it is, within the limit.
pub(crate) fn wait_until(limit: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !is_so() {
        if start.elapsed() > limit {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// The state and the parent of a process (proc(5), `stat`). None if it has ended.
fn state(id: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name of the program is in parentheses, and may have spaces.
    let (_, after) = stat.rsplit_once(')')?;
    let mut fields = after.split_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

fn runs(id: u32) -> bool {
    state(id).is_some_and(|(state, _)| state != 'Z')
}

/// The processes that a process has started, and those that they have started.
///
/// Not its process group: each backend of PostgreSQL makes a session of its own.
fn descendants(id: u32) -> BTreeSet<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let parents: Vec<(u32, u32)> = ids.filter_map(|id| Some((id, state(id)?.1))).collect();
    let mut found = BTreeSet::from([id]);
    loop {
        let before = found.len();
        found.extend(
            parents.iter().filter(|(_, p)| found.contains(p)).map(|(c, _)| *c).collect::<Vec<_>>(),
        );
        if found.len() == before {
            found.remove(&id);
            return found;
        }
    }
}

/// A server's process.
pub(crate) struct Process {
    child: Child,
    stopped: Option<Stopped>,
}

impl Process {
    pub(crate) fn start(command: Command) -> io::Result<Self> {
        Ok(Self { child: spawn(command)?, stopped: None })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Stops it and its descendants (SIGSTOP). Does nothing if they are stopped.
    pub(crate) fn pause(&mut self) {
        if self.stopped.is_some() {
            return;
        }
        let mut stopped = Stopped::start();
        // First of all the one that starts others.
        stopped.stop(self.id());
        while let Some(&next) = descendants(self.id()).iter().find(|id| !stopped.ids.contains(id)) {
            stopped.stop(next);
        }
        self.stopped = Some(stopped);
    }

    /// Lets them go on (SIGCONT).
    pub(crate) fn resume(&mut self) {
        self.stopped = None;
    }

    /// Kills it and its descendants (SIGKILL), and waits until they are gone.
    pub(crate) fn kill(&mut self) {
        let others = descendants(self.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
        signal("KILL", &others);
        self.resume();
        wait_until(LIMIT, || !others.iter().any(|&id| runs(id)));
    }

    /// Asks it to end (SIGQUIT), and waits until it and its descendants are gone. Kills what remains.
    pub(crate) fn quit(&mut self) {
        self.resume();
        let others = descendants(self.id());
        signal("QUIT", &BTreeSet::from([self.id()]));
        wait_until(LIMIT, || self.has_ended() && !others.iter().any(|&id| runs(id)));
        self.kill();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal. A process that has ended needs none.
fn signal(name: &str, ids: &BTreeSet<u32>) {
    if ids.is_empty() {
        return;
    }
    // `kill` is part of every shell, and may be missing as a program.
    let mut command = Command::new("sh");
    command.args(["-c", "kill -s \"$@\"", "sh", name]).args(ids.iter().map(u32::to_string));
    let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

/// Stops the processes whose numbers it reads, and continues all of them at the end of its input: when
/// the test says so, and when the test is killed. A process that is stopped could not end otherwise.
const STOPPER: &str = r#"
while read -r id; do kill -s STOP "$id"; ids="$ids $id"; echo stopped; done
kill -s CONT $ids"#;

/// Processes that are stopped until this is dropped.
struct Stopped {
    shell: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    ids: BTreeSet<u32>,
}

impl Stopped {
    fn start() -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", STOPPER]).process_group(0);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = command.spawn().expect("a shell");
        let input = shell.stdin.take();
        let output = BufReader::new(shell.stdout.take().expect("its output is a pipe"));
        Self { shell, input, output, ids: BTreeSet::new() }
    }

    fn stop(&mut self, id: u32) {
        let input = self.input.as_mut().expect("it is open until this is dropped");
        writeln!(input, "{id}").expect("the shell reads");
        self.output.read_line(&mut String::new()).expect("the shell answers");
        self.ids.insert(id);
        // A signal takes effect a moment after it is sent.
        wait_until(LIMIT, || state(id).is_none_or(|(state, _)| matches!(state, 'T' | 'Z')));
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.shell.wait();
    }
}
