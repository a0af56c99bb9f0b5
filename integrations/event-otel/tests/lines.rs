//! Lines of OTLP/JSON behind a writer that fails in the middle of a line.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use event_core::{Emitter, events};
use event_otel::OtlpLines;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex};

events!(
    #[domain]
    pub enum Disk {
        Check,
    }

    #[event(info)]
    pub struct DiskCheckCompleted {
        pub free: u64,
    }
);

/// Takes a few bytes at a time, is interrupted, and fails once where a test says.
#[derive(Clone, Default)]
struct Shaky(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    written: Vec<u8>,
    calls: usize,
    /// The bytes after which it fails once.
    room: Option<usize>,
}

impl Write for Shaky {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut inner = self.0.lock().unwrap();
        inner.calls += 1;
        if inner.calls.is_multiple_of(3) {
            return Err(ErrorKind::Interrupted.into());
        }
        if inner.room == Some(0) {
            inner.room = None;
            return Err(ErrorKind::StorageFull.into());
        }
        let count = bytes.len().min(40).min(inner.room.unwrap_or(usize::MAX));
        inner.room = inner.room.map(|room| room - count);
        inner.written.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn names(text: &str) -> Vec<String> {
    let requests = text.lines().filter_map(|line| {
        let read: Result<ExportLogsServiceRequest, _> = serde_json::from_str(line);
        read.ok()
    });
    let values = requests.map(|request| {
        let log = &request.resource_logs[0].scope_logs[0].log_records[0];
        let free = log.attributes.iter().find(|pair| pair.key == "free").unwrap();
        format!("{:?}", free.value.as_ref().unwrap().value.as_ref().unwrap())
    });
    values.collect()
}

#[test]
fn a_line_after_a_torn_one_is_whole() {
    // Everywhere in the second line, its line break included.
    let whole = {
        let shaky = Shaky::default();
        Emitter::builder()
            .sink(OtlpLines::new(shaky.clone()))
            .build()
            .emit(&DiskCheckCompleted { free: 1 });
        shaky.0.lock().unwrap().written.len()
    };
    for room in (0..whole).step_by(7).chain([whole - 1]) {
        let shaky = Shaky::default();
        let emitter =
            Emitter::builder().sink(OtlpLines::new(shaky.clone())).on_incident(|_| {}).build();
        emitter.emit(&DiskCheckCompleted { free: 1 });
        shaky.0.lock().unwrap().room = Some(room);
        emitter.emit(&DiskCheckCompleted { free: 2 });
        emitter.emit(&DiskCheckCompleted { free: 3 });
        let sink = emitter.report().sinks.remove(0);
        assert_eq!((sink.delivered, sink.failed), (2, 1), "{room}");
        let text = String::from_utf8(shaky.0.lock().unwrap().written.clone()).unwrap();
        let read = names(&text);
        // A line that lacks its line break alone is ended by the next one.
        let expected = if room == whole - 1 { 3 } else { 2 };
        assert_eq!(read.len(), expected, "{room}: {text}");
        assert_eq!(read.last().unwrap(), "IntValue(3)", "{room}: {text}");
    }
}

#[test]
fn a_file_is_appended_to_and_an_error_names_it() {
    let path = std::env::temp_dir().join(format!("event-otel-lines-{}", std::process::id()));
    for free in 1..=2 {
        let emitter = Emitter::builder().sink(OtlpLines::append(&path).unwrap()).build();
        emitter.emit(&DiskCheckCompleted { free });
    }
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(names(&text), ["IntValue(1)", "IntValue(2)"]);
    let missing = path.join("missing");
    let error = OtlpLines::append(&missing).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}: ", missing.display())), "{error}");
}
