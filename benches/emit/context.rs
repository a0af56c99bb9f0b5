//! What eight bound fields add to an event.

use crate::event::{Input, bound, emit_payment_process_failed, emit_payment_retry_failed, request};
use crate::flat::{captured, install, without_time};
use crate::group::{Comparison, Contender, Group};
use crate::hand::Hand;
use crate::peers::{slog, tracing};
use event_benches::Target;
use std::io;

const OURS: &str = "this project";
const OURS_BOUND: &str = "this project, 8 fields bound";
const HAND: &str = "hand-written";
const HAND_BOUND: &str = "hand-written, 8 fields encoded before";
const SLOG: &str = "slog-json";
const SLOG_BOUND: &str = "slog-json, a logger of 8 values";
const TRACING: &str = "tracing-subscriber";
const TRACING_BOUND: &str = "tracing-subscriber, a span of 8 fields";

pub(crate) const GROUP: Group = Group {
    name: "context",
    title: "## 8 bound context fields",
    contenders,
    baseline: OURS,
    comparisons: &[
        Comparison::ratio("event with them ÷ without", OURS_BOUND, OURS, Target::AtMost(1.05)),
        Comparison::ratio(
            "hand-written with them ÷ without",
            HAND_BOUND,
            HAND,
            Target::AtMost(1.05),
        ),
        Comparison::ratio(
            "event ÷ hand-written, both with them",
            OURS_BOUND,
            HAND_BOUND,
            Target::AtMost(1.0),
        ),
    ],
};

fn contenders() -> Vec<Contender> {
    install();
    tracing::subscribe(io::sink, true);
    let (mut hand, mut hand_bound) = (Hand::new(io::sink()), Hand::bound(&members(), io::sink()));
    let logger = slog::logger(io::sink());
    let with_values = slog::bound(&logger);
    vec![
        Contender::new(OURS, Input::new(), |input| emit_payment_process_failed(input.into())),
        Contender::within(
            OURS_BOUND,
            Input::new(),
            || request().enter(),
            |input| emit_payment_retry_failed(input.into()),
        ),
        Contender::new(HAND, Input::new(), move |input| hand.emit(input)),
        Contender::new(HAND_BOUND, Input::new(), move |input| hand_bound.emit_bound(input)),
        Contender::new(SLOG, Input::new(), move |input| slog::emit(&logger, input)),
        Contender::new(SLOG_BOUND, Input::new(), move |input| slog::emit(&with_values, input)),
        Contender::new(TRACING, Input::new(), tracing::emit),
        Contender::within(TRACING_BOUND, Input::new(), tracing::bound, tracing::emit),
    ]
}

/// What the hand-written contender has encoded before.
fn members() -> String {
    format!(
        r#","trace":"{}","tenant_id":{},"region":"{}","host":"{}","route":"{}","method":"{}","user_id":{},"repeated":{}"#,
        bound::TRACE,
        bound::TENANT_ID,
        bound::REGION,
        bound::HOST,
        bound::ROUTE,
        bound::METHOD,
        bound::USER_ID,
        bound::REPEATED,
    )
}

/// The lines that must be the same.
pub(crate) fn lines() -> Vec<String> {
    let input = Input::new();
    let mut hand = Hand::bound(&members(), io::sink());
    hand.emit_bound(&input);
    let ours = captured(|| {
        let _bound = request().enter();
        emit_payment_retry_failed((&input).into());
    });
    vec![without_time(ours.as_bytes()), without_time(hand.line())]
}
