//! A process of its own for each case, so that one that takes too long, or overflows the stack, is
//! a result like others.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How a process ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// It exited with success, and printed this.
    Well(String),
    /// It panicked, or was aborted.
    Crashed,
    /// It was killed after the limit.
    TimedOut,
}

/// Runs a command that prints little, for so long at most.
pub(crate) fn run(command: &mut Command, limit: Duration) -> io::Result<Ended> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let start = Instant::now();
    let ended = wait(&mut child, start + limit)?;
    if !ended {
        child.kill()?;
        child.wait()?;
        return Ok(Ended::TimedOut);
    }
    let mut printed = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut printed)?;
    }
    Ok(if child.wait()?.success() { Ended::Well(printed) } else { Ended::Crashed })
}

fn wait(child: &mut Child, until: Instant) -> io::Result<bool> {
    while child.try_wait()?.is_none() {
        if Instant::now() > until {
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ok(true)
}

/// The most memory that this process has held, in megabytes; none where the kernel does not say.
pub(crate) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1_000)
}
