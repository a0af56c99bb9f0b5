//! One part's fault stays there and is counted: a sink, a listener, a clock, a value or a mask that
//! panics or emits.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

mod faults;

use event_core::{
    Background, Batches, Begins, Callback, Emitter, EventId, Filtered, Incident, JsonLines, Level,
    Losses, Memory, Record, Refusal, Report, Retrying, Sink, Timestamp, Wide,
};
use faults::{
    Explosive, Fault, PartBoundCompleted, PartGroup, PartStepFailed, PartWideCompleted, blow_up,
    emit_part_bound_completed, emit_part_step_completed, emit_part_step_failed, faulty, part,
};
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

type Told = Arc<Mutex<Vec<Incident>>>;

fn listened() -> (event_core::Builder, Told) {
    let told = Told::default();
    let incidents = told.clone();
    (
        Emitter::builder()
            .on_incident(move |incident| incidents.lock().unwrap().push(incident.clone())),
        told,
    )
}

fn assert_sums(report: &Report, calls: u64) {
    assert_eq!(report.calls(), calls, "{report:?}");
    for sink in &report.sinks {
        let sum = sink.delivered + sink.failed + sink.dropped + sink.waiting + sink.filtered;
        assert_eq!(sum, report.emitted, "{sink:?}");
    }
}

#[test]
fn a_value_or_a_mask_that_panics_costs_its_own_event_only() {
    let (builder, told) = listened();
    let memory = Memory::new();
    let emitter = builder.sink(memory.clone()).build();
    let _scope = emitter.enter();
    emit_part_step_completed(part());
    let faults = [Fault::Display, Fault::Serialize, Fault::Value, Fault::Mask];
    for fault in faults {
        faulty(fault, || emit_part_step_completed(part()));
        emit_part_step_completed(part());
    }
    let report = emitter.report();
    assert_eq!((report.emitted, report.refused), (5, 4));
    assert_sums(&report, 9);
    let payloads: Vec<_> =
        memory.records().iter().map(|record| record.record().payload().to_vec()).collect();
    assert!(payloads.windows(2).all(|two| two[0] == two[1]), "the buffer is as good as new");
    let told = told.lock().unwrap();
    assert_eq!(
        *told,
        [Incident::Refused { event: "part_step_completed", refusal: Refusal::Panicked }]
    );
    assert_eq!(
        told[0].to_string(),
        "event `part_step_completed` was not written: one of its values, or a mask, panicked \
         while it was encoded"
    );
}

#[test]
fn a_group_whose_value_panics_is_bound_and_its_events_are_refused() {
    let (builder, told) = listened();
    let memory = Memory::new();
    let emitter = builder.sink(memory.clone()).build();
    let _scope = emitter.enter();
    let bound = faulty(Fault::Value, || PartGroup { inner: faults::Own }.enter());
    emit_part_bound_completed(PartBoundCompleted);
    drop(bound);
    let unit = PartWideCompleted::unit(|| PartWideCompleted);
    faulty(Fault::Value, || unit.add(&PartGroup { inner: faults::Own }));
    unit.flush(PartWideCompleted);
    emit_part_step_completed(part());
    assert_eq!(
        (emitter.report().emitted, emitter.report().refused, memory.records().len()),
        (1, 2, 1)
    );
    assert_eq!(told.lock().unwrap().len(), 2);
}

#[test]
fn a_level_rule_whose_text_panics_gives_its_last_level() {
    let (builder, _) = listened();
    let memory = Memory::new();
    let emitter = builder.sink(memory.clone()).build();
    let _scope = emitter.enter();
    emit_part_step_failed(PartStepFailed { kind: faults::Kind });
    faulty(Fault::Level, || emit_part_step_failed(PartStepFailed { kind: faults::Kind }));
    let levels: Vec<_> = memory.records().iter().map(event_core::OwnedRecord::level).collect();
    assert_eq!(levels, [Level::Error, Level::Info]);
}

#[test]
fn what_a_dropped_operation_or_unit_emits_may_panic_while_a_panic_unwinds() {
    let (builder, told) = listened();
    let emitter = builder.build();
    let _scope = emitter.enter();
    for is_unwinding in [false, true] {
        let unwound = std::panic::catch_unwind(|| {
            let _operation =
                faults::PartWideStarted.start(|_| -> faults::PartWideFailed { blow_up() });
            let _unit = PartWideCompleted::unit(|| blow_up());
            if is_unwinding {
                std::panic::resume_unwind(Box::new("the caller's own"));
            }
        });
        assert_eq!(unwound.is_err(), is_unwinding);
    }
    // What began the operations is emitted.
    assert_sums(&emitter.report(), 2);
    assert_eq!(
        *told.lock().unwrap(),
        ["Wide::unit", "Begins::start"].map(|name| Incident::CallbackPanicked { name })
    );
}

#[test]
fn a_clock_and_ids_that_panic_are_done_without() {
    let (builder, told) = listened();
    let (clock, ids) = (|| -> Timestamp { blow_up() }, |_| -> EventId { blow_up() });
    let memory = Memory::new();
    let emitter = builder.clock(clock).ids(ids).ids_in_lines().sink(memory.clone()).build();
    emitter.emit(&part());
    emitter.emit(&part());
    assert_sums(&emitter.report(), 2);
    assert!(memory.records()[0].text().contains("\"event_id\":\"0"), "{memory:?}");
    let told: Vec<_> = told.lock().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["clock", "ids"].map(|name| format!(
            "what was given to `Builder::{name}` panicked; the emitter did without it"
        ))
    );
}

#[test]
fn a_listener_that_panics_harms_neither_the_caller_nor_a_queue() {
    let failing = || Callback::new(|_: &Record<'_>| blow_up());
    let memory = Memory::new();
    let emitter = Emitter::builder()
        .sink(failing())
        .sink(Background::new(failing()).unwrap())
        .sink(memory.clone())
        .on_incident(|_| blow_up())
        .build();
    (0..250).for_each(|_| emitter.emit(&part()));
    emitter.flush().unwrap();
    let report = emitter.report();
    assert_sums(&report, 250);
    assert_eq!(
        (report.sinks[0].failed, report.sinks[1].failed, report.sinks[1].waiting),
        (250, 250, 0)
    );
    assert_eq!(memory.records().len(), 250);
}

/// Panics in one of its methods.
struct PanicsIn(&'static str);

impl PanicsIn {
    fn at(&self, here: &'static str) {
        if self.0 == here {
            blow_up();
        }
    }
}

impl Sink for PanicsIn {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        self.at("write");
        match self.0 {
            "Display" | "Error::drop" => Err(io::Error::other(Explosive(self.0))),
            _ => Ok(()),
        }
    }

    fn flush(&self) -> io::Result<()> {
        self.at("flush");
        self.write_like()
    }

    fn name(&self) -> String {
        self.at("name");
        "PanicsIn".to_owned()
    }

    fn losses(&self) -> Losses {
        self.at("losses");
        Losses::new()
    }

    fn on_error(&self, _: event_core::ErrorListener) {
        self.at("on_error");
    }
}

impl PanicsIn {
    fn write_like(&self) -> io::Result<()> {
        match self.0 {
            "Display" | "Error::drop" => Err(io::Error::other(Explosive(self.0))),
            _ => Ok(()),
        }
    }
}

impl Drop for PanicsIn {
    fn drop(&mut self) {
        self.at("drop");
    }
}

#[test]
fn a_sink_that_panics_anywhere_harms_nothing_else() {
    for call in ["write", "flush", "name", "losses", "on_error", "drop", "Display", "Error::drop"] {
        for queued in [false, true] {
            if queued && call == "name" {
                // The queue asks for the name when it is made, on the thread that makes it.
                continue;
            }
            let (builder, told) = listened();
            let builder = if queued {
                builder.sink(Background::new(PanicsIn(call)).unwrap())
            } else {
                builder.sink(PanicsIn(call))
            };
            let memory = Memory::new();
            let emitter = builder.sink(memory.clone()).build();
            (0..10).for_each(|_| emitter.emit(&part()));
            emitter.flush_within(Duration::from_secs(60));
            let report = emitter.report();
            assert_sums(&report, 10);
            let fails = matches!(call, "write" | "Display" | "Error::drop");
            assert_eq!(
                (report.sinks[0].failed, memory.records().len()),
                (if fails { 10 } else { 0 }, 10),
                "{call}"
            );
            assert_eq!(
                report.sinks[0].flush_error.is_some(),
                matches!(call, "flush" | "Display" | "Error::drop")
            );
            assert!(!report.left_behind);
            drop(emitter);
            let told = told.lock().unwrap();
            let panicked = told.iter().any(
                |told| matches!(told, Incident::SinkPanicked { call: told, .. } if *told == call),
            );
            assert!(
                panicked || queued || !["write", "name", "losses", "on_error"].contains(&call),
                "{call}: {told:?}"
            );
        }
    }
}

/// Fails, and emits an event about that.
struct Complains {
    through: Arc<Mutex<Option<Emitter>>>,
    seen: Arc<AtomicU64>,
}

impl Complains {
    fn complain(&self) -> io::Error {
        self.seen.fetch_add(1, Ordering::Relaxed);
        let through = self.through.lock().unwrap().clone();
        if let Some(emitter) = through {
            emitter.emit(&part());
        }
        ErrorKind::StorageFull.into()
    }
}

impl Sink for Complains {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        Err(self.complain())
    }
}

impl Write for Complains {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.complain())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An emitter with one sink that complains, in whatever it is put into, and one that keeps what it
/// gets.
fn complaining(
    put: impl FnOnce(Complains) -> Box<dyn Sink>,
) -> (Emitter, Memory, Arc<AtomicU64>, Told, Unbound) {
    let (builder, told) = listened();
    let (through, seen, memory) =
        (Arc::new(Mutex::new(None)), Arc::<AtomicU64>::default(), Memory::new());
    let complains = Complains { through: through.clone(), seen: seen.clone() };
    let emitter = builder.sink(put(complains)).sink(memory.clone()).build();
    *through.lock().unwrap() = Some(emitter.clone());
    (emitter, memory, seen, told, Unbound(through))
}

/// Lets the emitter go, which the sink has a hold on.
struct Unbound(Arc<Mutex<Option<Emitter>>>);

impl Drop for Unbound {
    fn drop(&mut self) {
        let emitter = self.0.lock().unwrap().take();
        drop(emitter);
    }
}

#[test]
fn what_a_sink_emits_about_itself_does_not_go_back_into_it() {
    type Put = (&'static str, Box<dyn Fn(Complains) -> Box<dyn Sink>>);
    let quick = Duration::from_millis(1);
    let retrying = move |sink| Retrying::new(sink).attempts(2).backoff(quick, quick);
    let puts: [Put; 6] = [
        ("as it is", Box::new(|sink| Box::new(sink))),
        ("Retrying", Box::new(move |sink| Box::new(retrying(sink)))),
        ("Background", Box::new(|sink| Box::new(Background::new(sink).unwrap()))),
        (
            "Background(Retrying)",
            Box::new(move |sink| Box::new(Background::new(retrying(sink)).unwrap())),
        ),
        (
            "Filtered(Arc<Background>)",
            Box::new(|sink| {
                Box::new(Filtered::at_least(Level::Info, Arc::new(Background::new(sink).unwrap())))
            }),
        ),
        ("JsonLines", Box::new(|sink| Box::new(JsonLines::new(sink)))),
    ];
    for (name, put) in puts {
        let (emitter, memory, seen, told, _unbound) = complaining(put);
        emitter.emit(&part());
        let _ = emitter.flush();
        assert_eq!((seen.load(Ordering::Relaxed), memory.records().len()), (1, 2), "{name}");
        let report = emitter.report();
        assert_sums(&report, 2);
        assert_eq!(
            (report.sinks[0].failed, report.sinks[0].filtered),
            (1, 1),
            "{name}: {report:?}"
        );
        let emits = told
            .lock()
            .unwrap()
            .iter()
            .filter(|told| matches!(told, Incident::SinkEmits { .. }))
            .count();
        assert_eq!(emits, 1, "{name}");
    }
}

#[test]
fn batches_that_cannot_be_written_do_not_feed_themselves() {
    for (size, interval) in [(1, Duration::from_secs(3_600)), (1_000, Duration::from_millis(5))] {
        let (emitter, memory, seen, _, _unbound) =
            complaining(|sink| Box::new(Batches::new(sink, size, interval).unwrap()));
        emitter.emit(&part());
        std::thread::sleep(Duration::from_millis(100));
        // Tried again and again, by the timer; each complaint goes to the other sink, and none
        // back.
        let report = emitter.report();
        assert_eq!(report.sinks[0].waiting, 1, "{report:?}");
        assert!(report.sinks[0].filtered >= 1 && seen.load(Ordering::Relaxed) >= 1);
        assert!(memory.records().len() as u64 <= seen.load(Ordering::Relaxed) + 1);
    }
}

#[test]
fn sinks_that_emit_about_each_other_come_to_an_end() {
    for queued in [false, true] {
        let (builder, told) = listened();
        let (through, seen) = (Arc::new(Mutex::new(None)), Arc::<AtomicU64>::default());
        let mut builder = builder;
        for _ in 0..3 {
            let sink = Complains { through: through.clone(), seen: seen.clone() };
            builder = if queued {
                builder.sink(Background::new(sink).unwrap())
            } else {
                builder.sink(sink)
            };
        }
        let emitter = builder.build();
        let unbound = Unbound(through.clone());
        *through.lock().unwrap() = Some(emitter.clone());
        emitter.emit(&part());
        for _ in 0..10 {
            let _ = emitter.flush();
        }
        let calls = seen.load(Ordering::Relaxed) + 1;
        assert!(calls < 1_000, "{calls} events of one");
        assert_sums(&emitter.report(), calls);
        let too_deep = Incident::Refused { event: "part_step_completed", refusal: Refusal::Nested };
        assert_eq!(told.lock().unwrap().contains(&too_deep), queued);
        drop(unbound);
    }
}

#[test]
fn a_value_that_emits_its_own_event_comes_to_an_end() {
    let (builder, told) = listened();
    let memory = Memory::new();
    let emitter = builder.sink(memory.clone()).build();
    let _scope = emitter.enter();
    faulty(Fault::Nested, || emit_part_step_completed(part()));
    let report = emitter.report();
    assert_eq!((report.emitted, report.refused, memory.records().len()), (5, 1, 5));
    assert!(told.lock().unwrap()[0].to_string().ends_with("more than 4 levels deep"));
}

#[test]
fn a_sink_that_flushes_itself_is_refused() {
    struct Flushes(Arc<Mutex<Option<Emitter>>>);
    impl Sink for Flushes {
        fn write(&self, _: &Record<'_>) -> io::Result<()> {
            let emitter = self.0.lock().unwrap().clone().unwrap();
            assert_eq!(emitter.flush().unwrap_err().kind(), ErrorKind::Deadlock);
            Ok(())
        }
    }
    let through = Arc::new(Mutex::new(None));
    let emitter = Emitter::builder().sink(Flushes(through.clone())).build();
    let unbound = Unbound(through.clone());
    *through.lock().unwrap() = Some(emitter.clone());
    emitter.emit(&part());
    assert_eq!(emitter.report().sinks[0].delivered, 1);
    drop(unbound);
}
