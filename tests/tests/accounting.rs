//! Nothing is lost without being counted: eight threads, a slow sink, a failing one and a good one.
//! Alone in its binary: it silences panics.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

use event_core::record::Record;
use event_core::sink::{Background, Callback, FileLines, Filtered, WhenFull};
use event_core::{Emitter, Level, Sink};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

event_core::events! {
    #[domain]
    pub enum Load {
        Step,
    }

    #[event(info)]
    pub struct LoadStepCompleted {
        pub thread_number: u64,
        pub count: u64,
    }
}

const THREADS: usize = 8;

/// A million for each thread where that is bearable.
fn events_per_thread() -> u64 {
    let is_full = std::env::var_os("EVENTS_FULL").is_some() || !cfg!(debug_assertions);
    if is_full { 1_000_000 } else { 100_000 }
}

/// Every third write fails, and some that do not panic.
#[derive(Default)]
struct Failing {
    calls: AtomicU64,
    taken: Arc<AtomicU64>,
}

impl Sink for Failing {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        if call.is_multiple_of(3) {
            return Err(ErrorKind::StorageFull.into());
        }
        assert!(call % 1_000 != 1, "a sink that panics");
        self.taken.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

fn emit_all(emitter: &Emitter, per_thread: u64) {
    std::thread::scope(|scope| {
        for thread_number in 0..THREADS as u64 {
            scope.spawn(move || {
                let _scope = emitter.enter();
                (0..per_thread).for_each(|count| {
                    emit_load_step_completed(LoadStepCompleted { thread_number, count });
                });
            });
        }
    });
}

/// Every line parses, and each thread's are in order and complete.
fn assert_complete(file: File, per_thread: u64) {
    let mut next = [0; THREADS];
    for line in BufReader::with_capacity(1 << 20, file).lines() {
        let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let thread = usize::try_from(line["thread_number"].as_u64().unwrap()).unwrap();
        assert_eq!(line["count"], next[thread], "thread {thread}");
        next[thread] += 1;
    }
    assert_eq!(next, [per_thread; THREADS]);
}

#[test]
fn f4_every_call_is_in_one_number_of_the_report() {
    std::panic::set_hook(Box::new(|_| {}));
    let per_thread = events_per_thread();
    let path = std::env::temp_dir().join(format!("event-accounting-{}.jsonl", std::process::id()));
    let (slow_taken, failing) = (Arc::new(AtomicU64::new(0)), Failing::default());
    let (counted, failing_taken) = (slow_taken.clone(), failing.taken.clone());
    let slow = Callback::new(move |_: &Record<'_>| {
        if counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(100) {
            std::thread::sleep(Duration::from_millis(1));
        }
    });
    let slow =
        Background::options().capacity(500).when_full(WhenFull::DropNewest).start(slow).unwrap();
    let file =
        FileLines::options().buffer(1 << 16, Duration::from_millis(200)).open(&path).unwrap();
    let good = Background::options().when_full(WhenFull::Block).start(file).unwrap();
    let none = Filtered::at_least(
        Level::Error,
        Callback::new(|_: &Record<'_>| panic!("not meant for it")),
    );
    let incidents = Arc::new(Mutex::new(Vec::new()));
    let told = incidents.clone();
    let emitter = Emitter::builder()
        .sink(slow)
        .sink(failing)
        .sink(good)
        .sink(none)
        .on_incident(move |incident| told.lock().unwrap().push(incident.to_string()))
        .build();

    let begun = Instant::now();
    emit_all(&emitter, per_thread);
    let calls = THREADS as u64 * per_thread;
    println!("{THREADS} threads x {per_thread} events in {:?}", begun.elapsed());
    emitter.flush().unwrap();

    let report = emitter.report();
    assert_eq!((report.emitted, report.calls()), (calls, calls));
    for sink in &report.sinks {
        let sum = sink.delivered + sink.failed + sink.dropped + sink.waiting + sink.filtered;
        assert_eq!((sum, sink.waiting), (calls, 0), "{sink:?}");
        assert_eq!(sink.flush_error, None, "{sink:?}");
    }
    let [slow, failing, good, none] = &report.sinks[..] else { panic!("four sinks: {report:?}") };
    assert_eq!(slow.delivered, slow_taken.load(Ordering::Relaxed));
    assert!(slow.dropped > 0, "it was overrun: {slow:?}");
    assert_eq!(failing.delivered, failing_taken.load(Ordering::Relaxed));
    let panicked =
        (0..calls).filter(|call| !call.is_multiple_of(3) && call % 1_000 == 1).count() as u64;
    assert_eq!(failing.failed, calls.div_ceil(3) + panicked);
    assert!(failing.last_error.is_some());
    assert_eq!((good.delivered, good.name.as_str()), (calls, "Background(FileLines)"));
    assert_eq!((none.delivered, none.filtered), (0, calls));
    assert_eq!(report.dropped(), slow.dropped);
    assert_eq!(report.failed(), failing.failed);
    assert_eq!(incidents.lock().unwrap().len(), 2, "an error and a panic, told once each");

    assert_complete(File::open(&path).unwrap(), per_thread);
    std::fs::remove_file(path).unwrap();
}
