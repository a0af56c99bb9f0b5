//! One limit of nesting, for what is written and for what is read.

use super::declared::{Foreign, OrderEvent, OrderMeasureCompleted, ShopEvent, Sum, Tree};
use event_core::emit::Incident;
use event_core::read::{Input, MAX_DEPTH};
use event_core::value::Encoder;
use event_core::{Emitter, Recorder};
use serde_json::{Value, json};
use std::mem::ManuallyDrop;
use std::sync::{Arc, Mutex};

const MOST: usize = MAX_DEPTH as usize;

fn event() -> OrderMeasureCompleted<'static> {
    OrderMeasureCompleted {
        order_id: "ord_1".into(),
        order_version: 1,
        tiny: 0,
        large: 0,
        counts: [].into(),
        size: None,
        share: None,
        short: None,
        any: None,
        measured_at: None,
        tree: None,
        sum: None,
        foreign: Foreign::default(),
    }
}

fn tree(levels: usize) -> Tree {
    (1..levels).fold(Tree { next: None }, |tree, _| Tree { next: Some(Box::new(tree)) })
}

/// A number is a variant with content: one level.
fn sum(levels: usize) -> Sum {
    (1..levels).fold(Sum::Number(1), |sum, _| Sum::Not(Box::new(sum)))
}

fn list(levels: usize) -> Value {
    (1..levels).fold(json!([]), |list, _| Value::Array(vec![list]))
}

fn map(levels: usize) -> Value {
    (1..levels)
        .fold(json!({}), |map, _| Value::Object([("a".to_owned(), map)].into_iter().collect()))
}

fn foreign(levels: usize) -> Foreign {
    (1..levels).fold(Foreign(Vec::new()), |inner, _| Foreign(vec![inner]))
}

/// The event with a value of so many levels in each field that may have them.
fn nested(levels: usize) -> [(&'static str, OrderMeasureCompleted<'static>); 5] {
    [
        ("tree", OrderMeasureCompleted { tree: Some(tree(levels)), ..event() }),
        ("sum", OrderMeasureCompleted { sum: Some(sum(levels)), ..event() }),
        ("any", OrderMeasureCompleted { any: Some(list(levels)), ..event() }),
        ("any", OrderMeasureCompleted { any: Some(map(levels)), ..event() }),
        ("foreign", OrderMeasureCompleted { foreign: foreign(levels), ..event() }),
    ]
}

/// What an emitter writes of events and says about them.
fn emitted(
    events: &[&OrderMeasureCompleted<'static>],
) -> (Recorder, event_core::emit::Report, Vec<String>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = {
        let told = told.clone();
        move |incident: &Incident| told.lock().unwrap().push(incident.to_string())
    };
    let recorder = Recorder::new();
    let emitter = Emitter::builder().sink(recorder.clone()).on_incident(listener).build();
    for event in events {
        emitter.emit(*event);
    }
    let told = told.lock().unwrap().clone();
    (recorder, emitter.report(), told)
}

#[test]
fn what_is_nested_as_deep_as_a_reader_accepts_is_written_and_read() {
    for (field, event) in nested(MOST) {
        let (recorder, report, told) = emitted(&[&event]);
        assert_eq!((report.emitted, report.refused, told.len()), (1, 0, 0), "{field}");
        for text in recorder.lines().into_iter().chain(recorder.envelopes()) {
            let read = match ShopEvent::decode(&text) {
                Ok(ShopEvent::Order(OrderEvent::MeasureCompleted(read))) => read,
                other => panic!("{field}: {other:?}"),
            };
            assert_eq!(format!("{read:?}"), format!("{event:?}"), "{field}");
            // Others read it too, also where an envelope is within an envelope.
            assert!(serde_json::from_str::<Value>(&format!("[[{text}]]")).is_ok(), "{field}");
        }
    }
}

#[test]
fn what_is_nested_deeper_is_refused_counted_and_found() {
    for (field, event) in nested(MOST + 1) {
        let (recorder, report, told) = emitted(&[&event]);
        assert_eq!((report.emitted, report.refused, report.calls()), (0, 1, 1), "{field}");
        assert!(recorder.records().is_empty());
        let expected = format!(
            "event `order_measure_completed` was not written: the value of its field `{field}` is \
             nested deeper than 120 levels"
        );
        assert_eq!(told, [expected]);
    }
}

#[test]
fn what_is_nested_deeper_does_not_read() {
    let nest = |open: &str, close: &str, levels: usize| {
        format!("{}{}", open.repeat(levels), close.repeat(levels))
    };
    let sum = |levels: usize| {
        format!("{}{{\"Number\":1}}{}", "{\"Not\":".repeat(levels - 1), "}".repeat(levels - 1))
    };
    let tree = |levels: usize| {
        format!("{}{{}}{}", "{\"next\":".repeat(levels - 1), "}".repeat(levels - 1))
    };
    for levels in [MOST, MOST + 1] {
        for (field, value) in [
            ("tree", tree(levels)),
            ("sum", sum(levels)),
            ("any", nest("[", "]", levels)),
            ("foreign", nest("[", "]", levels)),
        ] {
            let foreign = if field == "foreign" { "" } else { r#","foreign":[]"# };
            let payload =
                format!(r#"{{"order_id":"ord_1","order_version":1,"{field}":{value}{foreign}}}"#);
            let line = format!(r#"{{"event":"order_measure_completed",{}"#, &payload[1..]);
            let envelope =
                format!(r#"{{"event_type":"order_measure_completed","payload":{payload}}}"#);
            for text in [line, envelope] {
                match ShopEvent::decode(&text) {
                    Ok(_) => assert_eq!(levels, MOST, "{text}"),
                    Err(error) => {
                        let error = error.to_string();
                        assert!(
                            levels > MOST && error.ends_with("nested deeper than 120 levels"),
                            "{field}: {error}"
                        );
                    }
                }
            }
        }
    }
    for levels in [1_000, 100_000] {
        let error = Input::parse(&nest("{\"a\":[", "]}", levels)).unwrap_err();
        assert_eq!(error.to_string(), "the record is nested deeper than 127 levels");
    }
    let payload = nest("[", "]", 130);
    for text in [
        format!(r#"{{"event_type":"a","payload":{payload}}}"#),
        format!(r#"{{"event":"a","any":{payload}}}"#),
    ] {
        assert_eq!(
            ShopEvent::decode(&text).unwrap_err().to_string(),
            "not an event line or an event envelope: the record is nested deeper than 127 levels"
        );
    }
}

#[test]
fn an_object_that_is_written_alone_has_the_same_limit() {
    for (field, event) in nested(MOST) {
        let mut out = Encoder::new();
        out.object(&event);
        assert_eq!(out.refusal(), None, "{field}");
    }
    for (field, event) in nested(MOST + 1) {
        let mut out = Encoder::new();
        out.object(&event);
        assert_eq!(out.refused(), Some(field));
    }
}

#[test]
fn a_hundred_thousand_levels_do_not_end_the_stack() {
    const LEVELS: usize = 100_000;
    // To drop them would, which is for the types that hold them.
    let events = ManuallyDrop::new(nested(LEVELS));
    let events: Vec<_> = events.iter().map(|(_, event)| event).collect();
    let (recorder, report, told) = emitted(&events);
    assert_eq!((report.refused, recorder.records().len(), told.len()), (5, 0, 4));
    assert!(format!("{:?}", events[0]).len() < 10_000);
}

#[test]
fn an_event_after_a_refused_one_is_written_as_ever() {
    let [(_, deep), ..] = nested(MOST + 1);
    let plain = event();
    let (recorder, report, _) = emitted(&[&deep, &plain, &deep, &plain]);
    assert_eq!((report.emitted, report.refused), (2, 2));
    assert!(recorder.lines().iter().all(|line| ShopEvent::decode(line).is_ok()));
}
