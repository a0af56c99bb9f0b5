//! Tail sampling: decided when it is known what became of the unit.

use super::{
    Hand, RequestHandleFinished, emit_request_handle_finished, emitter_of, finished, line, values,
};
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::emit::TailSampler;
use event_core::{Recorder, Wide, events};
use serde_json::json;
use std::collections::HashMap;
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(500);

/// What is played: of a hundred units two fail, three are slow, one is dropped.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Failed,
    Slow,
    Dropped,
    Fine,
}

fn end_of(unit: u32) -> End {
    match unit % 100 {
        0 | 50 => End::Failed,
        10 | 20 | 30 => End::Slow,
        40 => End::Dropped,
        _ => End::Fine,
    }
}

fn play(unit: u32, clock: &Hand) {
    let work = RequestHandleFinished::unit(|| finished(499));
    match end_of(unit) {
        End::Failed => work.flush(finished(503)),
        End::Dropped => drop(work),
        End::Slow => {
            clock.pass(LIMIT + Duration::from_micros(1));
            work.flush(finished(200));
        }
        End::Fine => {
            clock.pass(LIMIT);
            work.flush(finished(200));
        }
    }
}

#[test]
fn e6_errors_and_slow_ones_are_kept_and_of_the_rest_one_in_n() {
    const UNITS: u32 = 10_000;
    let (recorder, clock) = (Recorder::new(), Hand::default());
    let sampler = TailSampler::keep_errors().slower_than(LIMIT).one_in(20);
    let emitter = emitter_of(&recorder, &clock).tail_sampler(sampler).build();
    let scope = emitter.enter();
    for unit in 0..UNITS {
        // Two units in each trace; ids that differ little, so that the spread is the sampler's.
        let trace = TraceId::from_u128(u128::from(unit / 2) + 1).unwrap();
        let _trace = TraceContext::new(trace, SpanId::from_u64(1).unwrap()).enter();
        play(unit, &clock);
    }
    drop(scope);

    let lines = values(&recorder);
    let mut reasons: HashMap<&str, u32> = HashMap::new();
    let mut of_trace: HashMap<&str, u32> = HashMap::new();
    for line in &lines {
        let reason = line["sample_reason"].as_str().unwrap();
        *reasons.entry(reason).or_default() += 1;
        if reason == "sampled" {
            assert_eq!(line["sample_rate"], 0.05);
            *of_trace.entry(line["trace_id"].as_str().unwrap()).or_default() += 1;
        } else {
            assert_eq!(line.get("sample_rate"), None, "it stands for itself");
        }
    }
    let count = |end| (0..UNITS).filter(|unit| end_of(*unit) == end).count() as u64;
    assert_eq!(u64::from(reasons["error"]), count(End::Failed) + count(End::Dropped));
    assert_eq!(u64::from(reasons["slow"]), count(End::Slow));
    // 9,400 units, 470 expected, in traces of two: five standard deviations are 150.
    assert!((320..=620).contains(&reasons["sampled"]), "{reasons:?}");

    // Of a trace whose units are both fine, both are kept or none.
    let of_two = |trace: &str| {
        (0..2).all(|at| end_of((u32::from_str_radix(trace, 16).unwrap() - 1) * 2 + at) == End::Fine)
    };
    assert!(of_trace.iter().all(|(trace, kept)| !of_two(trace) || *kept == 2), "{of_trace:?}");

    let report = emitter.report();
    assert_eq!(report.calls(), u64::from(UNITS));
    assert_eq!(report.emitted, lines.len() as u64);
    assert_eq!(report.sampled_out, u64::from(UNITS) - report.emitted);
}

#[test]
fn what_went_wrong_is_kept_when_nothing_else_is() {
    let (recorder, clock) = (Recorder::new(), Hand::default());
    for (sampler, kept) in [
        (TailSampler::keep_errors(), 3),
        (TailSampler::keep_errors().one_in(0), 3),
        (TailSampler::keep_errors().slower_than(LIMIT), 6),
        (TailSampler::keep_errors().one_in(1), 100),
    ] {
        let emitter = emitter_of(&recorder, &clock).tail_sampler(sampler).build();
        let scope = emitter.enter();
        (0..100).for_each(|unit| play(unit, &clock));
        drop(scope);
        assert_eq!(emitter.report().emitted, kept, "{sampler:?}");
    }
}

#[test]
fn without_a_tail_sampler_nothing_is_said_of_samples() {
    let line = line(|| RequestHandleFinished::unit(|| finished(499)).flush(finished(500)));
    assert_eq!((line.get("sample_reason"), line.get("sample_rate")), (None, None));
}

events!(
    #[domain]
    pub enum Job {
        Run,
    }

    #[group]
    pub struct JobContribution {
        pub rows: u64,
    }

    #[event(info, wide(JobContribution), sample = 0 / 1)]
    pub struct JobRunCompleted;

    #[event(info, wide(JobContribution), limit = "2/h")]
    pub struct JobRunFinished;

    #[event(warning, wide(JobContribution))]
    pub struct JobRunFailed;

    #[event(info)]
    pub struct JobRunReceived;
);

#[test]
fn it_is_asked_for_units_and_for_what_declares_no_rate_of_its_own() {
    let (recorder, clock) = (Recorder::new(), Hand::default());
    let emitter = emitter_of(&recorder, &clock).tail_sampler(TailSampler::keep_errors()).build();
    let scope = emitter.enter();
    emit_job_run_received(JobRunReceived);
    emit_request_handle_finished(finished(200));
    JobRunFailed::unit(|| JobRunFailed).flush(JobRunFailed);
    JobRunCompleted::unit(|| JobRunCompleted).flush(JobRunCompleted);
    drop(JobRunCompleted::unit(|| JobRunCompleted));
    drop(scope);
    let told: Vec<_> = values(&recorder)
        .into_iter()
        .map(|line| {
            (
                line["event"].clone(),
                line.get("sample_reason").cloned(),
                line.get("sample_rate").cloned(),
            )
        })
        .collect();
    let expected = [
        (json!("job_run_received"), None, None),
        (json!("request_handle_finished"), None, None),
        // A fault by its status, whatever its level.
        (json!("job_run_failed"), Some(json!("error")), None),
        // What is incomplete is an error to a declared rate, too.
        (json!("job_run_completed"), None, Some(json!(1.0))),
    ];
    assert_eq!(told, expected);
    assert_eq!(emitter.report().sampled_out, 1);
}

#[test]
fn a_declared_limit_holds_for_what_the_sampler_keeps() {
    let (recorder, clock) = (Recorder::new(), Hand::default());
    let emitter =
        emitter_of(&recorder, &clock).tail_sampler(TailSampler::keep_errors().one_in(1)).build();
    let scope = emitter.enter();
    for _ in 0..5 {
        JobRunFinished::unit(|| JobRunFinished).flush(JobRunFinished);
    }
    drop(JobRunFinished::unit(|| JobRunFinished));
    drop(scope);
    assert_eq!((emitter.report().emitted, emitter.report().limited), (3, 3));
}
