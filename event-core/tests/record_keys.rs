//! The writer and the reader against the table of the record's keys: a row that one of them does
//! not know fails here.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use event_core::context::trace::TraceContext;
use event_core::context::{Actor, CausationId, CorrelationId};
use event_core::decode::Unknown;
use event_core::emit::TailSampler;
use event_core::read::Object;
use event_core::record::OwnedRecord;
use event_core::sink::Memory;
use event_core::{Emitter, Str, Wide, catalog, events};
use event_grammar::record::{KeyType, Within, members};

events!(
    /// Answering.
    #[domain]
    pub enum Request {
        Handle,
    }

    /// What a request was about.
    #[group]
    pub struct OrderContribution<'a> {
        /// The order.
        #[entity(order)]
        pub order_id: Str<'a>,
        /// Its version.
        #[entity_version]
        pub order_version: u64,
    }

    /// A request was answered.
    #[event(info, wide(OrderContribution))]
    pub struct RequestHandleFinished {
        /// HTTP's.
        pub code: u16,
    }
);

catalog!(
    /// All of it.
    pub enum Any {
        Request(Request),
    }
);

/// The lines and the envelopes of a unit of work that was flushed, and of one that was dropped,
/// with everything bound that can be.
fn records() -> [Vec<String>; 2] {
    let memory = Memory::new();
    let builder = Emitter::builder().service("shop").service_version("1.4.0");
    let builder = builder.environment("test").service_host("shop-1").service_pid().ids_in_lines();
    let sampler = TailSampler::keep_errors().one_in(1);
    let _scope = builder.tail_sampler(sampler).sink(memory.clone()).build().enter();
    let _actor = Actor::user("usr_7").session("ses_1").enter();
    let _trace = TraceContext::new_root().child().enter();
    let _correlation = CorrelationId("checkout-77".into()).enter();
    let _causation = CausationId("evt_1".into()).enter();
    for is_flushed in [true, false] {
        let unit = RequestHandleFinished::unit(|| RequestHandleFinished { code: 499 });
        unit.add(&OrderContribution { order_id: "ord_1".into(), order_version: 3 });
        if is_flushed {
            unit.flush(RequestHandleFinished { code: 200 });
        }
    }
    let records = memory.take();
    assert_eq!(records.len(), 2);
    let envelope = |record: &OwnedRecord| {
        String::from_utf8(record.record().envelope().to_vec()).unwrap().trim_end().to_owned()
    };
    let lines = records.iter().map(|record| record.text().to_owned()).collect();
    [lines, records.iter().map(envelope).collect()]
}

/// The keys of the object at a key of the record, or of the whole record, in their order.
fn keys(record: &str, at: Option<&str>) -> Vec<String> {
    let mut object = Object::parse(record).unwrap();
    if let Some(key) = at {
        object = object.take(key, &[]).unwrap().unwrap().object().unwrap();
    }
    object.rest().map(str::to_owned).collect()
}

/// Holds the keys of both records against those of the table: each is in one of them, and no
/// record has them in another order.
fn hold(within: Within, records: &[String], at: Option<&str>, own: &[&str]) {
    let expected: Vec<&str> = members(within).map(|(_, place)| place.name).collect();
    let mut missing = expected.clone();
    for record in records {
        let keys = keys(record, at);
        let keys: Vec<&str> =
            keys.iter().map(String::as_str).filter(|key| !own.contains(key)).collect();
        let places: Vec<_> =
            keys.iter().map(|key| expected.iter().position(|other| other == key)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{within:?}: {record}");
        missing.retain(|key| !keys.contains(key));
    }
    assert_eq!(missing, [""; 0], "{within:?} without a key of the table: {records:?}");
}

#[test]
fn the_writer_writes_each_key_of_the_table_in_its_place() {
    const OWN: &[&str] = &["code", "order_id", "order_version"];
    let [lines, envelopes] = records();
    hold(Within::Line, &lines, None, OWN);
    hold(Within::Envelope, &envelopes, None, &[]);
    for (records, is_line) in [(&lines, true), (&envelopes, false)] {
        for (row, place) in members(Within::Envelope) {
            match row.value {
                KeyType::Object(Within::Context | Within::Entity) if is_line => {}
                KeyType::Object(within) => hold(within, records, Some(place.name), &[]),
                _ => {}
            }
        }
    }
}

#[test]
fn the_reader_knows_each_key_of_the_table() {
    let all = |within: Within, given: &[(&str, &str)]| {
        let members = members(within).map(|(_, place)| {
            let given = given.iter().find(|(key, _)| *key == place.name);
            format!("\"{}\":{}", place.name, given.map_or("null", |(_, json)| json))
        });
        members.collect::<Vec<_>>().join(",")
    };
    let line = all(Within::Line, &[("event", "\"request_handle_finished\"")]);
    let line = format!("{{{line},\"code\":200}}");
    let context = format!("{{{}}}", all(Within::Context, &[]));
    let name = ("event_type", "\"request.handle.finished\"");
    let payload = ("payload", "{\"code\":200}");
    let envelope =
        format!("{{{}}}", all(Within::Envelope, &[name, payload, ("context", &context)]));
    for record in [line, envelope] {
        assert!(Any::decode_with(&record, Unknown::Refuse).is_ok(), "{record}");
        for key in ["code_2", "recordedAt"] {
            let record = record.replacen('{', &format!("{{\"{key}\":1,"), 1);
            let error = Any::decode_with(&record, Unknown::Refuse).unwrap_err().to_string();
            assert!(error.contains(key), "{error}");
        }
    }
}
