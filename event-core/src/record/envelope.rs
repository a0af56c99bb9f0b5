//! The envelope:
//! `{"event_id":..,"event_type":..,..,"actor":{..},"entity":{..},"context":{..},"payload":{..}}`,
//! put together from the line.

use super::{Record, entity};
use crate::value::encode::Encoder;

pub(super) fn write(record: &Record<'_>, out: &mut Encoder) {
    out.json("{\"event_id\":");
    record.event_id().encode(out);
    out.short_member(",\"event_type\":\"", record.head.meta.name.dotted.as_bytes());
    out.integer_member("\",\"event_version\":", record.head.meta.version);
    out.json(",\"occurred_at\":\"");
    out.json_bytes(record.time_text());
    out.json("\",\"recorded_at\":\"");
    if record.recorded_at() == record.occurred_at() {
        out.json_bytes(record.time_text());
    } else {
        out.json_bytes(&record.recorded_at().format());
    }
    out.short_member("\",\"level\":\"", record.level().as_str().as_bytes());
    let sequence = record.sequence();
    if sequence > 0 {
        out.integer_member("\",\"sequence\":", sequence);
    } else {
        out.json("\"");
    }
    let marks = record.marks;
    out.json_bytes(record.part(marks.sampling, marks.context));
    if let Some(entity) = entity::entity(record) {
        out.short_member(",\"entity\":{\"type\":\"", entity.kind.as_bytes());
        // A text, whatever type the key has: consumers compare ids of different entities' stores.
        if entity.id.starts_with(b"\"") {
            out.short_member("\",\"id\":", entity.id);
        } else {
            out.short_member("\",\"id\":\"", entity.id);
            out.json("\"");
        }
        if let Some(version) = entity.version {
            out.short_member(",\"version\":", version);
        }
        out.json("}");
    }
    out.json(",\"context\":{");
    out.json_bytes(record.context());
    out.json("},\"payload\":{");
    out.json_bytes(record.payload());
    out.json("}}\n");
}
