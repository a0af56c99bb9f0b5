//! The envelope by `serde_json`, of structs that derive `Serialize`.

use super::event::{Input, State};
use super::stamp::{Stamp, Stamps};
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Envelope<'a> {
    event_id: &'a str,
    event_type: &'static str,
    event_version: u32,
    occurred_at: &'a str,
    recorded_at: &'a str,
    level: &'static str,
    sequence: u64,
    actor: Actor<'a>,
    entity: Entity<'a>,
    context: Context<'a>,
    payload: Payload<'a>,
}

#[derive(Serialize)]
struct Actor<'a> {
    r#type: &'static str,
    id: &'a str,
    session_id: &'a str,
}

#[derive(Serialize)]
struct Entity<'a> {
    r#type: &'static str,
    id: &'a str,
}

#[derive(Serialize)]
struct Context<'a> {
    trace_id: &'a str,
    span_id: &'a str,
    correlation_id: &'a str,
    service: &'a str,
    service_version: &'a str,
    environment: &'a str,
}

#[derive(Serialize)]
struct Payload<'a> {
    order_id: &'a str,
    before: PaymentState<'a>,
    after: PaymentState<'a>,
    gateway: &'a str,
    amount_cents: i64,
    currency: Option<&'a str>,
    idempotency_key: &'a str,
}

#[derive(Serialize)]
struct PaymentState<'a> {
    status: &'a str,
    payment_attempts: u32,
}

pub(crate) struct SerdeJson<W> {
    stamps: Stamps,
    line: Vec<u8>,
    out: W,
}

impl<W: Write> SerdeJson<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { stamps: Stamps::new(), line: Vec::new(), out }
    }

    pub(crate) fn emit(&mut self, event: &Input) {
        let stamp = self.stamps.next();
        self.render(event, &stamp);
        // A null writer does not fail.
        let _ = self.out.write_all(&self.line);
    }

    pub(crate) fn render(&mut self, event: &Input, stamp: &Stamp) -> &[u8] {
        let time = str::from_utf8(&stamp.time).unwrap_or_default();
        let bound = &event.bound;
        let envelope = Envelope {
            event_id: str::from_utf8(&stamp.id).unwrap_or_default(),
            event_type: "order.payment.submitted",
            event_version: 1,
            occurred_at: time,
            recorded_at: time,
            level: "info",
            sequence: stamp.sequence,
            actor: Actor { r#type: "user", id: &bound.user_id, session_id: &bound.session_id },
            entity: Entity { r#type: "order", id: &event.order_id },
            context: Context {
                trace_id: &bound.trace_id,
                span_id: &bound.span_id,
                correlation_id: &bound.correlation_id,
                service: &bound.service,
                service_version: &bound.service_version,
                environment: &bound.environment,
            },
            payload: Payload {
                order_id: &event.order_id,
                before: state(&event.before),
                after: state(&event.after),
                gateway: &event.gateway,
                amount_cents: event.amount_cents,
                currency: event.currency.as_deref(),
                idempotency_key: &event.idempotency_key,
            },
        };
        self.line.clear();
        // The structs do not fail.
        let _ = serde_json::to_writer(&mut self.line, &envelope);
        self.line.push(b'\n');
        &self.line
    }
}

fn state(state: &State) -> PaymentState<'_> {
    PaymentState { status: &state.status, payment_attempts: state.payment_attempts }
}
