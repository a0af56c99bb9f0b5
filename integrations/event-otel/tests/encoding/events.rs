//! What is emitted: random values in every place of a record.

use event_core::context::trace::TraceContext;
use event_core::context::{Actor, CausationId, CorrelationId};
use event_core::{Emitter, EventValue, Str, events};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(EventValue)]
pub struct Line {
    pub sku: String,
    pub count: Option<u8>,
}

events!(
    #[domain]
    pub enum Order {
        Place,
        Start,
        Ship,
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
        pub whole: i64,
        pub large: u64,
        pub double: f64,
        pub maybe: Option<Vec<String>>,
        pub lines: Vec<Line>,
        pub map: BTreeMap<String, Option<bool>>,
        pub any: Value,
        #[sensitive(last4)]
        pub card_number: Str<'a>,
    }

    #[event(trace)]
    pub struct OrderStartRequested {}

    #[event(debug)]
    pub struct OrderStartStarted {}

    #[event(info)]
    pub struct OrderStartCompleted {}

    #[event(warning)]
    pub struct OrderStartRejected {}

    #[event(error)]
    pub struct OrderStartFailed {}

    #[event(critical)]
    pub struct OrderShipFailed {}
);

#[derive(Clone, Debug)]
pub struct Inputs {
    pub texts: [String; 4],
    pub whole: i64,
    pub large: u64,
    pub double: f64,
    pub any: Value,
    pub flags: [bool; 4],
}

/// Any JSON. Floats have few digits, so that every parser reads the same number.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 64.0)),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(text(), inner, 0..4)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z_]{0,12}", "[ -~]{0,200}", any::<String>()]
}

pub fn inputs() -> impl Strategy<Value = Inputs> {
    let texts = [text(), text(), text(), text()];
    let double = prop_oneof![
        any::<i32>().prop_map(|number| f64::from(number) / 64.0),
        Just(f64::NAN),
        Just(-0.0),
        Just(f64::MAX)
    ];
    (texts, any::<i64>(), any::<u64>(), double, any_json(), any::<[bool; 4]>()).prop_map(
        |(texts, whole, large, double, any, flags)| Inputs {
            texts,
            whole,
            large,
            double,
            any,
            flags,
        },
    )
}

pub fn emit(inputs: &Inputs, emitter: &Emitter) {
    let [first, second, third, fourth] = &inputs.texts;
    let [actor, trace, ids, request] = inputs.flags;
    let _actor = actor.then(|| Actor::user(first.as_str()).session(second.as_str()).enter());
    let _trace = trace.then(|| TraceContext::new_root().child().enter());
    let _ids = ids.then(|| {
        let cause = CausationId(third.as_str().into()).enter();
        (CorrelationId(second.as_str().into()).enter(), cause)
    });
    let odd = i32::try_from(inputs.whole).ok();
    let _request = request.then(|| Request { request_id: third.as_str().into(), odd }.enter());
    let count = actor.then_some(3);
    emitter.emit(&OrderPlaceCompleted {
        order_id: first.as_str().into(),
        truth: trace,
        whole: inputs.whole,
        large: inputs.large,
        double: inputs.double,
        maybe: ids.then(|| inputs.texts.to_vec()),
        lines: inputs.texts.iter().map(|sku| Line { sku: sku.clone(), count }).collect(),
        map: inputs.texts.iter().map(|text| (text.clone(), request.then_some(trace))).collect(),
        any: inputs.any.clone(),
        card_number: fourth.as_str().into(),
    });
}
