//! One event for each unit of work, however it ends.

use super::{Hand, RequestHandleFinished, chat, emitter_of, finished, line, lines, user, values};
use event_core::{Emitter, InContext, Level, Recorder, Wide};
use serde_json::json;
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

#[test]
fn e1_a_flushed_unit_is_one_event() {
    let line = line(|| {
        let unit = RequestHandleFinished::unit(|| finished(499));
        unit.add(&user("usr_7"));
        unit.add(&chat("chat_1"));
        unit.flush(finished(200));
    });
    assert_eq!(
        (&line["code"], &line["user_id"], &line["chatId"]),
        (&json!(200), &json!("usr_7"), &json!("chat_1"))
    );
    assert_eq!(line.get("incomplete"), None);
}

#[test]
fn e1_the_event_borrows_from_where_it_is_flushed() {
    let line = line(|| {
        let unit = RequestHandleFinished::unit(|| finished(499));
        let path = String::from("/borrowed");
        unit.flush(RequestHandleFinished { path: (&*path).into(), ..finished(200) });
    });
    assert_eq!(line["path"], "/borrowed");
}

#[test]
fn e1_a_dropped_unit_is_one_event_marked_incomplete() {
    let line = line(|| {
        let unit = RequestHandleFinished::unit(|| finished(499));
        unit.add(&user("usr_7"));
    });
    assert_eq!((&line["code"], &line["user_id"]), (&json!(499), &json!("usr_7")));
    assert_eq!(line["incomplete"], true);
}

#[test]
fn e1_an_early_return_is_one_event() {
    fn handle(id: &str) -> Result<u64, std::num::ParseIntError> {
        let unit = RequestHandleFinished::unit(|| finished(500));
        let id = id.parse()?;
        unit.flush(finished(200));
        Ok(id)
    }
    let lines = lines(|| {
        assert_eq!(handle("7"), Ok(7));
        assert!(handle("seven").is_err());
    });
    let told: Vec<_> =
        lines.iter().map(|line| (line["code"].as_u64(), line["incomplete"].as_bool())).collect();
    assert_eq!(told, [(Some(200), None), (Some(500), Some(true))]);
}

#[test]
fn e1_a_panic_is_one_event() {
    let line = line(|| {
        let caught = catch_unwind(AssertUnwindSafe(|| {
            let unit = RequestHandleFinished::unit(|| finished(500));
            let _in = unit.enter();
            RequestHandleFinished::add(&user("usr_7"));
            panic!("a defect of the handler");
        }));
        assert!(caught.is_err());
    });
    assert_eq!((&line["level"], &line["user_id"]), (&json!("error"), &json!("usr_7")));
    assert_eq!(line["incomplete"], true);
}

/// One poll of a unit's future, which is dropped after it.
fn polled(handle: impl Future<Output = ()>) -> Poll<()> {
    Box::pin(async {
        let unit = RequestHandleFinished::unit(|| finished(499));
        handle.in_context(&unit).await;
        unit.flush(finished(200));
    })
    .as_mut()
    .poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn e1_a_dropped_future_is_one_event() {
    let done = line(|| {
        assert!(polled(async { assert!(RequestHandleFinished::add(&user("usr_7"))) }).is_ready());
    });
    assert_eq!((&done["code"], &done["user_id"]), (&json!(200), &json!("usr_7")));
    let dropped = line(|| {
        let handle = async {
            RequestHandleFinished::add(&user("usr_7"));
            pending::<()>().await;
        };
        assert!(polled(handle).is_pending());
    });
    assert_eq!((&dropped["code"], &dropped["user_id"]), (&json!(499), &json!("usr_7")));
    assert_eq!(dropped["incomplete"], true);
}

#[test]
fn the_elapsed_time_is_the_units_however_it_ends() {
    let (recorder, clock) = (Recorder::new(), Hand::default());
    let scope = emitter_of(&recorder, &clock).build().enter();
    let unit = RequestHandleFinished::unit(|| finished(499));
    clock.pass(Duration::from_micros(1_500));
    unit.flush(finished(200));
    let unit = RequestHandleFinished::unit(|| finished(499));
    clock.pass(Duration::from_millis(2));
    drop(unit);
    drop(scope);
    let took: Vec<_> =
        values(&recorder).iter().map(|line| line["duration_ms"].as_f64().unwrap()).collect();
    assert_eq!(took, [1.5, 2.0]);
}

#[test]
fn a_unit_below_the_level_is_counted() {
    let emitter = Emitter::builder().level(Level::Error).count_suppressed().build();
    let scope = emitter.enter();
    RequestHandleFinished::unit(|| finished(499)).flush(finished(200));
    RequestHandleFinished::unit(|| finished(499)).flush(finished(500));
    drop(scope);
    assert_eq!((emitter.report().emitted, emitter.report().suppressed), (1, Some(1)));
}

#[test]
fn emitted_directly_it_is_an_event_without_contributions() {
    let line = line(|| super::emit_request_handle_finished(finished(200)));
    assert_eq!((line.get("user_id"), line.get("incomplete")), (None, None));
    assert_eq!(line["code"], 200);
}

#[test]
fn a_value_that_a_contribution_excludes_leaves_the_event_out() {
    let emitter = Emitter::builder().on_incident(|_| {}).build();
    let scope = emitter.enter();
    for costs in [vec![0.5], vec![f64::NAN], vec![f64::NAN, 0.5]] {
        let unit = RequestHandleFinished::unit(|| finished(499));
        for cost in costs {
            unit.add(&super::CostContribution { cost });
        }
        unit.flush(finished(200));
    }
    drop(scope);
    assert_eq!((emitter.report().emitted, emitter.report().refused), (2, 1));
}
