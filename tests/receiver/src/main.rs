//! A receiver as a process: `receiver FILE [--port P] [--hang-after N --seconds S]
//! [--fail-percent P]`. It prints its port. Before it answers 200 it appends a line for each event
//! to FILE: its id, a space, its sequence. After N events it answers nothing for S seconds, once; P
//! of 100 requests it answers 503.

use receiver::{Answer, Receiver, Request, events};
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

struct Arguments {
    file: String,
    port: u16,
    hang_after: Option<u64>,
    seconds: u64,
    fail_percent: u64,
}

fn arguments() -> Option<Arguments> {
    let mut all = std::env::args().skip(1);
    let file = all.next()?;
    let mut read = Arguments { file, port: 0, hang_after: None, seconds: 20, fail_percent: 0 };
    while let Some(flag) = all.next() {
        let value = all.next()?;
        match flag.as_str() {
            "--port" => read.port = value.parse().ok()?,
            "--hang-after" => read.hang_after = Some(value.parse().ok()?),
            "--seconds" => read.seconds = value.parse().ok()?,
            "--fail-percent" => read.fail_percent = value.parse().ok()?,
            _ => return None,
        }
    }
    Some(read)
}

/// What has been received.
struct Received {
    file: File,
    events: u64,
    requests: u64,
    hangs_until: Option<Instant>,
}

fn main() -> ExitCode {
    let Some(arguments) = arguments() else {
        let usage =
            "usage: receiver FILE [--port P] [--hang-after N --seconds S] [--fail-percent P]";
        let _ = writeln!(io::stderr(), "{usage}");
        return ExitCode::from(2);
    };
    let file = match OpenOptions::new().append(true).create(true).open(&arguments.file) {
        Ok(file) => file,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: cannot open `{}`: {error}", arguments.file);
            return ExitCode::FAILURE;
        }
    };
    let received = Mutex::new(Received { file, events: 0, requests: 0, hangs_until: None });
    let (port, random) = (arguments.port, RandomState::new());
    let decide = move |request: &Request| answer(&arguments, &received, &random, request);
    let server = Receiver::deciding(port, None, decide);
    let _ = writeln!(io::stdout(), "{}", server.port());
    loop {
        thread::park();
    }
}

fn answer(
    arguments: &Arguments,
    received: &Mutex<Received>,
    random: &RandomState,
    request: &Request,
) -> Answer {
    let lock = || received.lock().unwrap_or_else(PoisonError::into_inner);
    let wait = {
        let mut received = lock();
        received.requests += 1;
        if random.hash_one(received.requests) % 100 < arguments.fail_percent {
            return Answer::status(503);
        }
        if received.hangs_until.is_none()
            && arguments.hang_after.is_some_and(|after| received.events >= after)
        {
            received.hangs_until = Some(Instant::now() + Duration::from_secs(arguments.seconds));
        }
        received
            .hangs_until
            .map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    };
    thread::sleep(wait);
    let (mut received, mut lines) = (lock(), String::new());
    for event in events(request) {
        let _ = writeln!(lines, "{} {}", event.id, event.sequence);
        received.events += 1;
    }
    match received.file.write_all(lines.as_bytes()) {
        Ok(()) => Answer::status(200),
        Err(_) => Answer::status(500),
    }
}
