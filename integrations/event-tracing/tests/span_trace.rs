//! The trace of records from spans that only a registry knows.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

use event_core::Recorder;
use event_core::context::trace::TraceContext;
use event_core::{Emitter, events};
use event_trace::{Headers, Incoming};
use event_tracing::{set_span_trace, span_trace};
use serde_json::Value;
use std::sync::{Arc, Barrier};
use std::thread;
use tracing::dispatcher::{self, Dispatch};
use tracing::subscriber::with_default;
use tracing::{Instrument as _, Span, info_span};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{EnvFilter, Registry};

events!(
    #[domain(optional(action))]
    pub enum Note {}

    #[event(info)]
    pub struct NoteCompleted {
        pub n: u32,
    }
);

fn emitter() -> (Emitter, Recorder) {
    let memory = Recorder::new();
    let emitter = Emitter::builder().trace_source(span_trace).sink(memory.clone()).build();
    (emitter, memory)
}

/// Trace, span and parent of each record.
fn ids(memory: &Recorder) -> Vec<[Option<String>; 3]> {
    let ids = |line: &String| {
        let line: Value = serde_json::from_str(line).unwrap();
        ["trace_id", "span_id", "parent_span_id"]
            .map(|key| Some(line.get(key)?.as_str()?.to_owned()))
    };
    memory.lines().iter().map(ids).collect()
}

#[test]
fn the_events_below_a_root_share_its_trace() {
    let (emitter, memory) = emitter();
    with_default(Registry::default().with(tracing_subscriber::fmt::layer()), || {
        emitter.emit(&NoteCompleted { n: 0 });
        let root = info_span!("request").entered();
        info_span!("query").in_scope(|| emitter.emit(&NoteCompleted { n: 1 }));
        emitter.emit(&NoteCompleted { n: 2 });
        emitter.emit(&NoteCompleted { n: 3 });
        drop(root);
        info_span!("request").in_scope(|| emitter.emit(&NoteCompleted { n: 4 }));
    });
    let ids = ids(&memory);
    let [outside, query, root, again, other] = &ids[..] else { panic!("{ids:?}") };
    assert_eq!(outside, &[None, None, None]);
    assert_eq!(root, again);
    assert_eq!((&query[0], &query[2]), (&root[0], &root[1]));
    assert_ne!(query[1], root[1]);
    assert_eq!(root[2], None);
    assert_ne!(other[0], root[0]);
    assert_ne!(other[1], root[1]);
}

#[test]
fn a_span_that_is_used_again_has_new_ids() {
    let (emitter, memory) = emitter();
    with_default(Registry::default(), || {
        for n in 0..100 {
            info_span!("request").in_scope(|| emitter.emit(&NoteCompleted { n }));
        }
    });
    let mut traces: Vec<_> = ids(&memory).into_iter().map(|[trace, ..]| trace.unwrap()).collect();
    traces.sort_unstable();
    traces.dedup();
    assert_eq!(traces.len(), 100);
}

#[test]
fn a_request_continues_the_trace_of_its_caller() {
    let (emitter, memory) = emitter();
    let headers = [("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")];
    let incoming = Incoming::extract(&Headers::from_iter(headers));
    with_default(Registry::default(), || {
        assert!(!set_span_trace(&incoming.child()), "no span");
        let _root = info_span!("request").entered();
        let trace = incoming.child();
        assert!(set_span_trace(&trace));
        assert!(!set_span_trace(&TraceContext::new_root()), "the span has ids");
        assert_eq!(span_trace(), Some(trace));
        assert!(!span_trace().unwrap().sampled());
        emitter.emit(&NoteCompleted { n: 1 });
        info_span!("query").in_scope(|| emitter.emit(&NoteCompleted { n: 2 }));
    });
    let ids = ids(&memory);
    for [trace, ..] in &ids {
        assert_eq!(trace.as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
    }
    assert_eq!(ids[0][2].as_deref(), Some("00f067aa0ba902b7"));
    assert_eq!(ids[1][2], ids[0][1]);
}

#[test]
fn there_is_no_trace_without_a_registry() {
    assert_eq!(span_trace(), None);
    with_default(tracing::subscriber::NoSubscriber::default(), || {
        let _span = info_span!("request").entered();
        assert_eq!(span_trace(), None);
        assert!(!set_span_trace(&TraceContext::new_root()));
    });
    // A filter that turns the span off: the span is not there.
    with_default(Registry::default().with(EnvFilter::new("off")), || {
        let _span = info_span!("request").entered();
        assert_eq!(span_trace(), None);
    });
}

#[test]
fn deep_spans_need_no_deep_stack() {
    const DEPTH: usize = 50_000;
    with_default(Registry::default(), || {
        let mut spans = vec![info_span!("root")];
        for _ in 0..DEPTH {
            let parent = spans.last().and_then(Span::id);
            spans.push(info_span!(parent: parent, "child"));
        }
        let leaf = spans.last().unwrap().in_scope(|| span_trace().unwrap());
        let root = spans[0].in_scope(|| span_trace().unwrap());
        assert_eq!(leaf.trace_id(), root.trace_id());
        // From the leaf, so that no drop closes a whole chain at once.
        while spans.pop().is_some() {}
    });
}

#[test]
fn threads_in_one_span_agree_on_its_ids() {
    const THREADS: usize = 8;
    let dispatch = Dispatch::new(Registry::default());
    for _ in 0..50 {
        let span = dispatcher::with_default(&dispatch, || info_span!("request"));
        let barrier = Arc::new(Barrier::new(THREADS));
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                let (span, barrier, dispatch) =
                    (span.clone(), Arc::clone(&barrier), dispatch.clone());
                thread::spawn(move || {
                    dispatcher::with_default(&dispatch, || {
                        let _entered = span.enter();
                        barrier.wait();
                        span_trace().unwrap()
                    })
                })
            })
            .collect();
        let traces: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(traces.iter().all(|trace| *trace == traces[0]), "{traces:?}");
    }
}

#[test]
fn a_future_has_the_trace_of_its_span() {
    let (emitter, memory) = emitter();
    with_default(Registry::default().with(tracing_subscriber::fmt::layer()), || {
        let task = async {
            emitter.emit(&NoteCompleted { n: 1 });
        };
        let mut task = Box::pin(task.instrument(info_span!("task")));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(task.as_mut().poll(&mut context).is_ready());
        emitter.emit(&NoteCompleted { n: 2 });
    });
    let ids = ids(&memory);
    assert!(ids[0][0].is_some() && ids[1][0].is_none(), "{ids:?}");
}
