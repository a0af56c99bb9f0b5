//! Which events are emitted: levels by domain and event, samples by trace, limits, and the counters
//! of what was left out.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

mod incidents;
mod limits;
mod renderings;
mod samples;

use event_core::emit::Levels;
use event_core::record::Record;
use event_core::{Emitter, Event, Level, Recorder, Sink, events};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
