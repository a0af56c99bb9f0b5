//! What may be expected of an event, its fields, its number and its place among others.

use crate::{
    Address, PaymentProcessCompleted, PaymentProcessFailed, PaymentProcessStarted, State, payments,
};
use event_core::recorder::matching;
use event_core::{Str, assert_emitted, assert_emitted_in_order, assert_not_emitted};

#[test]
fn what_is_expected_of_a_field() {
    let recorder = payments();
    let (reason, order_id) = (String::from("insufficient_funds"), String::from("ord_1"));
    assert_emitted!(recorder, PaymentProcessFailed);
    assert_emitted!(&recorder, PaymentProcessFailed { .. }, times = 1);
    assert_emitted!(
        recorder,
        PaymentProcessFailed { attempt: 2, reason: "insufficient_funds", order_id: "ord_1", .. }
    );
    assert_emitted!(
        recorder,
        PaymentProcessFailed { reason: Some("insufficient_funds"), order_id, .. }
    );
    assert_emitted!(recorder, PaymentProcessFailed { reason: &reason, .. });
    assert_emitted!(recorder, PaymentProcessFailed { reason, attempt: 1 + 1, .. });
    assert_emitted!(
        recorder,
        PaymentProcessFailed { card_number: "****4242", password: "[redacted]", .. }
    );
    assert_emitted!(recorder, PaymentProcessFailed { error.message: None, error.code: -7, .. });
    assert_emitted!(
        recorder,
        PaymentProcessFailed { card_number: matching(|card: &Option<Str<'_>>| card.is_some()), .. }
    );
}

#[test]
fn what_is_expected_of_lists_values_and_roles() {
    let recorder = payments();
    assert_emitted!(
        recorder,
        PaymentProcessCompleted {
            share: 0.5,
            seats: [1, 2],
            tags: ["a", "b"],
            ip: "203.0.113.77",
            ..
        }
    );
    assert_emitted!(
        recorder,
        PaymentProcessCompleted { address: Address { city: "Ulm".into(), number: 3 }, .. }
    );
    assert_emitted!(recorder, PaymentProcessCompleted { address.city: "Ulm", address.number: 3, next: None, .. });
    assert_emitted!(recorder, PaymentProcessCompleted { state.before: State::Open, kind: State::Open, r#match: true, .. });
    assert_emitted!(
        recorder,
        PaymentProcessCompleted {
            kind: Some(State::Open),
            share: matching(|share| *share < 1.0),
            ..
        }
    );
}

#[test]
fn how_often_an_event_is_expected() {
    let recorder = payments();
    assert_emitted!(recorder, PaymentProcessStarted, times = 2);
    assert_emitted!(recorder, PaymentProcessStarted { order_id: "ord_1" }, times = 1);
    assert_emitted!(recorder, PaymentProcessStarted { order_id: "ord_3" }, times = 0);
}

#[test]
fn what_is_not_expected_of_a_field() {
    let recorder = payments();
    assert_not_emitted!(recorder, PaymentProcessFailed { attempt: 3, .. });
    assert_not_emitted!(recorder, PaymentProcessFailed { reason: None, .. });
    assert_not_emitted!(recorder, PaymentProcessFailed { error.message: "", .. });
    assert_not_emitted!(recorder, PaymentProcessFailed { card_number: "4242424242424242", .. });
    assert_not_emitted!(recorder, PaymentProcessCompleted { tags: ["a"], .. });
    assert_not_emitted!(recorder, PaymentProcessCompleted { state.after: State::Open, .. });
    assert_not_emitted!(recorder, PaymentProcessCompleted { next: 0, .. });
}

#[test]
fn what_is_expected_in_order() {
    let recorder = payments();
    assert_emitted_in_order!(
        recorder,
        [PaymentProcessStarted, PaymentProcessStarted, PaymentProcessCompleted { .. }]
    );
    assert_emitted_in_order!(
        recorder,
        exactly [PaymentProcessStarted, PaymentProcessFailed { .. }, PaymentProcessStarted, PaymentProcessCompleted]
    );
}
