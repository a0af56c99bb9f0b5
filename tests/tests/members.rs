//! Typed members are what the line says, whether the encoder has marked them or they are found in
//! it, in every place, through queues and wrappers.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::context::trace::TraceContext;
use event_core::context::{Actor, CausationId, CorrelationId};
use event_core::emit::TailSampler;
use event_core::record::members::{MemberPlace, TypedMember, TypedValue};
use event_core::record::{OwnedRecord, Record};
use event_core::sink::{Background, Filtered, Memory, Retrying};
use event_core::value::Presence;
use event_core::{Change, Emitter, EventValue, Secret, Sink, Str, Timestamp, Wide, events};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

#[derive(EventValue)]
pub struct Line {
    pub sku: String,
    pub count: u8,
}

#[derive(EventValue, Default)]
#[value(rename_all = "snake_case")]
pub enum State {
    #[default]
    Open,
    Paid,
}

events!(
    #[domain]
    pub enum Order {
        Place,
        Ship,
    }

    #[group]
    pub struct Amount {
        pub cents: i64,
        #[field(finite)]
        pub share: f64,
        #[field(skip_none)]
        pub note: Option<String>,
    }

    #[group(context)]
    pub struct Request<'a> {
        pub request_id: Str<'a>,
        #[field(rename = "tab\t\"and\" quote")]
        pub odd: Option<i32>,
    }

    #[event(info, context(Request))]
    pub struct OrderPlaceCompleted<'a> {
        #[entity]
        pub order_id: Str<'a>,
        pub truth: bool,
        pub letter: char,
        pub small: i8,
        pub large: u64,
        pub single: f32,
        pub double: f64,
        #[group]
        pub amount: Amount,
        #[field(rename = "\\ \"", alias("backslash"))]
        pub escaped: String,
        pub maybe: Option<Vec<String>>,
        pub present: Presence<u32>,
        pub lines: Vec<Line>,
        pub tuple: (u8, String),
        pub map: BTreeMap<String, Option<bool>>,
        pub any: Value,
        #[field(opaque)]
        pub foreign: BTreeMap<String, Value>,
        #[sensitive(last4)]
        pub card_number: Str<'a>,
        #[sensitive(redact)]
        pub password: Secret<String>,
        #[sensitive(email)]
        pub emails: Vec<String>,
        #[sensitive(ip)]
        pub address: IpAddr,
        #[sensitive(drop)]
        pub token: Option<String>,
        #[transition]
        pub state: Change<State>,
    }

    #[group]
    pub struct Parcel {
        pub parcels: Option<u32>,
        pub weight: Option<f64>,
    }

    #[group]
    pub struct Route<'a> {
        pub stops: Vec<Str<'a>>,
    }

    #[event(info, wide(Parcel, Route))]
    pub struct OrderShipCompleted {
        pub code: u16,
        #[elapsed]
        pub duration_ms: f64,
    }
);

/// Reads what an emitter has marked.
#[derive(Clone, Default)]
struct Asking(Memory);

impl Sink for Asking {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        check(record);
        self.0.write(record)
    }

    fn wants_members(&self) -> bool {
        true
    }
}

fn plain(value: &TypedValue<'_>) -> Value {
    match value {
        TypedValue::Bool(truth) => json!(truth),
        TypedValue::Signed(number) => json!(number),
        TypedValue::Unsigned(number) => json!(number),
        TypedValue::Float(number) => json!(number),
        TypedValue::Text(text) => json!(text),
        TypedValue::List(items) => items.clone().map(|item| plain(&item)).collect(),
        TypedValue::Object(entries) => Value::Object(
            entries.clone().map(|(key, value)| (key.into_owned(), plain(&value))).collect(),
        ),
        _ => Value::Null,
    }
}

fn parsed(members: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(&[b"{", members, b"}"].concat()).unwrap()
}

/// What is read is what a JSON parser reads, in each place.
fn check(record: &Record<'_>) {
    let members: Vec<TypedMember<'_>> = record.members().collect();
    let within = |place: MemberPlace| {
        let those = members.iter().filter(|member| member.place() == place);
        those
            .map(|member| (member.key().into_owned(), plain(&member.value())))
            .collect::<Map<_, _>>()
    };
    assert_eq!(within(MemberPlace::Payload), parsed(record.payload()), "{record:?}");
    assert_eq!(within(MemberPlace::Context), parsed(record.context()), "{record:?}");
    assert_eq!(within(MemberPlace::Actor), parsed(record.actor()), "{record:?}");
    let mut line: Map<String, Value> = serde_json::from_str(record.text()).unwrap();
    for key in ["event", "version", "level", "timestamp", "event_id", "sequence"] {
        line.remove(key);
    }
    assert_eq!(members.len(), line.len(), "{record:?}");
    assert!(members.is_sorted_by_key(|member| member.json().as_ptr()));
    let all = members
        .iter()
        .map(|member| (member.key().into_owned(), serde_json::from_str(member.json()).unwrap()));
    assert_eq!(all.collect::<Map<_, _>>(), line);
}

fn fixed(sink: impl Sink + 'static, ids: bool) -> Emitter {
    let builder = Emitter::builder().service("a \"shop\"").service_pid().sink(sink);
    let builder = if ids { builder.ids_in_lines() } else { builder };
    builder.clock(|| Timestamp::from_micros(0)).on_incident(|_| {}).build()
}

/// A record's text, and its members.
type Seen<'r> = (&'r str, Vec<(MemberPlace, String, &'r str)>);

fn of<'r>(records: &'r [OwnedRecord]) -> Vec<Seen<'r>> {
    let members = |record: &'r OwnedRecord| {
        let record = record.record();
        check(&record);
        record
            .members()
            .map(|member| (member.place(), member.key().into_owned(), member.json()))
            .collect()
    };
    records.iter().map(|record| (record.text(), members(record))).collect()
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

#[derive(Debug)]
struct Inputs {
    texts: Vec<String>,
    whole: (i8, u64, i64, Option<u32>),
    double: f64,
    any: Value,
    map: BTreeMap<String, Value>,
    flags: (bool, bool, bool),
}

fn inputs() -> impl Strategy<Value = Inputs> {
    let texts = prop::collection::vec(prop_oneof!["[ -~]{0,40}", any::<String>()], 6);
    let map = prop::collection::btree_map(any::<String>(), any_json(), 0..3);
    (
        texts,
        any::<(i8, u64, i64, Option<u32>)>(),
        any::<f64>(),
        any_json(),
        map,
        any::<(bool, bool, bool)>(),
    )
        .prop_map(|(texts, whole, double, any, map, flags)| Inputs {
            texts,
            whole,
            double,
            any,
            map,
            flags,
        })
}

fn emit(inputs: &Inputs, emitter: &Emitter) {
    let texts: Vec<&str> = inputs.texts.iter().map(String::as_str).collect();
    let (one, two, three) = inputs.flags;
    let (small, large, cents, maybe) = inputs.whole;
    let _actor = one.then(|| Actor::user(texts[0]).session(texts[1]).enter());
    let _trace = two.then(|| TraceContext::new_root().enter());
    let _ids = three
        .then(|| (CorrelationId(texts[2].into()).enter(), CausationId(texts[3].into()).enter()));
    let _request =
        one.then(|| Request { request_id: texts[4].into(), odd: Some(cents as i32) }.enter());
    emitter.emit(&OrderPlaceCompleted {
        order_id: texts[0].into(),
        truth: two,
        letter: texts[1].chars().next().unwrap_or('x'),
        small,
        large,
        single: inputs.double as f32,
        double: inputs.double,
        amount: Amount { cents, share: 0.5, note: three.then(|| texts[2].to_owned()) },
        escaped: texts[3].to_owned(),
        maybe: one.then(|| inputs.texts.clone()),
        present: match (maybe, two) {
            (Some(number), _) => number.into(),
            (None, true) => Presence::Null,
            (None, false) => Presence::Absent,
        },
        lines: texts.iter().map(|text| Line { sku: (*text).to_owned(), count: 3 }).collect(),
        tuple: (7, texts[5].to_owned()),
        map: inputs.texts.iter().map(|text| (text.clone(), Some(two).filter(|_| one))).collect(),
        any: inputs.any.clone(),
        foreign: inputs.map.clone(),
        card_number: texts[4].into(),
        password: Secret::new(texts[5].to_owned()),
        emails: inputs.texts.clone(),
        address: Ipv4Addr::from_bits(small.unsigned_abs().into()).into(),
        token: Some("tok_1".to_owned()),
        state: Change { before: State::Open, after: State::Paid },
    });
    let _here = emitter.enter();
    let unit = OrderShipCompleted::unit(|| OrderShipCompleted { code: 499, duration_ms: 0.0 });
    if one {
        unit.add(&Route { stops: texts.iter().map(|text| (*text).into()).collect() });
    }
    unit.merge(&Parcel { parcels: maybe, weight: None });
    unit.merge(&Parcel { parcels: None, weight: Some(1.5) });
    if two {
        unit.flush(OrderShipCompleted { code: 200, duration_ms: 0.0 });
    }
}

proptest! {
    #[test]
    fn members_are_those_of_the_line_marked_or_not(inputs in inputs(), ids in any::<bool>()) {
        let (asking, unmarked, queued) = (Asking::default(), Memory::new(), Asking::default());
        let background = Background::new(Retrying::new(Filtered::new(queued.clone(), |_| true))).unwrap();
        let marking = fixed(asking.clone(), ids);
        // Twice: the first record of a thread has no slots yet.
        emit(&inputs, &marking);
        emit(&inputs, &marking);
        let behind = fixed(background, ids);
        emit(&inputs, &behind);
        behind.flush().unwrap();
        let plain = fixed(unmarked.clone(), ids);
        emit(&Inputs { flags: (inputs.flags.0, false, inputs.flags.2), ..inputs }, &plain);
        for records in [asking.0.records(), unmarked.records(), queued.0.records()] {
            prop_assert!(!records.is_empty());
            of(&records);
        }
    }
}

#[test]
fn marked_and_found_members_are_the_same() {
    let (asking, unmarked, queued) = (Asking::default(), Memory::new(), Asking::default());
    let background = Background::new(Arc::new(Box::new(queued.clone()))).unwrap();
    let emitters =
        [fixed(asking.clone(), false), fixed(unmarked.clone(), false), fixed(background, false)];
    let trace = TraceContext::new_root();
    let _bound = (
        trace.enter(),
        Actor::system("sweeper").enter(),
        Request { request_id: "r".into(), odd: None }.enter(),
    );
    for emitter in &emitters {
        for flags in [(false, false, true), (true, false, true)] {
            let inputs = Inputs {
                texts: ["a", "b\"\n", "é", "\u{1}", "1234 5678", "x@example.org"]
                    .map(str::to_owned)
                    .into(),
                whole: (-3, u64::MAX, i64::MIN, None),
                double: f64::NAN,
                any: json!({ "a": [1, -2, 2.5, null, { "b": "]}" }] }),
                map: BTreeMap::from([("k\\".to_owned(), json!("v"))]),
                flags,
            };
            emit(&inputs, emitter);
        }
        emitter.flush().unwrap();
    }
    let [asked, found, queued] = [asking.0.records(), unmarked.records(), queued.0.records()];
    assert_eq!(asked.len(), 4);
    assert_eq!(of(&asked), of(&found));
    assert_eq!(of(&asked), of(&queued));
    let record = asked[0].record();
    let incomplete = asked[1].record().members().next().unwrap();
    assert_eq!(
        (incomplete.place(), &*incomplete.key(), incomplete.value()),
        (MemberPlace::Emission, "incomplete", TypedValue::Bool(true))
    );
    let member = |key: &str| record.members().find(|member| member.key() == key).unwrap().value();
    assert_eq!(member("double"), TypedValue::Null);
    assert_eq!(member("cents"), TypedValue::Signed(i64::MIN));
    assert_eq!(member("large"), TypedValue::Unsigned(u64::MAX));
    assert_eq!(member("share"), TypedValue::Float(0.5));
}

#[test]
fn a_sample_is_a_member_too() {
    let asking = Asking::default();
    let emitter = Emitter::builder()
        .tail_sampler(TailSampler::keep_errors().slower_than(Duration::from_secs(1_000)).one_in(1))
        .sink(asking.clone())
        .build();
    let _here = emitter.enter();
    OrderShipCompleted::unit(|| OrderShipCompleted { code: 499, duration_ms: 0.0 })
        .flush(OrderShipCompleted { code: 200, duration_ms: 0.0 });
    let records = asking.0.records();
    let record = records[0].record();
    let keys: Vec<_> =
        record.members().map(|member| (member.place(), member.key().into_owned())).collect();
    assert_eq!(
        keys[..2],
        [
            (MemberPlace::Emission, "sample_rate".to_owned()),
            (MemberPlace::Emission, "sample_reason".to_owned())
        ]
    );
}
