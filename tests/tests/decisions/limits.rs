//! Limits, and the event that reports how many events were left out.

use crate::{
    CacheItemDelayed, CacheItemFailed, CacheItemSkipped, emit_cache_item_delayed,
    emit_cache_item_failed, emit_cache_item_skipped,
};
use event_core::emit::emission::EmissionEventSuppressed;
use event_core::{Emitter, Event, Level, Recorder, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

#[test]
fn a7_what_is_limited_is_counted_and_errors_pass() {
    let recorder = Recorder::new();
    let emitter =
        Emitter::builder().level(Level::Debug).count_suppressed().sink(recorder.clone()).build();
    let _scope = emitter.enter();
    for n in 0..10_000 {
        emit_cache_item_skipped(CacheItemSkipped { n });
    }
    for code in (0..10_000).chain([500]) {
        emit_cache_item_delayed(CacheItemDelayed { code: if code == 500 { 500 } else { 200 } });
    }
    emit_cache_item_failed(CacheItemFailed);
    emit_cache_item_failed(CacheItemFailed);
    let report = emitter.report();
    assert_eq!(report.calls(), 20_003);
    assert_eq!(report.emitted + report.limited, 20_003);
    assert_eq!(usize::try_from(report.emitted).unwrap(), recorder.records().len());
    let errors = recorder.records().iter().filter(|record| record.level() == Level::Error).count();
    assert_eq!(
        errors,
        2 + 1,
        "the two of code 500, and one of the kind whose errors are limited too"
    );
    let metrics = emitter.metrics();
    let skipped =
        metrics.events.iter().find(|event| event.meta.name == CacheItemSkipped::META.name).unwrap();
    assert_eq!(skipped.emitted() + skipped.limited(), 10_000);
    assert!(
        (100..=1_000).contains(&skipped.emitted()),
        "a second's worth, and what came back meanwhile: {}",
        skipped.emitted()
    );
}

#[test]
fn a7_what_was_left_out_is_told_by_an_event() {
    let recorder = Recorder::new();
    let time = Arc::new(AtomicI64::new(0));
    let clock = {
        let time = time.clone();
        move || Timestamp::from_micros(time.load(Ordering::Relaxed))
    };
    let emitter = Emitter::builder().clock(clock).sink(recorder.clone()).build();
    let scope = emitter.enter();
    for n in 0..250 {
        emit_cache_item_skipped(CacheItemSkipped { n });
    }
    emitter.report_suppressed();
    emitter.report_suppressed();
    time.store(1_000_000, Ordering::Relaxed);
    for n in 0..101 {
        emit_cache_item_skipped(CacheItemSkipped { n });
    }
    emitter.report_suppressed();
    drop(scope);
    let told = recorder.of::<EmissionEventSuppressed<'_>>().unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|event| (&*event.event_name, event.emitted, event.limited, event.sampled_out))
        .collect();
    assert_eq!(told, [("cache_item_skipped", 100, 150, 0), ("cache_item_skipped", 100, 1, 0)]);
}

#[test]
fn what_was_left_out_is_told_on_a_timer() {
    let recorder = Recorder::new();
    let emitter = Emitter::builder()
        .report_every(std::time::Duration::from_millis(20))
        .sink(recorder.clone())
        .build();
    for n in 0..200 {
        emitter.emit(&CacheItemSkipped { n });
    }
    let told = || {
        recorder
            .of::<EmissionEventSuppressed<'_>>()
            .unwrap()
            .iter()
            .map(|told| told.limited)
            .sum::<u64>()
    };
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while told() == 0 && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(told(), emitter.report().limited);
}
