//! The file sink and what else writes lines: buffers and timers, torn lines, rotation, hang-ups,
//! batches.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

mod disk;

use disk::{Directory, emit, emitter};
use event_core::record::Record;
use event_core::sink::{Batches, FileLines, Fsync, Retrying};
use event_core::{Emitter, Sink};
use serde_json::Value;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The field of every line that parses; every line must.
fn read(path: &Path) -> Vec<u64> {
    let (whole, torn) = disk::read(path);
    assert_eq!(torn, [""; 0]);
    whole
}

fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn e6_a_buffered_line_is_in_the_file_once_its_time_is_over() {
    let directory = Directory::new("e6");
    let file = FileLines::options()
        .buffer(1 << 20, Duration::from_millis(300))
        .open(directory.file())
        .unwrap();
    let emitter = emitter(file);
    emit(&emitter, [1]);
    assert!(read(&directory.file()).is_empty(), "it is buffered");
    assert_eq!(emitter.report().sinks[0].waiting, 1);
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(read(&directory.file()), [1]);
    assert_eq!(emitter.report().sinks[0].waiting, 0);
    emit(&emitter, [2]);
    eventually("the timer goes on", || read(&directory.file()) == [1, 2]);
}

#[test]
fn e6_a_failing_sink_takes_nothing_from_the_good_one() {
    struct Failing;
    impl Sink for Failing {
        fn write(&self, record: &Record<'_>) -> io::Result<()> {
            if record.text().ends_with(":2}") {
                std::panic::resume_unwind(Box::new("a sink that panics"));
            }
            Err(ErrorKind::StorageFull.into())
        }
    }
    let directory = Directory::new("beside");
    let file = FileLines::open(directory.file()).unwrap();
    let emitter =
        Emitter::builder().sink(Failing).sink(file).sink(Failing).on_incident(|_| {}).build();
    emit(&emitter, 0..4);
    assert_eq!(read(&directory.file()), [0, 1, 2, 3]);
    let report = emitter.report();
    assert_eq!(report.sinks.iter().map(|sink| sink.failed).collect::<Vec<_>>(), [4, 0, 4]);
    assert!(report.sinks[0].last_error.is_some() && report.sinks[1].last_error.is_none());
}

#[test]
fn every_policy_writes_every_line_and_appends() {
    let every = Fsync::Every(Duration::from_millis(5));
    for fsync in [Fsync::Never, Fsync::EveryRecord, every, Fsync::OnFlush] {
        for buffer in [0, 1, 200, 1 << 16] {
            let directory = Directory::new("policies");
            let open = || {
                let options =
                    FileLines::options().fsync(fsync).buffer(buffer, Duration::from_secs(3_600));
                emitter(options.open(directory.file()).unwrap())
            };
            let first = open();
            emit(&first, 0..10);
            first.flush().unwrap();
            assert_eq!(read(&directory.file()).len(), 10, "{fsync:?} {buffer}: flushed");
            drop(first);
            emit(&open(), 10..20);
            assert_eq!(
                read(&directory.file()),
                (0..20).collect::<Vec<_>>(),
                "{fsync:?} {buffer}: dropped"
            );
        }
    }
}

#[test]
fn what_is_made_durable_in_time_is_written_before() {
    let directory = Directory::new("durable");
    let every = Fsync::Every(Duration::from_millis(50));
    let file = FileLines::options().fsync(every).buffer(1 << 20, Duration::from_secs(3_600));
    let emitter = emitter(file.open(directory.file()).unwrap());
    for round in 1..=2 {
        emit(&emitter, [round]);
        eventually("the timer of `Fsync` writes first", || {
            read(&directory.file()).len() as u64 == round
        });
    }
}

#[test]
fn a_full_buffer_is_written_as_whole_lines() {
    let directory = Directory::new("buffer");
    let file = FileLines::options()
        .buffer(1_000, Duration::from_secs(3_600))
        .open(directory.file())
        .unwrap();
    let emitter = emitter(file);
    for free in 0..100 {
        emit(&emitter, [free]);
        let text = fs::read_to_string(directory.file()).unwrap();
        assert!(text.is_empty() || text.ends_with('\n'));
        let waiting = emitter.report().sinks[0].waiting;
        assert_eq!(text.lines().count() as u64 + waiting, free + 1);
        assert!(waiting * 100 < 1_000 + 100, "{waiting} records are more than the buffer holds");
    }
}

#[test]
fn envelopes_are_written_when_they_are_asked_for() {
    let directory = Directory::new("envelopes");
    let emitter = emitter(FileLines::options().envelopes().open(directory.file()).unwrap());
    emit(&emitter, [7]);
    let line: Value = serde_json::from_str(&fs::read_to_string(directory.file()).unwrap()).unwrap();
    assert_eq!(
        (&line["event_type"], &line["payload"]["free"]),
        (&"disk.check.completed".into(), &7.into())
    );
}

#[test]
fn a_torn_last_line_does_not_spoil_the_next() {
    let directory = Directory::new("torn");
    fs::write(
        directory.file(),
        "{\"event\":\"disk_check_completed\",\"free\":0}\n{\"event\":\"disk_ch",
    )
    .unwrap();
    emit(&emitter(FileLines::open(directory.file()).unwrap()), [1, 2]);
    let text = fs::read_to_string(directory.file()).unwrap();
    let lines: Vec<_> = text.lines().map(|line| serde_json::from_str::<Value>(line).ok()).collect();
    assert_eq!(lines.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true, true]);
    assert!(text.ends_with("}\n"));
}

#[test]
fn a_file_that_cannot_be_opened_says_why() {
    let directory = Directory::new("missing");
    let opened = FileLines::open(directory.join("no").join("events.jsonl"));
    assert_eq!(opened.unwrap_err().kind(), ErrorKind::NotFound);
}

#[cfg(unix)]
#[test]
fn a_file_that_was_moved_or_removed_is_opened_anew() {
    let directory = Directory::new("rotation");
    let (path, rotated) = (directory.file(), directory.join("events.jsonl.1"));
    let emitter = emitter(FileLines::open(&path).unwrap());
    emit(&emitter, [1]);
    fs::rename(&path, &rotated).unwrap();
    emit(&emitter, [2]);
    assert_eq!(read(&rotated), [1, 2], "not noticed yet: it looks once a second");
    std::thread::sleep(Duration::from_millis(1_100));
    emit(&emitter, [3]);
    assert_eq!((read(&rotated), read(&path)), (vec![1, 2], vec![3]));

    fs::remove_file(&path).unwrap();
    std::thread::sleep(Duration::from_millis(1_100));
    emit(&emitter, [4]);
    assert_eq!(read(&path), [4]);

    // Where the path cannot be opened, the file that is open goes on, and the error is told.
    let gone = directory.path().with_extension("gone");
    fs::rename(directory.path(), &gone).unwrap();
    std::thread::sleep(Duration::from_millis(1_100));
    emit(&emitter, [5]);
    assert_eq!(read(&gone.join("events.jsonl")), [4, 5]);
    let sink = emitter.report().sinks.remove(0);
    assert_eq!((sink.failed, sink.last_error.is_some()), (0, true));
    fs::rename(gone, directory.path()).unwrap();
}

#[cfg(unix)]
#[test]
fn a_hang_up_opens_the_file_anew() {
    use signal_hook::consts::SIGHUP;
    let directory = Directory::new("hangup");
    let (path, rotated) = (directory.file(), directory.join("events.jsonl.1"));
    let file =
        FileLines::options().buffer(1 << 16, Duration::from_secs(3_600)).open(&path).unwrap();
    let file = Arc::new(file);
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP]).unwrap();
    let (handle, reopened) = (signals.handle(), file.clone());
    let handler = std::thread::spawn(move || signals.forever().try_for_each(|_| reopened.reopen()));
    let emitter = emitter(file);
    emit(&emitter, [1]);
    fs::rename(&path, &rotated).unwrap();
    signal_hook::low_level::raise(SIGHUP).unwrap();
    eventually("the handler has run", || path.exists());
    assert_eq!(read(&rotated), [1], "what was buffered belongs to the old file");
    emit(&emitter, [2]);
    emitter.flush().unwrap();
    assert_eq!((read(&rotated), read(&path)), (vec![1], vec![2]));
    handle.close();
    handler.join().unwrap().unwrap();
}

/// A writer whose first calls do as they are told, and all later ones write.
#[derive(Clone, Default)]
struct Script {
    errors: Arc<Mutex<Vec<ErrorKind>>>,
    written: Arc<Mutex<Vec<u8>>>,
}

impl Script {
    fn failing(errors: impl IntoIterator<Item = ErrorKind>) -> Self {
        Self { errors: Arc::new(Mutex::new(errors.into_iter().collect())), written: Arc::default() }
    }

    fn lines(&self) -> Vec<Value> {
        let written = String::from_utf8(self.written.lock().unwrap().clone()).unwrap();
        written.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn event_counts(&self) -> Vec<u64> {
        let lines = self.lines();
        for line in &lines {
            assert_eq!(
                line["events"].as_array().unwrap().len() as u64,
                line["event_count"].as_u64().unwrap()
            );
        }
        lines.iter().map(|line| line["event_count"].as_u64().unwrap()).collect()
    }
}

impl Write for Script {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(error) = self.errors.lock().unwrap().pop() {
            return Err(error.into());
        }
        self.written.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const LONG: Duration = Duration::from_secs(3_600);

#[test]
fn a12_250_items_of_size_100_are_three_batches() {
    let out = Script::default();
    let emitter = emitter(Batches::new(out.clone(), 100, LONG).unwrap());
    emit(&emitter, 0..250);
    assert_eq!(out.event_counts(), [100, 100]);
    assert_eq!(emitter.report().sinks[0].waiting, 50);
    drop(emitter);
    assert_eq!(out.event_counts(), [100, 100, 50]);
    let free = out.lines().into_iter().flat_map(|line| line["events"].as_array().unwrap().clone());
    assert!(free.map(|event| event["free"].as_u64().unwrap()).eq(0..250), "in order, none missing");
}

#[test]
fn a12_a_batch_is_written_on_flush_and_when_its_time_is_over() {
    let out = Script::default();
    let emitter = emitter(Batches::new(out.clone(), 100, Duration::from_millis(100)).unwrap());
    emit(&emitter, 0..3);
    emitter.flush().unwrap();
    emit(&emitter, 0..2);
    eventually("its time is over", || out.event_counts() == [3, 2]);
}

#[test]
fn a12_a_batch_that_cannot_be_written_waits_and_is_bounded() {
    let out = Script::failing([ErrorKind::StorageFull; 4]);
    let emitter = emitter(Batches::new(out.clone(), 10, LONG).unwrap());
    emit(&emitter, 0..12);
    let sink = emitter.report().sinks.remove(0);
    assert_eq!(
        (sink.waiting, sink.failed, sink.last_error.is_some()),
        (10, 2, true),
        "the tenth waits, two are refused"
    );
    assert!(emitter.flush().is_err());
    emit(&emitter, [12]);
    drop(emitter);
    assert_eq!(out.event_counts(), [10, 1], "the batch of ten was kept");

    let out = Script::failing([ErrorKind::StorageFull; 3]);
    let retried = self::emitter(Batches::new(out.clone(), 10, Duration::from_millis(5)).unwrap());
    emit(&retried, [1]);
    eventually("the timer tries again", || out.event_counts() == [1]);
}

#[test]
fn what_time_mends_is_tried_again_and_nothing_else() {
    struct Failing(ErrorKind, Arc<AtomicUsize>);
    impl Sink for Failing {
        fn write(&self, _: &Record<'_>) -> io::Result<()> {
            self.1.fetch_add(1, Ordering::Relaxed);
            Err(self.0.into())
        }
    }
    for (kind, expected) in
        [(ErrorKind::TimedOut, 4), (ErrorKind::StorageFull, 1), (ErrorKind::BrokenPipe, 1)]
    {
        let calls = Arc::new(AtomicUsize::new(0));
        let sink = Retrying::new(Failing(kind, calls.clone())).attempts(4);
        let begun = Instant::now();
        let emitter = emitter(sink.backoff(Duration::from_millis(20), Duration::from_millis(30)));
        emit(&emitter, [1]);
        assert_eq!(
            (calls.load(Ordering::Relaxed), emitter.report().failed()),
            (expected, 1),
            "{kind:?}"
        );
        // 20, 30 and 30 ms, each shortened by half at most.
        let is_waited = begun.elapsed() >= Duration::from_millis(40);
        assert_eq!(is_waited, expected == 4, "{kind:?}: {:?}", begun.elapsed());
    }
}
