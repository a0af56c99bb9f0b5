//! Schemas with thousands of something: every check ends in time and memory, and none aborts.
//!
//! Each case is a process of its own, this test binary run again. The shapes are those of the
//! bench; the fuzz target joins them as is done here.

mod child;
mod grammar;
mod shapes;

use crate::rng::Rng;
use child::{Ended, peak_memory, run};
use schema_compat::{Readers, Rules, Verdict, check};
use shapes::{COUNTS, SHAPES};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Each of three sets of rules has ten seconds for both ways.
const LIMIT: Duration = Duration::from_secs(30);
/// Megabytes.
const MEMORY: u64 = 500;
/// What is random, and of a build without optimisation everything that is counted, is of sizes so
/// many times smaller.
const SMALLER: u16 = if cfg!(debug_assertions) { 300 } else { 1 };
const RANDOM: usize = 50;
const THREADS: usize = 2;
/// Tells a process its case: bytes for the grammar, in hexadecimal.
const CASE: &str = "EVENTS_SIZES_CASE";

/// The bytes of a shape at the largest size that is measured.
fn fixed(index: usize) -> Vec<u8> {
    let size = if SHAPES[index].sizes == COUNTS { u16::MAX / 2 / SMALLER } else { u16::MAX / 2 };
    bytes(index, size, 0)
}

fn random(rng: &mut Rng) -> Vec<u8> {
    let count = 1 + rng.below(3);
    let one = |_| {
        // Small sizes as often as large ones.
        let size = u16::MAX >> rng.below(16);
        bytes(rng.below(SHAPES.len()), size / SMALLER, rng.below(256))
    };
    (0..count).flat_map(one).collect()
}

fn bytes(shape: usize, size: u16, how: usize) -> Vec<u8> {
    let [low, high] = size.to_le_bytes();
    vec![u8::try_from(shape).unwrap(), low, high, u8::try_from(how).unwrap()]
}

fn fault(case: &[u8]) -> Option<String> {
    let hexadecimal = case.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "sizes::one_case", "--nocapture"]).env(CASE, &hexadecimal);
    let what = match run(&mut command, LIMIT).unwrap() {
        Ended::Well(printed) => {
            printed.lines().find_map(|line| line.strip_prefix("fault: ").map(str::to_owned))?
        }
        Ended::Crashed => "crashed".to_owned(),
        Ended::TimedOut => format!("took more than {LIMIT:?}"),
    };
    Some(format!("{} ({CASE}={hexadecimal}): {what}", grammar::described(case)))
}

#[test]
fn every_shape_and_some_together() {
    let mut rng = Rng::new(1);
    let mut cases: Vec<Vec<u8>> = (0..SHAPES.len()).map(fixed).collect();
    cases.extend((0..RANDOM).map(|_| random(&mut rng)));
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::from_fn(|| cases.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.filter_map(|case| fault(case)).collect::<Vec<_>>()
    };
    let faults: Vec<String> = thread::scope(|scope| {
        let started: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        started.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

/// What the process of one case does; nothing where none is named.
#[test]
fn one_case() {
    let Ok(hexadecimal) = std::env::var(CASE) else { return };
    let digits: Vec<u8> = hexadecimal
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap())
        .collect();
    let case: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect();
    let pair = grammar::pair(&case).unwrap();
    for rules in Rules::ALL {
        let report = check(&pair.old, &pair.new, Readers::Both, rules);
        let breaks = report.findings.iter().any(|finding| finding.reader.is_some());
        assert_eq!(report.verdict == Verdict::Incompatible, breaks);
    }
    if let Some(peak) = peak_memory().filter(|peak| *peak > MEMORY) {
        println!("fault: held {peak} MB");
    }
}
