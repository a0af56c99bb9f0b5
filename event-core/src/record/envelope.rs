//! The envelope: `{"event_id":..,"event_type":..,..,"actor":{..},"entity":{..},"context":{..},"payload":{..}}`, put together from the line.

use super::{Record, members};
use crate::encode::Encoder;

pub(super) fn write(record: &Record<'_>, out: &mut Encoder) {
    out.json("{\"event_id\":");
    record.event_id().encode(out);
    out.json(",\"event_type\":\"");
    out.json(record.head.meta.name.dotted);
    out.json("\",\"event_version\":");
    out.integer(record.head.meta.version);
    out.json(",\"occurred_at\":\"");
    out.json_bytes(record.time_text());
    out.json("\",\"recorded_at\":\"");
    if record.recorded_at() == record.occurred_at() {
        out.json_bytes(record.time_text());
    } else {
        out.json_bytes(&record.recorded_at().format());
    }
    out.json("\",\"level\":\"");
    out.json(record.level().as_str());
    out.json("\"");
    let sequence = record.sequence();
    if sequence > 0 {
        out.json(",\"sequence\":");
        out.integer(sequence);
    }
    let marks = record.marks;
    out.json_bytes(record.part(marks.sampling, marks.context));
    if let Some(entity) = members::entity(record) {
        out.json(",\"entity\":{\"type\":\"");
        out.json(entity.kind);
        out.json("\",\"id\":");
        // A text, whatever type the key has: consumers compare ids of different entities' stores.
        let quote: &[u8] = if entity.id.starts_with(b"\"") { b"" } else { b"\"" };
        for piece in [quote, entity.id, quote] {
            out.json_bytes(piece);
        }
        if let Some(version) = entity.version {
            out.json(",\"version\":");
            out.json_bytes(version);
        }
        out.json("}");
    }
    out.json(",\"context\":{");
    out.json_bytes(record.context());
    out.json("},\"payload\":{");
    out.json_bytes(record.payload());
    out.json("}}\n");
}
