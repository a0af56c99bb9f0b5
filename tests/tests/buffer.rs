//! `emitter.buffer()`: its records are the emitter's, to the byte, and every event in it is in one
//! number of the report at every moment.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::context::{Actor, Bind, CorrelationId};
use event_core::emit::{Incident, Report};
use event_core::sink::Memory;
use event_core::{Change, Context, Emit, Emitter, EventId, Timestamp, events};
use proptest::prelude::*;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};

events!(
    #[domain]
    pub enum Transfer {
        Book,
    }

    #[group(context)]
    pub struct Request {
        pub request_id: u32,
    }

    #[value]
    pub enum Booking {
        Draft,
        Booked,
    }

    /// Below the level.
    #[event(debug)]
    pub struct TransferBookStarted {
        pub n: u32,
    }

    #[event(info, context(Request))]
    pub struct TransferBookCompleted {
        #[entity(transfer)]
        pub transfer_id: u32,
        #[transition(Draft -> Booked)]
        pub change: Change<Booking>,
    }

    #[event(warning, sample = 1 / 3)]
    pub struct TransferBookDelayed {
        pub n: u32,
    }

    #[event(info, limit = "2/h")]
    pub struct TransferBookSkipped {
        pub n: u32,
    }

    #[event(error)]
    pub struct TransferBookFailed {
        #[field(finite)]
        pub rate: f64,
    }
);

/// One event of each fate that an event can have.
#[derive(Clone, Copy, Debug)]
enum One {
    Started,
    Completed(bool),
    Delayed(u64),
    Skipped,
    Failed(f64),
}

fn one() -> impl Strategy<Value = One> {
    prop_oneof![
        Just(One::Started),
        any::<bool>().prop_map(One::Completed),
        any::<u64>().prop_map(One::Delayed),
        Just(One::Skipped),
        prop_oneof![Just(f64::NAN), -1.0..1.0_f64].prop_map(One::Failed),
    ]
}

impl One {
    fn emit_to(self, n: u32, sink: &mut impl event_core::emit::EmitTarget) {
        match self {
            Self::Started => TransferBookStarted { n }.emit_to(sink),
            Self::Completed(is_legal) => {
                let (draft, booked) = (Booking::Draft, Booking::Booked);
                let (before, after) = if is_legal { (draft, booked) } else { (booked, draft) };
                TransferBookCompleted { transfer_id: n, change: Change { before, after } }
                    .emit_to(sink);
            }
            Self::Delayed(trace) => {
                let ids = TraceId::parse(&format!("{:032x}", u128::from(trace) + 1))
                    .zip(SpanId::parse("00f067aa0ba902b7"));
                let (trace, span) = ids.unwrap();
                let _in_trace = TraceContext::new(trace, span).binding().enter();
                TransferBookDelayed { n }.emit_to(sink);
            }
            Self::Skipped => TransferBookSkipped { n }.emit_to(sink),
            Self::Failed(rate) => TransferBookFailed { rate }.emit_to(sink),
        }
    }
}

type Found = Arc<Mutex<Vec<Incident>>>;

/// An emitter whose records are the same each time: its clock goes on by a microsecond a call, its
/// ids are counted.
fn emitter(ids_in_lines: bool) -> (Emitter, Memory, Found) {
    let (memory, found, ticks, ids) =
        (Memory::new(), Found::default(), Arc::new(AtomicI64::new(0)), AtomicU64::new(0));
    let incidents = found.clone();
    let builder = Emitter::builder()
        .service("ledger")
        .service_version("1.2.3")
        .environment("test")
        .service_host("host-1")
        .clock(move || Timestamp::from_micros(ticks.fetch_add(1, Ordering::Relaxed)))
        .ids(move |_| EventId::from_u128(u128::from(ids.fetch_add(1, Ordering::Relaxed) + 1)))
        .on_incident(move |incident| incidents.lock().unwrap().push(incident.clone()))
        .count_suppressed()
        .sink(memory.clone());
    let builder = if ids_in_lines { builder.ids_in_lines() } else { builder };
    (builder.build(), memory, found)
}

/// Lines and envelopes.
fn written(memory: &Memory) -> Vec<(String, String)> {
    let envelope = |record: &event_core::record::OwnedRecord| {
        String::from_utf8(record.record().envelope().to_vec()).unwrap()
    };
    memory.records().iter().map(|record| (record.text().to_owned(), envelope(record))).collect()
}

fn bound(is_bound: bool) -> Context {
    if !is_bound {
        return Context::empty();
    }
    Context::empty()
        .with(&Actor::user("usr_7"))
        .with(&CorrelationId("cor_1".into()))
        .with(&Request { request_id: 7 })
}

proptest! {
    /// Lines, envelopes, counters and incidents, however many buffers they go through.
    #[test]
    fn what_a_buffer_flushes_is_what_the_emitter_would_have_written(
        events in prop::collection::vec((one(), any::<bool>(), any::<bool>()), 0..30),
        ids_in_lines in any::<bool>(),
    ) {
        let (mut direct, written_directly, found_directly) = emitter(ids_in_lines);
        let (buffering, flushed, found) = emitter(ids_in_lines);
        let mut buffer = buffering.buffer();
        for (n, (event, is_bound, ends_transaction)) in (0..).zip(&events) {
            let _bound = bound(*is_bound).enter();
            event.emit_to(n, &mut direct);
            event.emit_to(n, &mut buffer);
            prop_assert_eq!(buffering.report().buffered, buffer.records().len() as u64);
            prop_assert_eq!(buffering.report().calls(), direct.report().calls());
            if *ends_transaction {
                // Context of the place where it is flushed is none of the records'.
                let _elsewhere = bound(!is_bound).enter();
                buffer.flush();
            }
        }
        buffer.flush();
        prop_assert_eq!(written(&flushed), written(&written_directly));
        prop_assert_eq!(&*found.lock().unwrap(), &*found_directly.lock().unwrap());
        prop_assert_eq!(buffering.report(), direct.report());
        prop_assert_eq!(direct.report().calls(), events.len() as u64);
    }
}

fn booked(transfer_id: u32) -> TransferBookCompleted {
    TransferBookCompleted {
        transfer_id,
        change: Change { before: Booking::Draft, after: Booking::Booked },
    }
}

fn counts(report: &Report) -> [u64; 4] {
    assert_eq!(
        report.calls(),
        report.emitted
            + report.suppressed.unwrap_or_default()
            + report.sampled_out
            + report.limited
            + report.refused
            + report.buffered
            + report.discarded
    );
    [report.buffered, report.emitted, report.discarded, report.calls()]
}

#[test]
fn an_event_is_buffered_until_it_is_flushed_discarded_or_dropped() {
    let (emitter, memory, found) = emitter(false);
    let _bound = bound(true).enter();
    let mut buffer = emitter.buffer();
    booked(1).emit_to(&mut buffer);
    booked(2).emit_to(&mut buffer);
    assert_eq!(counts(&emitter.report()), [2, 0, 0, 2]);
    assert!(memory.records().is_empty());
    buffer.flush();
    assert_eq!(counts(&emitter.report()), [0, 2, 0, 2]);
    assert_eq!(emitter.report().sinks[0].delivered, 2);

    // It can be used again.
    booked(3).emit_to(&mut buffer);
    let savepoint = buffer.records().len();
    booked(4).emit_to(&mut buffer);
    buffer.truncate(savepoint);
    assert_eq!(counts(&emitter.report()), [1, 2, 1, 4]);
    buffer.truncate(9);
    buffer.discard();
    assert_eq!(counts(&emitter.report()), [0, 2, 2, 4]);
    drop(buffer);
    assert_eq!(*found.lock().unwrap(), [], "what is discarded is meant");

    for _ in 0..2 {
        let mut forgotten = emitter.buffer();
        booked(5).emit_to(&mut forgotten);
        booked(6).emit_to(&mut forgotten);
    }
    assert_eq!(counts(&emitter.report()), [0, 2, 6, 8]);
    assert_eq!(*found.lock().unwrap(), [Incident::BufferDropped { events: 2 }], "reported once");
    let metrics = emitter.metrics();
    assert_eq!(
        (metrics.events[0].discarded(), metrics.events[0].buffered(), metrics.events[0].emitted()),
        (6, 0, 2)
    );
    assert_eq!(memory.records().len(), 2);
}

#[test]
fn a_writer_that_fails_leaves_the_records_in_the_buffer() {
    let (emitter, memory, _) = emitter(false);
    let mut buffer = emitter.buffer();
    TransferBookFailed { rate: 0.5 }.emit_to(&mut buffer);
    TransferBookFailed { rate: f64::NAN }.emit_to(&mut buffer);
    assert_eq!(buffer.refused(), 1);
    let failed =
        buffer.flush_with(|records| if records.is_empty() { Ok(()) } else { Err("no connection") });
    assert_eq!(
        (failed, buffer.records().len(), emitter.report().buffered),
        (Err("no connection"), 1, 1)
    );
    let written = buffer.flush_with(|records| Ok::<_, Infallible>(records.to_vec())).unwrap();
    assert_eq!(
        (written.len(), buffer.records().len(), counts(&emitter.report())),
        (1, 0, [0, 1, 0, 2])
    );
    assert_eq!(
        memory.records()[0].text(),
        written[0].text(),
        "the writer and the sinks get the same record"
    );
}

#[test]
fn what_is_not_retained_is_discarded() {
    let (emitter, memory, found) = emitter(false);
    let _bound = bound(true).enter();
    let mut buffer = emitter.buffer();
    (1..=5).for_each(|transfer_id| booked(transfer_id).emit_to(&mut buffer));
    let mut seen = Vec::new();
    buffer.retain(|record| {
        seen.push(record.text().to_owned());
        record.record().entity().is_some_and(|entity| matches!(entity.id, "2" | "5"))
    });
    assert_eq!(seen.len(), 5);
    let kept: Vec<_> = buffer.records().iter().map(|record| record.text().to_owned()).collect();
    assert_eq!(kept, [seen[1].clone(), seen[4].clone()], "in their order, unchanged");
    assert_eq!(counts(&emitter.report()), [2, 0, 3, 5]);

    buffer.retain(|_| true);
    assert_eq!(counts(&emitter.report()), [2, 0, 3, 5]);
    buffer.flush();
    assert_eq!((counts(&emitter.report()), memory.records().len()), ([0, 2, 3, 5], 2));
    drop(buffer);
    assert_eq!(*found.lock().unwrap(), [], "what is discarded is meant");
}

#[test]
fn the_first_records_are_flushed_and_the_others_stay() {
    let (emitter, memory, found) = emitter(false);
    let _bound = bound(true).enter();
    let mut buffer = emitter.buffer();
    (1..=3).for_each(|n| booked(n).emit_to(&mut buffer));
    buffer.flush_first(2);
    assert_eq!((memory.records().len(), counts(&emitter.report())), (2, [1, 2, 0, 3]));
    assert!(buffer.records()[0].text().contains("\"transfer_id\":3"));
    drop(buffer);
    assert_eq!(*found.lock().unwrap(), [Incident::BufferDropped { events: 1 }]);
    let mut buffer = emitter.buffer();
    buffer.flush_first(9);
    assert_eq!(counts(&emitter.report()), [0, 2, 1, 3]);
}

#[test]
fn a_discarded_event_leaves_a_hole_in_the_sequence() {
    let (mut emitter, memory, _) = emitter(false);
    let mut buffer = emitter.buffer();
    TransferBookFailed { rate: 0.1 }.emit_to(&mut buffer);
    TransferBookFailed { rate: 0.2 }.emit_to(&mut buffer);
    buffer.truncate(1);
    TransferBookFailed { rate: 0.3 }.emit_to(&mut emitter);
    buffer.flush();
    let sequences: Vec<u64> =
        memory.records().iter().map(|record| record.record().sequence()).collect();
    assert_eq!(sequences, [3, 1]);
}

#[test]
fn a_record_from_elsewhere_is_delivered_as_it_is() {
    let (emitter, memory, _) = emitter(true);
    let other = Memory::new();
    let relay = Emitter::builder()
        .level(event_core::Level::Critical)
        .service("relay")
        .sink(other.clone())
        .build();
    emitter.emit(&TransferBookFailed { rate: 0.1 });
    memory.records().iter().for_each(|record| relay.deliver(record));
    assert_eq!(written(&other), written(&memory));
    assert_eq!((counts(&relay.report()), relay.report().sinks[0].delivered), ([0, 1, 0, 1], 1));
}

#[test]
fn the_sums_hold_at_every_moment_whatever_threads_a_buffer_visits() {
    const TRANSACTIONS: u64 = 2_000;
    let (emitter, _, _) = emitter(false);
    let _bound = bound(true).enter();
    let (send, receive) = mpsc::channel::<event_core::emit::RecordBuffer>();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for (n, mut buffer) in receive.into_iter().enumerate() {
                if n % 3 == 0 { buffer.discard() } else { buffer.flush() }
            }
            is_done.store(true, Ordering::Release);
        });
        threads.spawn(|| {
            let mut calls = 0;
            while !is_done.load(Ordering::Acquire) {
                let now = emitter.report().calls();
                assert!(now >= calls && now <= 3 * TRANSACTIONS, "{now} after {calls}");
                calls = now;
            }
        });
        for _ in 0..TRANSACTIONS {
            let mut buffer = emitter.buffer();
            (0..3).for_each(|n| booked(n).emit_to(&mut buffer));
            send.send(buffer).unwrap();
        }
        drop(send);
    });
    let discarded = TRANSACTIONS.div_ceil(3) * 3;
    assert_eq!(
        counts(&emitter.report()),
        [0, 3 * TRANSACTIONS - discarded, discarded, 3 * TRANSACTIONS]
    );
}
