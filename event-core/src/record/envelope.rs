//! The envelope:
//! `{"event_id":..,"event_type":..,..,"actor":{..},"entity":{..},"context":{..},"payload":{..}}`.
//! It is built from the parts of the line.

use super::{Record, entity};
use crate::value::encode::Encoder;
use event_grammar::key_text;
use std::cell::Cell;

thread_local! {
    /// The thread's spare buffer for envelopes.
    static SPARE: Cell<Option<Box<Encoder>>> = const { Cell::new(None) };
}

impl Record<'_> {
    /// The nested envelope: one JSON object, then a line break. It is built at the first call.
    pub fn envelope(&self) -> &[u8] {
        let render = || {
            let mut out = SPARE.try_with(Cell::take).ok().flatten().unwrap_or_default();
            out.clear();
            write(self, &mut out);
            out
        };
        self.envelope.get_or_init(render).bytes()
    }
}

impl Drop for Record<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.envelope.get().is_some() {
            keep_spare(self.envelope.take());
        }
    }
}

#[inline(never)]
fn keep_spare(mut envelope: Option<Box<Encoder>>) {
    if let Some(envelope) = &mut envelope {
        envelope.give_back();
    }
    // An ending thread keeps no buffer.
    let _ = SPARE.try_with(|spare| spare.set(envelope));
}

fn write(record: &Record<'_>, out: &mut Encoder) {
    out.json(key_text!("{\"", EventId in Envelope, "\":"));
    record.event_id().encode(out);
    out.short_member(
        key_text!(",\"", Event in Envelope, "\":\""),
        record.head.meta.name.dotted.as_bytes(),
    );
    out.integer_member(key_text!("\",\"", Version in Envelope, "\":"), record.head.meta.version);
    out.json(key_text!(",\"", OccurredAt in Envelope, "\":\""));
    out.json_bytes(record.time_text());
    out.json(key_text!("\",\"", RecordedAt in Envelope, "\":\""));
    if record.recorded_at() == record.occurred_at() {
        out.json_bytes(record.time_text());
    } else {
        out.json_bytes(&record.recorded_at().format());
    }
    out.short_member(
        key_text!("\",\"", Level in Envelope, "\":\""),
        record.level().as_str().as_bytes(),
    );
    let sequence = record.sequence();
    if sequence > 0 {
        out.integer_member(key_text!("\",\"", Sequence in Envelope, "\":"), sequence);
    } else {
        out.json("\"");
    }
    let marks = record.marks;
    out.json_bytes(record.part(marks.sampling, marks.context));
    if let Some(entity) = entity::entity(record) {
        out.short_member(
            key_text!(",\"", Entity in Envelope, "\":{\"", EntityType in Entity, "\":\""),
            entity.kind.as_bytes(),
        );
        // The id is always a text, because consumers compare ids from the stores of different
        // entities.
        if entity.id.starts_with(b"\"") {
            out.short_member(key_text!("\",\"", EntityId in Entity, "\":"), entity.id);
        } else {
            out.short_member(key_text!("\",\"", EntityId in Entity, "\":\""), entity.id);
            out.json("\"");
        }
        if let Some(version) = entity.version {
            out.short_member(key_text!(EntityVersion in Entity), version);
        }
        out.json("}");
    }
    out.json(key_text!(",\"", Context in Envelope, "\":{"));
    out.json_bytes(record.context());
    out.json(key_text!("},\"", Payload in Envelope, "\":{"));
    out.json_bytes(record.payload());
    out.json("}}\n");
}
