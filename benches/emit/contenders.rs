//! Who is measured, and how each is set up.

use crate::event::{
    Input, PaymentCheckSkipped, PaymentProcessFailed, PaymentRetryFailed, Request, emit_payment_check_skipped,
    emit_payment_process_failed, emit_payment_retry_failed,
};
use crate::hand::Hand;
use crate::peers::{self, SerdeJson};
use event_core::{Emitter, JsonLines, Level, Record, Recorder, Sink};
use std::hint::black_box;
use std::io;

/// One way to emit the event.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Emits so many events.
    pub(crate) run: Box<dyn FnMut(u32)>,
}

pub(crate) const OURS: &str = "this project";
pub(crate) const UNLOCKED: &str = "this project, a sink without a lock";
pub(crate) const HAND: &str = "hand-written, safe";
pub(crate) const SERDE_JSON: &str = "serde_json of a derived struct";
pub(crate) const SLOG: &str = "slog-json";
pub(crate) const SLOG_CLOCK: &str = "slog-json, the hand-written clock";
pub(crate) const TRACING: &str = "tracing-subscriber, JSON";
pub(crate) const UNBOUND: &str = "this project, context declared";
pub(crate) const BOUND: &str = "this project, 8 context fields bound";
pub(crate) const OFF: &str = "this project, disabled";
pub(crate) const TRACING_OFF: &str = "tracing, disabled";

/// Takes the record and does nothing, as `io::sink` does.
struct Null;

impl Sink for Null {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        black_box(record.line());
        Ok(())
    }
}

/// All of them; call it once, it installs the process-wide ones.
pub(crate) fn contenders() -> Vec<Contender> {
    let installed = Emitter::builder().level(Level::Info).sink(JsonLines::new(io::sink())).build().install();
    // The guard would flush a null writer.
    std::mem::forget(installed);
    peers::subscribe(io::sink);
    let mut hand = Hand::new(io::sink());
    let mut serde_json = SerdeJson::new(io::sink());
    let slog = peers::slog(io::sink());
    let slog_with_clock = peers::slog_with_clock(io::sink());
    let unlocked = Emitter::builder().sink(Null).build();
    vec![
        contender(OURS, |input| emit_payment_process_failed(process_failed(input))),
        contender(UNLOCKED, move |input| unlocked.emit(&process_failed(input))),
        contender(HAND, move |input| hand.emit(input)),
        contender(SERDE_JSON, move |input| serde_json.emit(input)),
        contender(SLOG, move |input| peers::emit_slog(&slog, input)),
        contender(SLOG_CLOCK, move |input| peers::emit_slog(&slog_with_clock, input)),
        contender(TRACING, peers::emit_tracing),
        contender(UNBOUND, |input| emit_payment_retry_failed(retry_failed(input))),
        bound(),
        contender(OFF, |input| emit_payment_check_skipped(check_skipped(input))),
        contender(TRACING_OFF, peers::emit_tracing_disabled),
    ]
}

fn contender(name: &'static str, mut emit: impl FnMut(&Input) + 'static) -> Contender {
    let input = Input::new();
    let run = move |events| {
        for _ in 0..events {
            emit(black_box(&input));
        }
    };
    Contender { name, run: Box::new(run) }
}

fn bound() -> Contender {
    let input = Input::new();
    let run = move |events| {
        let _context = Request {
            trace: "req_01hzx3v9k2".into(),
            tenant_id: 4_711,
            region: "eu-central-1".into(),
            host: "worker-17".into(),
            route: "/v1/orders/{id}/payments".into(),
            method: "POST".into(),
            user_id: 99_812,
            repeated: false,
        }
        .enter();
        for _ in 0..events {
            emit_payment_retry_failed(retry_failed(black_box(&input)));
        }
    };
    Contender { name: BOUND, run: Box::new(run) }
}

fn process_failed(input: &Input) -> PaymentProcessFailed<'_> {
    PaymentProcessFailed {
        order_id: input.order_id.as_str().into(),
        reason: input.reason.as_str().into(),
        currency: input.currency.as_str().into(),
        amount: input.amount,
        attempt: input.attempt,
        waited_us: input.waited_us,
    }
}

fn retry_failed(input: &Input) -> PaymentRetryFailed<'_> {
    PaymentRetryFailed {
        order_id: input.order_id.as_str().into(),
        reason: input.reason.as_str().into(),
        currency: input.currency.as_str().into(),
        amount: input.amount,
        attempt: input.attempt,
        waited_us: input.waited_us,
    }
}

fn check_skipped(input: &Input) -> PaymentCheckSkipped<'_> {
    PaymentCheckSkipped {
        order_id: input.order_id.as_str().into(),
        reason: input.reason.as_str().into(),
        currency: input.currency.as_str().into(),
        amount: input.amount,
        attempt: input.attempt,
        waited_us: input.waited_us,
    }
}

/// The line of each contender whose bytes must be the same, with the time left out.
pub(crate) fn lines() -> [String; 3] {
    let input = Input::new();
    let recorder = Recorder::new();
    let scope = recorder.enter();
    emit_payment_process_failed(process_failed(&input));
    drop(scope);
    let ours = format!("{}\n", recorder.lines().concat());
    let mut hand = Hand::new(io::sink());
    hand.emit(&input);
    let mut serde_json = SerdeJson::new(io::sink());
    serde_json.emit(&input);
    [ours, String::from_utf8_lossy(hand.line()).into_owned(), String::from_utf8_lossy(serde_json.line()).into_owned()]
        .map(|line| without_time(&line))
}

fn without_time(line: &str) -> String {
    const KEY: &str = "\"timestamp\":\"";
    line.split_once(KEY).map_or_else(String::new, |(before, after)| format!("{before}{KEY}{}", &after[27..]))
}
