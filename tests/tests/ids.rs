//! Ids and the times of records: an event of another time, and a clock that errs, leave no trace in
//! the records that follow.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

mod disk;

use disk::DiskCheckCompleted;
use event_core::sink::Memory;
use event_core::{Emitter, EventId, Timestamp};
use serde_json::Value;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Ids are counted by the process: these tests take turns.
static TURN: Mutex<()> = Mutex::new(());

const SECOND: i64 = 1_000_000;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The time that an id says, in microseconds.
fn time_of(id: EventId) -> i64 {
    i64::try_from(id.as_u128() >> 80).unwrap() * 1_000
}

fn assert_now(id: EventId) {
    let off = time_of(id) - Timestamp::now().as_micros();
    assert!(off.abs() < 60 * SECOND, "{id} is {} s from now", off / SECOND);
}

/// The id and the times of each record.
fn read(memory: &Memory) -> Vec<(EventId, String, String)> {
    let text = |envelope: &Value, key: &str| envelope[key].as_str().unwrap().to_owned();
    let read = |envelope: Value| {
        let id = EventId::parse(&text(&envelope, "event_id")).unwrap();
        (id, text(&envelope, "occurred_at"), text(&envelope, "recorded_at"))
    };
    let envelope = |record: event_core::record::OwnedRecord| {
        serde_json::from_slice(record.record().envelope()).unwrap()
    };
    memory.take().into_iter().map(envelope).map(read).collect()
}

#[test]
fn an_event_of_another_time_is_recorded_now() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let memory = Memory::new();
    let emitter = Emitter::builder().sink(memory.clone()).build();
    let times = [
        "2099-01-01T00:00:00.000000Z",
        "1970-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z",
    ];
    emitter.emit(&DiskCheckCompleted { free: 0 });
    for time in times {
        emitter.emit_at(&DiskCheckCompleted { free: 1 }, at(time));
        emitter.emit(&DiskCheckCompleted { free: 2 });
    }
    let records = read(&memory);
    assert!(records.is_sorted_by_key(|(id, ..)| *id), "{records:?}");
    for (place, (id, occurred_at, recorded_at)) in records.iter().enumerate() {
        assert_now(*id);
        let off = at(recorded_at).as_micros() - Timestamp::now().as_micros();
        assert!(off.abs() < 60 * SECOND, "recorded at {recorded_at}");
        assert_eq!(occurred_at == recorded_at, place % 2 == 0, "{place}");
    }
    assert_eq!([1, 3, 5].map(|place| records[place].1.as_str()), times);
}

#[test]
fn one_wrong_reading_of_the_clock_is_one_wrong_id() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let memory = Memory::new();
    let off = Arc::new(AtomicI64::new(0));
    let read_off = off.clone();
    let clock = move || {
        Timestamp::from_micros(Timestamp::now().as_micros() + read_off.load(Ordering::Relaxed))
    };
    let emitter = Emitter::builder().clock(clock).sink(memory.clone()).build();
    for wrong in [70 * 365 * 86_400 * SECOND, -3_600 * SECOND, 3_600 * SECOND, i64::MAX / 4] {
        off.store(wrong, Ordering::Relaxed);
        emitter.emit(&DiskCheckCompleted { free: 0 });
        off.store(0, Ordering::Relaxed);
        (1..4).for_each(|free| emitter.emit(&DiskCheckCompleted { free }));
        let records = read(&memory);
        assert!((time_of(records[0].0) - Timestamp::now().as_micros()).abs() > 60 * SECOND);
        records[1..].iter().for_each(|(id, ..)| assert_now(*id));
        assert!(records[1..].is_sorted_by_key(|(id, ..)| *id), "{records:?}");
    }
}

#[test]
fn ids_grow_while_the_clock_goes_back_a_little() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let memory = Memory::new();
    let back = AtomicI64::new(0);
    // A second further back at each reading, and ten at most.
    let clock = move || {
        let back = back.fetch_add(SECOND, Ordering::Relaxed).min(9 * SECOND);
        Timestamp::from_micros(Timestamp::now().as_micros() - back)
    };
    let emitter = Emitter::builder().clock(clock).sink(memory.clone()).build();
    (0..100).for_each(|free| emitter.emit(&DiskCheckCompleted { free }));
    let records = read(&memory);
    assert!(records.is_sorted_by_key(|(id, ..)| *id), "{records:?}");
}

#[test]
fn an_id_that_is_made_for_a_time_says_it_and_leaves_no_trace() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let before = EventId::new();
    let future = at("2099-01-01T00:00:00Z");
    assert_eq!(time_of(EventId::at(future)), future.as_micros());
    let after = EventId::new();
    assert!(before < after);
    assert_now(after);
}
