//! One part's fault stays there and is counted: a sink, a listener, a clock, a value or a mask that
//! panics or emits.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

mod emits;
#[path = "../faults/mod.rs"]
mod faults;
mod sinks;

use event_core::emit::{Incident, Report};
use event_core::record::Record;
use event_core::sink::{Background, Callback, Memory};
use event_core::value::Refusal;
use event_core::{Begins, Emitter, EventId, Level, Timestamp, Wide};
use faults::{
    Fault, PartBoundCompleted, PartGroup, PartStepFailed, PartWideCompleted, blow_up,
    emit_part_bound_completed, emit_part_step_completed, emit_part_step_failed, faulty, part,
};
use std::sync::{Arc, Mutex};

type Told = Arc<Mutex<Vec<Incident>>>;

fn listened() -> (event_core::emit::Builder, Told) {
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
    let levels: Vec<_> =
        memory.records().iter().map(event_core::record::OwnedRecord::level).collect();
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
            "the callback given to `Builder::{name}` panicked; the emitter went on without it"
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
