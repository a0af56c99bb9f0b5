//! A receiver that never answers.

use super::{QueueStepCompleted, emitter, to};
use receiver::{Answer, Receiver};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const NEVER: Duration = Duration::from_secs(3_600);

/// The memory of this process, in bytes. `None` where there is no `/proc`.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kib| kib * 1024)
}

fn emit_all(emitter: &event_core::Emitter, count: i64, slowest: &AtomicU64) {
    for count in 0..count {
        let event = QueueStepCompleted { count, text: "x".repeat(1_000) };
        let begun = Instant::now();
        emitter.emit(&event);
        let took = u64::try_from(begun.elapsed().as_millis()).unwrap();
        slowest.fetch_max(took, Ordering::Relaxed);
    }
}

#[test]
fn who_emits_and_the_memory_do_not_notice_and_all_that_is_lost_is_counted() {
    const RECORDS: u64 = 50_000;
    let receiver = Receiver::deciding(0, None, |_| Answer::Late(NEVER));
    let options = to(&receiver, NEVER).timeout(Duration::from_secs(60));
    let emitter = emitter(options.start().unwrap());
    let slowest = AtomicU64::new(0);
    emit_all(&emitter, 5_000, &slowest);
    let before = resident();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| emit_all(&emitter, 22_500, &slowest));
        }
    });
    // 50 MB have been emitted.
    if let (Some(before), Some(after)) = (before, resident()) {
        let grown = after.saturating_sub(before) >> 20;
        assert!(grown < 24, "{grown} MiB more");
    }
    let slowest = slowest.into_inner();
    // A busy machine may keep a thread waiting, but not as long as the receiver would.
    assert!(slowest < 10_000, "one call took {slowest} ms, and a request has 60 s");
    let report = emitter.report();
    let sink = &report.sinks[0];
    assert_eq!(report.emitted, RECORDS);
    assert_eq!(sink.delivered + sink.failed + sink.dropped + sink.waiting, RECORDS);
    assert_eq!((sink.delivered, sink.failed), (0, 0));
    // The queue, and as many in the hand of the thread.
    assert!(sink.waiting <= 2 * 2_048, "{} records wait", sink.waiting);
}

#[test]
fn an_end_returns_within_its_limit_and_says_what_waits() {
    let receiver = Receiver::deciding(0, None, |_| Answer::Late(NEVER));
    let sink = to(&receiver, NEVER).start().unwrap();
    let emitter = emitter(sink);
    let guard = emitter.clone().install().unwrap();
    emit_all(&emitter, 10, &AtomicU64::new(0));
    let begun = Instant::now();
    let report = guard.finish_within(Duration::from_millis(300));
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    let sink = &report.sinks[0];
    assert_eq!((sink.delivered, sink.waiting), (0, 10));
    assert!(sink.flush_error.is_some());
    // The drop of the queue waits five seconds at most.
    drop(emitter);
}
