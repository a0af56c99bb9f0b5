//! The line and the envelope in `docs/envelope.md` are the emitted ones, byte for byte except line
//! breaks.
#![allow(clippy::unwrap_used, reason = "a test")]

use catalog::ReferenceEvent;
use catalog::order::{OrderPaymentSubmitted, PaymentState, emit_order_payment_submitted};

use event_core::context::trace::{SpanId, TraceContext};
use event_core::context::{Actor, CorrelationId};
use event_core::sink::JsonLines;
use event_core::{Change, Emitter, EventId, Timestamp};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

const PAGE: &str = include_str!("../../../docs/envelope.md");

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The event in the page, as a line and as an envelope.
fn emitted() -> [String; 2] {
    let (lines, envelopes) = (Buffer::default(), Buffer::default());
    let emitter = Emitter::builder()
        .service("checkout")
        .service_version("1.4.0")
        .environment("production")
        .clock(|| Timestamp::parse("2026-03-14T09:26:53.589793Z").unwrap())
        .ids(|_| EventId::from_u128(0x019c_ebab_8995_7cb0_9b1f_4c6f_0a7e_52d8))
        .sink(JsonLines::new(lines.clone()))
        .sink(JsonLines::new(envelopes.clone()).envelopes())
        .build();
    let _emitting = emitter.enter();
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let parent = SpanId::parse("b9c7c989f97918e1");
    let _bound = [
        Actor::user("cus_31").session("ses_8d02").enter(),
        TraceContext::from_headers(trace, None).unwrap().value.with_parent_span_id(parent).enter(),
        CorrelationId("checkout-77".into()).enter(),
    ];
    emit_order_payment_submitted(OrderPaymentSubmitted {
        order_id: "ord_9f2c8a".into(),
        change: Change {
            before: PaymentState { status: "AWAITING_PAYMENT".into(), payment_attempts: 0 },
            after: PaymentState { status: "PAYMENT_SUBMITTED".into(), payment_attempts: 1 },
        },
        gateway: "stripe".into(),
        amount_cents: 4_999,
        currency: Some("USD".into()),
        idempotency_key: "ord_9f2c8a-1".into(),
    });
    [lines, envelopes].map(|buffer| {
        String::from_utf8(buffer.0.lock().unwrap().clone()).unwrap().trim_end().to_owned()
    })
}

/// The JSON blocks of the page, each on one line. No text in them has a space after a colon or a
/// comma.
fn shown() -> Vec<String> {
    let blocks = PAGE.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next());
    let one_line = |block: &str| block.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let tight = |line: String| {
        [(", ", ","), (": ", ":"), ("{ ", "{"), (" }", "}")]
            .iter()
            .fold(line, |line, (a, b)| line.replace(a, b))
    };
    blocks.map(one_line).map(tight).collect()
}

#[test]
fn the_page_shows_what_is_emitted() {
    let emitted = emitted();
    assert_eq!(shown(), emitted);
    for text in emitted {
        assert_eq!(
            ReferenceEvent::decode(&text).unwrap().meta().name.dotted,
            "order.payment.submitted"
        );
    }
}
