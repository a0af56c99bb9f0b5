//! `tracing-subscriber`, JSON.

use crate::event::{Input, bound};
use ::tracing::span::EnteredSpan;
use std::io::Write;

/// Fields at the top, no target; spans only where there are some.
pub(crate) fn subscribe<W: Write + 'static>(out: fn() -> W, spans: bool) {
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_current_span(spans)
        .with_span_list(false)
        .with_max_level(::tracing::Level::INFO)
        .with_writer(out)
        .finish();
    // The fastest way to have one: a scoped one is looked up for each event.
    if ::tracing::subscriber::set_global_default(subscriber).is_err() {
        unreachable!("the bench sets one");
    }
}

pub(crate) fn emit(event: &Input) {
    ::tracing::error!(
        event = "payment_process_failed",
        version = 1,
        order_id = event.order_id.as_str(),
        reason = event.reason.as_str(),
        currency = event.currency.as_str(),
        amount = event.amount,
        attempt = event.attempt,
        waited_us = event.waited_us,
    );
}

pub(crate) fn emit_disabled(event: &Input) {
    ::tracing::debug!(
        event = "payment_check_skipped",
        version = 1,
        order_id = event.order_id.as_str(),
        reason = event.reason.as_str(),
        currency = event.currency.as_str(),
        amount = event.amount,
        attempt = event.attempt,
        waited_us = event.waited_us,
    );
}

/// A span with the eight values that are bound.
pub(crate) fn bound() -> EnteredSpan {
    let span = ::tracing::info_span!(
        "request",
        trace = bound::TRACE,
        tenant_id = bound::TENANT_ID,
        region = bound::REGION,
        host = bound::HOST,
        route = bound::ROUTE,
        method = bound::METHOD,
        user_id = bound::USER_ID,
        repeated = bound::REPEATED,
    );
    span.entered()
}
