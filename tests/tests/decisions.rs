//! Which events are emitted: levels by domain and event, samples by trace, limits, and the counters
//! of what was left out.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::emission::EmissionEventSuppressed;
use event_core::trace::{SpanId, TraceContext, TraceId};
use event_core::{
    Actor, CorrelationId, Emit, Emitter, Event, EventId, Incident, JsonLines, Level, Levels,
    Record, Recorder, Sink, Timestamp, events,
};
use serde_json::Value;
use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

events!(
    #[domain(optional(action))]
    pub enum Cache {
        Item,
    }

    #[event(debug)]
    pub struct CacheHit {
        pub n: u32,
    }

    #[event(debug)]
    pub struct CacheMiss;

    #[event(info, sample = 1 / 100)]
    pub struct CacheItemCompleted {
        pub n: u32,
    }

    #[event(info, limit = "100/s")]
    pub struct CacheItemSkipped {
        pub n: u32,
    }

    #[event(level = match code { 500 => error, _ => info }, limit = "100/s")]
    pub struct CacheItemDelayed {
        pub code: u32,
    }

    #[statuses]
    pub enum CacheStatus {
        #[status(neutral)]
        Measured,
    }

    #[event(info)]
    pub struct CacheItemMeasured {
        #[field(finite)]
        pub share: f64,
    }

    #[group(context)]
    pub struct CacheSize {
        #[field(finite)]
        pub ratio: f64,
    }

    #[event(info, context(CacheSize))]
    pub struct CacheItemResumed;

    #[event(error, limit = "1/h", limit_errors)]
    pub struct CacheItemFailed;
);

mod cache_store {
    event_core::events! {
        #[domain(optional(action))]
        pub enum CacheStore {}

        #[event(debug)]
        pub struct CacheStoreHit;
    }
}
use cache_store::{CacheStoreHit, emit_cache_store_hit};

/// Counts, and does nothing else.
#[derive(Clone, Default)]
struct Count(Arc<AtomicU64>);

impl Sink for Count {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

fn names(levels: impl Into<Levels>) -> Vec<&'static str> {
    let recorder = Recorder::new();
    let _scope = Emitter::builder().level(levels).sink(recorder.clone()).build().enter();
    emit_cache_hit(CacheHit { n: 1 });
    emit_cache_miss(CacheMiss);
    emit_cache_item_skipped(CacheItemSkipped { n: 1 });
    emit_cache_store_hit(CacheStoreHit);
    recorder.records().iter().map(|record| record.meta().name.snake).collect()
}

#[test]
fn a8_levels_hold_for_whole_names() {
    let levels = |text: &str| names(text.parse::<Levels>().unwrap());
    assert_eq!(levels("info"), ["cache_item_skipped"]);
    assert_eq!(levels("cache=off,cache_hit=debug"), ["cache_hit"]);
    assert_eq!(
        levels("debug,cache=off"),
        ["cache_store_hit"],
        "`cache` is no part of `cache_store`"
    );
    assert_eq!(levels("off,cache.miss=trace"), ["cache_miss"]);
    assert_eq!(
        levels("debug,cache_item_skipped=off,cache_store=warning"),
        ["cache_hit", "cache_miss"]
    );
    assert_eq!(
        names(Levels::at_least(Level::Info).domain::<Cache>(None).event::<CacheMiss>(Level::Debug)),
        ["cache_miss"]
    );
}

#[test]
fn levels_change_while_the_emitter_runs() {
    let recorder = Recorder::new();
    let emitter = Emitter::builder().level(Level::Error).sink(recorder.clone()).build();
    let _scope = emitter.enter();
    emit_cache_hit(CacheHit { n: 1 });
    emitter.set_levels(Levels::at_least(Level::Error).event::<CacheHit>(Level::Debug));
    emit_cache_hit(CacheHit { n: 2 });
    emitter.set_levels(Level::Info);
    emit_cache_hit(CacheHit { n: 3 });
    assert_eq!(recorder.lines().len(), 1);
    assert!(recorder.lines()[0].ends_with(r#""n":2}"#));
}

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

#[test]
fn a9_counters_by_event_level_and_sink() {
    let good = Count::default();
    let emitter =
        Emitter::builder().level(Level::Info).count_suppressed().sink(good.clone()).build();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let _scope = emitter.enter();
                for n in 0..1_000 {
                    emit_cache_hit(CacheHit { n });
                    emitter.emit(&CacheItemDelayed { code: 500 });
                }
            });
        }
    });
    let metrics = emitter.metrics();
    assert_eq!(metrics.emitted("cache_item_delayed"), 4_000);
    assert_eq!(metrics.emitted("cache.item.delayed"), 4_000);
    assert_eq!(metrics.emitted("cache_hit"), 0);
    let delayed =
        metrics.events.iter().find(|event| event.meta.name == CacheItemDelayed::META.name).unwrap();
    assert_eq!((delayed.emitted_at(Level::Error), delayed.emitted_at(Level::Info)), (4_000, 0));
    let hit = metrics.events.iter().find(|event| event.meta.name == CacheHit::META.name).unwrap();
    assert_eq!((hit.suppressed(), hit.emitted()), (4_000, 0));
    assert_eq!((metrics.sinks[0].delivered, metrics.sinks[0].failed), (4_000, 0));
    assert_eq!(good.0.load(Ordering::Relaxed), 4_000);
    assert_eq!(emitter.report().calls(), 8_000);
}

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

#[test]
fn c6_a_line_says_service_host_trace_and_actor() {
    let recorder = Recorder::new();
    let time = Timestamp::parse("2026-11-21T00:00:00Z").unwrap();
    let next = AtomicU64::new(0);
    let emitter = Emitter::builder()
        .service("checkout")
        .service_version("1.4.0")
        .environment("staging")
        .service_host("host-1")
        .service_pid()
        .ids_in_lines()
        .ids(move |_| EventId::from_u128(u128::from(next.fetch_add(1, Ordering::Relaxed) + 1)))
        .clock(move || time)
        .sink(recorder.clone())
        .build();
    let _scope = emitter.enter();
    let _actor = Actor::user("usr_1").session("ses_\"1").enter();
    let _correlation = CorrelationId("ord_1".into()).enter();
    let trace = TraceId::parse("4bf92f3577b34da6a3ce929d0e0e4736").unwrap();
    let _trace = TraceContext::new(trace, SpanId::parse("00f067aa0ba902b7").unwrap()).enter();
    emit_cache_item_delayed(CacheItemDelayed { code: 1 });
    let pid = std::process::id();
    assert_eq!(
        recorder.lines()[0],
        format!(
            concat!(
                r#"{{"event":"cache_item_delayed","version":1,"level":"info","timestamp":"2026-11-21T00:00:00.000000Z","#,
                r#""event_id":"00000000-0000-0000-0000-000000000001","sequence":1,"#,
                r#""actor":{{"type":"user","id":"usr_1","session_id":"ses_\"1"}},"#,
                r#""trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","correlation_id":"ord_1","#,
                r#""service":"checkout","service_version":"1.4.0","environment":"staging","service_host":"host-1","service_pid":{},"#,
                r#""code":1}}"#
            ),
            pid
        )
    );
}

#[test]
fn the_two_renderings_are_of_one_record() {
    #[derive(Clone, Default)]
    struct Both(Arc<Mutex<Vec<(Value, Value)>>>);
    impl Sink for Both {
        fn write(&self, record: &Record<'_>) -> io::Result<()> {
            let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
            let first: Value = json(record.envelope());
            assert_eq!(first, json(record.envelope()), "asked twice, it is the same");
            assert_eq!(first["event_id"], record.event_id().to_string());
            let kept = record.to_owned();
            assert_eq!(first, json(kept.record().envelope()), "kept, it is the same");
            self.0.lock().unwrap().push((json(record.line()), first));
            Ok(())
        }
    }
    let both = Both::default();
    let emitter =
        Emitter::builder().service("checkout").sink(both.clone()).sink(both.clone()).build();
    let _actor = Actor::system("sweeper").enter();
    emitter.emit(&CacheItemDelayed { code: 1 });
    emitter.emit_at(&CacheItemDelayed { code: 500 }, Timestamp::from_micros(0));
    assert_eq!((emitter.report().emitted, emitter.report().calls()), (2, 2));
    let both = both.0.lock().unwrap();
    assert_eq!(both[0], both[1], "every sink sees the same record");
    let ids: HashSet<&str> =
        both.iter().map(|(_, envelope)| envelope["event_id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    for (line, envelope) in both.iter() {
        for (in_line, in_envelope) in [
            ("/timestamp", "/occurred_at"),
            ("/version", "/event_version"),
            ("/level", "/level"),
            ("/actor", "/actor"),
            ("/service", "/context/service"),
            ("/code", "/payload/code"),
        ] {
            assert_eq!(line.pointer(in_line), envelope.pointer(in_envelope), "{in_line}");
        }
        assert_eq!(envelope["event_type"], "cache.item.delayed");
        assert!(envelope["occurred_at"].as_str() <= envelope["recorded_at"].as_str());
    }
    assert_eq!(both[3].1["occurred_at"], "1970-01-01T00:00:00.000000Z");
    assert_eq!((&both[1].1["sequence"], &both[3].1["sequence"]), (&1.into(), &2.into()));
}

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
