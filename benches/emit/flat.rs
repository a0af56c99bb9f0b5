//! One event of six fields as one JSON line, to a null writer.

use crate::event::{Input, PaymentProcessFailed, emit_payment_process_failed};
use crate::group::{Comparison, Contender, Group};
use crate::hand::Hand;
use crate::peers::serde_json::SerdeJson;
use crate::peers::{emit, metrique, slog, tracing};
use event_benches::Target;
use event_core::sink::{JsonLines, Memory};
use event_core::{Emitter, Level};
use std::io;

pub(crate) const OURS: &str = "this project";
const EXPLICIT: &str = "this project, an emitter at hand";
const HAND: &str = "hand-written, safe";
const SERDE_JSON: &str = "serde_json of a derived struct";
const SLOG: &str = "slog-json";
const SLOG_CLOCK: &str = "slog-json, the hand-written clock";
const METRIQUE: &str = "metrique, EMF";
const EMIT: &str = "emit, JSON";
const TRACING: &str = "tracing-subscriber, JSON";

pub(crate) const GROUP: Group = Group {
    name: "flat",
    title: "## One event of 6 fields, one JSON line, a null writer",
    contenders,
    baseline: HAND,
    comparisons: &[
        Comparison::ratio("event ÷ hand-written", OURS, HAND, Target::AtMost(1.0)),
        // 315 before members, trace sources, buffers and the isolation of values could be asked
        // for; unused, all of them together may add 12.
        Comparison::difference("event − hand-written", OURS, HAND, Target::AtMost(327.0)),
        Comparison::ratio("serde_json ÷ event", SERDE_JSON, OURS, Target::AtLeast(2.0)),
        Comparison::ratio("slog-json ÷ event", SLOG, OURS, Target::AtLeast(2.0)),
        Comparison::ratio(
            "slog-json, the hand-written clock ÷ event",
            SLOG_CLOCK,
            OURS,
            Target::AtLeast(2.0),
        ),
        Comparison::ratio("tracing-subscriber ÷ event", TRACING, OURS, Target::AtLeast(12.0)),
    ],
};

/// Installs the emitter of most groups: level `info`, flat lines to a null writer.
pub(crate) fn install() {
    let installed =
        Emitter::builder().level(Level::Info).sink(JsonLines::new(io::sink())).build().install();
    // The guard would flush a null writer.
    std::mem::forget(installed);
}

fn contenders() -> Vec<Contender> {
    install();
    tracing::subscribe(io::sink, false);
    let explicit = Emitter::builder().sink(JsonLines::new(io::sink())).build();
    let (mut hand, mut serde_json) = (Hand::new(io::sink()), SerdeJson::new(io::sink()));
    let (logger, with_clock) = (slog::logger(io::sink()), slog::logger_with_clock(io::sink()));
    let contender = |name, emit: Box<dyn FnMut(&Input)>| Contender::new(name, Input::new(), emit);
    vec![
        Contender::new(OURS, Input::new(), |input| emit_payment_process_failed(input.into())),
        Contender::new(EXPLICIT, Input::new(), move |input| {
            explicit.emit(&PaymentProcessFailed::from(input));
        }),
        Contender::new(HAND, Input::new(), move |input| hand.emit(input)),
        Contender::new(SERDE_JSON, Input::new(), move |input| serde_json.emit(input)),
        Contender::new(SLOG, Input::new(), move |input| slog::emit(&logger, input)),
        Contender::new(SLOG_CLOCK, Input::new(), move |input| slog::emit(&with_clock, input)),
        contender(METRIQUE, Box::new(metrique::emitter(io::sink()))),
        contender(EMIT, Box::new(emit::emitter(io::sink))),
        Contender::new(TRACING, Input::new(), tracing::emit),
    ]
}

/// The line of each contender whose bytes must be the same, with the time left out.
pub(crate) fn lines() -> Vec<String> {
    let input = Input::new();
    let mut hand = Hand::new(io::sink());
    hand.emit(&input);
    let mut serde_json = SerdeJson::new(io::sink());
    serde_json.emit(&input);
    let ours = captured(|| emit_payment_process_failed((&input).into()));
    let lines = [ours.as_bytes(), hand.line(), serde_json.line()];
    lines.map(without_time).into()
}

/// The line that `emit` emits.
pub(crate) fn captured(emit: impl FnOnce()) -> String {
    let memory = Memory::new();
    let scope = Emitter::builder().level(Level::Trace).sink(memory.clone()).build().enter();
    emit();
    drop(scope);
    memory.records().iter().flat_map(|record| [record.text(), "\n"].map(str::to_owned)).collect()
}

pub(crate) fn without_time(line: &[u8]) -> String {
    const KEY: &str = "\"timestamp\":\"";
    let line = String::from_utf8_lossy(line);
    line.split_once(KEY)
        .map_or_else(String::new, |(before, after)| format!("{before}{KEY}{}", &after[27..]))
}
