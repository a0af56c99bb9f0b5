//! Samples: which share of the events is kept, and that a trace is kept whole.

use crate::{CacheItemCompleted, emit_cache_item_completed};
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::{Emitter, Recorder};
use serde_json::Value;

#[test]
fn a11_a_sample_says_its_rate_and_can_be_weighed() {
    let recorder = Recorder::new();
    let scope = Emitter::builder().sink(recorder.clone()).build().enter();
    for n in 0..100_000 {
        emit_cache_item_completed(CacheItemCompleted { n });
    }
    drop(scope);
    let kept = recorder.lines();
    // Binomial, n = 100 000, p = 1/100: nearly five deviations around the mean.
    assert!((850..=1_150).contains(&kept.len()), "{}", kept.len());
    let weight = |line: &String| {
        1.0 / serde_json::from_str::<Value>(line).unwrap()["sample_rate"].as_f64().unwrap()
    };
    let estimate: f64 = kept.iter().map(weight).sum();
    assert!((85_000.0..=115_000.0).contains(&estimate), "{estimate}");
}

#[test]
fn a11_of_a_trace_all_are_kept_or_none() {
    let recorder = Recorder::new();
    let scope = Emitter::builder().sink(recorder.clone()).build().enter();
    let mut kept = 0;
    for trace in 1..=20_000 {
        // Ids as some services make them: a counter.
        let _trace =
            TraceContext::new(TraceId::from_u128(trace).unwrap(), SpanId::random()).enter();
        let before = recorder.records().len();
        for n in 0..3 {
            emit_cache_item_completed(CacheItemCompleted { n });
        }
        let after = recorder.records().len();
        assert!(after - before == 0 || after - before == 3);
        kept += u32::from(after > before);
    }
    drop(scope);
    assert!(
        (120..=280).contains(&kept),
        "{kept} traces of 20 000 at 1 %: five deviations and more around the mean"
    );
}
