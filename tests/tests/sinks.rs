//! Sinks and scopes when things go wrong: a sink that fails, one that emits, scopes that end in
//! another order.
#![allow(
    missing_docs,
    unreachable_pub,
    reason = "the hygiene package denies what tests may leave out"
)]

use event_core::record::Record;
use event_core::sink::JsonLines;
use event_core::{Emitter, Level, Recorder, Sink};
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

mod disk {
    event_core::events! {
        #[domain]
        pub enum Disk {
            Check,
        }

        #[event(info)]
        pub struct DiskCheckCompleted {
            pub free: u64,
        }

        #[event(error)]
        pub struct DiskCheckFailed {
            pub free: u64,
        }
    }
}
use disk::{
    DiskCheckCompleted, DiskCheckFailed, emit_disk_check_completed, emit_disk_check_failed,
};

struct Full;

impl Sink for Full {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        Err(ErrorKind::StorageFull.into())
    }

    fn flush(&self) -> io::Result<()> {
        Err(ErrorKind::BrokenPipe.into())
    }
}

#[test]
fn a_sink_that_fails_is_counted_and_harms_no_other() {
    let recorder = Recorder::new();
    let emitter = Emitter::builder().sink(Full).sink(recorder.clone()).sink(Full).build();
    for free in 0..3 {
        emitter.emit(&DiskCheckCompleted { free });
    }
    assert_eq!(recorder.records().len(), 3);
    let report = emitter.report();
    assert_eq!((report.emitted, report.failed()), (3, 6));
    assert_eq!(emitter.flush().unwrap_err().kind(), ErrorKind::BrokenPipe);
}

#[test]
fn a_full_disk_is_an_error_of_the_sink_and_no_panic() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        // Not every system has a device that is always full; the test above does without it.
        return;
    };
    let emitter = Emitter::builder().sink(JsonLines::new(full)).build();
    emitter.emit(&DiskCheckCompleted { free: 0 });
    assert_eq!(emitter.report().failed(), 1);
}

/// Emits an event of its own for each that fails, into whatever is current.
struct Reports {
    seen: Arc<AtomicUsize>,
}

impl Sink for Reports {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        self.seen.fetch_add(1, Ordering::Relaxed);
        if record.level() == Level::Error {
            emit_disk_check_completed(DiskCheckCompleted { free: 7 });
        }
        assert!(record.text().contains("disk_check"), "the record outlives what the sink emits");
        Ok(())
    }
}

#[test]
fn a_sink_may_emit() {
    let seen = Arc::new(AtomicUsize::new(0));
    let emitter = Emitter::builder().sink(Reports { seen: seen.clone() }).build();
    let scope = emitter.enter();
    emit_disk_check_failed(DiskCheckFailed { free: 0 });
    drop(scope);
    assert_eq!(seen.load(Ordering::Relaxed), 1, "what it emits does not go back into it");
    let report = emitter.report();
    assert_eq!((report.emitted, report.sinks[0].delivered, report.sinks[0].filtered), (2, 1, 1));
}

#[test]
fn scopes_end_in_any_order() {
    let (first, second) = (Recorder::new(), Recorder::new());
    let outer = first.enter();
    let inner = second.enter();
    drop(outer);
    emit_disk_check_completed(DiskCheckCompleted { free: 1 });
    drop(inner);
    emit_disk_check_completed(DiskCheckCompleted { free: 2 });
    assert_eq!((first.records().len(), second.records().len()), (0, 1));
}
