//! The peers, each as its documentation sets it up, none with more to write than the line needs.

use crate::clock::Clock;
use crate::event::Input;
use serde::Serialize;
use slog::{Drain, PushFnValue, o};
use std::cell::RefCell;
use std::io::Write;
use std::sync::Mutex;

/// `serde_json` of a derived struct, into a buffer that is kept: the same bytes as the hand-written line.
pub(crate) struct SerdeJson<W> {
    line: Vec<u8>,
    clock: Clock,
    out: W,
}

#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    version: u32,
    level: &'static str,
    timestamp: &'a str,
    order_id: &'a str,
    reason: &'a str,
    currency: &'a str,
    amount: f64,
    attempt: u32,
    waited_us: u64,
}

impl<W: Write> SerdeJson<W> {
    pub(crate) const fn new(out: W) -> Self {
        Self { line: Vec::new(), clock: Clock::new(), out }
    }

    pub(crate) fn emit(&mut self, event: &Input) {
        let line = Line {
            event: "payment_process_failed",
            version: 1,
            level: "error",
            timestamp: self.clock.now_text(),
            order_id: &event.order_id,
            reason: &event.reason,
            currency: &event.currency,
            amount: event.amount,
            attempt: event.attempt,
            waited_us: event.waited_us,
        };
        self.line.clear();
        // Neither the struct nor a null writer fails.
        let _ = serde_json::to_writer(&mut self.line, &line);
        self.line.push(b'\n');
        let _ = self.out.write_all(&self.line);
    }

    pub(crate) fn line(&self) -> &[u8] {
        &self.line
    }
}

/// `slog-json` as it comes: it formats the time with the `time` crate.
pub(crate) fn slog(out: impl Write + Send + 'static) -> slog::Logger {
    slog_logger(slog_json::Json::new(out).add_default_keys())
}

/// `slog-json` with the clock of the hand-written contender.
pub(crate) fn slog_with_clock(out: impl Write + Send + 'static) -> slog::Logger {
    thread_local! {
        static CLOCK: RefCell<Clock> = const { RefCell::new(Clock::new()) };
    }
    let timestamp = PushFnValue(|_, serializer| CLOCK.with_borrow_mut(|clock| serializer.emit(clock.now_text())));
    let level = PushFnValue(|record: &slog::Record<'_>, serializer| serializer.emit(record.level().as_str()));
    let event = PushFnValue(|record: &slog::Record<'_>, serializer| serializer.emit(record.msg()));
    slog_logger(
        slog_json::Json::new(out).add_key_value(o!("timestamp" => timestamp, "level" => level, "event" => event)),
    )
}

fn slog_logger(json: slog_json::JsonBuilder<impl Write + Send + 'static>) -> slog::Logger {
    slog::Logger::root(Mutex::new(json.add_key_value(o!("version" => 1)).build()).fuse(), o!())
}

pub(crate) fn emit_slog(logger: &slog::Logger, event: &Input) {
    slog::error!(logger, "payment_process_failed";
        "order_id" => &event.order_id,
        "reason" => &event.reason,
        "currency" => &event.currency,
        "amount" => event.amount,
        "attempt" => event.attempt,
        "waited_us" => event.waited_us,
    );
}

/// `tracing-subscriber`'s JSON: fields at the top, no target and no spans.
pub(crate) fn subscribe<W: Write + 'static>(out: fn() -> W) {
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_current_span(false)
        .with_span_list(false)
        .with_max_level(tracing::Level::INFO)
        .with_writer(out)
        .finish();
    // The fastest way to have one: a scoped one is looked up for each event.
    if tracing::subscriber::set_global_default(subscriber).is_err() {
        unreachable!("the bench sets one");
    }
}

pub(crate) fn emit_tracing(event: &Input) {
    tracing::error!(
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

pub(crate) fn emit_tracing_disabled(event: &Input) {
    tracing::debug!(
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
