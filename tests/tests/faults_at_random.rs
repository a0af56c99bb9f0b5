//! Faults of every part at random: nothing reaches the caller, and every call and every record is
//! in one number.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    dead_code,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out, and not \
              all of the faults are used here"
)]

mod faults;

use event_core::record::Record;
use event_core::sink::{Background, Batches, Filtered, Memory, Retrying};
use event_core::{Emit, Emitter, EventId, Sink, Timestamp};
use faults::{
    Explosive, Fault, PartLimitedCompleted, PartSampledCompleted, PartStepDelayed, PartStepResumed,
    blow_up, faulty, part,
};
use proptest::prelude::*;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a sink does with one record after the other.
#[derive(Clone, Copy, Debug)]
enum Does {
    Takes,
    Fails,
    Panics,
    FailsWith(&'static str),
    Emits,
}

struct Scripted {
    script: Vec<Does>,
    at: AtomicU64,
    taken: Arc<AtomicU64>,
    world: Arc<World>,
}

#[derive(Default)]
struct World {
    emitter: Mutex<Option<Emitter>>,
    calls: AtomicU64,
}

impl World {
    fn emit(&self, kind: u8) {
        let Some(emitter) = self.emitter.lock().unwrap().clone() else { return };
        self.calls.fetch_add(1, Ordering::Relaxed);
        match kind {
            0..=5 => emitter.emit(&part()),
            6 => emitter.emit(&PartSampledCompleted),
            7 => emitter.emit(&PartLimitedCompleted),
            8 => emitter.emit(&PartStepDelayed),
            10..=12 => buffered(&emitter, kind),
            _ => emitter.emit(&PartStepResumed { share: f64::NAN }),
        }
    }
}

impl Scripted {
    fn step(&self, may_emit: bool) -> io::Result<()> {
        let at = self.at.fetch_add(1, Ordering::Relaxed);
        match self.script[usize::try_from(at).unwrap() % self.script.len()] {
            Does::Fails => return Err(ErrorKind::StorageFull.into()),
            Does::Panics => blow_up(),
            Does::FailsWith(panics) => return Err(io::Error::other(Explosive(panics))),
            Does::Emits if may_emit => self.world.emit(u8::try_from(at % 10).unwrap()),
            Does::Takes | Does::Emits => {}
        }
        Ok(())
    }
}

impl Sink for Scripted {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let _ = record.envelope();
        self.step(true)?;
        self.taken.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn flush(&self) -> io::Result<()> {
        self.step(false)
    }
}

impl Write for Scripted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.step(true).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.step(false)
    }
}

/// A transaction of one event, which ends in one of three ways.
fn buffered(emitter: &Emitter, kind: u8) {
    let mut buffer = emitter.buffer();
    part().emit_to(&mut buffer);
    match kind {
        10 => buffer.flush(),
        11 => buffer.discard(),
        _ => drop(buffer),
    }
}

fn does() -> impl Strategy<Value = Vec<Does>> {
    let one = prop_oneof![
        3 => Just(Does::Takes),
        1 => Just(Does::Fails),
        1 => Just(Does::Panics),
        1 => Just(Does::FailsWith("Display")),
        1 => Just(Does::FailsWith("Error::drop")),
        1 => Just(Does::Emits),
    ];
    prop::collection::vec(one, 1..8)
}

fn fault() -> impl Strategy<Value = Fault> {
    proptest::sample::select(vec![
        Fault::None,
        Fault::None,
        Fault::Display,
        Fault::Serialize,
        Fault::Value,
        Fault::Mask,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever fails, panics or emits, and where: nothing reaches the caller, and every call and
    /// every record is in one number.
    #[test]
    fn every_fault_is_counted(
        scripts in prop::collection::vec(does(), 5),
        events in prop::collection::vec((0..13_u8, fault()), 1..60),
        hard in any::<[bool; 3]>(),
    ) {
        let [listener_panics, clock_panics, ids_panic] = hard;
        let world = Arc::new(World::default());
        let mut taken = Vec::new();
        let mut scripted = |script: &Vec<Does>| {
            let counts = Arc::new(AtomicU64::new(0));
            taken.push(counts.clone());
            Scripted { script: script.clone(), at: AtomicU64::new(0), taken: counts, world: world.clone() }
        };
        let quick = Duration::from_millis(1);
        let emitter = Emitter::builder()
            .count_suppressed()
            .on_incident(move |_| if listener_panics { blow_up() })
            .clock(move || if clock_panics { blow_up() } else { Timestamp::now() })
            .ids(move |time| if ids_panic { blow_up() } else { { let _ = time; EventId::new() } })
            .sink(scripted(&scripts[0]))
            .sink(Background::options().capacity(4).start(scripted(&scripts[1])).unwrap())
            .sink(Filtered::new(scripted(&scripts[2]), |record| record.line().len() % 2 == 0))
            .sink(Retrying::new(scripted(&scripts[3])).attempts(2).backoff(quick, quick))
            .sink(Batches::new(scripted(&scripts[4]), 3, quick).unwrap())
            .sink(Memory::bounded(5))
            .build();
        let unbound = Held(world.clone());
        *world.emitter.lock().unwrap() = Some(emitter.clone());
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| events.iter().for_each(|(kind, fault)| faulty(*fault, || world.emit(*kind))));
            }
        });
        // What a queue writes may be the cause of more, four times over.
        for _ in 0..6 {
            emitter.flush_within(Duration::from_secs(60));
        }
        *world.emitter.lock().unwrap() = None;
        emitter.flush_within(Duration::from_secs(60));
        let report = emitter.report();
        let calls = world.calls.load(Ordering::Relaxed);
        prop_assert_eq!(report.calls(), calls);
        let apart = [report.suppressed.unwrap(), report.sampled_out, report.limited, report.refused];
        let of_buffers = report.buffered + report.discarded;
        prop_assert_eq!(report.emitted + apart.iter().sum::<u64>() + of_buffers, calls);
        for sink in &report.sinks {
            let sum = sink.delivered + sink.failed + sink.dropped + sink.waiting + sink.filtered;
            prop_assert_eq!(sum, report.emitted, "{:?}", sink);
        }
        // `Batches` counts records, and what it writes to counts batches.
        for (sink, taken) in report.sinks.iter().zip(&taken).take(4) {
            prop_assert_eq!(sink.delivered, taken.load(Ordering::Relaxed), "{:?}", report);
        }
        drop(unbound);
    }
}

struct Held(Arc<World>);

impl Drop for Held {
    fn drop(&mut self) {
        let emitter = self.0.emitter.lock().unwrap().take();
        drop(emitter);
    }
}
