//! Events that a sink does not take or that are refused: each kind of incident is reported once.

use crate::{CacheItemDelayed, CacheItemMeasured, CacheItemResumed, CacheSize};
use event_core::emit::Incident;
use event_core::record::Record;
use event_core::sink::JsonLines;
use event_core::{Emit, Emitter, Level, Recorder, Sink};
use std::io;
use std::sync::{Arc, Mutex};

struct Broken;
impl Sink for Broken {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        assert!(record.level() < Level::Error, "a sink that panics");
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[test]
fn an_incident_is_told_once() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = {
        let told = told.clone();
        move |incident: &Incident| told.lock().unwrap().push(incident.to_string())
    };
    let emitter = Emitter::builder()
        .on_incident(listener)
        .sink(Broken)
        .sink(JsonLines::new(io::sink()))
        .build();
    for code in [1, 500, 1, 500] {
        emitter.emit(&CacheItemDelayed { code });
    }
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("sink `Broken` could not take a record"), "{told:?}");
    assert_eq!(told[1], "sink `Broken` panicked in `write`");
    let report = emitter.report();
    assert_eq!((report.emitted, report.failed()), (4, 4));
    assert_eq!((report.sinks[0].delivered, report.sinks[1].delivered), (0, 4));
}

#[test]
fn f5_an_event_with_a_value_that_is_excluded_is_refused() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = {
        let told = told.clone();
        move |incident: &Incident| told.lock().unwrap().push(incident.to_string())
    };
    let recorder = Recorder::new();
    let emitter = Emitter::builder().sink(recorder.clone()).on_incident(listener).build();
    for share in [f64::NAN, 0.5, f64::INFINITY] {
        emitter.emit(&CacheItemMeasured { share });
    }
    let ratio = |ratio| CacheSize { ratio }.enter();
    for bound in [f64::NEG_INFINITY, 0.25] {
        let _bound = ratio(bound);
        emitter.emit(&CacheItemResumed);
    }
    let report = emitter.report();
    assert_eq!((report.emitted, report.refused, report.calls()), (2, 3, 5));
    assert_eq!(
        recorder.lines().iter().map(|line| &line[line.len() - 13..]).collect::<Vec<_>>(),
        [",\"share\":0.5}", "\"ratio\":0.25}"]
    );
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(
        told[0],
        "event `cache_item_measured` was not written: its field `share` has a value that its \
         declaration excludes"
    );

    let mut buffer = emitter.buffer();
    CacheItemMeasured { share: f64::NAN }.emit_to(&mut buffer);
    CacheItemMeasured { share: 1.0 }.emit_to(&mut buffer);
    assert_eq!((buffer.records().len(), buffer.refused()), (1, 1));
    buffer.discard();
}
