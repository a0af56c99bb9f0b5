//! The queue in front of a sink: whatever producers, capacities and policies there are, the numbers
//! add up and each thread's order is kept.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

use event_core::record::Record;
use event_core::sink::{Background, Callback, Filtered, Memory, Retrying, WhenFull};
use event_core::{Emitter, Sink};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

event_core::events! {
    #[domain]
    pub enum Queue {
        Step,
    }

    #[event(info)]
    pub struct QueueStepCompleted {
        pub thread_number: u64,
        pub count: u64,
    }
}

fn step(count: u64) -> QueueStepCompleted {
    QueueStepCompleted { thread_number: 0, count }
}

fn counts(memory: &Memory) -> Vec<u64> {
    let count =
        |text: &str| serde_json::from_str::<Value>(text).unwrap()["count"].as_u64().unwrap();
    memory.records().iter().map(|record| count(record.text())).collect()
}

/// Waits to be let go before each record, until it is let go for good.
struct Gated {
    begun: Mutex<Sender<()>>,
    go: Mutex<Receiver<()>>,
    to: Memory,
}

impl Sink for Gated {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let _ = self.begun.lock().unwrap().send(());
        let _ = self.go.lock().unwrap().recv();
        self.to.write(record)
    }
}

/// Counts what it is given until its batch ends, and fails at the end.
#[derive(Clone, Default)]
struct Collects {
    open: Arc<AtomicU64>,
    batches: Arc<Mutex<Vec<u64>>>,
}

impl Sink for Collects {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        self.open.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn end_batch(&self) -> io::Result<()> {
        self.batches.lock().unwrap().push(self.open.swap(0, Ordering::Relaxed));
        Err(io::Error::other("no route"))
    }
}

#[test]
fn each_batch_ends_once_through_every_wrapper() {
    let collects = Collects::default();
    let wrapped = Retrying::new(Filtered::new(Box::new(Arc::new(collects.clone())), |_| true));
    let background =
        Background::options().batch(3, Duration::from_secs(60)).start(wrapped).unwrap();
    let emitter = Emitter::builder().sink(background).on_incident(|_| {}).build();
    (0..3).for_each(|count| emitter.emit(&step(count)));
    let ends = || collects.batches.lock().unwrap().clone();
    let begun = Instant::now();
    while ends().is_empty() && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(ends(), [3]);
    emitter.emit(&step(3));
    emitter.flush().unwrap();
    assert_eq!(ends(), [3, 1], "a flush ends the batch that waits");
    let sink = emitter.report().sinks.remove(0);
    assert_eq!((sink.delivered, sink.failed, sink.waiting), (4, 0, 0), "an error counts no record");
    assert!(sink.last_error.is_some_and(|error| error.contains("no route")));
}

/// An emitter whose writer has its first record in hand and is held there.
fn held(capacity: usize, when_full: WhenFull) -> (Emitter, Sender<()>, Memory) {
    let ((begun, begins), (go, goes), to) = (channel(), channel(), Memory::new());
    let sink = Gated { begun: Mutex::new(begun), go: Mutex::new(goes), to: to.clone() };
    let options =
        Background::options().capacity(capacity).when_full(when_full).batch(1, Duration::ZERO);
    let emitter = Emitter::builder().sink(options.start(sink).unwrap()).build();
    emitter.emit(&step(0));
    begins.recv().unwrap();
    (emitter, go, to)
}

#[test]
fn the_newest_or_the_oldest_is_dropped_when_it_is_full() {
    for (when_full, expected) in
        [(WhenFull::DropNewest, [0, 1, 2, 3]), (WhenFull::DropOldest, [0, 7, 8, 9])]
    {
        let (emitter, go, memory) = held(3, when_full);
        (1..10).for_each(|count| emitter.emit(&step(count)));
        let sink = emitter.report().sinks.remove(0);
        assert_eq!((sink.waiting, sink.dropped, sink.delivered), (4, 6, 0), "{when_full:?}");
        drop(go);
        emitter.flush().unwrap();
        assert_eq!(counts(&memory), expected, "{when_full:?}");
        let sink = emitter.report().sinks.remove(0);
        assert_eq!((sink.waiting, sink.dropped, sink.delivered), (0, 6, 4), "{when_full:?}");
    }
}

#[test]
fn a_flush_waits_for_what_is_in_hand_though_all_behind_it_was_dropped() {
    let (emitter, go, memory) = held(1, WhenFull::DropOldest);
    let flushed = Arc::new(AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            emitter.flush().unwrap();
            flushed.store(true, Ordering::Relaxed);
        });
        std::thread::sleep(Duration::from_millis(50));
        (1..100).for_each(|count| emitter.emit(&step(count)));
        std::thread::sleep(Duration::from_millis(50));
        assert!(!flushed.load(Ordering::Relaxed), "the first record is not written yet");
        drop(go);
    });
    assert_eq!(counts(&memory)[0], 0);
}

#[test]
fn who_emits_waits_for_room_where_nothing_may_be_lost() {
    let (emitter, go, memory) = held(2, WhenFull::Block);
    let done = AtomicU64::new(1);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for count in 1..10 {
                emitter.emit(&step(count));
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(
            done.load(Ordering::Relaxed),
            3,
            "one in hand, two wait, the fourth has no room"
        );
        drop(go);
    });
    emitter.flush().unwrap();
    assert_eq!(counts(&memory), (0..10).collect::<Vec<_>>());
}

#[test]
fn a_few_records_are_written_without_a_flush_and_the_thread_sleeps_in_between() {
    let memory = Memory::new();
    let options = Background::options().batch(1_000, Duration::from_millis(20));
    let emitter = Emitter::builder().sink(options.start(memory.clone()).unwrap()).build();
    for round in 1..=3 {
        emitter.emit(&step(round));
        let begun = Instant::now();
        while memory.records().len() < usize::try_from(round).unwrap() {
            assert!(begun.elapsed() < Duration::from_secs(5), "the interval has passed long ago");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

#[test]
fn dropping_it_writes_what_waits() {
    let memory = Memory::new();
    let options = Background::options().batch(1_000_000, Duration::from_secs(3_600));
    let emitter =
        Emitter::builder().sink(options.capacity(1_000_000).start(memory.clone()).unwrap()).build();
    (0..1_000).for_each(|count| emitter.emit(&step(count)));
    assert_eq!(emitter.report().sinks[0].waiting, 1_000);
    drop(emitter);
    assert_eq!(memory.records().len(), 1_000);
}

#[test]
fn dropping_it_does_not_wait_for_ever() {
    let (emitter, go, memory) = held(10, WhenFull::Block);
    let begun = Instant::now();
    drop(emitter);
    let took = begun.elapsed();
    assert!(took >= Background::LIMIT && took < Background::LIMIT * 3, "{took:?}");
    assert!(memory.records().is_empty());
    drop(go);
}

#[test]
fn errors_and_panics_of_the_sink_are_counted_and_told_once() {
    struct Failing;
    impl Sink for Failing {
        fn write(&self, record: &Record<'_>) -> io::Result<()> {
            if record.text().ends_with("7}") {
                // Quiet, unlike `panic!`.
                std::panic::resume_unwind(Box::new("a sink that panics"));
            }
            if record.text().ends_with("3}") { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
        }
    }
    let told = Arc::new(Mutex::new(Vec::new()));
    let incidents = told.clone();
    let emitter = Emitter::builder()
        .sink(Background::new(Failing).unwrap())
        .on_incident(move |incident| incidents.lock().unwrap().push(incident.to_string()))
        .build();
    for count in 0..100 {
        emitter.emit(&step(count));
        if count % 10 == 9 {
            emitter.flush().unwrap();
        }
    }
    let sink = emitter.report().sinks.remove(0);
    assert_eq!((sink.delivered, sink.failed), (80, 20));
    assert_eq!(sink.last_error.as_deref(), Some("the sink panicked"));
    let told = told.lock().unwrap();
    assert!(
        told.len() == 1
            && told[0].starts_with("sink `Background(Failing)` could not take a record: "),
        "{told:?}"
    );
}

#[test]
fn a_sink_that_emits_does_not_wait_for_itself() {
    struct Echo {
        through: Arc<Mutex<Option<Emitter>>>,
    }
    impl Sink for Echo {
        fn write(&self, record: &Record<'_>) -> io::Result<()> {
            let through = self.through.lock().unwrap().clone().unwrap();
            if record.text().contains(r#""thread_number":0"#) {
                (0..5).for_each(|count| {
                    through.emit(&QueueStepCompleted { thread_number: 1, count });
                });
                assert_eq!(through.flush().unwrap_err().kind(), ErrorKind::Deadlock);
            }
            Ok(())
        }
    }
    let through = Arc::new(Mutex::new(None));
    let options = Background::options().capacity(2).when_full(WhenFull::Block);
    let emitter =
        Emitter::builder().sink(options.start(Echo { through: through.clone() }).unwrap()).build();
    *through.lock().unwrap() = Some(emitter.clone());
    emitter.emit(&step(0));
    emitter.flush().unwrap();
    emitter.flush().unwrap();
    let sink = emitter.report().sinks.remove(0);
    assert_eq!((sink.delivered, sink.filtered, sink.dropped, sink.failed), (1, 5, 0, 0));
    *through.lock().unwrap() = None;
}

#[test]
fn a_record_has_one_id_in_every_sink() {
    let (behind, beside) = (Memory::new(), Memory::new());
    let emitter = Emitter::builder()
        .sink(Background::new(behind.clone()).unwrap())
        .sink(beside.clone())
        .build();
    (0..10).for_each(|count| emitter.emit(&step(count)));
    emitter.flush().unwrap();
    let envelopes = |memory: &Memory| -> Vec<_> {
        memory.records().iter().map(|record| record.record().envelope().to_vec()).collect()
    };
    assert_eq!(envelopes(&behind), envelopes(&beside));
    assert_eq!(behind.records().len(), 10);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_adds_up(
        threads in 1..5_u64,
        per_thread in 0..300_u64,
        capacity in 0..40_usize,
        batch in 0..60_usize,
        interval in 0..3_u64,
        when_full in prop_oneof![Just(WhenFull::Block), Just(WhenFull::DropNewest), Just(WhenFull::DropOldest)],
        slow_every in 1..100_u64,
        fails_every in 1..50_u64,
        flushes in any::<bool>(),
    ) {
        let (memory, calls) = (Memory::new(), AtomicU64::new(0));
        let to = memory.clone();
        // A panic costs no more than an error: the writer goes on.
        let sink = Callback::new(move |record: &Record<'_>| {
            let call = calls.fetch_add(1, Ordering::Relaxed) + 1;
            if call.is_multiple_of(slow_every) {
                std::thread::sleep(Duration::from_micros(100));
            }
            if call.is_multiple_of(fails_every) && fails_every > 1 {
                std::panic::resume_unwind(Box::new("a sink that panics"));
            }
            to.write(record).unwrap();
        });
        let options = Background::options().capacity(capacity).when_full(when_full);
        let options = options.batch(batch, Duration::from_millis(interval));
        let emitter = Emitter::builder().sink(options.start(sink).unwrap()).on_incident(|_| {}).build();
        std::thread::scope(|scope| {
            for thread_number in 0..threads {
                let emitter = &emitter;
                scope.spawn(move || for count in 0..per_thread {
                    emitter.emit(&QueueStepCompleted { thread_number, count });
                    if flushes && count.is_multiple_of(64) {
                        emitter.flush().unwrap();
                    }
                });
            }
        });
        emitter.flush().unwrap();
        let sink = emitter.report().sinks.remove(0);
        prop_assert_eq!(sink.delivered + sink.failed + sink.dropped, threads * per_thread, "{:?}", sink);
        prop_assert_eq!(sink.waiting, 0);
        let records = memory.records();
        prop_assert_eq!(sink.delivered, records.len() as u64);
        prop_assert!(when_full != WhenFull::Block || sink.dropped == 0, "{:?}", sink);
        let mut last = HashMap::new();
        for record in &records {
            let line: Value = serde_json::from_str(record.text()).unwrap();
            let before = last.insert(line["thread_number"].as_u64(), line["count"].as_u64());
            prop_assert!(before.is_none_or(|before| before < line["count"].as_u64()), "{}", line);
        }
    }
}
