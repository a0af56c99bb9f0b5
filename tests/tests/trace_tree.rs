//! A trace, put together again from the events of two services.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::context::trace::TraceContext;
use event_core::{Recorder, events};
use event_trace::{Incoming, Outgoing};
use serde_json::Value;
use std::collections::BTreeMap;

events!(
    #[domain(optional(action), open_ended = "a span ends, whatever became of it")]
    pub enum Step {}

    #[event(info)]
    pub struct StepStarted {
        pub n: u32,
    }

    #[event(info)]
    pub struct StepCompleted {
        pub n: u32,
    }
);

/// One span: an event when it begins, what happens in it, an event when it ends.
fn span(trace: &TraceContext, n: u32, within: impl FnOnce()) {
    let _bound = trace.enter();
    emit_step_started(StepStarted { n });
    within();
    emit_step_completed(StepCompleted { n });
}

/// Another service: all that it has of the caller are headers.
fn other_service(headers: &[(&str, String)]) {
    let incoming =
        Incoming::extract(&headers.iter().map(|(name, value)| (*name, value.as_str())).collect());
    let here = incoming.child();
    span(&here, 20, || {
        span(&here.child(), 21, || ());
        span(&here.child(), 22, || ());
    });
}

#[test]
fn a_trace_is_a_tree_of_its_events() {
    let recorder = Recorder::new();
    let recording = recorder.enter();
    let root = TraceContext::new_root();
    span(&root, 1, || {
        span(&root.child(), 2, || ());
        let calling = root.child();
        span(&calling, 3, || {
            let mut headers = Vec::new();
            Outgoing::new(&calling).inject(|name, value| headers.push((name, value.to_owned())));
            other_service(&headers);
        });
    });
    drop(recording);

    // What a reader of the lines does: a node for each span, below the one that its record names.
    let mut step_of = BTreeMap::new();
    let mut parent_of = BTreeMap::new();
    for line in recorder.lines() {
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["trace_id"], root.trace_id().to_string());
        let span = line["span_id"].as_str().unwrap().to_owned();
        step_of.insert(span.clone(), line["n"].as_u64().unwrap());
        parent_of.insert(
            span,
            line.get("parent_span_id").map(|parent| parent.as_str().unwrap().to_owned()),
        );
    }
    let tree: BTreeMap<u64, Option<u64>> = parent_of
        .iter()
        .map(|(span, parent)| (step_of[span], parent.as_ref().map(|parent| step_of[parent])))
        .collect();
    let expected =
        [(1, None), (2, Some(1)), (3, Some(1)), (20, Some(3)), (21, Some(20)), (22, Some(20))];
    assert_eq!(tree, BTreeMap::from(expected));
}

#[test]
fn the_parent_span_is_in_both_renderings() {
    let lines = Recorder::new();
    let _recording = lines.enter();
    let child = TraceContext::new_root().child();
    let _bound = child.enter();
    emit_step_started(StepStarted { n: 1 });
    let parent = child.parent_span_id().unwrap().to_string();
    let line: Value = serde_json::from_str(&lines.lines()[0]).unwrap();
    assert_eq!(line["parent_span_id"], parent.as_str());
    let envelope: Value = serde_json::from_str(&lines.envelopes()[0]).unwrap();
    assert_eq!(envelope["context"]["parent_span_id"], parent.as_str());
    // The first span of a trace has none, and so has one whose parent only the headers' writer
    // knows.
    let header = child.traceparent().to_string();
    for root in [TraceContext::new_root(), TraceContext::from_headers(&header, None).unwrap().value]
    {
        let _bound = root.enter();
        emit_step_started(StepStarted { n: 2 });
    }
    for line in &lines.lines()[1..] {
        assert!(!line.contains("parent_span_id"), "{line}");
    }
}
