//! Events that are not emitted.

use crate::event::{
    Input, emit_payment_check_skipped, emit_payment_refund_failed, emit_payment_settle_failed,
};
use crate::flat::install;
use crate::group::{Comparison, Contender, Group};
use crate::peers::tracing;
use event_benches::Target;
use event_core::Context;
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::context::{Bind, ContextGuard};
use std::io;

const OURS: &str = "this project, below the level";
const TRACING: &str = "tracing, below the level";
const SAMPLED: &str = "this project, one in 100 by chance";
const SAMPLED_TRACE: &str = "this project, of a trace that is left out";
const LIMITED: &str = "this project, beyond its rate limit";

pub(crate) const GROUP: Group = Group {
    name: "off",
    title: "## Events that are not emitted (of one in 100, the one is)",
    contenders,
    baseline: TRACING,
    comparisons: &[Comparison::difference(
        "disabled event − disabled tracing event",
        OURS,
        TRACING,
        Target::AtMost(5.0),
    )],
};

fn contenders() -> Vec<Contender> {
    install();
    tracing::subscribe(io::sink, false);
    vec![
        Contender::new(OURS, Input::new(), |input| emit_payment_check_skipped(input.into())),
        Contender::new(TRACING, Input::new(), tracing::emit_disabled),
        Contender::new(SAMPLED, Input::new(), |input| emit_payment_settle_failed(input.into())),
        Contender::within(SAMPLED_TRACE, Input::new(), in_trace, |input| {
            emit_payment_settle_failed(input.into());
        }),
        Contender::new(LIMITED, Input::new(), |input| emit_payment_refund_failed(input.into())),
    ]
}

fn in_trace() -> ContextGuard {
    // The specification's example, which is not among the one in 100.
    let ids =
        TraceId::parse("4bf92f3577b34da6a3ce929d0e0e4736").zip(SpanId::parse("00f067aa0ba902b7"));
    match ids {
        Some((trace, span)) => TraceContext::new(trace, span).binding().enter(),
        None => Context::current().enter(),
    }
}
