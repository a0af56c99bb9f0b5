//! The functions behind the assertion macros: they search expected events, and fail if there are
//! none.

use super::Recorder;
use super::expectation::Expectation;
use super::message;

/// Fails unless `times` recorded events match. Without a number, at least one event must match.
/// [`assert_emitted!`](crate::assert_emitted) calls it.
#[doc(hidden)]
#[track_caller]
pub fn assert_emitted(recorder: &Recorder, expected: &Expectation<'_>, times: Option<usize>) {
    let records = recorder.records();
    let met = records.iter().filter(|record| expected.is_met_by(record)).count();
    if times.map_or(met == 0, |times| times != met) {
        fail(&message::not_emitted(recorder, &records, expected, times));
    }
}

/// Fails if a recorded event matches. [`assert_not_emitted!`](crate::assert_not_emitted) calls it.
#[doc(hidden)]
#[track_caller]
pub fn assert_not_emitted(recorder: &Recorder, unexpected: &Expectation<'_>) {
    let records = recorder.records();
    if records.iter().any(|record| unexpected.is_met_by(record)) {
        fail(&message::emitted(recorder, &records, unexpected));
    }
}

/// Fails unless the expected events were recorded in this order. Other events may be between them,
/// unless the expected events `are_all`.
/// [`assert_emitted_in_order!`](crate::assert_emitted_in_order) calls it.
#[doc(hidden)]
#[track_caller]
pub fn assert_emitted_in_order(recorder: &Recorder, expected: &[Expectation<'_>], are_all: bool) {
    let records = recorder.records();
    let mut places = Vec::new();
    let mut from = 0;
    for expected in expected {
        let mut rest =
            records.iter().enumerate().skip(from).take(if are_all { 1 } else { records.len() });
        let Some((place, _)) = rest.find(|(_, record)| expected.is_met_by(record)) else { break };
        places.push(place);
        from = place + 1;
    }
    let is_met = places.len() == expected.len() && (!are_all || records.len() == expected.len());
    if !is_met {
        fail(&message::not_in_order(recorder, &records, expected, &places, are_all));
    }
}

#[track_caller]
fn fail(message: &str) -> ! {
    panic!("{message}")
}
