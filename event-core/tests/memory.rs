//! What an emitter keeps of the memory that one long line took.
#![allow(missing_docs, reason = "a test")]

use allocation_counter::measure;
use event_core::sink::{Batches, FileLines, JsonLines};
use event_core::{Emitter, Sink, Str, events};
use std::time::Duration;

events!(
    #[domain]
    pub enum Note {
        Write,
    }

    #[event(info)]
    pub struct NoteWriteCompleted<'a> {
        pub text: Str<'a>,
    }
);

const LONG: Duration = Duration::from_secs(3_600);
const MIB: i64 = 1 << 20;

/// How many bytes more are allocated after a line of 16 MiB, by the thread that emits, than after a
/// short one.
fn kept(sink: impl Sink + 'static) -> i64 {
    let emitter = Emitter::builder().sink(sink).build();
    let emit = |text: &str| emitter.emit(&NoteWriteCompleted { text: text.into() });
    emit("short");
    let long = "x".repeat(16 << 20);
    let taken = measure(|| emit(&long));
    assert!(taken.bytes_max >= 16 << 20, "the line was written");
    let flushed = measure(|| emitter.flush().expect("it can be written"));
    taken.bytes_current + flushed.bytes_current
}

#[test]
fn a_thread_gives_back_what_a_long_line_took() {
    let path = std::env::temp_dir().join(format!("event-memory-{}", std::process::id()));
    let file =
        || FileLines::options().buffer(32 << 20, LONG).open(&path).expect("it can be opened");
    let kept = [
        ("lines", kept(JsonLines::new(std::io::sink()))),
        ("envelopes", kept(JsonLines::new(std::io::sink()).envelopes())),
        ("a buffered file", kept(file())),
        ("a batch", kept(Batches::new(std::io::sink(), 100, LONG).expect("a thread"))),
    ];
    let _gone = std::fs::remove_file(path);
    for (what, kept) in kept {
        assert!(kept <= 2 * MIB, "{what}: {kept} bytes are kept");
    }
}
