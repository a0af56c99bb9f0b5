//! Where a unit is reached: entered, nested, outlived, from several threads at once.

use super::{
    Bytes, RequestHandleCompleted, RequestHandleFinished, UserContribution, chat, emitter_of,
    finished, line, lines, user, values,
};
use event_core::context::Bind;
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::{Context, Recorder, Wide};
use serde_json::json;

#[test]
fn outside_of_every_unit_there_is_none_to_add_to() {
    assert!(!RequestHandleFinished::add(&user("usr_7")));
    assert!(!RequestHandleFinished::merge(&user("usr_7")));
    let line = line(|| {
        let unit = RequestHandleFinished::unit(|| finished(499));
        let guard = unit.enter();
        drop(guard);
        assert!(!RequestHandleFinished::add(&user("nobody")), "a unit that was left");
        unit.add(&user("usr_7"));
        unit.flush(finished(200));
    });
    assert_eq!(line["user_id"], "usr_7", "it outlives its place in the context");
}

#[test]
fn of_two_units_of_one_event_the_inner_one_is_added_to() {
    let lines = lines(|| {
        let outer = RequestHandleFinished::unit(|| finished(499));
        let _outer = outer.enter();
        assert!(RequestHandleFinished::add(&user("outer")));
        let inner = RequestHandleFinished::unit(|| finished(499));
        {
            let _inner = inner.enter();
            assert!(RequestHandleFinished::add(&user("inner")));
            inner.flush(finished(200));
            assert!(
                !RequestHandleFinished::add(&user("late")),
                "one that has ended does not uncover the outer one"
            );
        }
        assert!(RequestHandleFinished::merge(&UserContribution {
            tier: Some("silver".into()),
            ..user("outer")
        }));
        outer.flush(finished(201));
    });
    assert_eq!((&lines[0]["user_id"], &lines[1]["user_id"]), (&json!("inner"), &json!("outer")));
    assert_eq!((&lines[0]["tier"], &lines[1]["tier"]), (&json!("gold"), &json!("silver")));
}

#[test]
fn units_of_two_events_are_told_apart() {
    let lines = lines(|| {
        let request = RequestHandleFinished::unit(|| finished(499));
        let _request = request.enter();
        let step = RequestHandleCompleted::unit(|| RequestHandleCompleted);
        let _step = step.enter();
        assert!(RequestHandleFinished::add(&chat("of_the_request")));
        assert!(RequestHandleCompleted::add(&chat("of_the_step")));
        step.flush(RequestHandleCompleted);
        request.flush(finished(200));
    });
    assert_eq!(
        (&lines[0]["chatId"], &lines[1]["chatId"]),
        (&json!("of_the_step"), &json!("of_the_request"))
    );
}

#[test]
fn what_is_added_after_the_end_is_written_nowhere() {
    let line = line(|| {
        let unit = RequestHandleFinished::unit(|| finished(499));
        let bound = unit.binding();
        unit.flush(finished(200));
        let _in = bound.enter();
        assert!(!RequestHandleFinished::add(&user("late")));
    });
    assert_eq!(line.get("user_id"), None);
}

#[test]
fn a_unit_goes_to_other_threads_with_the_context_and_by_itself() {
    let line = line(|| {
        let unit = RequestHandleFinished::unit(|| finished(499));
        let context = Context::current().with(&unit);
        std::thread::spawn(move || {
            let _bound = context.enter();
            assert!(RequestHandleFinished::add(&user("usr_7")));
        })
        .join()
        .unwrap();
        std::thread::spawn(move || {
            unit.add(&chat("chat_1"));
            // Neither the emitter nor anything else is bound here: what was bound where the unit
            // was made is what counts.
            unit.flush(finished(200));
        })
        .join()
        .unwrap();
    });
    assert_eq!((&line["user_id"], &line["chatId"]), (&json!("usr_7"), &json!("chat_1")));
}

#[test]
fn several_threads_add_at_once_and_each_contribution_is_whole() {
    for _ in 0..20 {
        let line = line(|| {
            let unit = RequestHandleFinished::unit(|| finished(499));
            std::thread::scope(|scope| {
                for thread in 0..8 {
                    let unit = &unit;
                    scope.spawn(move || {
                        let _in = unit.enter();
                        for _ in 0..50 {
                            let id = thread.to_string();
                            unit.add(&UserContribution { tier: Some((&*id).into()), ..user(&id) });
                            RequestHandleFinished::merge(&chat(&id));
                        }
                    });
                }
            });
            unit.flush(finished(200));
        });
        assert_eq!(line["user_id"], line["tier"]);
        assert!(line["chatId"].is_string());
    }
}

#[test]
fn the_event_carries_the_context_that_the_unit_was_made_in() {
    let trace = TraceId::from_u128(7).unwrap();
    let line = line(|| {
        let made = TraceContext::new(trace, SpanId::from_u64(1).unwrap());
        let unit = {
            let _trace = made.enter();
            RequestHandleFinished::unit(|| finished(499))
        };
        let _other =
            TraceContext::new(TraceId::from_u128(8).unwrap(), SpanId::from_u64(2).unwrap()).enter();
        unit.flush(finished(200));
    });
    assert_eq!(line["trace_id"], trace.to_string());
}

#[test]
fn a_record_of_a_unit_has_its_entity_and_its_mark_in_the_envelope() {
    let (bytes, clock) = (Bytes::default(), super::Hand::default());
    let recorder = Recorder::new();
    let emitter = emitter_of(&recorder, &clock)
        .sink(event_core::sink::JsonLines::new(bytes.clone()).envelopes())
        .build();
    let scope = emitter.enter();
    let unit = RequestHandleFinished::unit(|| finished(499));
    unit.add(&user("usr_7"));
    drop(unit);
    drop(scope);
    let envelope = bytes.values().remove(0);
    assert_eq!(envelope["entity"], json!({ "type": "user", "id": "usr_7" }));
    assert_eq!(envelope["incomplete"], true);
    assert_eq!(
        (&envelope["payload"]["code"], &envelope["payload"]["tier"]),
        (&json!(499), &json!("gold"))
    );
    assert_eq!(values(&recorder)[0]["incomplete"], true);
}
