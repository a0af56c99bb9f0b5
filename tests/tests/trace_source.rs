//! The trace of records where none is bound, asked of another library: when it is asked, and what
//! uses the answer.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::context::Actor;
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::record::Record;
use event_core::sink::Memory;
use event_core::{Emitter, Sink, events};
use serde_json::Value;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

events!(
    #[domain(optional(action))]
    pub enum Note {}

    #[event(info)]
    pub struct NoteCompleted {
        pub n: u32,
    }

    #[event(info, sample = 1 / 2)]
    pub struct NoteSkipped {
        pub n: u32,
    }

    #[event(info, limit = "1/h")]
    pub struct NoteFinished {
        pub n: u32,
    }
);

/// What a tracing library says is current, and how often it was asked.
#[derive(Clone, Default)]
struct Library {
    current: Arc<Mutex<Option<TraceContext>>>,
    asked: Arc<AtomicU64>,
}

impl Library {
    fn enter(&self, trace: impl Into<Option<TraceContext>>) {
        *self.current.lock().unwrap() = trace.into();
    }

    fn asked(&self) -> u64 {
        self.asked.swap(0, Ordering::Relaxed)
    }

    fn source(&self) -> impl Fn() -> Option<TraceContext> + Send + Sync + 'static {
        let this = self.clone();
        move || {
            this.asked.fetch_add(1, Ordering::Relaxed);
            this.current.lock().unwrap().clone()
        }
    }
}

/// Both renderings of each record.
#[derive(Clone, Default)]
struct Both(Arc<Mutex<Vec<(Value, Value)>>>);

impl Both {
    fn take(&self) -> Vec<(Value, Value)> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Sink for Both {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
        self.0.lock().unwrap().push((json(record.line()), json(record.envelope())));
        Ok(())
    }
}

fn emitter(library: &Library, sink: impl Sink + 'static) -> Emitter {
    Emitter::builder().trace_source(library.source()).sink(sink).build()
}

#[test]
fn a_record_has_the_trace_of_the_source_where_none_is_bound() {
    let (library, both) = (Library::default(), Both::default());
    let emitter = emitter(&library, both.clone());
    emitter.emit(&NoteCompleted { n: 1 });
    assert_eq!(library.asked(), 1);
    let (line, envelope) = both.take().remove(0);
    assert!(
        line.get("trace_id").is_none() && envelope["context"].get("trace_id").is_none(),
        "{line}"
    );

    let theirs = TraceContext::new_root().child();
    library.enter(theirs.clone());
    for is_actor_bound in [false, true] {
        let _actor = is_actor_bound.then(|| Actor::user("usr_7").enter());
        emitter.emit(&NoteCompleted { n: 2 });
        assert_eq!(library.asked(), 1);
        let (line, envelope) = both.take().remove(0);
        for record in [&line, &envelope["context"]] {
            assert_eq!(record["trace_id"], theirs.trace_id().to_string());
            assert_eq!(record["span_id"], theirs.span_id().to_string());
            assert_eq!(record["parent_span_id"], theirs.parent_span_id().unwrap().to_string());
        }
        assert_eq!(
            [line.get("actor"), envelope.get("actor")].map(|actor| actor.is_some()),
            [is_actor_bound; 2]
        );
    }

    // What is bound holds, and the source is not asked. It binds nothing itself.
    assert_eq!(TraceContext::current(), None);
    let ours = TraceContext::new_root();
    let _bound = ours.enter();
    emitter.emit(&NoteCompleted { n: 3 });
    assert_eq!(library.asked(), 0);
    assert_eq!(both.take()[0].0["trace_id"], ours.trace_id().to_string());
}

#[test]
fn what_is_off_or_limited_asks_nothing() {
    let (library, both) = (Library::default(), Both::default());
    let emitter = emitter(&library, both.clone());
    for n in 0..5 {
        emitter.emit(&NoteFinished { n });
    }
    assert_eq!((library.asked(), both.take().len()), (1, 1));

    emitter.set_levels(event_core::emit::Levels::off());
    let scope = emitter.enter();
    emit_note_completed(NoteCompleted { n: 1 });
    emit_note_skipped(NoteSkipped { n: 1 });
    emitter.emit(&NoteCompleted { n: 1 });
    drop(scope);
    assert_eq!(library.asked(), 0);
}

#[test]
fn a_sample_is_decided_by_the_trace_of_the_source() {
    let (library, both) = (Library::default(), Both::default());
    let here = emitter(&library, both.clone());
    let there_kept = Memory::new();
    let there = Emitter::builder().sink(there_kept.clone()).build();
    let mut kept = 0;
    for id in 1..=200 {
        let trace = TraceContext::new(TraceId::from_u128(id).unwrap(), SpanId::random());
        library.enter(trace.clone());
        // Every event of the trace is kept or none, and the source is asked once for each.
        for n in 0..3 {
            here.emit(&NoteSkipped { n });
            assert_eq!(library.asked(), 1);
        }
        let records = both.take();
        assert!(records.len() == 3 || records.is_empty());
        kept += records.len() / 3;
        assert!(records.iter().all(|(line, _)| line["trace_id"] == trace.trace_id().to_string()));
        // A service that binds the trace itself decides the same.
        let _bound = trace.enter();
        there.emit(&NoteSkipped { n: 0 });
        assert_eq!(there_kept.take().len(), records.len() / 3);
    }
    assert!((60..140).contains(&kept), "{kept} of 200");
}

#[test]
fn a_source_that_emits_what_is_sampled_comes_to_an_end() {
    let own = Arc::new(OnceLock::<Emitter>::new());
    let emits = own.clone();
    let source = move || {
        emits.get()?.emit(&NoteSkipped { n: 2 });
        None
    };
    let emitter = Emitter::builder().trace_source(source).on_incident(|_| {}).build();
    own.set(emitter.clone()).unwrap();
    emitter.emit(&NoteSkipped { n: 1 });
    let report = emitter.report();
    assert_eq!((report.refused, report.calls()), (1, report.emitted + report.sampled_out + 1));
    assert!(report.calls() > 1, "{report:?}");
}
