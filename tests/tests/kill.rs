//! A process that is killed: what it had handed to the file is there, whole, but for what was
//! buffered; and the next process goes on.
//!
//! `kill -9` leaves the page cache, so this says what a policy of buffers costs, not one of
//! `Fsync`, which only a crash of the machine can show.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

use event_core::Emitter;
use event_core::sink::{FileLines, FileOptions};
use serde_json::Value;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

event_core::events! {
    #[domain]
    pub enum Disk {
        Check,
    }

    #[event(info)]
    pub struct DiskCheckCompleted {
        pub count: u64,
        pub padding: u64,
    }
}

const CHILD: &str = "EVENTS_KILL_CHILD";
const BUFFER: usize = 64 * 1024;
const INTERVAL: Duration = Duration::from_millis(20);
/// How much later than it should a thread may run on a machine that is busy.
const SLACK: Duration = Duration::from_millis(500);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Unbuffered,
    /// Lost is at most what the buffer holds.
    BySize,
    /// Lost is at most what came in the last interval.
    ByTime,
}

impl Mode {
    const ALL: [(Self, usize); 3] =
        [(Self::Unbuffered, 100), (Self::BySize, 90), (Self::ByTime, 10)];

    fn options(self) -> FileOptions {
        match self {
            Self::Unbuffered => FileLines::options(),
            Self::BySize => FileLines::options().buffer(BUFFER, Duration::from_secs(3_600)),
            Self::ByTime => FileLines::options().buffer(1 << 30, INTERVAL),
        }
    }
}

fn micros() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros()).unwrap()
}

/// Not a test: what the test starts, and kills.
#[test]
fn child() {
    let Ok(arguments) = std::env::var(CHILD) else { return };
    let mut arguments = arguments.split('|');
    let mut next = || arguments.next().unwrap();
    let (mode, file, tally) = (next().parse::<usize>().unwrap(), next(), next());
    let mode = Mode::ALL[mode].0;
    let emitter = Emitter::builder().sink(mode.options().open(file).unwrap()).build();
    // How many it has handed over, and when: written behind each event, so never too much.
    let mut tally = OpenOptions::new().append(true).create(true).open(tally).unwrap();
    for count in 1.. {
        emitter.emit(&DiskCheckCompleted { count, padding: u64::MAX });
        tally.write_all(&[count.to_le_bytes(), micros().to_le_bytes()].concat()).unwrap();
        if mode == Mode::ByTime {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

struct Run {
    /// The count and the time of every event that was handed over.
    handed_over: Vec<(u64, u64)>,
    killed_at: u64,
}

/// Starts a child, and kills it some time after its first event.
fn run(mode: usize, file: &Path, tally: &Path, life: Duration) -> Run {
    let _ = fs::remove_file(tally);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child"])
        .env(CHILD, format!("{mode}|{}|{}", file.display(), tally.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while fs::metadata(tally).map_or(0, |tally| tally.len()) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(10), "the child does not begin");
        std::thread::sleep(Duration::from_micros(200));
    }
    std::thread::sleep(life);
    let killed_at = micros();
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success(), "it was killed, and did not end");
    let tally = fs::read(tally).unwrap();
    let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap());
    let handed_over =
        tally.chunks_exact(16).map(|pair| (number(&pair[..8]), number(&pair[8..]))).collect();
    Run { handed_over, killed_at }
}

/// What one run has left behind: the counts of its lines, and whether a torn one follows them. A
/// line that was torn before is ended before the first.
fn left_behind(file: &Path, from: u64, was_torn: bool) -> (Vec<u64>, bool) {
    let mut text = String::new();
    let mut file = File::open(file).unwrap();
    file.seek(SeekFrom::Start(from)).unwrap();
    file.read_to_string(&mut text).unwrap();
    assert!(text.is_empty() || text.starts_with('\n') == was_torn, "it is glued to half a line");
    let text = text.strip_prefix('\n').unwrap_or(&text);
    let whole = text.rfind('\n').map_or(0, |at| at + 1);
    let count =
        |line: &str| serde_json::from_str::<Value>(line).unwrap()["count"].as_u64().unwrap();
    (text[..whole].lines().map(count).collect(), whole < text.len())
}

fn check(mode: Mode, run: &Run, counts: &[u64]) {
    assert!(
        counts.iter().copied().eq(1..=counts.len() as u64),
        "{mode:?}: a gap, or another order"
    );
    let is_missing = |(count, _): &&(u64, u64)| *count > counts.len() as u64;
    let missing: Vec<_> = run.handed_over.iter().filter(is_missing).collect();
    match mode {
        Mode::Unbuffered => assert_eq!(missing.len(), 0, "nothing is buffered, so nothing is lost"),
        Mode::BySize => {
            // 120 bytes and more, each.
            assert!(
                missing.len() * 120 <= BUFFER,
                "{} records are more than the buffer holds",
                missing.len()
            );
        }
        Mode::ByTime => {
            let since = run.killed_at - u64::try_from((INTERVAL + SLACK).as_micros()).unwrap();
            assert!(
                missing.iter().all(|(_, time)| *time >= since),
                "{} records are lost",
                missing.len()
            );
        }
    }
}

#[test]
fn what_was_handed_over_survives_the_kill() {
    let directory = std::env::temp_dir().join(format!("event-kill-{}", std::process::id()));
    fs::create_dir_all(&directory).unwrap();
    let path = |name: String| -> PathBuf { directory.join(name) };
    let (mut lines, mut torn) = (0, 0);
    for (index, (mode, runs)) in Mode::ALL.into_iter().enumerate() {
        let (file, tally) = (path(format!("{mode:?}.jsonl")), path(format!("{mode:?}.tally")));
        let mut is_torn = false;
        for round in 0..runs {
            let from = fs::metadata(&file).map_or(0, |file| file.len());
            // Spread over 0 to 30 ms, each at another point.
            let life = Duration::from_micros((round as u64 * 7_919) % 30_000);
            let life = if mode == Mode::ByTime { life + SLACK + INTERVAL * 5 } else { life };
            let run = run(index, &file, &tally, life);
            let (counts, tears) = left_behind(&file, from, is_torn);
            // A run that wrote nothing ends nothing.
            is_torn = tears || is_torn && fs::metadata(&file).unwrap().len() == from;
            check(mode, &run, &counts);
            assert!(mode != Mode::ByTime || !counts.is_empty(), "the timer has written something");
            (lines, torn) = (lines + counts.len(), torn + usize::from(tears));
            if round % 10 == 9 && !is_torn {
                // As a kill in the middle of a write leaves it, should none of these have struck
                // there.
                OpenOptions::new()
                    .append(true)
                    .open(&file)
                    .unwrap()
                    .write_all(b"{\"event\":\"disk_ch")
                    .unwrap();
                (is_torn, torn) = (true, torn + 1);
            }
        }
    }
    println!("200 kills, {lines} lines, {torn} torn");
    assert!(lines > 1_000 && torn >= 19, "{lines} lines, {torn} torn");
    fs::remove_dir_all(directory).unwrap();
}
