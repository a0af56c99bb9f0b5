//! The envelope written by hand, as the flat line is.

use super::event::{Bound, Input, State};
use super::stamp::{Stamp, Stamps};
use crate::escape::escape;
use std::io::Write;

pub(crate) struct Hand<W> {
    stamps: Stamps,
    line: Vec<u8>,
    /// The actor, and the context behind the entity, where they were encoded when they were bound.
    bound: Option<(Vec<u8>, Vec<u8>)>,
    out: W,
}

impl<W: Write> Hand<W> {
    /// One that encodes what is bound for each event.
    pub(crate) fn new(out: W) -> Self {
        Self { stamps: Stamps::new(), line: Vec::new(), bound: None, out }
    }

    /// One that has it encoded already.
    pub(crate) fn bound(bound: &Bound, out: W) -> Self {
        let (mut to_actor, mut to_context) = (Vec::new(), Vec::new());
        actor(bound, &mut to_actor);
        context(bound, &mut to_context);
        Self { bound: Some((to_actor, to_context)), ..Self::new(out) }
    }

    #[inline]
    pub(crate) fn emit(&mut self, event: &Input) {
        let stamp = self.stamps.next();
        self.render(event, &stamp);
        // A null writer does not fail.
        let _ = self.out.write_all(&self.line);
    }

    #[inline]
    pub(crate) fn render(&mut self, event: &Input, stamp: &Stamp) -> &[u8] {
        let line = &mut self.line;
        line.clear();
        line.extend_from_slice(br#"{"event_id":""#);
        line.extend_from_slice(&stamp.id);
        line.extend_from_slice(
            br#"","event_type":"order.payment.submitted","event_version":1,"occurred_at":""#,
        );
        line.extend_from_slice(&stamp.time);
        line.extend_from_slice(br#"","recorded_at":""#);
        line.extend_from_slice(&stamp.time);
        line.extend_from_slice(br#"","level":"info","sequence":"#);
        line.extend_from_slice(itoa::Buffer::new().format(stamp.sequence).as_bytes());
        match &self.bound {
            Some((actor, _)) => line.extend_from_slice(actor),
            None => actor(&event.bound, line),
        }
        line.extend_from_slice(br#","entity":{"type":"order","id":""#);
        escape(&event.order_id, line);
        match &self.bound {
            Some((_, context)) => line.extend_from_slice(context),
            None => context(&event.bound, line),
        }
        line.extend_from_slice(br#","payload":{"order_id":""#);
        escape(&event.order_id, line);
        line.extend_from_slice(br#"","before":{"status":""#);
        state(&event.before, line);
        line.extend_from_slice(br#","after":{"status":""#);
        state(&event.after, line);
        line.extend_from_slice(br#","gateway":""#);
        escape(&event.gateway, line);
        line.extend_from_slice(br#"","amount_cents":"#);
        line.extend_from_slice(itoa::Buffer::new().format(event.amount_cents).as_bytes());
        match &event.currency {
            Some(currency) => {
                line.extend_from_slice(br#","currency":""#);
                escape(currency, line);
                line.extend_from_slice(br#"","idempotency_key":""#);
            }
            None => line.extend_from_slice(br#","currency":null,"idempotency_key":""#),
        }
        escape(&event.idempotency_key, line);
        line.extend_from_slice(b"\"}}\n");
        line
    }
}

#[inline]
fn actor(bound: &Bound, line: &mut Vec<u8>) {
    line.extend_from_slice(br#","actor":{"type":"user","id":""#);
    escape(&bound.user_id, line);
    line.extend_from_slice(br#"","session_id":""#);
    escape(&bound.session_id, line);
    line.extend_from_slice(br#""}"#);
}

#[inline]
fn context(bound: &Bound, line: &mut Vec<u8>) {
    line.extend_from_slice(br#""},"context":{"trace_id":""#);
    escape(&bound.trace_id, line);
    line.extend_from_slice(br#"","span_id":""#);
    escape(&bound.span_id, line);
    line.extend_from_slice(br#"","correlation_id":""#);
    escape(&bound.correlation_id, line);
    line.extend_from_slice(br#"","service":""#);
    escape(&bound.service, line);
    line.extend_from_slice(br#"","service_version":""#);
    escape(&bound.service_version, line);
    line.extend_from_slice(br#"","environment":""#);
    escape(&bound.environment, line);
    line.extend_from_slice(br#""}"#);
}

#[inline]
fn state(state: &State, line: &mut Vec<u8>) {
    escape(&state.status, line);
    line.extend_from_slice(br#"","payment_attempts":"#);
    line.extend_from_slice(itoa::Buffer::new().format(state.payment_attempts).as_bytes());
    line.push(b'}');
}
