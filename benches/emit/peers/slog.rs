//! `slog-json`.

use crate::clock::Clock;
use crate::event::{Input, bound};
use slog::{Drain, Logger, PushFnValue, o};
use std::cell::RefCell;
use std::io::Write;
use std::sync::Mutex;

/// As it comes: it formats the time with the `time` crate.
pub(crate) fn logger(out: impl Write + Send + 'static) -> Logger {
    with_version(slog_json::Json::new(out).add_default_keys())
}

/// With the clock of the hand-written contender.
pub(crate) fn logger_with_clock(out: impl Write + Send + 'static) -> Logger {
    thread_local! {
        static CLOCK: RefCell<Clock> = const { RefCell::new(Clock::new()) };
    }
    let timestamp = PushFnValue(|_, serializer| {
        CLOCK.with_borrow_mut(|clock| serializer.emit(clock.now_text()))
    });
    let level = PushFnValue(|record: &::slog::Record<'_>, serializer| {
        serializer.emit(record.level().as_str())
    });
    let event =
        PushFnValue(|record: &::slog::Record<'_>, serializer| serializer.emit(record.msg()));
    with_version(
        slog_json::Json::new(out)
            .add_key_value(o!("timestamp" => timestamp, "level" => level, "event" => event)),
    )
}

fn with_version(json: slog_json::JsonBuilder<impl Write + Send + 'static>) -> Logger {
    Logger::root(Mutex::new(json.add_key_value(o!("version" => 1)).build()).fuse(), o!())
}

pub(crate) fn emit(logger: &Logger, event: &Input) {
    ::slog::error!(logger, "payment_process_failed";
        "order_id" => &event.order_id,
        "reason" => &event.reason,
        "currency" => &event.currency,
        "amount" => event.amount,
        "attempt" => event.attempt,
        "waited_us" => event.waited_us,
    );
}

/// A logger with the eight values that are bound.
pub(crate) fn bound(logger: &Logger) -> Logger {
    logger.new(o!(
        "trace" => bound::TRACE,
        "tenant_id" => bound::TENANT_ID,
        "region" => bound::REGION,
        "host" => bound::HOST,
        "route" => bound::ROUTE,
        "method" => bound::METHOD,
        "user_id" => bound::USER_ID,
        "repeated" => bound::REPEATED,
    ))
}
