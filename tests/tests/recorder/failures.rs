//! What an assertion that fails says, and where it panics.

use crate::{
    PaymentProcessCompleted, PaymentProcessFailed, PaymentProcessStarted, completed,
    emit_payment_process_completed, payments, started,
};
use event_core::{Recorder, assert_emitted, assert_emitted_in_order, assert_not_emitted};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static PANICKED_AT: Cell<Option<u32>> = const { Cell::new(None) };
}

/// What the assertion says, and the line at which it panics.
fn failure(assertion: impl FnOnce()) -> (String, u32) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let here = info.location().filter(|location| location.file() == file!());
            PANICKED_AT.set(here.map(std::panic::Location::line));
            print(info);
        }));
    });
    let panicked =
        catch_unwind(AssertUnwindSafe(assertion)).expect_err("the assertion should fail");
    let message = panicked.downcast::<String>().expect("a message");
    (*message, PANICKED_AT.take().expect("the place is the assertion"))
}

const ALL: &str = r#"all 4 recorded events
    1 payment_process_started v1 info {"order_id":"ord_1"}
    2 payment_process_failed v1 error {"attempt":2,"reason":"insufficient_funds","order_id":"ord_1","card_number":"****4242","password":"[redacted]","message":null,"code":-7}
    3 payment_process_started v1 info {"order_id":"ord_2"}
    4 payment_process_completed v1 debug {"share":0.5,"seats":[1,2],"tags":["a","b"],"ip":"203.0.113.77","address":{"city":"Ulm","number":3},"next":null,"before":"Open","after":"Closed","type":"Open",".."#;

#[test]
fn a_failure_shows_what_came_closest() {
    let recorder = payments();
    let from = line!();
    let (message, at) = failure(|| {
        assert_emitted!(recorder, PaymentProcessFailed { attempt: 2, reason: "stolen", error.code: 0, .. });
    });
    let expected = r#"no recorded event matches
    PaymentProcessFailed { attempt: 2, reason: "stolen", error.code: 0, .. }
closest: number 2
      attempt: 2
    ! reason: expected "stolen", found "insufficient_funds"
    ! error.code: expected 0, found -7
"#;
    assert_eq!(message, format!("{expected}{ALL}"));
    assert_eq!(at, from + 2, "the panic is at the assertion");
}

#[test]
fn a_failure_of_a_number_of_times() {
    let recorder = payments();
    let (message, _) = failure(|| assert_emitted!(recorder, PaymentProcessStarted, times = 3));
    assert_eq!(
        message,
        format!(
            "3 events expected, 2 recorded, of\n    PaymentProcessStarted\nrecorded: number 1, number 3\n{ALL}"
        )
    );
    let (message, _) =
        failure(|| assert_not_emitted!(recorder, PaymentProcessStarted { order_id: "ord_2" }));
    assert_eq!(
        message,
        format!(
            "recorded, but not expected: number 3\n    PaymentProcessStarted {{ order_id: \"ord_2\" }}\n{ALL}"
        )
    );
}

#[test]
fn a_failure_of_an_order_says_what_is_missing() {
    let recorder = payments();
    let (message, _) = failure(|| {
        assert_emitted_in_order!(
            recorder,
            [
                PaymentProcessFailed,
                PaymentProcessStarted { order_id: "ord_1" },
                PaymentProcessCompleted
            ]
        );
    });
    let expected = r#"events are not recorded in this order
    PaymentProcessFailed: number 2
    PaymentProcessStarted { order_id: "ord_1" }: missing
    PaymentProcessCompleted: not searched
closest after number 2: number 3
    ! order_id: expected "ord_1", found "ord_2"
"#;
    assert_eq!(message, format!("{expected}{ALL}"));

    let (message, _) =
        failure(|| assert_emitted_in_order!(recorder, exactly[PaymentProcessStarted]));
    let expected = "events are not recorded in this order, and no others\n    PaymentProcessStarted: number 1\nnumber 2 is one too many\n";
    assert_eq!(message, format!("{expected}{ALL}"));

    // What is there, but not here, is said to be where it is.
    let (message, _) =
        failure(|| assert_emitted_in_order!(recorder, exactly[PaymentProcessFailed]));
    assert!(
        message.contains("    PaymentProcessFailed: missing\nclosest: number 2\n"),
        "{message}"
    );
}

#[test]
fn a_failure_where_nothing_was_recorded() {
    let (message, _) = failure(|| assert_emitted!(Recorder::new(), PaymentProcessStarted));
    assert_eq!(
        message,
        "no recorded event matches\n    PaymentProcessStarted\nno event is `payment_process_started` v1\n\
         nothing was recorded; a spawned thread or task records only if it is given the context"
    );
}

#[test]
fn a_failure_never_shows_what_is_masked() {
    let recorder = payments();
    let (message, _) = failure(|| {
        assert_emitted!(
            recorder,
            PaymentProcessFailed {
                card_number: "4242424242424242",
                password: "hunter2",
                attempt: 2,
                ..
            }
        );
    });
    let expected = r#"no recorded event matches
    PaymentProcessFailed { card_number: (masked), password: (masked), attempt: 2, .. }
closest: number 2
    ! card_number: found "****4242"; the field is masked, so the expected value is not shown
    ! password: found "[redacted]"; the field is masked, so the expected value is not shown
      attempt: 2
"#;
    assert_eq!(message, format!("{expected}{ALL}"));
}

#[test]
fn a_failure_tells_incidents_and_cuts_what_is_long() {
    let ((), recorder) = Recorder::capture(|| {
        for _ in 0..50 {
            started(&"é".repeat(200));
        }
        emit_payment_process_completed(completed());
    });
    let (message, _) = failure(|| assert_emitted!(recorder, PaymentProcessFailed));
    assert!(
        message.contains("\n    40 payment_process_started v1 info {\"order_id\":\"éé"),
        "{message}"
    );
    assert!(
        message.contains("éé..\n    and 11 more\nincident: event `payment_process_completed` ("),
        "{message}"
    );
    assert!(message.lines().all(|line| line.chars().count() < 400), "{message}");
}
