//! An event that has everything, as the nested envelope, to a null writer.

mod derived;
mod event;
mod hand;
mod stamp;

use crate::group::{Comparison, Contender, Group};
use crate::ids;
use derived::SerdeJson;
use event::{Input, OrderPaymentSubmitted, emit_order_payment_submitted};
use event_benches::Target;
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::context::{Actor, ContextGuard, CorrelationId};
use event_core::emit::Builder;
use event_core::sink::JsonLines;
use event_core::{Context, Emitter, EventId, Level, Timestamp};
use hand::Hand;
use stamp::Stamp;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) const OURS: &str = "this project";
const HAND: &str = "hand-written, safe";
const HAND_BOUND: &str = "hand-written, what is bound encoded before";
const SERDE_JSON: &str = "serde_json of derived structs";

pub(crate) const GROUP: Group = Group {
    name: "envelope",
    title: "## An envelope with actor, entity, transition and trace, a null writer",
    contenders,
    baseline: HAND,
    comparisons: &[
        Comparison::ratio("event ÷ hand-written", OURS, HAND, Target::AtMost(1.2)),
        Comparison::ratio(
            "event ÷ hand-written, what is bound encoded before",
            OURS,
            HAND_BOUND,
            Target::AtMost(1.2),
        ),
        Comparison::ratio("serde_json ÷ event", SERDE_JSON, OURS, Target::AtLeast(4.0)),
    ],
};

fn contenders() -> Vec<Contender> {
    let emitter = service().level(Level::Info).sink(JsonLines::new(io::sink()).envelopes()).build();
    // The guard would flush a null writer.
    std::mem::forget(emitter.install());
    let mut hand = Hand::new(io::sink());
    let mut hand_bound = Hand::bound(&Input::new().bound, io::sink());
    let mut serde_json = SerdeJson::new(io::sink());
    vec![
        Contender::within(OURS, Input::new(), bind, |input| {
            emit_order_payment_submitted(input.into());
        }),
        Contender::new(HAND, Input::new(), move |input| hand.emit(input)),
        Contender::new(HAND_BOUND, Input::new(), move |input| hand_bound.emit(input)),
        Contender::new(SERDE_JSON, Input::new(), move |input| serde_json.emit(input)),
    ]
}

fn service() -> Builder {
    let bound = Input::new().bound;
    Emitter::builder()
        .service(bound.service)
        .service_version(bound.service_version)
        .environment(bound.environment)
}

fn bind() -> ContextGuard {
    let bound = Input::new().bound;
    let context = Context::empty()
        .with(&Actor::user(bound.user_id).session(bound.session_id))
        .with(&CorrelationId(bound.correlation_id.into()));
    match TraceId::parse(&bound.trace_id).zip(SpanId::parse(&bound.span_id)) {
        Some((trace, span)) => context.with(&TraceContext::new(trace, span)).enter(),
        None => context.enter(),
    }
}

/// The envelope of each contender, of one time and one id.
pub(crate) fn lines() -> Vec<String> {
    const TIME: &str = "2026-11-21T00:22:44.123456Z";
    const ID: (u64, u64) = (0x019a_a3c1_7d00_7123, 0x8f00_1122_3344_5566);
    let (Some(time), Ok(time_text)) = (Timestamp::parse(TIME), TIME.as_bytes().try_into()) else {
        return Vec::new();
    };
    let stamp = Stamp { time: time_text, id: ids::text(ID.0, ID.1), sequence: 1 };
    let input = Input::new();
    let written = Written::default();
    let ids = |_| EventId::from_u128(u128::from(ID.0) << 64 | u128::from(ID.1));
    let ours = service()
        .clock(move || time)
        .ids(ids)
        .sink(JsonLines::new(written.clone()).envelopes())
        .build();
    let bound = bind();
    ours.emit(&OrderPaymentSubmitted::from(&input));
    drop(bound);
    let ours = written.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let lines = [
        ours,
        Hand::new(io::sink()).render(&input, &stamp).to_vec(),
        Hand::bound(&input.bound, io::sink()).render(&input, &stamp).to_vec(),
        SerdeJson::new(io::sink()).render(&input, &stamp).to_vec(),
    ];
    lines.iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect()
}

/// A writer that is read afterwards.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
