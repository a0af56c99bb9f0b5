//! What the service emits: the same records at each call.

use crate::events::{
    Address, Method, ParcelChanged, ParcelReceived, ParcelSent, RequestContext, first,
};
use event_core::context::Actor;
use event_core::emit::EmitTarget;
use event_core::{Emit, Emitter, EventId, Timestamp};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// An emitter whose clock and ids count, so that each run makes the same records.
pub fn emitter() -> Emitter {
    const START: i64 = 1_773_480_413_589_793;
    let (times, ids) = (AtomicU64::new(0), AtomicU64::new(0));
    let next = |count: &AtomicU64| count.fetch_add(1, Ordering::Relaxed);
    Emitter::builder()
        .service("parcels")
        .clock(move || Timestamp::from_micros(START + next(&times).cast_signed()))
        .ids(move |_| {
            EventId::from_u128((0x019c_ebab << 96 | 0x7_8000 << 60) + u128::from(next(&ids)))
        })
        .build()
}

/// Emits the events of both catalogs.
pub fn emit(events: &mut impl EmitTarget) {
    first::ParcelReceived { parcel_id: "p1".into(), weight: u32::MAX, label: "first".into() }
        .emit_to(events);
    ParcelReceived {
        parcel_id: "p1".into(),
        weight: u64::MAX,
        label: "second".into(),
        depot: Some("west".into()),
    }
    .emit_to(events);
    first::ParcelSent { parcel_id: "p1".into(), price_cents: -1250, zone: -7 }.emit_to(events);
    ParcelSent { parcel_id: "p1".into(), price: Decimal::new(-1250, 2), zone: 3 }.emit_to(events);
    let _request =
        RequestContext { request_id: "r1".into(), ip: Some("203.0.113.9".into()) }.enter();
    changed().emit_to(events);
    let _actor = Actor::user("o'neill").session("s1").enter();
    hostile().emit_to(events);
}

/// Plain values. Everything that can be absent is.
fn changed() -> ParcelChanged<'static> {
    ParcelChanged {
        parcel_id: "p2".into(),
        parcel_version: 1,
        is_fragile: false,
        smallest: 0,
        largest: 1,
        ratio: 0.1,
        insured: Decimal::new(1250, 2),
        note: "".into(),
        letter: 'a',
        arrives_at: Timestamp::from_micros(0),
        posted_on: day(2026, 11, 30),
        label_id: uuid::Uuid::nil(),
        method: Method::Cash,
        address: Address { street: "Main Street 1".into(), floor: None },
        stops: Vec::new(),
        visits: BTreeMap::new(),
        card_number: "4242424242424242".into(),
        cvv: Some("123".into()),
        retries: None,
        labels: None,
        hint: None,
        seq: 0,
        foreign_id: "x".into(),
        envelope: "{}".into(),
        select: "*".into(),
        odd: "odd".into(),
    }
}

/// The ends of ranges, and texts that end a quote or a line. No NUL: PostgreSQL has none in a text.
fn hostile() -> ParcelChanged<'static> {
    const TEXT: &str =
        "'; DROP TABLE domain_events; -- \"\\ \n\r\t\u{1} /* */ \u{1f4e6} \u{202e} null";
    ParcelChanged {
        parcel_id: TEXT.into(),
        parcel_version: 9_223_372_036_854_775_808,
        is_fragile: true,
        smallest: i64::MIN,
        largest: u64::MAX,
        ratio: f64::NAN,
        insured: Decimal::from_i128_with_scale(-79_228_162_514_264_337_593_543_950_335, 0),
        note: TEXT.into(),
        letter: '\'',
        arrives_at: Timestamp::from_micros(4_102_444_799_999_999),
        posted_on: day(1900, 1, 1),
        label_id: uuid::Uuid::max(),
        method: Method::Card,
        address: Address { street: TEXT.into(), floor: Some(-1) },
        stops: vec![TEXT.into(), "".into(), "null".into()],
        visits: BTreeMap::from([(TEXT.to_owned(), u64::MAX)]),
        card_number: "4000056655665556".into(),
        cvv: None,
        retries: Some(u32::MAX),
        labels: Some(vec!["null".into()]),
        hint: Some("null".into()),
        seq: u32::MAX,
        foreign_id: TEXT.into(),
        envelope: TEXT.into(),
        select: TEXT.into(),
        odd: TEXT.into(),
    }
}

fn day(year: i32, month: u32, day: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()
}
