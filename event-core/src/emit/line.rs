//! The flat line: `{"event":..,"version":..,"level":..,"timestamp":..,<context>,<fields>}`.

use super::context;
use super::sink::Record;
use crate::encode::{Encoder, Fields};
use crate::meta::{EventMeta, LevelRule};
use crate::time::{TimeMember, Timestamp};
use event_grammar::Level;
use std::cell::RefCell;

/// What a thread keeps between events.
struct Line {
    out: Encoder,
    time: TimeMember,
}

impl Line {
    const fn new() -> Self {
        Self { out: Encoder::new(), time: TimeMember::new() }
    }

    fn write(&mut self, meta: &'static EventMeta, level: Level, time: Timestamp, fields: &dyn Fields) -> usize {
        let out = &mut self.out;
        out.clear();
        out.json(meta.head);
        if !matches!(meta.level, LevelRule::Fixed(_)) {
            out.json(level.as_str());
        }
        out.json_bytes(self.time.format(time));
        if let Some(rate) = meta.sample {
            out.json(",\"sample_rate\":");
            out.float(f64::from(rate.keep) / f64::from(rate.of));
        }
        if !meta.context.is_empty() {
            context::write(meta, out);
        }
        let payload = out.len();
        fields.encode_fields(out);
        out.json("}\n");
        payload
    }
}

thread_local! {
    static LINE: RefCell<Line> = const { RefCell::new(Line::new()) };
}

/// Encodes one event and lends the record to `deliver`. No lock is held while encoding.
#[inline]
pub(super) fn encode(
    meta: &'static EventMeta,
    level: Level,
    time: Timestamp,
    fields: &dyn Fields,
    deliver: impl Fn(&Record<'_>),
) {
    let encode = |line: &mut Line| {
        let payload = line.write(meta, level, time, fields);
        deliver(&Record::new(meta, level, time, line.out.bytes(), payload));
    };
    let reused = LINE.try_with(|line| line.try_borrow_mut().map(|mut line| encode(&mut line)).is_ok());
    // A sink that emits, or a thread that is ending, has no buffer to reuse.
    if reused != Ok(true) {
        encode(&mut Line::new());
    }
}
